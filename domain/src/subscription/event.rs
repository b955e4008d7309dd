//! What happened to a subscription.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::customer::CallingLocation;
use crate::ids::{CaseId, CustomerId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId};
use crate::personal::PersonalSlots;
use crate::quote::Line;
use crate::values::Name;

/// A subscription started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionStarted {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// Whose subscription it is.
    pub partner_id: PartnerId,
    /// The quote that was accepted.
    pub quote_id: QuoteId,
    /// The quote's case.
    pub case_id: CaseId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work that began with the acceptance.
    pub operation_id: OperationId,
    /// What it orders.
    pub lines: Vec<Line>,
    /// The place to call from, where the customer has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<CallingLocation>,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// Until when: the end of the longest term.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Timestamp,
}

/// A subscription was suspended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionSuspended {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// A subscription goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionResumed {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The customer.
    pub customer_id: CustomerId,
}

/// A subscription was cancelled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionCancelled {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The work that began; none where the customer is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<OperationId>,
    /// Why; none where the customer is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// The longest term of a subscription ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionExpired {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The work that began.
    pub operation_id: OperationId,
}

/// Work on a subscription ended without a change of the customer: it was gone, or had nothing of the subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionWorkDropped {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
}

impl PersonalSlots for SubscriptionWorkDropped {}
impl PersonalSlots for SubscriptionStarted {}
impl PersonalSlots for SubscriptionSuspended {}
impl PersonalSlots for SubscriptionResumed {}
impl PersonalSlots for SubscriptionCancelled {}
impl PersonalSlots for SubscriptionExpired {}

crate::events! {
    /// The events of a subscription.
    pub enum SubscriptionEvent {
        /// See [`SubscriptionStarted`].
        Started(Box<SubscriptionStarted>) = "subscription.started", "1";
        /// See [`SubscriptionSuspended`].
        Suspended(SubscriptionSuspended) = "subscription.suspended", "1";
        /// See [`SubscriptionResumed`].
        Resumed(SubscriptionResumed) = "subscription.resumed", "1";
        /// See [`SubscriptionCancelled`].
        Cancelled(SubscriptionCancelled) = "subscription.cancelled", "1";
        /// See [`SubscriptionExpired`].
        Expired(SubscriptionExpired) = "subscription.expired", "1";
        /// See [`SubscriptionWorkDropped`].
        WorkDropped(SubscriptionWorkDropped) = "subscription.work_dropped", "1";
    }
}
