use cqrs_es::Aggregate;
use cqrs_es::test::TestFramework;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::customer::StepError;
use crate::ids::{OperationId, PartnerId, ReportId};
use crate::limits::REPORT_YEARS_MAX;
use crate::stream::Decide;

const TODAY: Date = date(2026, 2, 28);

pub(crate) fn requested() -> BillingReportRequested {
    BillingReportRequested {
        report_id: ReportId::from_uuid(Uuid::from_u128(1)),
        operation_id: OperationId::from_uuid(Uuid::from_u128(2)),
        partner_id: PartnerId::from_uuid(Uuid::from_u128(3)),
        billing_start_date: date(2026, 1, 1),
        billing_end_date: date(2026, 1, 31),
        report_type: ReportType::Customer,
        category: ReportCategory::Reconciliation,
    }
}

fn create(start: Date, end: Date) -> BillingReportCommand {
    let BillingReportRequested { report_id, operation_id, partner_id, report_type, category, .. } =
        requested();
    let data = CreateBillingReport {
        partner_id: None,
        billing_start_date: start,
        billing_end_date: end,
        report_type,
        category,
    };
    let create = Create { id: report_id, operation_id, partner_id, data, today: TODAY };
    BillingReportCommand::Create(Box::new(create))
}

fn totals() -> Totals {
    Totals {
        records: 3,
        corrections: 1,
        raw_quantity: Decimal::new(125, 1),
        billable_quantity: Decimal::new(100, 1),
    }
}

fn complete() -> BillingReportCommand {
    let (position, rows, bytes, sha256) = (17, 2, 300, "ab".to_owned());
    BillingReportCommand::RecordCompleted { position, rows, bytes, sha256, totals: Box::new(totals()) }
}

pub(crate) fn completed() -> BillingReportEvent {
    let BillingReportRequested { report_id, operation_id, billing_end_date, report_type, category, .. } =
        requested();
    Box::new(BillingReportCompleted {
        report_id,
        operation_id,
        billing_end_date,
        report_type,
        category,
        position: 17,
        rows: 2,
        bytes: 300,
        sha256: "ab".to_owned(),
        totals: totals(),
    })
    .into()
}

fn advanced(percent: u8) -> BillingReportEvent {
    let BillingReportRequested { report_id, operation_id, .. } = requested();
    BillingReportAdvanced { report_id, operation_id, percent }.into()
}

fn failed() -> BillingReportEvent {
    let BillingReportRequested { report_id, operation_id, .. } = requested();
    BillingReportFailed { report_id, operation_id, errors: vec![StepError::new(1, "too large")] }.into()
}

pub(crate) fn deleted() -> BillingReportEvent {
    let BillingReportRequested { report_id, partner_id, .. } = requested();
    BillingReportDeleted { report_id, partner_id }.into()
}

fn given(events: Vec<BillingReportEvent>) -> cqrs_es::test::AggregateTestExecutor<BillingReport> {
    TestFramework::<BillingReport>::with(()).given(events)
}

#[test]
fn a_report_is_of_days_that_are_over() {
    given(vec![])
        .when(create(date(2026, 1, 1), date(2026, 1, 31)))
        .then_expect_events(vec![requested().into()]);
    let yesterday = date(2026, 2, 27);
    let last =
        BillingReportRequested { billing_start_date: yesterday, billing_end_date: yesterday, ..requested() };
    given(vec![]).when(create(yesterday, yesterday)).then_expect_events(vec![last.into()]);
    let faults = PeriodFaults(vec![PeriodFault::NotOver(TODAY, TODAY)]);
    given(vec![]).when(create(yesterday, TODAY)).then_expect_error(BillingReportRefusal::Period(faults));
}

#[test]
fn all_that_is_wrong_with_the_days_is_told_at_once() {
    let (start, end) = (date(2021, 2, 27), date(2021, 2, 26));
    let faults = vec![PeriodFault::Backwards(start, end), PeriodFault::TooLongAgo(start, date(2021, 2, 28))];
    given(vec![])
        .when(create(start, end))
        .then_expect_error(BillingReportRefusal::Period(PeriodFaults(faults)));
    let first = date(2021, 2, 28);
    let five_years = BillingReportRequested { billing_start_date: first, ..requested() };
    given(vec![]).when(create(first, date(2026, 1, 31))).then_expect_events(vec![five_years.into()]);
    let (start, end) = (date(2026, 3, 2), date(2026, 3, 1));
    let faults = vec![PeriodFault::Backwards(start, end), PeriodFault::NotOver(end, TODAY)];
    given(vec![])
        .when(create(start, end))
        .then_expect_error(BillingReportRefusal::Period(PeriodFaults(faults)));
}

#[test]
fn a_report_ends_once() {
    given(vec![requested().into()]).when(complete()).then_expect_events(vec![completed()]);
    given(vec![requested().into(), completed()]).when(complete()).then_expect_events(vec![]);
    let error = StepError::new(1, "too large");
    let fail = || BillingReportCommand::RecordFailed { error: error.clone() };
    given(vec![requested().into()]).when(fail()).then_expect_events(vec![failed()]);
    given(vec![requested().into(), completed()]).when(fail()).then_expect_events(vec![]);
    given(vec![requested().into(), completed(), deleted()]).when(complete()).then_expect_events(vec![]);
    given(vec![]).when(complete()).then_expect_events(vec![]);
}

#[test]
fn a_report_only_gets_further_and_only_while_it_is_built() {
    let advance = |percent| BillingReportCommand::RecordAdvanced { percent };
    given(vec![requested().into()]).when(advance(40)).then_expect_events(vec![advanced(40)]);
    let further = vec![requested().into(), advanced(40)];
    given(further.clone()).when(advance(40)).then_expect_events(vec![]);
    given(further.clone()).when(advance(35)).then_expect_events(vec![]);
    given(further).when(advance(41)).then_expect_events(vec![advanced(41)]);
    given(vec![requested().into(), completed()]).when(advance(41)).then_expect_events(vec![]);
    given(vec![]).when(advance(41)).then_expect_events(vec![]);
}

#[test]
fn what_has_ended_can_be_deleted_and_is_gone_then() {
    let delete = || BillingReportCommand::Delete;
    let id = requested().report_id;
    given(vec![requested().into()]).when(delete()).then_expect_error(BillingReportRefusal::InProgress(id));
    for end in [completed(), failed()] {
        given(vec![requested().into(), end.clone()]).when(delete()).then_expect_events(vec![deleted()]);
        given(vec![requested().into(), end, deleted()])
            .when(delete())
            .then_expect_error(BillingReportRefusal::NotFound);
    }
    given(vec![]).when(delete()).then_expect_error(BillingReportRefusal::NotFound);
}

fn any_command() -> impl Strategy<Value = BillingReportCommand> {
    let day = || (-2_500..10_i32).prop_map(|days| TODAY.saturating_add(days.days()));
    prop_oneof![
        (day(), day()).prop_map(|(start, end)| create(start, end)),
        Just(BillingReportCommand::Delete),
        (0..100_u8).prop_map(|percent| BillingReportCommand::RecordAdvanced { percent }),
        Just(complete()),
        Just(BillingReportCommand::RecordFailed { error: StepError::new(500, "too many lines") }),
    ]
}

proptest! {
    #[test]
    fn whatever_a_report_is_asked_its_days_are_over_and_it_ends_once(
        commands in proptest::collection::vec(any_command(), 0..40),
    ) {
        let mut report = BillingReport::default();
        let (mut requests, mut ends, mut percent) = (0, 0, 0);
        for command in commands {
            let decided = report.decide(command.clone());
            prop_assert_eq!(&decided, &report.decide(command), "deciding twice is deciding once");
            for event in decided.unwrap_or_default() {
                match &event {
                    BillingReportEvent::Requested(event) => {
                        requests += 1;
                        let (start, end) = (event.billing_start_date, event.billing_end_date);
                        prop_assert!(start <= end && end < TODAY);
                        prop_assert!(start >= TODAY.saturating_sub(REPORT_YEARS_MAX.years()));
                    }
                    BillingReportEvent::Advanced(event) => {
                        prop_assert!(ends == 0 && event.percent > percent);
                        percent = event.percent;
                    }
                    BillingReportEvent::Completed(_) | BillingReportEvent::Failed(_) => ends += 1,
                    BillingReportEvent::Deleted(_) => prop_assert_eq!(ends, 1, "what is under way is not deleted"),
                }
                report.apply(event);
            }
        }
        prop_assert!(requests <= 1 && ends <= requests);
    }
}
