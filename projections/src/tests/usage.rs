use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tenantry_domain::catalogue::Package;
use tenantry_domain::ids::{CustomerId, SubscriptionId};
use tenantry_domain::meter::MeterKind;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, stream_id};
use tenantry_domain::values::MeterName;
use uuid::Uuid;

use super::samples::{Log, organization, partner, rows};
use crate::tally::Tally;
use crate::usage::{UsageByQuarter, UsageRow};
use crate::window::Window;

/// The beginning of a day, a month and a year, in seconds since 1970.
const NEW_YEAR: i64 = 1_767_225_600;

fn meter() -> MeterName {
    "calls.minutes".parse().expect("is a meter")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(NEW_YEAR + second).expect("is a time")
}

/// A value at a second; a negative one corrects. Every third is of a package, and the keys are few.
type Given = (i64, i64);

fn key_of(n: usize) -> String {
    format!("device-{}", n % 5)
}

fn package_of(n: usize) -> Option<Package> {
    n.is_multiple_of(3).then_some(Package::WebexCalling)
}

/// Records values at times, and corrects where one is negative.
fn log(values: &[Given]) -> Log {
    let customer = CustomerId::from_uuid(Uuid::from_u128(1));
    let mut log = Log::default();
    let mut streams: BTreeMap<String, Usage> = BTreeMap::new();
    for (n, &(second, hundredths)) in values.iter().enumerate() {
        let (time, value) = (at(second), Decimal::new(hundredths, 2).to_string());
        let (organization_id, meter, value) =
            (organization(), meter(), value.parse().expect("is a quantity"));
        let facts = MeteredCustomer {
            customer_id: Some(customer),
            now_us: i64::MAX,
            key_hash: (hundredths >= 0).then(|| key_of(n)),
            ..MeteredCustomer::default()
        };
        let id = stream_id(customer, &meter, time);
        let (partner_id, project_id, app_id, subscriber_id) = (None, None, None, None);
        let package = package_of(n);
        let command = if hundredths < 0 {
            let reason = "counted twice".parse().expect("is a name");
            UsageCommand::Correct(
                facts,
                CorrectUsage {
                    partner_id,
                    organization_id,
                    meter,
                    time,
                    value,
                    package,
                    project_id,
                    app_id,
                    subscriber_id,
                    reason,
                },
            )
        } else {
            let (source, id) =
                ("switch-1".parse().expect("is an ID"), n.to_string().parse().expect("is an ID"));
            let record = RecordUsage {
                partner_id,
                source,
                id,
                organization_id,
                meter,
                time,
                value,
                package,
                project_id,
                app_id,
                subscriber_id,
                key: None,
            };
            UsageCommand::Record(facts, record)
        };
        log.execute(partner().into(), &id, streams.entry(id.clone()).or_default(), command);
    }
    log
}

fn rows_of(tenant: TenantId, values: &[Given]) -> Vec<UsageRow> {
    let rows = rows::<UsageByQuarter>(&log(values).events);
    rows.into_iter().filter(|(key, _)| key.tenant_id == tenant).map(|(_, row)| row).collect()
}

/// What the windows of a zone come to.
fn tallied(rows: &[UsageRow], window: Window, zone: &TimeZone) -> BTreeMap<Timestamp, Tally> {
    let mut windows: BTreeMap<Timestamp, Tally> = BTreeMap::new();
    for row in rows {
        windows.entry(window.start(zone, row.start)).or_default().take(row);
    }
    windows
}

#[test]
fn r5_r27_a_quarter_of_an_hour_has_rows_for_the_partner_and_for_the_organization() {
    let values = [(0, 100), (899, 250), (900, 50), (900, -50)];
    for tenant in [partner().into(), organization().into()] {
        let rows = rows_of(tenant, &values);
        let starts: BTreeSet<Timestamp> = rows.iter().map(|row| row.start).collect();
        assert_eq!(starts, BTreeSet::from([at(0), at(900)]));
        let day = &tallied(&rows, Window::Day, &TimeZone::UTC)[&at(0)];
        assert_eq!((day.records, day.corrections, day.sum), (3, 1, Decimal::new(350, 2)));
        assert_eq!(day.maximum, Some(Decimal::new(250, 2)));
    }
}

#[test]
fn r26_the_rows_of_an_organization_name_no_subscription() {
    let subscribed = |n: u128| Some(SubscriptionId::from_uuid(Uuid::from_u128(n)));
    let mut log = Log::default();
    let mut usage = Usage::default();
    for n in [1, 2] {
        let facts = MeteredCustomer {
            customer_id: Some(CustomerId::from_uuid(Uuid::from_u128(1))),
            subscription_id: subscribed(n),
            now_us: i64::MAX,
            ..MeteredCustomer::default()
        };
        let record = RecordUsage {
            partner_id: None,
            source: "switch-1".parse().expect("is an ID"),
            id: n.to_string().parse().expect("is an ID"),
            organization_id: organization(),
            meter: meter(),
            time: at(0),
            value: "1".parse().expect("is a quantity"),
            package: Some(Package::WebexCalling),
            project_id: None,
            app_id: None,
            subscriber_id: None,
            key: None,
        };
        log.execute(partner().into(), &"stream", &mut usage, UsageCommand::Record(facts, record));
    }
    let rows = rows::<UsageByQuarter>(&log.events);
    let of = |tenant: TenantId| -> Vec<(Option<SubscriptionId>, u64)> {
        let rows = rows.iter().filter(|(key, _)| key.tenant_id == tenant);
        rows.map(|(_, row)| (row.place.subscription_id, row.records)).collect()
    };
    assert_eq!(of(organization().into()), [(None, 2)]);
    assert_eq!(of(partner().into()), [(subscribed(1), 1), (subscribed(2), 1)]);
    assert!(rows.iter().all(|(key, row)| row.place.subscription_id.is_some() || !key.key.contains("sbn_")));
}

#[test]
fn the_last_of_several_at_one_time_is_the_one_recorded_last_whatever_it_was_used_for() {
    let rows = rows_of(partner().into(), &[(10, 100), (10, 200), (10, 300), (5, 400)]);
    let day = &tallied(&rows, Window::Day, &TimeZone::UTC)[&at(0)];
    assert_eq!(day.value(MeterKind::Last), Some(Decimal::from(3)));
}

#[test]
fn no_row_grows_with_what_a_unique_count_counts() {
    let values: Vec<Given> = (0..50).map(|_| (10, 100)).collect();
    let rows = rows_of(partner().into(), &values);
    assert!(rows.iter().all(|row| row.key_hash.is_some()));
    let day = &tallied(&rows, Window::Day, &TimeZone::UTC)[&at(0)];
    assert_eq!(day.value(MeterKind::UniqueCount), Some(Decimal::from(5)));
}

#[test]
fn what_has_no_record_has_no_greatest_and_no_last() {
    let tally = tallied(&rows_of(partner().into(), &[(0, -100)]), Window::Day, &TimeZone::UTC);
    let day = &tally[&at(0)];
    let kinds =
        [MeterKind::Sum, MeterKind::Count, MeterKind::UniqueCount, MeterKind::Maximum, MeterKind::Last];
    let zero = Some(Decimal::ZERO);
    assert_eq!(kinds.map(|kind| day.value(kind)), [Some(Decimal::from(-1)), zero, zero, None, None]);
}

proptest! {
    #[test]
    fn windows_of_any_zone_hold_every_value_once(
        values in prop::collection::vec((-4_000_000_i64..4_000_000, -500_i64..500), 1..40),
        name in prop::sample::select(vec!["UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin"]),
    ) {
        let zone = TimeZone::get(name).expect("it is a zone");
        let total: i64 = values.iter().map(|(_, value)| value).sum();
        let rows = rows_of(partner().into(), &values);
        for window in Window::ALL {
            let windows = tallied(&rows, window, &zone);
            prop_assert_eq!(windows.values().map(|tally| tally.sum).sum::<Decimal>(), Decimal::new(total, 2));
            for (start, tally) in windows {
                let within = |second: i64| start <= at(second) && at(second) < window.end(&zone, start);
                let records = values.iter().enumerate().filter(|(_, (second, value))| *value >= 0 && within(*second));
                let keys: BTreeSet<String> = records.clone().map(|(n, _)| key_of(n)).collect();
                prop_assert_eq!(tally.records, records.clone().count() as u64);
                prop_assert_eq!(&tally.keys, &keys);
                let last = records.max_by_key(|(n, (second, _))| (*second, *n)).map(|(_, (_, value))| Decimal::new(*value, 2));
                prop_assert_eq!(tally.last.map(|last| last.value), last);
            }
        }
    }
}
