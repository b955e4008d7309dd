//! The requests about quotes, as callers write them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Line;
use crate::customer::CallingParameters;
use crate::ids::{CaseId, QuoteId};
use crate::values::Name;

/// Drafts a quote for the customer of a case (R28).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DraftQuote {
    /// The case.
    pub case_id: CaseId,
    /// What is offered; one currency for all.
    #[schema(min_items = 1, max_items = 50)]
    pub lines: Vec<Line>,
    /// Until when it can be accepted; 30 days without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
}

/// Sets the lines of a draft anew.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditQuote {
    /// The quote.
    pub quote_id: QuoteId,
    /// What is offered; one currency for all.
    #[schema(min_items = 1, max_items = 50)]
    pub lines: Vec<Line>,
    /// Until when it can be accepted; as before without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
}

/// Submits a draft to the operator; from then on it is frozen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubmitQuote {
    /// The quote.
    pub quote_id: QuoteId,
}

/// Approves a submitted quote.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApproveQuote {
    /// The quote.
    pub quote_id: QuoteId,
}

/// Rejects a submitted quote; it is a draft again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectQuote {
    /// The quote.
    pub quote_id: QuoteId,
    /// Why.
    pub reason: Name,
}

/// Accepts an approved quote on the customer's word; a subscription starts (R6).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AcceptQuote {
    /// The quote.
    pub quote_id: QuoteId,
    /// Where calls are made from; needed for the first calling package of a customer (R89).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<CallingParameters>,
}

/// Ends a quote that nobody accepts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclineQuote {
    /// The quote.
    pub quote_id: QuoteId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}
