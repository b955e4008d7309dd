//! What was used.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{AppId, CustomerId, OrganizationId, ProjectId, SubscriberId, SubscriptionId};
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
    /// The project in which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The app ID by which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The one subscription that ordered the package then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<SubscriptionId>,
    /// The subscriber who used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
    /// The keyed hash of what a unique count counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_hash: Option<String>,
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
    /// The package of the records that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// Their project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// Their app ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The one subscription that ordered the package when it was corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<SubscriptionId>,
    /// Their subscriber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
    /// Why.
    pub reason: Name,
}

/// What records and corrections have in common: how much was used, of what, when, where and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used<'a> {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: &'a MeterName,
    /// The time in whose hour, day and month it counts.
    pub time: Timestamp,
    /// How much, or the difference.
    pub value: Decimal,
    /// The package.
    pub package: Option<Package>,
    /// The project.
    pub project_id: Option<ProjectId>,
    /// The app ID.
    pub app_id: Option<AppId>,
    /// The one subscription that ordered the package.
    pub subscription_id: Option<SubscriptionId>,
    /// The subscriber.
    pub subscriber_id: Option<SubscriberId>,
}

macro_rules! used {
    ($body:expr) => {
        Used {
            customer_id: $body.customer_id,
            organization_id: $body.organization_id,
            meter: &$body.meter,
            time: $body.time,
            value: $body.value.decimal(),
            package: $body.package,
            project_id: $body.project_id,
            app_id: $body.app_id,
            subscription_id: $body.subscription_id,
            subscriber_id: $body.subscriber_id,
        }
    };
}

impl UsageEvent {
    /// Returns what it has in common with every other.
    pub fn used(&self) -> Used<'_> {
        match self {
            Self::Recorded(body) => used!(body),
            Self::Corrected(body) => used!(body),
        }
    }
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
