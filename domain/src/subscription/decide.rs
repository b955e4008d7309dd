//! What a subscription decides.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{
    Started, Subscription, SubscriptionCancelled, SubscriptionCommand, SubscriptionEvent,
    SubscriptionExpired, SubscriptionRefusal, SubscriptionResumed, SubscriptionStarted, SubscriptionState,
    SubscriptionSuspended, SubscriptionWorkDropped,
};
use crate::ids::OperationId;
use crate::quote::{Line, QuoteAccepted};
use crate::stream::Decide;
use crate::values::Name;

type Decision = Result<Vec<SubscriptionEvent>, SubscriptionRefusal>;

impl Decide for Subscription {
    fn decide(&self, command: SubscriptionCommand) -> Decision {
        match command {
            SubscriptionCommand::Start(accepted) => self.start(*accepted),
            SubscriptionCommand::Suspend { reason } => self.suspend(reason),
            SubscriptionCommand::Resume => self.resume(),
            SubscriptionCommand::Cancel { operation_id, reason } => {
                let started = self.open()?;
                Ok(vec![cancelled(started, Some((operation_id, reason)))])
            }
            SubscriptionCommand::Expire { operation_id } => Ok(self.expire(operation_id)),
            SubscriptionCommand::RecordDropped { operation_id } => Ok(self.record_dropped(operation_id)),
            SubscriptionCommand::RecordCustomerGone => {
                Ok(self.open().map(|started| vec![cancelled(started, None)]).unwrap_or_default())
            }
        }
    }
}

impl Subscription {
    /// Twice for one quote is once.
    fn start(&self, accepted: QuoteAccepted) -> Decision {
        match &self.started {
            Some(started) if started.quote_id == accepted.quote_id => return Ok(vec![]),
            Some(started) => return Err(SubscriptionRefusal::AlreadyExists(started.id)),
            None => {}
        }
        Ok(vec![
            Box::new(SubscriptionStarted {
                subscription_id: accepted.subscription_id,
                partner_id: accepted.partner_id,
                quote_id: accepted.quote_id,
                case_id: accepted.case_id,
                customer_id: accepted.customer_id,
                organization_id: accepted.organization_id,
                operation_id: accepted.operation_id,
                ends_at: end_of(&accepted.lines, accepted.accepted_at),
                lines: accepted.lines,
                location: accepted.location,
                started_at: accepted.accepted_at,
            })
            .into(),
        ])
    }

    /// The subscription, while it goes on.
    fn open(&self) -> Result<&Started, SubscriptionRefusal> {
        let started = self.started.as_ref().ok_or(SubscriptionRefusal::NotFound)?;
        if started.state.is_open() {
            Ok(started)
        } else {
            Err(SubscriptionRefusal::Ended(started.id, started.state))
        }
    }

    fn suspend(&self, reason: Option<Name>) -> Decision {
        let started = self.open()?;
        let (subscription_id, customer_id) = (started.id, started.customer_id);
        let changes = started.state == SubscriptionState::Active;
        let event = || SubscriptionSuspended { subscription_id, customer_id, reason }.into();
        Ok(changes.then(event).into_iter().collect())
    }

    fn resume(&self) -> Decision {
        let started = self.open()?;
        let (subscription_id, customer_id) = (started.id, started.customer_id);
        let changes = started.state == SubscriptionState::Suspended;
        let event = || SubscriptionResumed { subscription_id, customer_id }.into();
        Ok(changes.then(event).into_iter().collect())
    }

    fn record_dropped(&self, operation_id: OperationId) -> Vec<SubscriptionEvent> {
        let first = |started: &&Started| !started.dropped.contains(&operation_id);
        let Some(started) = self.started.as_ref().filter(first) else { return vec![] };
        let (subscription_id, customer_id) = (started.id, started.customer_id);
        vec![SubscriptionWorkDropped { subscription_id, customer_id, operation_id }.into()]
    }

    fn expire(&self, operation_id: OperationId) -> Vec<SubscriptionEvent> {
        let Ok(started) = self.open() else { return vec![] };
        let (subscription_id, customer_id) = (started.id, started.customer_id);
        vec![SubscriptionExpired { subscription_id, customer_id, operation_id }.into()]
    }
}

fn cancelled(started: &Started, why: Option<(OperationId, Name)>) -> SubscriptionEvent {
    let (subscription_id, customer_id) = (started.id, started.customer_id);
    let (operation_id, reason) = why.unzip();
    SubscriptionCancelled { subscription_id, customer_id, operation_id, reason }.into()
}

/// Returns the end of the longest term, by the calendar in UTC.
fn end_of(lines: &[Line], from: Timestamp) -> Timestamp {
    let months = lines.iter().map(|line| line.term_months).max().unwrap_or_default();
    let term = Span::new().try_months(i64::from(months)).ok();
    let end = term.and_then(|term| from.to_zoned(TimeZone::UTC).checked_add(term).ok());
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}
