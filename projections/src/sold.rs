//! The work that quotes and subscriptions begin. The customer's update under the same ID ends it, or the word that there
//! is none.

use tenantry_domain::event::EventSet;
use tenantry_domain::ids::OperationId;
use tenantry_domain::quote::QuoteEvent;
use tenantry_domain::subscription::SubscriptionEvent;

use crate::operations::{OperationKind, OperationRow, OperationState, Subject};
use crate::recorded::{FoldError, Recorded};

/// The events of quotes and subscriptions that operations follow.
const EVENTS: [&str; 4] =
    ["quote.accepted", "subscription.cancelled", "subscription.expired", "subscription.work_dropped"];

/// Tells whether an event is one of a quote or subscription.
pub(crate) fn is_of_sale(event: &Recorded) -> bool {
    EVENTS.contains(&event.event_type.as_str())
}

/// Returns a piece of work after an event of a quote or subscription.
pub(crate) fn fold(row: Option<OperationRow>, recorded: &Recorded) -> Result<OperationRow, FoldError> {
    let at = recorded.recorded_at;
    let begun = if QuoteEvent::NAMES.contains(&recorded.event_type.as_str()) {
        of_quote(&recorded.event()?)
    } else {
        let event = recorded.event()?;
        if let (Some(mut row), SubscriptionEvent::WorkDropped(_)) = (row.clone(), &event) {
            // Nothing started; what was to be removed is not there.
            let starts = row.kind == OperationKind::AcceptQuote;
            row.end(if starts { OperationState::Cancelled } else { OperationState::Succeeded }, None, at);
            return Ok(row);
        }
        of_subscription(&event)
    };
    let new = |(id, kind, subject)| OperationRow::new(id, kind, subject, vec![], at);
    row.or(begun.map(new)).ok_or_else(|| recorded.row_missing())
}

type Begun = Option<(OperationId, OperationKind, Subject)>;

fn of_quote(event: &QuoteEvent) -> Begun {
    match event {
        QuoteEvent::Accepted(body) => {
            Some((body.operation_id, OperationKind::AcceptQuote, Subject::new("quote", &body.quote_id)))
        }
        QuoteEvent::Drafted(_)
        | QuoteEvent::Edited(_)
        | QuoteEvent::Submitted(_)
        | QuoteEvent::Approved(_)
        | QuoteEvent::Rejected(_)
        | QuoteEvent::Declined(_)
        | QuoteEvent::Expired(_) => None,
    }
}

fn of_subscription(event: &SubscriptionEvent) -> Begun {
    let (operation_id, id, kind) = match event {
        SubscriptionEvent::Cancelled(body) => {
            (body.operation_id?, body.subscription_id, OperationKind::CancelSubscription)
        }
        SubscriptionEvent::Expired(body) => {
            (body.operation_id, body.subscription_id, OperationKind::ExpireSubscription)
        }
        SubscriptionEvent::Started(_)
        | SubscriptionEvent::Suspended(_)
        | SubscriptionEvent::Resumed(_)
        | SubscriptionEvent::WorkDropped(_) => return None,
    };
    Some((operation_id, kind, Subject::new("subscription", &id)))
}
