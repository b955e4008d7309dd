use std::collections::BTreeMap;

use jiff::Timestamp;
use proptest::prelude::*;
use rust_decimal::Decimal;
use tenantry_domain::ids::CustomerId;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{CorrectUsage, MeteredCustomer, RecordUsage, Usage, UsageCommand, stream_id};
use tenantry_domain::values::MeterName;
use uuid::Uuid;

use super::samples::{Log, organization, partner, rows};
use crate::usage::{UsageByWindow, UsageRow, Window};

/// The beginning of a day, a month and a year, in seconds since 1970.
const NEW_YEAR: i64 = 1_767_225_600;

fn meter() -> MeterName {
    "calls.minutes".parse().expect("is a meter")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(NEW_YEAR + second).expect("is a time")
}

/// Records values at times, and corrects where one is negative.
fn log(values: &[(i64, i64)]) -> Log {
    let customer = CustomerId::from_uuid(Uuid::from_u128(1));
    let facts = MeteredCustomer { customer_id: Some(customer), now_us: i64::MAX };
    let mut log = Log::default();
    let mut streams: BTreeMap<String, Usage> = BTreeMap::new();
    for (n, &(second, hundredths)) in values.iter().enumerate() {
        let (time, value) = (at(second), Decimal::new(hundredths, 2).to_string());
        let (organization_id, meter, value) =
            (organization(), meter(), value.parse().expect("is a quantity"));
        let id = stream_id(customer, &meter, time);
        let command = if hundredths < 0 {
            let reason = "counted twice".parse().expect("is a name");
            UsageCommand::Correct(facts, CorrectUsage { organization_id, meter, time, value, reason })
        } else {
            let (source, id) =
                ("switch-1".parse().expect("is an ID"), n.to_string().parse().expect("is an ID"));
            let record = RecordUsage { source, id, organization_id, meter, time, value, package: None };
            UsageCommand::Record(facts, record)
        };
        log.execute(partner().into(), &id, streams.entry(id.clone()).or_default(), command);
    }
    log
}

fn rows_of(tenant: TenantId, window: Window, values: &[(i64, i64)]) -> Vec<UsageRow> {
    let rows = rows::<UsageByWindow>(&log(values).events);
    let of = rows.into_iter().filter(|(key, row)| key.tenant_id == tenant && row.window == window);
    of.map(|(_, row)| row).collect()
}

#[test]
fn r5_r27_a_window_has_a_row_for_the_partner_and_one_for_the_organization() {
    let values = [(0, 100), (3599, 250), (3600, -50)];
    for tenant in [partner().into(), organization().into()] {
        let days = rows_of(tenant, Window::Day, &values);
        assert_eq!(days.len(), 1);
        assert_eq!((days[0].records, days[0].corrections, days[0].sum), (2, 1, Decimal::new(300, 2)));
        assert_eq!(days[0].maximum, Some(Decimal::new(250, 2)));
        assert_eq!(days[0].last.as_ref().map(|last| last.time), Some(at(3599)));
        assert_eq!(rows_of(tenant, Window::Hour, &values).len(), 2);
    }
}

#[test]
fn the_last_of_several_at_one_time_is_the_one_recorded_last() {
    let rows = rows_of(partner().into(), Window::Day, &[(10, 100), (10, 200), (5, 300)]);
    assert_eq!(rows[0].last.as_ref().map(|last| last.value), Some(Decimal::new(200, 2)));
}

proptest! {
    #[test]
    fn windows_hold_every_value_once(values in prop::collection::vec((-4_000_000_i64..4_000_000, -500_i64..500), 1..40)) {
        let total: i64 = values.iter().map(|(_, value)| value).sum();
        let records = values.iter().filter(|(_, value)| *value >= 0).count() as u64;
        for window in Window::ALL {
            let rows = rows_of(partner().into(), window, &values);
            prop_assert_eq!(rows.iter().map(|row| row.sum).sum::<Decimal>(), Decimal::new(total, 2));
            prop_assert_eq!(rows.iter().map(|row| row.records).sum::<u64>(), records);
            for row in rows {
                prop_assert_eq!(window.start(row.start), row.start);
                prop_assert!(window.end(row.start) > row.start);
                prop_assert_eq!(window.start(window.end(row.start)), window.end(row.start));
            }
        }
    }
}
