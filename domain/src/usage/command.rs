//! What a stream of usage can be asked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId};
use crate::values::{ExternalId, MeterName, Name, Quantity};

/// Records what an organization used; the same source and ID count once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordUsage {
    /// Who measured.
    pub source: ExternalId,
    /// The source's own ID of the record.
    pub id: ExternalId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// When it was used; it counts in this hour, day and month, however late it comes.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// How much, not negative.
    pub value: Quantity,
    /// The package that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
}

/// Adds a difference to what was recorded; the records stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorrectUsage {
    /// The organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// The time in whose hour, day and month the difference counts.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// The difference; negative to take away.
    pub value: Quantity,
    /// Why.
    pub reason: Name,
}

/// Whose usage it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeteredCustomer {
    /// The customer; none if the organization is no customer of the partner.
    pub customer_id: Option<CustomerId>,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// A command to a stream of usage, with the facts it needs.
#[derive(Debug, Clone)]
pub enum UsageCommand {
    /// See [`RecordUsage`].
    Record(MeteredCustomer, RecordUsage),
    /// See [`CorrectUsage`].
    Correct(MeteredCustomer, CorrectUsage),
}
