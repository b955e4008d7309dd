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
    ((report.billing_start_date, report.billing_end_date), kind, records, raw.to_owned(), billable.to_owned())
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
fn unique() -> (MeterDefined, i64) {
    let (meter, unit) = ("calls".parse().expect("is a meter"), "calls".parse().expect("is a name"));
    (MeterDefined { meter, kind: MeterKind::UniqueCount, unit }, 0)
}

#[test]
fn months_of_which_nothing_is_new_take_no_room() {
    let february = february();
    let times = (2022..2026)
        .flat_map(|year| (1..=12).map(move |month| used(&format!("{year}-{month:02}-10T00:00:00Z"), "5")));
    let mut events: Vec<(i64, UsageEvent)> = (1..).zip(times).collect();
    events.push((101, used("2026-02-10T00:00:00Z", "7")));
    let mut frontier = Frontier::default();
    frontier.add(&completed(&january(), 100));
    let mut count = Count::new(&february, frontier, 1);
    for (position, event) in &events {
        assert_eq!(count.note(event, *position, Some(&unique())), Ok(()));
    }
    for (position, event) in &events {
        assert_eq!(count.take(event, *position, Some(&unique())), Ok(()));
    }
    assert_eq!(count.cells.len(), 1);
}

#[test]
fn the_keys_of_a_unique_count_take_room_and_those_of_other_meters_none() {
    let january = january();
    let with_key = |n: i64| {
        let UsageEvent::Recorded(body) = used("2026-01-10T00:00:00Z", "1") else { panic!("it is a record") };
        UsageEvent::from(UsageRecorded { key_hash: Some(n.to_string()), ..body })
    };
    let taken = |definition: Option<&(MeterDefined, i64)>| {
        let mut count = Count::new(&january, Frontier::default(), 3);
        count.note(&with_key(1), 1, definition).expect("a cell fits");
        (1..=3).map(|n| count.take(&with_key(n), n, definition)).collect::<Vec<_>>()
    };
    assert_eq!(taken(Some(&unique())), [Ok(()), Ok(()), Err(TooLarge)]);
    assert_eq!(taken(None), [Ok(()), Ok(()), Ok(())]);
}
