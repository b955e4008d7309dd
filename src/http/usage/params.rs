//! Which usage is wanted, as parameters say it.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::values::MeterName;
use tenantry_projections::window::Window;
use utoipa::{IntoParams, ToSchema};

use crate::app::{Comparison, Groups, Rejection, UsageRequest, page_limit, read_cursor};
use crate::http::views::{self, min_position};
use crate::limits::SHEET_LINES_MAX;

/// Which usage is wanted.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UsageParams {
    /// The organization; needed by operators.
    organization_id: Option<String>,
    /// Only this meter.
    meter: Option<String>,
    /// The length of the windows: `hour`, `day` or `month`; `day` without.
    #[param(value_type = Option<String>)]
    window: Option<Window>,
    /// The zone of the IANA database whose clocks tell hours, days and months, for example `Europe/Berlin`; UTC
    /// without.
    time_zone: Option<String>,
    /// By what a window's usage is told apart, with commas: any of `package`, `project`, `app` and, for a partner's
    /// callers, `subscription`.
    group_by: Option<String>,
    /// Only windows from the one on in which this time lies.
    from: Option<String>,
    /// Only windows that begin before this time.
    to: Option<String>,
    /// The period from `from` to `to` as a whole, compared with as many windows before it: `previous`.
    #[param(value_type = Option<String>)]
    compare: Option<Compare>,
    /// The same, compared with the windows from this time on.
    compare_from: Option<String>,
    /// The end of the period that it is compared with.
    compare_to: Option<String>,
    /// Where the page before ended.
    pub(super) cursor: Option<String>,
    /// The most items, 50 unless given, at most 500; of a table 10,000.
    limit: Option<i64>,
    /// Wait until the view shows this position; `end` is that of the log now.
    min_position: Option<String>,
}

/// With what a period can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Compare {
    /// As many windows before it.
    Previous,
}

fn invalid(name: &str, text: impl Into<String>) -> Rejection {
    Rejection::malformed(name, "invalid", text)
}

fn time(text: Option<&String>, name: &str) -> Result<Option<Timestamp>, Rejection> {
    let time = text.map(|text| text.parse::<Timestamp>()).transpose();
    time.map_err(|_| invalid(name, format!("{name} is a time such as 2026-01-31T12:00:00Z")))
}

/// Finds a zone in the database that comes with the program: the same on every machine.
fn zone(name: &str) -> Result<TimeZone, Rejection> {
    static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);
    let detail = "timeZone is a zone of the IANA database, for example Europe/Berlin";
    ZONES.get(name).map_err(|_| invalid("timeZone", detail))
}

fn groups(text: &str) -> Result<Groups, Rejection> {
    let mut groups = Groups::default();
    for name in text.split(',') {
        let group = match name {
            "package" => &mut groups.package,
            "project" => &mut groups.project,
            "app" => &mut groups.app,
            "subscription" => &mut groups.subscription,
            _ => {
                let detail = "groupBy is any of package, project, app and subscription, with commas";
                return Err(Rejection::malformed("groupBy", "not_offered", detail));
            }
        };
        *group = true;
    }
    Ok(groups)
}

impl UsageParams {
    /// Reads what a list is asked for.
    pub(super) fn request(&self) -> Result<UsageRequest, Rejection> {
        self.limited(page_limit(self.limit)?)
    }

    /// Reads what a table is asked for: as many lines as fit, unless fewer are wanted.
    pub(super) fn sheet_request(&self) -> Result<UsageRequest, Rejection> {
        let limit = self.limit.unwrap_or(SHEET_LINES_MAX);
        if !(1..=SHEET_LINES_MAX).contains(&limit) {
            let detail = format!("the limit of a table must be from 1 to {SHEET_LINES_MAX}");
            return Err(Rejection::malformed("limit", "out_of_range", detail));
        }
        self.limited(limit)
    }

    fn limited(&self, limit: i64) -> Result<UsageRequest, Rejection> {
        let organization_id = self.organization_id.as_ref().map(|text| text.parse::<OrganizationId>());
        let meter = self.meter.as_ref().map(|text| text.parse::<MeterName>());
        let (from, to) = (time(self.from.as_ref(), "from")?, time(self.to.as_ref(), "to")?);
        views::forwards(("from", from), ("to", to))?;
        Ok(UsageRequest {
            organization_id: organization_id
                .transpose()
                .map_err(|_| invalid("organizationId", "organizationId is an ID that begins with org_"))?,
            meter: meter.transpose().map_err(|error| invalid("meter", error.to_string()))?,
            window: self.window.unwrap_or(Window::Day),
            zone: self.time_zone.as_deref().map_or(Ok(TimeZone::UTC), zone)?,
            names_zone: self.time_zone.is_some(),
            groups: self.group_by.as_deref().map(groups).transpose()?.unwrap_or_default(),
            from,
            to,
            comparison: self.comparison()?,
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit,
            min_position: min_position(self.min_position.as_ref())?,
        })
    }

    fn comparison(&self) -> Result<Option<Comparison>, Rejection> {
        let from = time(self.compare_from.as_ref(), "compareFrom")?;
        let to = time(self.compare_to.as_ref(), "compareTo")?;
        views::forwards(("compareFrom", from), ("compareTo", to))?;
        match (self.compare, from, to) {
            (None, None, None) => Ok(None),
            (Some(Compare::Previous), None, None) => Ok(Some(Comparison::Previous)),
            (None, Some(from), Some(to)) => Ok(Some(Comparison::With(from, to))),
            (None, Some(_), None) => {
                Err(Rejection::malformed("compareTo", "missing", "it goes with compareFrom"))
            }
            (None, None, Some(_)) => {
                Err(Rejection::malformed("compareFrom", "missing", "it goes with compareTo"))
            }
            (Some(_), _, _) => {
                let detail = "a period is compared with the one before it, or with another one";
                Err(Rejection::malformed("compare", "not_offered", detail))
            }
        }
    }
}
