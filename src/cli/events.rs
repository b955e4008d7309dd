//! `tenantry events`: the history, as a whole or as it grows.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::Context;
use axum::http::Response;
use clap::{Args, Subcommand, ValueEnum};
use futures::TryStreamExt;
use serde_json::Value;
use tokio::io::AsyncBufReadExt;
use tokio_util::io::StreamReader;

use super::client::Call;
use super::configuration::{Configuration, Origin};
use super::failure::Failure;
use super::follow::follow;
use super::verbs;

/// The event of a stream that stands for its end where no other does.
const END: &str = "end";

/// What can be done with the history.
#[derive(Debug, Subcommand)]
pub(crate) enum EventsVerb {
    /// Print the history, and then every further event as it is recorded
    Tail(EventsOptions),
    /// Print the history up to now
    Export(EventsOptions),
}

/// Which events, and in which form.
#[derive(Debug, Clone, Args)]
pub(crate) struct EventsOptions {
    /// Only those of this tenant: a partner's ID, or platform
    #[arg(long, value_name = "ID")]
    partner: Option<String>,
    /// Only those of this aggregate
    #[arg(long, value_name = "ID")]
    aggregate: Option<String>,
    /// Only those of this type, for example customer.org_requested
    #[arg(long = "type", value_name = "TYPE")]
    event_type: Option<String>,
    /// Only those that this key, person or process caused
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// Only those of the request with this tracking ID
    #[arg(long, value_name = "ID")]
    tracking_id: Option<String>,
    /// Only those from this position on
    #[arg(long, value_name = "POSITION")]
    from: Option<String>,
    /// Only those up to this position
    #[arg(long, value_name = "POSITION")]
    to: Option<String>,
    /// Only those recorded at this time or later
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only those recorded up to this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// The form of each event
    #[arg(long, value_enum, default_value = "ndjson")]
    format: Form,
}

/// The form of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line of JSON.
    Ndjson,
    /// A line of comma-separated values, below a line with their names; an event's data is JSON in its last column.
    Csv,
}

impl EventsVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        // A form that is configured for all verbs stays without effect here; one that is asked for must not.
        if configuration.origin("output") == Origin::Flag("--output".to_owned()) {
            return Err(Failure::Usage(
                "events have their own forms: give --format ndjson or --format csv".into(),
            ));
        }
        match self {
            Self::Tail(options) => tail(configuration, &options).await,
            Self::Export(options) => export(configuration, &options).await,
        }
    }
}

impl EventsOptions {
    fn call(&self) -> Call {
        Call::get(&["events"]).query([
            ("partner", self.partner.as_deref()),
            ("aggregate", self.aggregate.as_deref()),
            ("type", self.event_type.as_deref()),
            ("actor", self.actor.as_deref()),
            ("trackingId", self.tracking_id.as_deref()),
            ("from", self.from.as_deref()),
            ("to", self.to.as_deref()),
            ("since", self.since.as_deref()),
            ("until", self.until.as_deref()),
        ])
    }

    /// Tells whether nothing can follow after an event: it is the last that was asked for.
    fn ends_at(&self, position: &str) -> bool {
        let reached = |to: &String| Some(position.parse::<i64>().ok()? >= to.parse().ok()?);
        self.to.as_ref().and_then(reached).unwrap_or(false)
    }
}

async fn tail(configuration: &Configuration, options: &EventsOptions) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let mut printer = Printer::new(options.format)?;
        follow(client, options.call(), |event| {
            if event.event != END {
                printer.print(&event.data)?;
                printer.flush()?;
            }
            Ok(if options.ends_at(&event.id) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .await
    })
    .await
}

async fn export(configuration: &Configuration, options: &EventsOptions) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let response = client.send(&options.call().accept("application/x-ndjson")).await?;
        let body = Response::into_body(response).into_data_stream().map_err(io::Error::other);
        let mut lines = StreamReader::new(body).lines();
        let mut printer = Printer::new(options.format)?;
        let broken = |error| Failure::unreachable(error, "the export broke off; it is not whole".to_owned());
        while let Some(line) = lines.next_line().await.map_err(broken)? {
            printer.print(&line)?;
        }
        printer.flush()
    })
    .await
}

/// The columns of an event: the name, and where its value is.
const COLUMNS: [(&str, &str); 18] = [
    ("position", "/position"),
    ("id", "/id"),
    ("type", "/type"),
    ("version", "/version"),
    ("tenantId", "/tenantId"),
    ("aggregateType", "/aggregateType"),
    ("aggregateId", "/aggregateId"),
    ("sequence", "/sequence"),
    ("occurredAt", "/occurredAt"),
    ("recordedAt", "/recordedAt"),
    ("actorId", "/actor/id"),
    ("actorRole", "/actor/role"),
    ("channel", "/channel"),
    ("trackingId", "/trackingId"),
    ("causationId", "/causationId"),
    ("correlationId", "/correlationId"),
    ("onBehalfOf", "/onBehalfOf"),
    ("data", "/data"),
];

/// Writes events to standard output.
enum Printer {
    Ndjson(io::BufWriter<io::Stdout>),
    Csv(Box<csv::Writer<io::Stdout>>),
}

impl Printer {
    fn new(form: Form) -> Result<Self, Failure> {
        let out = io::stdout();
        if form == Form::Ndjson {
            return Ok(Self::Ndjson(io::BufWriter::new(out)));
        }
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS.map(|(name, _)| name)).map_err(anyhow::Error::from)?;
        Ok(Self::Csv(Box::new(writer)))
    }

    fn print(&mut self, event: &str) -> Result<(), Failure> {
        match self {
            Self::Ndjson(out) => Ok(writeln!(out, "{event}")?),
            Self::Csv(out) => {
                let event: Value = serde_json::from_str(event).context("an event is not JSON")?;
                Ok(out.write_record(record(&event)).map_err(anyhow::Error::from)?)
            }
        }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        match self {
            Self::Ndjson(out) => out.flush()?,
            Self::Csv(out) => out.flush()?,
        }
        Ok(())
    }
}

/// Returns the values of an event's columns.
fn record(event: &Value) -> [String; COLUMNS.len()] {
    COLUMNS.map(|(_, pointer)| match event.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_has_every_column_and_the_data_as_json() {
        let event =
            json!({ "position": "7", "sequence": 2, "actor": { "id": "key_1" }, "data": { "a": "b" } });
        let record = record(&event);
        assert_eq!((record[0].as_str(), record[7].as_str(), record[10].as_str()), ("7", "2", "key_1"));
        assert_eq!(record[COLUMNS.len() - 1], r#"{"a":"b"}"#);
    }
}
