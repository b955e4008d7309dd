//! What happened to a quote.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Line;
use crate::customer::CallingLocation;
use crate::ids::{CaseId, CustomerId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId};
use crate::personal::PersonalSlots;
use crate::values::Name;

/// A quote was drafted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteDrafted {
    /// The quote.
    pub quote_id: QuoteId,
    /// Whose quote it is.
    pub partner_id: PartnerId,
    /// The case.
    pub case_id: CaseId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// What is offered.
    pub lines: Vec<Line>,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub valid_until: Timestamp,
}

/// The lines of a draft were set anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteEdited {
    /// The quote.
    pub quote_id: QuoteId,
    /// Whose quote it is.
    pub partner_id: PartnerId,
    /// The case.
    pub case_id: CaseId,
    /// What is offered.
    pub lines: Vec<Line>,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub valid_until: Timestamp,
}

/// A draft was submitted, and is frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteSubmitted {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
}

/// The operator approved a quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteApproved {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
}

/// The operator rejected a quote; it is a draft again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteRejected {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
    /// Why.
    pub reason: Name,
}

/// The customer accepted a quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteAccepted {
    /// The quote.
    pub quote_id: QuoteId,
    /// Whose quote it is.
    pub partner_id: PartnerId,
    /// The case.
    pub case_id: CaseId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The ID that the subscription will have.
    pub subscription_id: SubscriptionId,
    /// What was accepted.
    pub lines: Vec<Line>,
    /// The place to call from, where the customer has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<CallingLocation>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub accepted_at: Timestamp,
}

/// What an accepted quote brings is under way: its subscription has started, and its case is won.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteFulfilled {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
}

/// Nobody accepts a quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteDeclined {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// Nobody accepted a quote in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteExpired {
    /// The quote.
    pub quote_id: QuoteId,
    /// The case.
    pub case_id: CaseId,
}

impl PersonalSlots for QuoteDrafted {}
impl PersonalSlots for QuoteEdited {}
impl PersonalSlots for QuoteSubmitted {}
impl PersonalSlots for QuoteApproved {}
impl PersonalSlots for QuoteRejected {}
impl PersonalSlots for QuoteAccepted {}
impl PersonalSlots for QuoteFulfilled {}
impl PersonalSlots for QuoteDeclined {}
impl PersonalSlots for QuoteExpired {}

crate::events! {
    /// The events of a quote.
    pub enum QuoteEvent {
        /// See [`QuoteDrafted`].
        Drafted(Box<QuoteDrafted>) = "quote.drafted", "1";
        /// See [`QuoteEdited`].
        Edited(QuoteEdited) = "quote.edited", "1";
        /// See [`QuoteSubmitted`].
        Submitted(QuoteSubmitted) = "quote.submitted", "1";
        /// See [`QuoteApproved`].
        Approved(QuoteApproved) = "quote.approved", "1";
        /// See [`QuoteRejected`].
        Rejected(QuoteRejected) = "quote.rejected", "1";
        /// See [`QuoteAccepted`].
        Accepted(Box<QuoteAccepted>) = "quote.accepted", "1";
        /// See [`QuoteFulfilled`].
        Fulfilled(QuoteFulfilled) = "quote.fulfilled", "1";
        /// See [`QuoteDeclined`].
        Declined(QuoteDeclined) = "quote.declined", "1";
        /// See [`QuoteExpired`].
        Expired(QuoteExpired) = "quote.expired", "1";
    }
}
