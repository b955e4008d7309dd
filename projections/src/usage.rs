//! Usage of organizations, by meter, in hours, days and months (R5, R27, R29).
//!
//! A window holds all that any kind of meter counts by; which of it counts is for the meter's definition, which may come
//! later than the records.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Unit, Zoned};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{UsageCorrected, UsageEvent, UsageRecorded};
use tenantry_domain::values::MeterName;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; a window has one row in the tenant of the partner, and one in that of the organization: the sum over all
/// partners.
#[derive(Debug)]
pub struct UsageByWindow;

/// The length of a window, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
}

impl Window {
    /// Every window.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Month];

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// Returns when the window begins that a time lies in.
    pub fn start(self, time: Timestamp) -> Timestamp {
        let time: Zoned = time.to_zoned(TimeZone::UTC);
        let hour = time.round(jiff::ZonedRound::new().smallest(Unit::Hour).mode(jiff::RoundMode::Trunc));
        let day = hour.and_then(|hour| if self == Self::Hour { Ok(hour) } else { hour.start_of_day() });
        let start = day.and_then(|day| if self == Self::Month { day.first_of_month() } else { Ok(day) });
        start.expect("a day of UTC begins at midnight").timestamp()
    }

    /// Returns when the window ends that begins at a time.
    pub fn end(self, start: Timestamp) -> Timestamp {
        let span = match self {
            Self::Hour => 1.hour(),
            Self::Day => 1.day(),
            Self::Month => 1.month(),
        };
        start.to_zoned(TimeZone::UTC).saturating_add(span).timestamp()
    }
}

/// What one organization used by one meter in one window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// The length of the window.
    pub window: Window,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// How many records it has.
    pub records: u64,
    /// How many corrections it has.
    pub corrections: u64,
    /// The sum of records and corrections.
    #[schema(value_type = String)]
    pub sum: Decimal,
    /// The greatest record.
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Decimal>,
    /// The record of the latest time; of several at that time, the one recorded last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastRecord>,
}

/// The record of the latest time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastRecord {
    /// Its time.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// Its value.
    #[schema(value_type = String)]
    pub value: Decimal,
}

impl PersonalSlots for UsageRow {}

impl UsageRow {
    fn empty(organization_id: OrganizationId, meter: MeterName, window: Window, start: Timestamp) -> Self {
        let (records, corrections, sum) = (0, 0, Decimal::ZERO);
        Self { organization_id, meter, window, start, records, corrections, sum, maximum: None, last: None }
    }
}

/// Returns where the rows of an organization and a window lie: those from `start` on come after this key.
pub fn rows_from(organization_id: OrganizationId, window: Window, start: &str) -> String {
    format!("{organization_id}/{}/{start}", window.as_str())
}

fn row_key(organization_id: OrganizationId, window: Window, start: Timestamp, meter: &MeterName) -> String {
    format!("{}/{}", rows_from(organization_id, window, &start.to_string()), meter.as_str())
}

/// What an event says of its place.
fn place(event: &UsageEvent) -> (OrganizationId, &MeterName, Timestamp) {
    match event {
        UsageEvent::Recorded(UsageRecorded { organization_id, meter, time, .. })
        | UsageEvent::Corrected(UsageCorrected { organization_id, meter, time, .. }) => {
            (*organization_id, meter, *time)
        }
    }
}

impl View for UsageByWindow {
    const NAME: &'static str = "usage";
    const EVENTS: &'static [&'static str] = UsageEvent::NAMES;
    const FED_BY_OTHERS: &'static [&'static str] = &["organization"];
    const PERSONAL: bool = false;
    type Row = UsageRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let usage: UsageEvent = event.event()?;
        let (organization_id, meter, time) = place(&usage);
        let keys = Window::ALL.map(|window| row_key(organization_id, window, window.start(time), meter));
        let tenants = [event.tenant_id, TenantId::from(organization_id)];
        let of = |tenant_id| keys.iter().map(move |key| RowKey { tenant_id, key: key.clone() });
        Ok(tenants.into_iter().flat_map(of).collect())
    }

    fn fold(key: &RowKey, row: Option<UsageRow>, event: &Recorded) -> Result<Option<UsageRow>, FoldError> {
        let usage: UsageEvent = event.event()?;
        let (organization_id, meter, time) = place(&usage);
        let of_key =
            |window: &Window| row_key(organization_id, *window, window.start(time), meter) == key.key;
        let Some(window) = Window::ALL.into_iter().find(of_key) else { return Ok(row) };
        let new = || UsageRow::empty(organization_id, meter.clone(), window, window.start(time));
        let mut row = row.unwrap_or_else(new);
        match &usage {
            UsageEvent::Recorded(recorded) => {
                let value = recorded.value.decimal();
                row.records += 1;
                row.sum += value;
                row.maximum = row.maximum.max(Some(value));
                if row.last.as_ref().is_none_or(|last| last.time <= time) {
                    row.last = Some(LastRecord { time, value });
                }
            }
            UsageEvent::Corrected(corrected) => {
                row.corrections += 1;
                row.sum += corrected.value.decimal();
            }
        }
        Ok(Some(row))
    }
}
