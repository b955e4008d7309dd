//! Usage and billing reports, with the verbs that a person types.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use axum::response::Response;
use clap::{Args, Subcommand, ValueEnum};
use futures::StreamExt;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::configuration::Configuration;
use super::failure::Failure;
use super::operations::{WaitOptions, wait_for_report};
use super::read::{ListOptions, Named, Noun, RowOptions, next_cursor};
use super::write::{CreateOptions, Mode, OneOptions};
use super::{output, verbs};

const USAGE: Noun = Noun {
    path: "usage",
    columns: &[
        ("ORGANIZATION", "/organizationId"),
        ("METER", "/meter"),
        ("START", "/start"),
        ("VALUE", "/value"),
        ("UNIT", "/unit"),
        ("RECORDS", "/records"),
        ("PACKAGE", "/package"),
    ],
};

const REPORTS: Noun = Noun {
    path: "reports",
    columns: &[
        ("ID", "/id"),
        ("FROM", "/billingStartDate"),
        ("TO", "/billingEndDate"),
        ("TYPE", "/type"),
        ("CATEGORY", "/category"),
        ("STATUS", "/status"),
        ("LINES", "/file/rows"),
    ],
};

/// Which usage is wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct UsageFilters {
    /// Only that of this organization
    #[arg(long, value_name = "ID")]
    org: Option<String>,
    /// Only that of this meter
    #[arg(long, value_name = "NAME")]
    meter: Option<String>,
    /// The length of the windows: hour, day or month [default: day]
    #[arg(long, value_name = "WINDOW")]
    window: Option<String>,
    /// Whose clocks tell hours, days and months, for example Europe/Berlin [default: UTC]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// By what to tell it apart: any of package, project, app and subscription, with commas
    #[arg(long, value_name = "GROUPS")]
    group_by: Option<String>,
    /// Only windows from this time on
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Only windows that begin before this time
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
}

impl UsageFilters {
    fn call(&self) -> Call {
        Call::get(&[USAGE.path]).query([
            ("organizationId", self.org.as_deref()),
            ("meter", self.meter.as_deref()),
            ("window", self.window.as_deref()),
            ("timeZone", self.time_zone.as_deref()),
            ("groupBy", self.group_by.as_deref()),
            ("from", self.from.as_deref()),
            ("to", self.to.as_deref()),
        ])
    }
}

/// What can be done with usage.
#[derive(Debug, Subcommand)]
pub(crate) enum UsageVerb {
    /// List usage in windows of time
    List {
        #[command(flatten)]
        filters: UsageFilters,
        #[command(flatten)]
        rows: RowOptions,
        /// As a table for spreadsheets, every group of its own
        #[arg(long, conflicts_with = "group_by")]
        csv: bool,
    },
    /// Compare a period with the one before it
    Compare {
        #[command(flatten)]
        filters: UsageFilters,
        #[command(flatten)]
        rows: RowOptions,
    },
    /// Hand in a record (RecordUsage)
    Record(CreateOptions),
    /// Correct what was recorded (CorrectUsage)
    Correct(CreateOptions),
}

/// What a report has lines of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypeName {
    /// Packages and meters
    Partner,
    /// Customers and subscriptions besides
    Customer,
    /// Subscribers besides
    User,
}

/// Which report is wanted.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReportOptions {
    /// The first day, in UTC
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// The last day, in UTC: before today
    #[arg(long, value_name = "DATE")]
    to: Date,
    /// What it has lines of
    #[arg(long = "type", value_enum, default_value = "partner")]
    report_type: TypeName,
    /// All of its days, whatever other reports have counted
    #[arg(long)]
    point_in_time: bool,
    /// The partner, for operators
    #[arg(long, value_name = "ID")]
    partner: Option<String>,
    #[command(flatten)]
    mode: Mode,
}

/// What can be done with billing reports.
#[derive(Debug, Subcommand)]
pub(crate) enum ReportVerb {
    /// List billing reports
    List {
        #[command(flatten)]
        options: ListOptions,
        /// Only those in this status, for example completed
        #[arg(long)]
        status: Option<String>,
    },
    /// Show a billing report
    Show(Named),
    /// Ask for a billing report (CreateBillingReport)
    Create(ReportOptions),
    /// Wait until a billing report has ended
    Wait(WaitOptions),
    /// Fetch the file of a billing report
    Download {
        /// Its ID
        id: String,
        /// Where to write it [default: standard output]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Delete a billing report (DeleteBillingReport)
    Delete(OneOptions),
}

impl UsageVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { filters, rows, csv: false } => {
                USAGE.list_pages(configuration, &rows, filters.call()).await
            }
            Self::List { filters, rows, csv: true } => {
                let call = filters.call().accept("text/csv");
                verbs::reading(configuration, async |client| sheet(client, &call, rows.limit).await).await
            }
            Self::Compare { filters, rows } => {
                let call = filters.call().query([("compare", Some("previous"))]);
                USAGE.list_pages(configuration, &rows, call).await
            }
            Self::Record(options) => options.run(configuration, "RecordUsage").await,
            Self::Correct(options) => options.run(configuration, "CorrectUsage").await,
        }
    }
}

impl ReportVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        match self {
            Self::List { options, status } => {
                REPORTS.list(configuration, &options, [("status", status.as_deref())]).await
            }
            Self::Show(named) => REPORTS.show(configuration, &named).await,
            Self::Create(options) => options.run(configuration).await,
            Self::Wait(options) => wait_for_report(configuration, &options).await,
            Self::Download { id, to } => {
                verbs::reading(configuration, async |client| download(client, &id, to.as_ref()).await).await
            }
            Self::Delete(options) => options.run(configuration, "DeleteBillingReport", "reportId").await,
        }
    }
}

impl ReportOptions {
    async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let report_type = self.report_type.to_possible_value();
        let category = if self.point_in_time { "point_in_time" } else { "reconciliation" };
        let mut body = json!({
            "billingStartDate": self.from, "billingEndDate": self.to, "category": category,
            "type": report_type.as_ref().map(clap::builder::PossibleValue::get_name),
        });
        if let Some(partner) = self.partner {
            body["partnerId"] = json!(partner);
        }
        self.mode.run(configuration, "CreateBillingReport", body.to_string().into_bytes()).await
    }
}

/// Writes a table page by page, its titles once.
async fn sheet(client: &Client, call: &Call, limit: Option<u64>) -> Result<(), Failure> {
    let (mut cursor, mut left) = (None::<String>, limit);
    let mut first = true;
    loop {
        let lines = left.map(|left| left.min(crate::limits::SHEET_LINES_MAX.unsigned_abs()));
        let limit = lines.map(|lines| lines.to_string());
        let page = [("limit", limit.as_deref()), ("cursor", cursor.as_deref())];
        let (parts, body) = client.send(&call.clone().query(page)).await?.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await;
        let bytes = bytes.map_err(|error| Failure::unreachable(error, "read the table".to_owned()))?;
        let text = std::str::from_utf8(&bytes).context("the table is not text")?;
        let (titles, rest) = text.split_once('\n').unwrap_or((text, ""));
        let shown = if first { format!("{titles}\n{rest}") } else { rest.to_owned() };
        output::text(shown.trim_end_matches('\n'))?;
        first = false;
        left = left.zip(lines).map(|(left, lines)| left - lines);
        cursor = next_cursor(&parts.headers).filter(|_| left != Some(0));
        if cursor.is_none() {
            return Ok(());
        }
    }
}

/// Fetches the file of a report by the link that the report has.
async fn download(client: &Client, id: &str, to: Option<&PathBuf>) -> Result<(), Failure> {
    let (_, report) = client.json(&Call::get(&[REPORTS.path, id])).await?;
    let link = report["downloadUrl"].as_str().and_then(|link| link.split_once("?token="));
    let Some((_, token)) = link else {
        return Err(Failure::found(format!("report {id} has no file: it is {}", standing(&report))));
    };
    let call = Call::get(&[REPORTS.path, id, "file"]).query([("token", Some(token))]);
    let response = client.send(&call).await?;
    match to {
        Some(path) => {
            let file = std::fs::File::create(path);
            let file = file.map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
            write(response, file).await
        }
        None => write(response, std::io::stdout()).await,
    }
}

fn standing(report: &Value) -> &str {
    report["status"].as_str().unwrap_or("unknown")
}

async fn write(response: Response<axum::body::Body>, mut to: impl Write) -> Result<(), Failure> {
    let mut body = response.into_body().into_data_stream();
    while let Some(part) = body.next().await {
        let part = part.map_err(|error| Failure::unreachable(error, "read the file".to_owned()))?;
        to.write_all(&part)?;
    }
    Ok(to.flush()?)
}
