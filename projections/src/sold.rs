//! The work that quotes and subscriptions begin; the customer's update under the same ID ends it.

use tenantry_domain::event::EventSet;
use tenantry_domain::ids::OperationId;
use tenantry_domain::quote::QuoteEvent;
use tenantry_domain::subscription::SubscriptionEvent;

use crate::operations::{OperationKind, OperationRow, Subject};
use crate::recorded::{FoldError, Recorded};

/// The events of quotes and subscriptions that operations follow.
pub(crate) const EVENTS: [&str; 3] = ["quote.accepted", "subscription.cancelled", "subscription.expired"];

/// Returns the work that an event begins, if it begins any.
pub(crate) fn begun_by(event: &Recorded) -> Result<Option<OperationRow>, FoldError> {
    let begun = if QuoteEvent::NAMES.contains(&event.event_type.as_str()) {
        of_quote(&event.event()?)
    } else {
        of_subscription(&event.event()?)
    };
    let at = event.recorded_at;
    Ok(begun.map(|(id, kind, subject)| OperationRow::new(id, kind, subject, vec![], at)))
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
        SubscriptionEvent::Started(_) | SubscriptionEvent::Suspended(_) | SubscriptionEvent::Resumed(_) => {
            return None;
        }
    };
    Some((operation_id, kind, Subject::new("subscription", &id)))
}
