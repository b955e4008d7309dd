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
mod tests;
