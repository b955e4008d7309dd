//! What lists of usage hold.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::meter::MeterKind;
use tenantry_domain::values::{MeterName, Name};
use tenantry_projections::usage::Place;
use tenantry_projections::window::Window;
use utoipa::ToSchema;

/// What an organization used by one meter in one window, of one group; in a comparison, in one period.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UsageItem {
    /// The organization.
    organization_id: OrganizationId,
    /// What was measured.
    meter: MeterName,
    /// The length of the window.
    window: Option<Window>,
    /// When it begins.
    #[schema(value_type = Option<String>, format = DateTime)]
    start: Option<Timestamp>,
    /// When it ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    end: Option<Timestamp>,
    /// The zone whose window it is, where one was named.
    time_zone: Option<String>,
    /// Its group, where groups were asked for and it names them.
    #[serde(flatten)]
    place: Place,
    #[serde(flatten)]
    used: Used,
    /// Whether the meter is defined.
    counted: bool,
    /// Why it does not count.
    reason: Option<String>,
    /// How the meter counts.
    kind: Option<MeterKind>,
    /// What it counts.
    unit: Option<Name>,
    /// In a comparison: the other period.
    previous: Option<Used>,
    /// In a comparison: by how much the value is higher than that of the other period.
    #[schema(value_type = Option<String>)]
    difference: Option<Decimal>,
}

/// All that was counted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Used {
    /// In a comparison: when the period begins.
    #[schema(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// In a comparison: when it ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// How many records there are.
    records: u64,
    /// How many corrections there are.
    corrections: u64,
    /// The sum of records and corrections.
    #[schema(value_type = String)]
    sum: Decimal,
    /// The greatest record.
    #[schema(value_type = Option<String>)]
    maximum: Option<Decimal>,
    /// The record of the latest time; of several at that time, the one recorded last.
    last: Option<Last>,
    /// How many different keys there are, where there are any.
    unique: Option<u64>,
    /// What it comes to by the meter's definition.
    #[schema(value_type = Option<String>)]
    value: Option<Decimal>,
}

/// The record of the latest time.
#[derive(Debug, Serialize, ToSchema)]
struct Last {
    /// Its time.
    #[schema(value_type = String, format = DateTime)]
    time: Timestamp,
    /// Its value.
    #[schema(value_type = String)]
    value: Decimal,
}
