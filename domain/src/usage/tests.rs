use cqrs_es::test::TestFramework;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, UsageCorrected, UsageEvent,
    UsageRecorded, UsageRefusal, stream_id,
};
use crate::ids::{CustomerId, OrganizationId};
use crate::limits::USAGE_AHEAD_US_MAX;

const NOW: &str = "2026-03-31T23:59:59Z";

fn time(text: &str) -> Timestamp {
    text.parse().expect("is a time")
}

fn organization() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(4))
}

fn customer() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(1))
}

fn facts(customer_id: Option<CustomerId>) -> MeteredCustomer {
    MeteredCustomer { customer_id, now_us: time(NOW).as_microsecond() }
}

fn record(at: Timestamp, value: &str) -> RecordUsage {
    RecordUsage {
        source: "switch-1".parse().expect("is an ID"),
        id: "17".parse().expect("is an ID"),
        organization_id: organization(),
        meter: "calls.minutes".parse().expect("is a meter"),
        time: at,
        value: value.parse().expect("is a quantity"),
        package: None,
    }
}

fn recorded(at: Timestamp, value: &str) -> UsageEvent {
    let RecordUsage { source, id, organization_id, meter, time, value, package } = record(at, value);
    let (customer_id, record_id) = (customer(), id);
    UsageRecorded { customer_id, organization_id, meter, source, record_id, time, value, package }.into()
}

fn correction() -> CorrectUsage {
    CorrectUsage {
        organization_id: organization(),
        meter: "calls.minutes".parse().expect("is a meter"),
        time: time(NOW),
        value: "-2.5".parse().expect("is a quantity"),
        reason: "counted twice".parse().expect("is a name"),
    }
}

#[test]
fn r5_use_is_recorded_however_late_it_comes() {
    let late = time("2026-01-01T00:00:00Z");
    TestFramework::<Usage>::with(())
        .given(vec![recorded(time(NOW), "1")])
        .when(UsageCommand::Record(facts(Some(customer())), record(late, "12.5")))
        .then_expect_events(vec![recorded(late, "12.5")]);
}

#[test]
fn use_may_be_five_minutes_ahead_and_no_more() {
    let at = |us: i64| Timestamp::from_microsecond(time(NOW).as_microsecond() + us).expect("is a time");
    let (last, first_after) = (at(USAGE_AHEAD_US_MAX), at(USAGE_AHEAD_US_MAX + 1));
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts(Some(customer())), record(last, "1")))
        .then_expect_events(vec![recorded(last, "1")]);
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts(Some(customer())), record(first_after, "1")))
        .then_expect_error(UsageRefusal::InTheFuture);
}

#[test]
fn only_customers_use_something() {
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts(None), record(time(NOW), "1")))
        .then_expect_error(UsageRefusal::NotACustomer(organization()));
}

#[test]
fn a_record_takes_nothing_away_and_a_correction_may() {
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts(Some(customer())), record(time(NOW), "-1")))
        .then_expect_error(UsageRefusal::Negative);
    let CorrectUsage { organization_id, meter, time, value, reason } = correction();
    let corrected = UsageCorrected { customer_id: customer(), organization_id, meter, time, value, reason };
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Correct(facts(Some(customer())), correction()))
        .then_expect_events(vec![corrected.into()]);
}

#[test]
fn a_stream_is_of_one_month_in_utc() {
    let meter = "calls.minutes".parse().expect("is a meter");
    let of = |text: &str| stream_id(customer(), &meter, time(text));
    assert_eq!(of(NOW), format!("{}.calls.minutes.2026-03", customer()));
    assert_eq!(of("2026-04-01T00:30:00+01:00"), of(NOW));
    assert_ne!(of("2026-04-01T00:00:00Z"), of(NOW));
}
