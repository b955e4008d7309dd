//! What a billing report counts: a function of the partner's events up to one position, whenever it is built.
//!
//! A record counts in the first reconciliation that was asked for after it and ends on its day or later. What it changes
//! of a period is a difference: the value with it, less the value that earlier reports gave.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use tenantry_domain::billing_report::{
    BillingReportCompleted, BillingReportRequested, ReportCategory, ReportType,
};
use tenantry_domain::catalogue::Package;
use tenantry_domain::ids::{CustomerId, OrganizationId, SubscriberId, SubscriptionId};
use tenantry_domain::meter::{MeterDefined, MeterKind};
use tenantry_domain::usage::{UsageEvent, Used};
use tenantry_domain::values::MeterName;
use tenantry_projections::tally::Tally;
use tenantry_projections::usage::UsageRow;

use super::build::TooLarge;

/// A span of days, both included.
pub(super) type Days = (Date, Date);

/// Up to where reconciliations have counted: position and last day of each that no later one outdoes.
#[derive(Debug, Default)]
pub(super) struct Frontier(Vec<(i64, Date)>);

impl Frontier {
    /// Takes in a report, in the order of their positions.
    pub(super) fn add(&mut self, report: &BillingReportCompleted) {
        self.0.retain(|(_, end)| *end > report.billing_end_date);
        self.0.push((report.position, report.billing_end_date));
    }

    /// Tells whether a report has counted what was recorded at a position for a day.
    fn covers(&self, position: i64, day: Date) -> bool {
        self.0.iter().any(|(reported, end)| *reported >= position && *end >= day)
    }
}

/// A meter's definition, and its position in the log.
pub(super) type Defined = Option<(MeterDefined, i64)>;

/// What has a value of its own: a period of a customer's use of a package under a subscription, by a meter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellKey {
    pub(super) days: Days,
    pub(super) customer_id: CustomerId,
    pub(super) organization_id: OrganizationId,
    pub(super) subscription_id: Option<SubscriptionId>,
    pub(super) subscriber_id: Option<SubscriberId>,
    pub(super) package: Option<Package>,
    pub(super) meter: MeterName,
}

/// What is counted of a cell.
#[derive(Debug, Default)]
struct Cell {
    /// All of it, up to the report.
    all: Tally,
    /// What earlier reports counted by the meter's definition.
    billed: Tally,
    /// What this report counts first.
    fresh: Tally,
    /// Whether an earlier report counted any of it.
    reported: bool,
}

impl Cell {
    /// Returns how many keys of unique counts it holds.
    fn keys(&self) -> usize {
        self.all.keys.len() + self.billed.keys.len()
    }
}

/// Whether a line says something first, or changes what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineKind {
    Usage,
    Difference,
}

/// What a line counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counted {
    pub(super) kind: LineKind,
    pub(super) records: u64,
    pub(super) corrections: u64,
    pub(super) raw: Decimal,
    pub(super) billable: Decimal,
}

/// A report that is being counted.
///
/// It goes through the partner's events twice: [`note`](Self::note) finds the cells that have something to say,
/// [`take`](Self::take) counts these alone. So it grows with what is new, not with all that ever was.
pub(super) struct Count<'a> {
    report: &'a BillingReportRequested,
    frontier: Frontier,
    cells: BTreeMap<CellKey, Cell>,
    /// How many keys the cells hold.
    keys: usize,
    bound: usize,
}

impl<'a> Count<'a> {
    /// Begins a report that may have so many cells and keys of unique counts.
    pub(super) fn new(report: &'a BillingReportRequested, frontier: Frontier, bound: usize) -> Self {
        Self { report, frontier, cells: BTreeMap::new(), keys: 0, bound }
    }

    /// Notes whose cell has something to say: what no report has counted yet, or not by the meter's definition.
    pub(super) fn note(
        &mut self,
        event: &UsageEvent,
        position: i64,
        defined: Option<&(MeterDefined, i64)>,
    ) -> Result<(), TooLarge> {
        let used = event.used();
        let Some(key) = self.key_of(&used) else { return Ok(()) };
        let since = defined.map_or(position, |(_, defined)| position.max(*defined));
        if !self.frontier.covers(since, day_of(used.time)) {
            self.cells.entry(key).or_default();
        }
        self.bounded()
    }

    /// Takes in an event of usage at a position, if its cell was noted.
    pub(super) fn take(
        &mut self,
        event: &UsageEvent,
        position: i64,
        defined: Option<&(MeterDefined, i64)>,
    ) -> Result<(), TooLarge> {
        let used = event.used();
        let Some(cell) = self.key_of(&used).and_then(|key| self.cells.get_mut(&key)) else { return Ok(()) };
        let before = cell.keys();
        let mut row = UsageRow::of(event, position);
        let day = day_of(used.time);
        // Keys count for nothing elsewhere, and are most of what there is to keep.
        if !defined.is_some_and(|(meter, _)| meter.kind == MeterKind::UniqueCount) {
            row.key_hash = None;
        }
        cell.all.take(&row);
        if defined.is_some_and(|(_, defined)| self.frontier.covers(position.max(*defined), day)) {
            cell.billed.take(&row);
        }
        if self.frontier.covers(position, day) {
            cell.reported = true;
        } else {
            row.key_hash = None;
            cell.fresh.take(&row);
        }
        self.keys += cell.keys() - before;
        self.bounded()
    }

    fn bounded(&self) -> Result<(), TooLarge> {
        if self.cells.len() + self.keys > self.bound { Err(TooLarge) } else { Ok(()) }
    }

    /// Returns the cell of what was used; `None` where it waits, or is none of the report's.
    fn key_of(&self, used: &Used<'_>) -> Option<CellKey> {
        let by_user = self.report.report_type == ReportType::User;
        Some(CellKey {
            days: self.period_of(day_of(used.time))?,
            customer_id: used.customer_id,
            organization_id: used.organization_id,
            subscription_id: used.subscription_id,
            subscriber_id: used.subscriber_id.filter(|_| by_user),
            package: used.package,
            meter: used.meter.clone(),
        })
    }

    /// Returns in which days a day counts: those of the report, or of an earlier month; `None` where it waits, or is none
    /// of the report's.
    fn period_of(&self, day: Date) -> Option<Days> {
        let (start, end) = (self.report.billing_start_date, self.report.billing_end_date);
        if day > end {
            return None;
        }
        if day >= start {
            return Some((start, end));
        }
        match self.report.category {
            ReportCategory::PointInTime => None,
            ReportCategory::Reconciliation => {
                let before = start.yesterday().unwrap_or(start);
                Some((day.first_of_month(), day.last_of_month().min(before)))
            }
        }
    }

    /// Returns what there is to say, in the order of the cells.
    pub(super) fn counted<'b>(
        &'b self,
        definitions: &'b BTreeMap<MeterName, Defined>,
    ) -> impl Iterator<Item = (&'b CellKey, Counted)> {
        self.cells.iter().filter_map(|(key, cell)| {
            let definition = definitions.get(&key.meter).and_then(Option::as_ref);
            let value = |tally: &Tally| definition.and_then(|(meter, _)| tally.value(meter.kind));
            let billable = value(&cell.all).unwrap_or_default() - value(&cell.billed).unwrap_or_default();
            let Tally { records, corrections, sum: raw, .. } = cell.fresh;
            let early = key.days.1 < self.report.billing_start_date;
            let kind = if early || cell.reported { LineKind::Difference } else { LineKind::Usage };
            let says = records > 0 || corrections > 0 || !billable.is_zero();
            says.then_some((key, Counted { kind, records, corrections, raw, billable }))
        })
    }
}

/// Returns the day of a time, in UTC.
pub(super) fn day_of(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tenantry_domain::billing_report::Totals;
    use tenantry_domain::ids::{OperationId, PartnerId, ReportId};
    use tenantry_domain::usage::UsageRecorded;
    use uuid::Uuid;

    use super::*;

    fn report(start: Date, end: Date, category: ReportCategory) -> BillingReportRequested {
        let number = Uuid::from_u128(1);
        BillingReportRequested {
            report_id: ReportId::from_uuid(number),
            operation_id: OperationId::from_uuid(number),
            partner_id: PartnerId::from_uuid(number),
            billing_start_date: start,
            billing_end_date: end,
            report_type: ReportType::Customer,
            category,
        }
    }

    fn january() -> BillingReportRequested {
        report(date(2026, 1, 1), date(2026, 1, 31), ReportCategory::Reconciliation)
    }

    fn february() -> BillingReportRequested {
        report(date(2026, 2, 1), date(2026, 2, 28), ReportCategory::Reconciliation)
    }

    fn completed(report: &BillingReportRequested, position: i64) -> BillingReportCompleted {
        BillingReportCompleted {
            report_id: report.report_id,
            operation_id: report.operation_id,
            billing_end_date: report.billing_end_date,
            report_type: report.report_type,
            category: report.category,
            position,
            rows: 0,
            bytes: 0,
            sha256: String::new(),
            totals: Totals::default(),
        }
    }

    fn used(time: &str, value: &str) -> UsageEvent {
        let number = Uuid::from_u128(1);
        UsageRecorded {
            customer_id: CustomerId::from_uuid(number),
            organization_id: OrganizationId::from_uuid(number),
            meter: "calls".parse().expect("is a meter"),
            source: "switch-1".parse().expect("is an ID"),
            record_id: "1".parse().expect("is an ID"),
            time: time.parse().expect("is a time"),
            value: value.parse().expect("is a quantity"),
            package: None,
            project_id: None,
            app_id: None,
            subscription_id: None,
            subscriber_id: None,
            key_hash: None,
        }
        .into()
    }

    /// Counts events at positions; the meter is defined at a position, if at all.
    fn lines(
        report: &BillingReportRequested,
        before: &[(&BillingReportRequested, i64)],
        kind: MeterKind,
        defined: Option<i64>,
        events: &[(i64, UsageEvent)],
    ) -> Vec<(Days, LineKind, u64, String, String)> {
        let mut frontier = Frontier::default();
        for (report, position) in before {
            frontier.add(&completed(report, *position));
        }
        let (meter, unit) = ("calls".parse().expect("is a meter"), "calls".parse().expect("is a name"));
        let definition = defined.map(|position| (MeterDefined { meter, kind, unit }, position));
        let mut count = Count::new(report, frontier, usize::MAX);
        for (position, event) in events {
            count.note(event, *position, definition.as_ref()).expect("it fits");
        }
        for (position, event) in events {
            count.take(event, *position, definition.as_ref()).expect("it fits");
        }
        let definitions = BTreeMap::from([("calls".parse().expect("is a meter"), definition)]);
        let line = |(key, counted): (&CellKey, Counted)| {
            let (raw, billable) = (counted.raw.to_string(), counted.billable.to_string());
            (key.days, counted.kind, counted.records, raw, billable)
        };
        count.counted(&definitions).map(line).collect()
    }

    fn of(
        report: &BillingReportRequested,
        kind: LineKind,
        records: u64,
        raw: &str,
        billable: &str,
    ) -> (Days, LineKind, u64, String, String) {
        (
            (report.billing_start_date, report.billing_end_date),
            kind,
            records,
            raw.to_owned(),
            billable.to_owned(),
        )
    }

    #[test]
    fn a_record_that_comes_late_stands_in_the_next_report_with_its_own_month() {
        let (january, february) = (january(), february());
        let events = [
            (1, used("2026-01-10T00:00:00Z", "5")),
            (3, used("2026-01-11T00:00:00Z", "7")),
            (4, used("2026-02-01T00:00:00Z", "1")),
        ];
        let first = lines(&january, &[], MeterKind::Maximum, Some(0), &events[..1]);
        assert_eq!(first, [of(&january, LineKind::Usage, 1, "5", "5")]);
        let next = lines(&february, &[(&january, 2)], MeterKind::Maximum, Some(0), &events);
        assert_eq!(
            next,
            [of(&january, LineKind::Difference, 1, "7", "2"), of(&february, LineKind::Usage, 1, "1", "1")]
        );
    }

    #[test]
    fn what_lies_after_the_last_day_waits() {
        let (january, february) = (january(), february());
        let events = [(1, used("2026-01-31T23:59:59Z", "5")), (2, used("2026-02-01T00:00:00Z", "7"))];
        assert_eq!(
            lines(&january, &[], MeterKind::Sum, Some(0), &events),
            [of(&january, LineKind::Usage, 1, "5", "5")]
        );
        let next = lines(&february, &[(&january, 3)], MeterKind::Sum, Some(0), &events);
        assert_eq!(next, [of(&february, LineKind::Usage, 1, "7", "7")]);
    }

    #[test]
    fn what_was_counted_is_not_counted_by_an_earlier_month_asked_for_later() {
        let (january, february) = (january(), february());
        let events = [(1, used("2026-01-10T00:00:00Z", "5")), (4, used("2026-01-12T00:00:00Z", "2"))];
        let again = lines(&january, &[(&february, 3)], MeterKind::Sum, Some(0), &events);
        assert_eq!(again, [of(&january, LineKind::Difference, 1, "2", "2")]);
    }

    #[test]
    fn a_meter_that_is_defined_later_is_billed_later() {
        let (january, february) = (january(), february());
        let events = [(1, used("2026-01-10T00:00:00Z", "5"))];
        assert_eq!(
            lines(&january, &[], MeterKind::Sum, None, &events),
            [of(&january, LineKind::Usage, 1, "5", "0")]
        );
        let next = lines(&february, &[(&january, 2)], MeterKind::Sum, Some(3), &events);
        assert_eq!(next, [of(&january, LineKind::Difference, 0, "0", "5")]);
        let march = report(date(2026, 3, 1), date(2026, 3, 31), ReportCategory::Reconciliation);
        assert_eq!(lines(&march, &[(&january, 2), (&february, 4)], MeterKind::Sum, Some(3), &events), []);
    }

    #[test]
    fn a_report_of_a_point_in_time_counts_its_days_whatever_others_counted() {
        let january = january();
        let point = BillingReportRequested { category: ReportCategory::PointInTime, ..january.clone() };
        let events = [
            (1, used("2025-12-31T00:00:00Z", "9")),
            (2, used("2026-01-10T00:00:00Z", "5")),
            (3, used("2026-02-01T00:00:00Z", "9")),
        ];
        assert_eq!(
            lines(&point, &[], MeterKind::Last, Some(0), &events),
            [of(&point, LineKind::Usage, 1, "5", "5")]
        );
    }
    fn unique() -> Defined {
        let (meter, unit) = ("calls".parse().expect("is a meter"), "calls".parse().expect("is a name"));
        Some((MeterDefined { meter, kind: MeterKind::UniqueCount, unit }, 0))
    }

    #[test]
    fn months_of_which_nothing_is_new_take_no_room() {
        let february = february();
        let times = (2022..2026).flat_map(|year| {
            (1..=12).map(move |month| used(&format!("{year}-{month:02}-10T00:00:00Z"), "5"))
        });
        let mut events: Vec<(i64, UsageEvent)> = (1..).zip(times).collect();
        events.push((101, used("2026-02-10T00:00:00Z", "7")));
        let mut frontier = Frontier::default();
        frontier.add(&completed(&january(), 100));
        let mut count = Count::new(&february, frontier, 1);
        for (position, event) in &events {
            assert_eq!(count.note(event, *position, unique().as_ref()), Ok(()));
        }
        for (position, event) in &events {
            assert_eq!(count.take(event, *position, unique().as_ref()), Ok(()));
        }
        assert_eq!(count.cells.len(), 1);
    }

    #[test]
    fn the_keys_of_a_unique_count_take_room_and_those_of_other_meters_none() {
        let january = january();
        let with_key = |n: i64| {
            let UsageEvent::Recorded(body) = used("2026-01-10T00:00:00Z", "1") else {
                panic!("it is a record")
            };
            UsageEvent::from(UsageRecorded { key_hash: Some(n.to_string()), ..body })
        };
        let taken = |definition: Option<&(MeterDefined, i64)>| {
            let mut count = Count::new(&january, Frontier::default(), 3);
            count.note(&with_key(1), 1, definition).expect("a cell fits");
            (1..=3).map(|n| count.take(&with_key(n), n, definition)).collect::<Vec<_>>()
        };
        assert_eq!(taken(unique().as_ref()), [Ok(()), Ok(()), Err(TooLarge)]);
        assert_eq!(taken(None), [Ok(()), Ok(()), Ok(())]);
    }
}
