use cqrs_es::test::TestFramework;
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, UsageCorrected, UsageEvent,
    UsageRecorded, UsageRefusal, stream_id,
};
use crate::catalogue::Package;
use crate::ids::{AppId, CustomerId, OrganizationId, PartnerId, ProjectId, SubscriberId, SubscriptionId};
use crate::limits::USAGE_AHEAD_US_MAX;
use crate::meter::MeterKind;
use crate::stream::Decide;

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
    MeteredCustomer { customer_id, now_us: time(NOW).as_microsecond(), ..MeteredCustomer::default() }
}

fn record(at: Timestamp, value: &str) -> RecordUsage {
    RecordUsage {
        source: "switch-1".parse().expect("is an ID"),
        id: "17".parse().expect("is an ID"),
        organization_id: organization(),
        meter: "calls.minutes".parse().expect("is a meter"),
        time: at,
        value: value.parse().expect("is a quantity"),
        partner_id: None,
        package: None,
        project_id: None,
        app_id: None,
        subscriber_id: None,
        key: None,
    }
}

fn recorded(at: Timestamp, value: &str) -> UsageEvent {
    let RecordUsage { source, id, organization_id, meter, time, value, .. } = record(at, value);
    UsageRecorded {
        customer_id: customer(),
        organization_id,
        meter,
        source,
        record_id: id,
        time,
        value,
        package: None,
        project_id: None,
        app_id: None,
        subscription_id: None,
        subscriber_id: None,
        key_hash: None,
    }
    .into()
}

fn correction() -> CorrectUsage {
    CorrectUsage {
        partner_id: None,
        organization_id: organization(),
        meter: "calls.minutes".parse().expect("is a meter"),
        time: time(NOW),
        value: "-2.5".parse().expect("is a quantity"),
        package: Some(Package::WebexCalling),
        project_id: None,
        app_id: None,
        subscriber_id: None,
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
    let CorrectUsage { organization_id, meter, time, value, package, reason, .. } = correction();
    let corrected = UsageCorrected {
        customer_id: customer(),
        organization_id,
        meter,
        time,
        value,
        package,
        project_id: None,
        app_id: None,
        subscription_id: None,
        subscriber_id: None,
        reason,
    };
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Correct(facts(Some(customer())), correction()))
        .then_expect_events(vec![corrected.into()]);
}

#[test]
fn a_correction_of_what_is_not_added_up_is_refused() {
    let correct =
        |kind| UsageCommand::Correct(MeteredCustomer { kind, ..facts(Some(customer())) }, correction());
    for kind in [MeterKind::Count, MeterKind::UniqueCount, MeterKind::Maximum, MeterKind::Last] {
        TestFramework::<Usage>::with(())
            .given_no_previous_events()
            .when(correct(Some(kind)))
            .then_expect_error(UsageRefusal::NotASum(correction().meter));
    }
    let decided = |kind| Usage::default().decide(correct(kind)).map(|events| events.len());
    assert_eq!((decided(Some(MeterKind::Sum)), decided(None)), (Ok(1), Ok(1)), "it may be defined as a sum");
}

#[test]
fn a_stream_is_of_one_month_in_utc() {
    let meter = "calls.minutes".parse().expect("is a meter");
    let of = |text: &str| stream_id(customer(), &meter, time(text));
    assert_eq!(of(NOW), format!("{}.calls.minutes.2026-03", customer()));
    assert_eq!(of("2026-04-01T00:30:00+01:00"), of(NOW));
    assert_ne!(of("2026-04-01T00:00:00Z"), of(NOW));
}

#[test]
fn r3_a_record_names_where_and_by_whom_and_keeps_only_the_hash_of_its_key() {
    let number = Uuid::from_u128(7);
    let data = RecordUsage {
        package: Some(Package::WebexCalling),
        project_id: Some(ProjectId::from_uuid(number)),
        app_id: Some(AppId::from_uuid(number)),
        subscriber_id: Some(SubscriberId::from_uuid(number)),
        key: Some("device-17".parse().expect("is a key")),
        ..record(time(NOW), "1")
    };
    let subscription_id = Some(SubscriptionId::from_uuid(number));
    let facts =
        MeteredCustomer { subscription_id, key_hash: Some("hash".to_owned()), ..facts(Some(customer())) };
    let UsageEvent::Recorded(plain) = recorded(time(NOW), "1") else { panic!("it is a record") };
    let expected = UsageRecorded {
        package: data.package,
        project_id: data.project_id,
        app_id: data.app_id,
        subscription_id,
        subscriber_id: data.subscriber_id,
        key_hash: Some("hash".to_owned()),
        ..plain
    };
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts, data))
        .then_expect_events(vec![expected.into()]);
}

#[test]
fn r3_what_is_used_is_the_organizations_own() {
    let named = ProjectId::from_uuid(Uuid::from_u128(7)).to_string();
    let facts = MeteredCustomer { unknown: Some(named.clone()), ..facts(Some(customer())) };
    TestFramework::<Usage>::with(())
        .given_no_previous_events()
        .when(UsageCommand::Record(facts, record(time(NOW), "1")))
        .then_expect_error(UsageRefusal::NotOfOrganization(named, organization()));
}

#[test]
fn a_record_is_the_same_whoever_hands_it_in() {
    let partner_id = Some(PartnerId::from_uuid(Uuid::from_u128(2)));
    let of_operator = RecordUsage { partner_id, ..record(time(NOW), "1") };
    let json = |data: &RecordUsage| serde_json::to_value(data).expect("it is JSON");
    assert_eq!(json(&of_operator), json(&record(time(NOW), "1")));
}
