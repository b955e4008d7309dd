//! The work that cases, quotes and subscriptions begin. That of a case ends with its organization; that of the others with
//! the customer's update under the same ID, or the word that there is none.

use tenantry_domain::case::CaseEvent;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::OperationId;
use tenantry_domain::quote::QuoteEvent;
use tenantry_domain::subscription::SubscriptionEvent;

use crate::operations::{OperationKind, OperationResult, OperationRow, OperationState, Subject};
use crate::recorded::{FoldError, Recorded};
use crate::steps;

/// The events of quotes and subscriptions that operations follow.
const EVENTS: [&str; 4] =
    ["quote.accepted", "subscription.cancelled", "subscription.expired", "subscription.work_dropped"];

/// Tells whether an event is one of a case, quote or subscription.
pub(crate) fn is_of_sale(event: &Recorded) -> bool {
    let name = event.event_type.as_str();
    EVENTS.contains(&name) || CaseEvent::NAMES.contains(&name)
}

/// Returns a piece of work after an event of a case, quote or subscription.
pub(crate) fn fold(row: Option<OperationRow>, recorded: &Recorded) -> Result<OperationRow, FoldError> {
    let at = recorded.recorded_at;
    if CaseEvent::NAMES.contains(&recorded.event_type.as_str()) {
        return fold_case(row, &recorded.event()?, recorded);
    }
    let begun = if QuoteEvent::NAMES.contains(&recorded.event_type.as_str()) {
        of_quote(&recorded.event()?)
    } else {
        let event = recorded.event()?;
        if let (Some(mut row), SubscriptionEvent::WorkDropped(_)) = (row.clone(), &event) {
            // Nothing started; what was to be removed is not there.
            if row.finished_at.is_some() {
                return Ok(row);
            }
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
        | QuoteEvent::Fulfilled(_)
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

fn fold_case(
    row: Option<OperationRow>,
    event: &CaseEvent,
    recorded: &Recorded,
) -> Result<OperationRow, FoldError> {
    let at = recorded.recorded_at;
    let mut row = match (row, event) {
        (None, CaseEvent::OrgRequested(body)) => {
            let subject = Subject::new("case", &body.case_id);
            let kind = OperationKind::CreateCase;
            OperationRow::new(body.operation_id, kind, subject, steps::of_case(at), at)
        }
        (row, _) => row.ok_or_else(|| recorded.row_missing())?,
    };
    match event {
        CaseEvent::Created(_)
        | CaseEvent::OrgRequested(_)
        | CaseEvent::Linked(_)
        | CaseEvent::Deactivated(_)
        | CaseEvent::Reopened(_)
        | CaseEvent::QuotingStarted(_)
        | CaseEvent::Won(_)
        | CaseEvent::Lost(_) => {}
        CaseEvent::OrgReady(body) => {
            steps::end_case(&mut row.steps, &[], at);
            let (customer_id, organization_id) = (body.customer_id, body.organization_id);
            let result = OperationResult { customer_id, organization_id };
            row.end(OperationState::Succeeded, Some(result), at);
        }
        CaseEvent::OrgFailed(body) => {
            steps::end_case(&mut row.steps, &body.errors, at);
            row.errors.clone_from(&body.errors);
            row.end(OperationState::Failed, None, at);
        }
    }
    Ok(row)
}
