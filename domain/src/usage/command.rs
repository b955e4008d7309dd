//! What a stream of usage can be asked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{AppId, CustomerId, OrganizationId, PartnerId, ProjectId, SubscriberId, SubscriptionId};
use crate::meter::MeterKind;
use crate::values::{ExternalId, MeterName, Name, Quantity};

/// Records what an organization used; the same source and ID count once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordUsage {
    /// The partner, where an operator hands the record in; who else sends it has one.
    // Whoever sends a record, it is the same record: it counts once for its partner.
    #[serde(default, skip_serializing_if = "is_no_part_of_the_record")]
    pub partner_id: Option<PartnerId>,
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
    /// The project of the organization in which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The app ID of the organization by which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The subscriber who used it; kept as it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
    /// What a unique count counts: the source's name of a user, a device or a session. Only its keyed hash is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<ExternalId>,
}

fn is_no_part_of_the_record<T>(_: &T) -> bool {
    true
}

/// Adds a difference to what was recorded; the records stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CorrectUsage {
    /// The partner, where an operator corrects; who else does has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// The time in whose hour, day and month the difference counts.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// The difference; negative to take away.
    pub value: Quantity,
    /// The package of the records that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// Their project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// Their app ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// Their subscriber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
    /// Why.
    pub reason: Name,
}

/// Whose usage it is, and what else is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeteredCustomer {
    /// The customer; none if the organization is no customer of the partner.
    pub customer_id: Option<CustomerId>,
    /// The one subscription that orders the package; none if there is none, or several are.
    pub subscription_id: Option<SubscriptionId>,
    /// The keyed hash of the record's key.
    pub key_hash: Option<String>,
    /// A project or app ID that was named and is none of the organization.
    pub unknown: Option<String>,
    /// How the meter counts, where it is defined.
    pub kind: Option<MeterKind>,
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
