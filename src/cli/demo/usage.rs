//! Thirty days of usage of the sample's customers, up to the moment at which the sample was begun.

use anyhow::Context;
use jiff::civil::Weekday;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::customers::Customer;
use super::hand::refused;
use super::partners::Resale;
use crate::limits::{LOG, USAGE_RECORDS_MAX};

/// The meter of telephone calls.
pub(super) const MINUTES: &str = "calls.minutes";

/// The meter of meetings.
pub(super) const PARTICIPANTS: &str = "meetings.participants";

/// How far back it goes, in hours.
const HOURS: i64 = 30 * 24;

const HOUR_US: i64 = 60 * 60 * 1_000_000;

/// How much is measured of a customer of usual size, by the hour of a day in UTC.
type Shape = &'static [(i8, u32)];

/// What a meter measures: of which packages, on working days, and at the weekend.
struct Measured {
    meter: &'static str,
    packages: &'static [&'static str],
    working_day: Shape,
    weekend: Shape,
}

/// Few records a day: a start waits for them all.
const MEASURED: [Measured; 2] = [
    Measured {
        meter: MINUTES,
        packages: &["webex_calling", "webex_suite"],
        working_day: &[(9, 92), (13, 71), (16, 48)],
        weekend: &[(10, 9)],
    },
    Measured {
        meter: PARTICIPANTS,
        packages: &["webex_meetings", "webex_suite"],
        working_day: &[(14, 12)],
        weekend: &[],
    },
];

/// Hands the usage in.
///
/// The records are in the order of their times, so that those in flight together are of different streams.
pub(super) async fn make(resale: &Resale<'_>, customers: &[Customer]) -> anyhow::Result<()> {
    let app = resale.hand.app;
    let registered = app.ledger.read_at(LOG, &[resale.registered]).await?;
    let begun = registered.first().context("the event that registered the partner")?.recorded_at;
    let request = resale.hand.request(None);
    for records in records(begun / HOUR_US, customers)?.chunks(USAGE_RECORDS_MAX) {
        for outcome in app.take_usage(&request, records.to_vec()).await.map_err(refused)? {
            outcome.map_err(refused).context("a usage record")?;
        }
    }
    Ok(())
}

/// The records of the hours before one, which is counted from 1970 on.
fn records(last: i64, customers: &[Customer]) -> anyhow::Result<Vec<Value>> {
    let mut records = Vec::new();
    for hour in last - HOURS..last {
        let time = Timestamp::from_microsecond(hour * HOUR_US).context("an hour of the sample")?;
        let zoned = time.to_zoned(TimeZone::UTC);
        let at_weekend = matches!(zoned.weekday(), Weekday::Saturday | Weekday::Sunday);
        for Measured { meter, packages, working_day, weekend } in MEASURED {
            let shape = if at_weekend { weekend } else { working_day };
            let Some((_, usual)) = shape.iter().find(|(hour, _)| *hour == zoned.hour()) else { continue };
            for (n, customer) in (0..).zip(customers) {
                if customer.packages.iter().any(|package| packages.contains(package)) {
                    let value = usual * size_percent(n) * varied_percent(n, hour) / 10_000;
                    records.push(record(meter, n, &customer.organization, time, value));
                }
            }
        }
    }
    Ok(records)
}

/// How large a customer is: from a third of the usual to three times.
fn size_percent(n: u32) -> u32 {
    33 + n % 8 * 38
}

/// How much an hour is like others, from 75 to 124: it looks random and is the same each time.
fn varied_percent(n: u32, hour: i64) -> u32 {
    let mixed = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hour.unsigned_abs();
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 40;
    75 + u32::try_from(mixed % 50).expect("it is less than 50")
}

fn record(meter: &str, n: u32, organization: &str, time: Timestamp, value: u32) -> Value {
    json!({
        "specversion": "1.0", "id": format!("{meter}-{n}-{time}"), "source": "sample", "type": meter,
        "subject": organization, "time": time.to_string(), "data": { "value": value.to_string() },
    })
}
