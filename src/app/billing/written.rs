//! The lines of a billing report.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use tenantry_domain::billing_report::{BillingReportRequested, ReportType, Totals};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::organization::Organization;
use tenantry_domain::values::MeterName;

use super::build::{BuiltReport, TooLarge};
use super::counting::{CellKey, Count, Counted, Days, Defined, LineKind};
use crate::app::sheet::{Cell, Sheet};
use crate::app::{App, Rejection};
use crate::limits::{REPORT_BYTES_MAX, REPORT_PAUSE_LINES};

/// The columns of every type; one that a type does not tell apart stays empty.
const COLUMNS: [&str; 15] = [
    "kind",
    "periodStart",
    "periodEnd",
    "customerId",
    "organizationId",
    "organizationName",
    "subscriptionId",
    "subscriberId",
    "package",
    "meter",
    "unit",
    "records",
    "corrections",
    "rawQuantity",
    "billableQuantity",
];

/// By what lines are told apart, in their order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    days: Days,
    kind: LineKind,
    /// Customer, organization, subscription, subscriber.
    whose: [String; 4],
    package: String,
    meter: MeterName,
}

fn key_of(report_type: ReportType, cell: &CellKey, kind: LineKind) -> LineKey {
    let text = |id: Option<String>| id.unwrap_or_default();
    let whose = match report_type {
        ReportType::Partner => Default::default(),
        ReportType::Customer | ReportType::User => [
            cell.customer_id.to_string(),
            cell.organization_id.to_string(),
            text(cell.subscription_id.map(|id| id.to_string())),
            text(cell.subscriber_id.map(|id| id.to_string())),
        ],
    };
    let package = text(cell.package.map(|package| package.to_string()));
    LineKey { days: cell.days, kind, whose, package, meter: cell.meter.clone() }
}

/// Adds up the cells of each line: what a partner's line comes to is the sum over its customers.
fn lines_of(
    report_type: ReportType,
    count: &Count<'_>,
    definitions: &BTreeMap<MeterName, Defined>,
) -> (BTreeMap<LineKey, Counted>, Totals) {
    let (mut lines, mut totals) = (BTreeMap::new(), Totals::default());
    for (cell, counted) in count.counted(definitions) {
        totals.records += counted.records;
        totals.corrections += counted.corrections;
        totals.raw_quantity += counted.raw;
        totals.billable_quantity += counted.billable;
        let kind = counted.kind;
        let (raw, billable) = (Decimal::ZERO, Decimal::ZERO);
        let none = Counted { kind, records: 0, corrections: 0, raw, billable };
        let line: &mut Counted = lines.entry(key_of(report_type, cell, kind)).or_insert(none);
        line.records += counted.records;
        line.corrections += counted.corrections;
        line.raw += counted.raw;
        line.billable += counted.billable;
    }
    totals.raw_quantity = totals.raw_quantity.normalize();
    totals.billable_quantity = totals.billable_quantity.normalize();
    (lines, totals)
}

impl App {
    /// Writes what was counted.
    pub(super) async fn written(
        &self,
        report: &BillingReportRequested,
        position: i64,
        count: &Count<'_>,
        definitions: &BTreeMap<MeterName, Defined>,
    ) -> Result<Result<BuiltReport, TooLarge>, Rejection> {
        let (lines, totals) = lines_of(report.report_type, count, definitions);
        let mut names = BTreeMap::new();
        let mut sheet = Sheet::new(&COLUMNS);
        for (n, (key, counted)) in lines.iter().enumerate() {
            if n % REPORT_PAUSE_LINES == 0 {
                tokio::task::yield_now().await;
            }
            let [_, organization, ..] = &key.whose;
            if let Ok(id) = organization.parse::<OrganizationId>()
                && !names.contains_key(organization)
            {
                names.insert(organization.clone(), self.name_of(id).await?);
            }
            let name = names.get(organization).map(String::as_str).unwrap_or_default();
            let unit =
                definitions.get(&key.meter).and_then(Option::as_ref).map(|(meter, _)| meter.unit.as_str());
            sheet.line(&line(key, counted, name, unit.unwrap_or_default()));
            if sheet.bytes() > REPORT_BYTES_MAX {
                return Ok(Err(TooLarge));
            }
        }
        Ok(Ok(BuiltReport { position, text: sheet.into_text(), rows: lines.len() as u64, totals }))
    }

    /// Returns the name of an organization, which never changes.
    async fn name_of(&self, id: OrganizationId) -> Result<String, Rejection> {
        let organization =
            self.streams.state::<Organization>(Some(id.into()), &id.to_string(), false).await?;
        let created = organization.state.created.as_ref();
        Ok(created.map(|created| created.name.as_str().to_owned()).unwrap_or_default())
    }
}

fn line(key: &LineKey, counted: &Counted, name: &str, unit: &str) -> [Cell; 15] {
    let [customer, organization, subscription, subscriber] = &key.whose;
    let (start, end): (Date, Date) = key.days;
    let kind = match key.kind {
        LineKind::Usage => "usage",
        LineKind::Difference => "difference",
    };
    [
        Cell::text(kind),
        Cell::text(start),
        Cell::text(end),
        Cell::text(customer),
        Cell::text(organization),
        Cell::text(name),
        Cell::text(subscription),
        Cell::text(subscriber),
        Cell::text(&key.package),
        Cell::text(key.meter.as_str()),
        Cell::text(unit),
        Cell::number(counted.records),
        Cell::number(counted.corrections),
        Cell::number(counted.raw),
        Cell::number(counted.billable),
    ]
}
