//! The quotes of a partner, with what they come to (R6, R28).

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{
    CaseId, CustomerId, OperationId, OrganizationId, PartnerId, QuoteId, SubscriptionId,
};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::quote::{Line, QuoteDrafted, QuoteEvent, QuoteState, currency_of, total_of};
use tenantry_domain::values::{Currency, Name, Price};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the quote's ID.
#[derive(Debug)]
pub struct Quotes;

/// A quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuoteRow {
    /// Its ID.
    pub id: QuoteId,
    /// Whose quote it is.
    pub partner_id: PartnerId,
    /// The case.
    pub case_id: CaseId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub state: QuoteState,
    /// What is offered.
    pub lines: Vec<LineRow>,
    /// The currency of all prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The sum of the amounts of the lines.
    pub total: String,
    /// Until when it can be accepted.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub valid_until: i64,
    /// Why it was rejected or declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
    /// The work that its acceptance began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<OperationId>,
    /// The subscription that it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<SubscriptionId>,
    /// When it was drafted.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

/// A line of a quote or subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineRow {
    /// The package.
    pub package: Package,
    /// How many units of it.
    pub quantity: u32,
    /// The price of one unit for the whole term.
    pub unit_price: Price,
    /// The currency of the price.
    pub currency: Currency,
    /// How long, in months.
    pub term_months: u32,
    /// The price of all units.
    pub amount: String,
}

impl From<&Line> for LineRow {
    fn from(line: &Line) -> Self {
        Self {
            package: line.package,
            quantity: line.quantity,
            unit_price: line.unit_price.clone(),
            currency: line.currency.clone(),
            term_months: line.term_months,
            amount: line.amount().normalize().to_string(),
        }
    }
}

/// Returns what lines come to, as a decimal number without zeros at its end.
pub(crate) fn total(lines: &[Line]) -> String {
    total_of(lines).normalize().to_string()
}

pub(crate) fn rows(lines: &[Line]) -> Vec<LineRow> {
    lines.iter().map(LineRow::from).collect()
}

impl PersonalSlots for QuoteRow {}

impl QuoteRow {
    fn new(drafted: &QuoteDrafted, at: i64) -> Self {
        Self {
            id: drafted.quote_id,
            partner_id: drafted.partner_id,
            case_id: drafted.case_id,
            customer_id: drafted.customer_id,
            organization_id: drafted.organization_id,
            state: QuoteState::Draft,
            lines: rows(&drafted.lines),
            currency: currency_of(&drafted.lines).cloned(),
            total: total(&drafted.lines),
            valid_until: drafted.valid_until.as_microsecond(),
            reason: None,
            operation_id: None,
            subscription_id: None,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn apply(&mut self, event: QuoteEvent) {
        match event {
            QuoteEvent::Drafted(_) | QuoteEvent::Fulfilled(_) => {}
            QuoteEvent::Edited(event) => {
                self.lines = rows(&event.lines);
                self.currency = currency_of(&event.lines).cloned();
                self.total = total(&event.lines);
                self.valid_until = event.valid_until.as_microsecond();
            }
            QuoteEvent::Submitted(_) => {
                self.state = QuoteState::Submitted;
                self.reason = None;
            }
            QuoteEvent::Approved(_) => self.state = QuoteState::Approved,
            QuoteEvent::Rejected(event) => {
                self.state = QuoteState::Draft;
                self.reason = Some(event.reason);
            }
            QuoteEvent::Accepted(event) => {
                self.state = QuoteState::Accepted;
                self.operation_id = Some(event.operation_id);
                self.subscription_id = Some(event.subscription_id);
            }
            QuoteEvent::Declined(event) => {
                self.state = QuoteState::Declined;
                self.reason = event.reason;
            }
            QuoteEvent::Expired(_) => self.state = QuoteState::Expired,
        }
    }
}

impl View for Quotes {
    const NAME: &'static str = "quotes";
    const EVENTS: &'static [&'static str] = QuoteEvent::NAMES;
    const SOURCE: Source = Source::Stream("quote");
    type Row = QuoteRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(_: &RowKey, row: Option<QuoteRow>, recorded: &Recorded) -> Result<Option<QuoteRow>, FoldError> {
        let mut row = match (row, recorded.event()?) {
            (None, QuoteEvent::Drafted(drafted)) => QuoteRow::new(&drafted, recorded.recorded_at),
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
