//! The subscriptions of a partner's customers (R6).

use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{
    CaseId, CustomerId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId,
};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::quote::currency_of;
use tenantry_domain::subscription::{SubscriptionEvent, SubscriptionStarted, SubscriptionState};
use tenantry_domain::values::{Currency, Name};
use utoipa::ToSchema;

use crate::quotes::{LineRow, rows, total};
use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the subscription's ID.
#[derive(Debug)]
pub struct Subscriptions;

/// A subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionRow {
    /// Its ID.
    pub id: SubscriptionId,
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
    /// How far it is.
    pub state: SubscriptionState,
    /// What it orders.
    pub lines: Vec<LineRow>,
    /// The currency of all prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The sum of the amounts of the lines.
    pub total: String,
    /// The last work on it.
    pub operation_id: OperationId,
    /// Why it was suspended or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
    /// From when.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub started_at: i64,
    /// Until when: the end of the longest term.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

impl PersonalSlots for SubscriptionRow {}

impl SubscriptionRow {
    fn new(started: &SubscriptionStarted, at: i64) -> Self {
        Self {
            id: started.subscription_id,
            partner_id: started.partner_id,
            quote_id: started.quote_id,
            case_id: started.case_id,
            customer_id: started.customer_id,
            organization_id: started.organization_id,
            state: SubscriptionState::Active,
            lines: rows(&started.lines),
            currency: currency_of(&started.lines).cloned(),
            total: total(&started.lines),
            operation_id: started.operation_id,
            reason: None,
            started_at: started.started_at.as_microsecond(),
            ends_at: started.ends_at.as_microsecond(),
            updated_at: at,
            sequence: 0,
        }
    }

    fn apply(&mut self, event: SubscriptionEvent) {
        match event {
            SubscriptionEvent::Started(_) | SubscriptionEvent::WorkDropped(_) => {}
            SubscriptionEvent::Suspended(event) => {
                self.state = SubscriptionState::Suspended;
                self.reason = event.reason;
            }
            SubscriptionEvent::Resumed(_) => {
                self.state = SubscriptionState::Active;
                self.reason = None;
            }
            SubscriptionEvent::Cancelled(event) => {
                self.state = SubscriptionState::Cancelled;
                self.operation_id = event.operation_id.unwrap_or(self.operation_id);
                self.reason = event.reason;
            }
            SubscriptionEvent::Expired(event) => {
                self.state = SubscriptionState::Expired;
                self.operation_id = event.operation_id;
            }
        }
    }
}

impl View for Subscriptions {
    const NAME: &'static str = "subscriptions";
    const EVENTS: &'static [&'static str] = SubscriptionEvent::NAMES;
    const SOURCE: Source = Source::Stream("subscription");
    type Row = SubscriptionRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<SubscriptionRow>,
        recorded: &Recorded,
    ) -> Result<Option<SubscriptionRow>, FoldError> {
        let mut row = match (row, recorded.event()?) {
            (None, SubscriptionEvent::Started(started)) => {
                SubscriptionRow::new(&started, recorded.recorded_at)
            }
            (None, _) => return Err(recorded.row_missing()),
            (Some(mut row), event) => {
                row.apply(event);
                row
            }
        };
        row.updated_at = recorded.recorded_at;
        row.sequence = recorded.sequence;
        Ok(Some(row))
    }
}
