//! The plain model: everything that is used, in a list; each question goes through all of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rust_decimal::Decimal;

use super::METERS;
use super::given::Used;

/// What records come to by the kind of their meter.
pub(super) fn value(meter: usize, used: &[&Used]) -> Option<Decimal> {
    let records = || used.iter().filter(|used| !used.correction);
    let value = match METERS[meter].1 {
        "sum" => used.iter().map(|used| used.value).sum(),
        "count" => Decimal::from(records().count()),
        "unique_count" => {
            Decimal::from(records().filter_map(|used| used.key.as_deref()).collect::<BTreeSet<_>>().len())
        }
        "maximum" => records().map(|used| used.value).max()?,
        "last" => records().max_by_key(|used| used.time)?.value,
        other => panic!("{other} is no kind"),
    };
    Some(value.normalize())
}

/// When a window begins, by the clocks of a zone.
pub(super) fn start_of(window: &str, zone: &TimeZone, time: Timestamp) -> Timestamp {
    let local = time.to_zoned(zone.clone());
    let midnight = |date: Date| date.to_zoned(zone.clone()).expect("there is such a day").timestamp();
    match window {
        "hour" => {
            let within = 60 * i64::from(local.minute()) + i64::from(local.second());
            Timestamp::from_second(time.as_second() - within).expect("it is a time")
        }
        "day" => midnight(local.date()),
        "month" => midnight(local.date().first_of_month()),
        other => panic!("{other} is no window"),
    }
}

pub(super) fn day_of(used: &Used) -> Date {
    used.time.to_zoned(TimeZone::UTC).date()
}

/// A report as the model knows it: when it was asked for, and its days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) phase: usize,
    pub(super) start: Date,
    pub(super) end: Date,
}

impl Asked {
    fn sees(&self, used: &Used) -> bool {
        used.phase <= self.phase && day_of(used) <= self.end
    }

    fn period_of(&self, day: Date) -> (Date, Date) {
        if day >= self.start {
            return (self.start, self.end);
        }
        (day.first_of_month(), day.last_of_month().min(self.start.saturating_sub(1.day())))
    }
}

/// By what lines are told apart: period, kind of line, organization, subscription and subscriber, package, meter.
pub(super) type Key = ((Date, Date), &'static str, String, (String, String), String, usize);

/// Records, corrections, what they sum up to, and what is billed.
pub(super) type Line = (u64, u64, Decimal, Decimal);

/// The lines of a reconciliation after earlier ones; the last meter is defined after the first of all.
pub(super) fn reconciled(
    used: &[Used],
    earlier: &[Asked],
    asked: Asked,
    report_type: &str,
) -> BTreeMap<Key, Line> {
    type Cell<'a> = ((Date, Date), &'a str, (Option<&'a str>, Option<&'a str>), Option<&'static str>, usize);
    let mut cells: BTreeMap<Cell<'_>, Vec<&Used>> = BTreeMap::new();
    for used in used.iter().filter(|used| asked.sees(used)) {
        let subscriber = used.subscriber.as_deref().filter(|_| report_type == "user");
        let period = asked.period_of(day_of(used));
        cells
            .entry((
                period,
                &used.organization,
                (used.subscription.as_deref(), subscriber),
                used.package,
                used.meter,
            ))
            .or_default()
            .push(used);
    }
    let mut lines: BTreeMap<Key, Line> = BTreeMap::new();
    for ((period, organization, (subscription, subscriber), package, meter), all) in cells {
        let known_since = usize::from(meter == METERS.len() - 1);
        let counted = |used: &&&Used| earlier.iter().any(|report| report.sees(used));
        let billed: Vec<&Used> = all
            .iter()
            .filter(|used| earlier.iter().any(|report| report.phase >= known_since && report.sees(used)))
            .copied()
            .collect();
        let fresh: Vec<&Used> = all.iter().filter(|used| !counted(used)).copied().collect();
        let worth = |used: &[&Used]| value(meter, used).unwrap_or_default();
        let billable = if asked.phase >= known_since { worth(&all) - worth(&billed) } else { Decimal::ZERO };
        let raw: Decimal = fresh.iter().map(|used| used.value).sum();
        if fresh.is_empty() && billable.is_zero() {
            continue;
        }
        let said = all.iter().any(|used| counted(&used)) || period.1 < asked.start;
        let kind = if said { "difference" } else { "usage" };
        let whose = if report_type == "partner" { "" } else { organization };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let subscription = text(subscription.filter(|_| report_type != "partner"));
        let key = (period, kind, whose.to_owned(), (subscription, text(subscriber)), text(package), meter);
        let line = lines.entry(key).or_default();
        let corrections = fresh.iter().filter(|used| used.correction).count() as u64;
        line.0 += fresh.len() as u64 - corrections;
        line.1 += corrections;
        line.2 += raw;
        line.3 += billable;
    }
    lines
}
