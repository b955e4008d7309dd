//! The requests about subscriptions, as callers write them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::SubscriptionId;
use crate::values::Name;

/// Suspends a subscription: the licenses of its packages cannot be used.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuspendSubscription {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// Resumes a suspended subscription.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResumeSubscription {
    /// The subscription.
    pub subscription_id: SubscriptionId,
}

/// Ends a subscription: the packages that no other one orders are removed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelSubscription {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// Why.
    pub reason: Name,
}
