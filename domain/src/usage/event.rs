//! What was used.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId};
use crate::personal::PersonalSlots;
use crate::values::{ExternalId, MeterName, Name, Quantity};

/// Use of an organization was recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageRecorded {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// Who measured.
    pub source: ExternalId,
    /// The source's own ID of the record.
    pub record_id: ExternalId,
    /// When it was used.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// How much.
    pub value: Quantity,
    /// The package that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
}

/// A difference was added to what had been recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageCorrected {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// The time in whose hour, day and month the difference counts.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// The difference.
    pub value: Quantity,
    /// Why.
    pub reason: Name,
}

impl PersonalSlots for UsageRecorded {}
impl PersonalSlots for UsageCorrected {}

crate::events! {
    /// The events of a stream of usage.
    pub enum UsageEvent {
        /// See [`UsageRecorded`].
        Recorded(UsageRecorded) = "usage.recorded", "1";
        /// See [`UsageCorrected`].
        Corrected(UsageCorrected) = "usage.corrected", "1";
    }
}
