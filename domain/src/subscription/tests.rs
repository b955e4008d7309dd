use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Subscription, SubscriptionCommand, SubscriptionEvent, SubscriptionRefusal, SubscriptionState};
use crate::catalogue::Package;
use crate::event::EventSet;
use crate::ids::{OperationId, QuoteId, SubscriptionId};
use crate::quote::QuoteAccepted;
use crate::quote::tests::{accepted, line};
use crate::stream::Decide;

fn id() -> SubscriptionId {
    SubscriptionId::from_uuid(Uuid::from_u128(72))
}

fn acceptance() -> QuoteAccepted {
    accepted(vec![line(Package::WebexMeetings, 3, "12", 1), line(Package::WebexCalling, 2, "5", 14)])
}

fn start() -> SubscriptionCommand {
    SubscriptionCommand::Start(Box::new(acceptance()))
}

fn suspend() -> SubscriptionCommand {
    SubscriptionCommand::Suspend { reason: Some("unpaid".parse().expect("is a reason")) }
}

fn operation() -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(73))
}

fn cancel() -> SubscriptionCommand {
    SubscriptionCommand::Cancel { operation_id: operation(), reason: "moved".parse().expect("is a reason") }
}

fn expire() -> SubscriptionCommand {
    SubscriptionCommand::Expire { operation_id: operation() }
}

fn subscription(commands: impl IntoIterator<Item = SubscriptionCommand>) -> Subscription {
    let mut subscription = Subscription::default();
    for command in commands {
        for event in subscription.decide(command).expect("is allowed") {
            subscription.apply(event);
        }
    }
    subscription
}

fn decide(
    subscription: &Subscription,
    command: SubscriptionCommand,
) -> Result<Vec<&'static str>, SubscriptionRefusal> {
    Ok(subscription.decide(command)?.iter().map(EventSet::type_name).collect())
}

#[test]
fn r6_an_accepted_quote_starts_one_subscription_with_its_lines() {
    let events = Subscription::default().decide(start()).expect("is allowed");
    let [SubscriptionEvent::Started(started)] = &events[..] else { panic!("{events:?}") };
    let accepted = acceptance();
    assert_eq!((started.subscription_id, started.quote_id), (accepted.subscription_id, accepted.quote_id));
    assert_eq!(started.lines, accepted.lines);
    assert_eq!(decide(&subscription([start()]), start()), Ok(vec![]), "twice is once");
    let mut other = acceptance();
    other.quote_id = QuoteId::from_uuid(Uuid::from_u128(700));
    let other = SubscriptionCommand::Start(Box::new(other));
    assert_eq!(decide(&subscription([start()]), other), Err(SubscriptionRefusal::AlreadyExists(id())));
}

#[test]
fn a_subscription_ends_with_its_longest_term_by_the_calendar() {
    let started = subscription([start()]).started.expect("is there");
    assert_eq!(acceptance().accepted_at.to_string(), "2026-01-01T00:00:00Z");
    assert_eq!(started.ends_at.to_string(), "2027-03-01T00:00:00Z");
}

#[test]
fn r6_a_subscription_is_suspended_resumed_cancelled_and_expires() {
    let active = subscription([start()]);
    assert_eq!(decide(&active, suspend()), Ok(vec!["subscription.suspended"]));
    assert_eq!(decide(&active, SubscriptionCommand::Resume), Ok(vec![]), "it is active");
    let suspended = subscription([start(), suspend()]);
    assert_eq!(decide(&suspended, suspend()), Ok(vec![]), "again");
    assert_eq!(decide(&suspended, SubscriptionCommand::Resume), Ok(vec!["subscription.resumed"]));
    for open in [active, suspended] {
        assert_eq!(decide(&open, cancel()), Ok(vec!["subscription.cancelled"]));
        assert_eq!(decide(&open, expire()), Ok(vec!["subscription.expired"]));
        assert_eq!(
            decide(&open, SubscriptionCommand::RecordCustomerGone),
            Ok(vec!["subscription.cancelled"])
        );
    }
}

#[test]
fn what_has_ended_stays_so() {
    for (ended, state) in [
        (subscription([start(), cancel()]), SubscriptionState::Cancelled),
        (subscription([start(), suspend(), expire()]), SubscriptionState::Expired),
    ] {
        for command in [suspend(), SubscriptionCommand::Resume, cancel()] {
            assert_eq!(decide(&ended, command), Err(SubscriptionRefusal::Ended(id(), state)));
        }
        for report in [start(), expire(), SubscriptionCommand::RecordCustomerGone] {
            assert_eq!(decide(&ended, report), Ok(vec![]), "a late report");
        }
    }
}

#[test]
fn what_never_started_is_not_there() {
    let none = Subscription::default();
    for command in [suspend(), SubscriptionCommand::Resume, cancel()] {
        assert_eq!(decide(&none, command), Err(SubscriptionRefusal::NotFound));
    }
    for report in [expire(), SubscriptionCommand::RecordCustomerGone] {
        assert_eq!(decide(&none, report), Ok(vec![]));
    }
}

#[test]
fn work_without_a_change_of_the_customer_ends_once() {
    let dropped = || SubscriptionCommand::RecordDropped { operation_id: operation() };
    for subscription in [subscription([start()]), subscription([start(), cancel()])] {
        assert_eq!(decide(&subscription, dropped()), Ok(vec!["subscription.work_dropped"]));
    }
    assert_eq!(decide(&subscription([start(), cancel(), dropped()]), dropped()), Ok(vec![]), "again");
    assert_eq!(decide(&Subscription::default(), dropped()), Ok(vec![]));
}

fn any_command() -> impl Strategy<Value = SubscriptionCommand> {
    prop_oneof![
        Just(start()),
        Just(suspend()),
        Just(SubscriptionCommand::Resume),
        Just(cancel()),
        Just(expire()),
        Just(SubscriptionCommand::RecordCustomerGone),
        Just(SubscriptionCommand::RecordDropped { operation_id: operation() }),
    ]
}

proptest! {
    #[test]
    fn whatever_a_subscription_is_asked_it_starts_once_and_ends_once(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut subscription = Subscription::default();
        let (mut starts, mut ends) = (0, 0);
        for command in commands {
            let decided = subscription.decide(command.clone());
            prop_assert_eq!(&decided, &subscription.decide(command), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                match &event {
                    SubscriptionEvent::Started(_) => starts += 1,
                    SubscriptionEvent::Cancelled(_) | SubscriptionEvent::Expired(_) => ends += 1,
                    SubscriptionEvent::Suspended(_)
                    | SubscriptionEvent::Resumed(_)
                    | SubscriptionEvent::WorkDropped(_) => {}
                }
                subscription.apply(event);
            }
            let Some(started) = &subscription.started else { continue };
            prop_assert_eq!(&started.lines, &acceptance().lines, "what was accepted is what is ordered");
            prop_assert_eq!(started.state.is_open(), ends == 0);
        }
        prop_assert!(starts <= 1 && ends <= 1);
    }
}
