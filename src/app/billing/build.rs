//! Builds the file of a billing report from the ledger: the same bytes whenever it is built.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use futures::future::BoxFuture;
use tenantry_domain::billing_report::{
    BillingReport, BillingReportCompleted, BillingReportEvent, BillingReportRequested, ReportCategory, Totals,
};
use tenantry_domain::meter::{Meter, MeterDefined, MeterEvent};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{Usage, UsageEvent};
use tenantry_domain::values::MeterName;
use tenantry_projections::Recorded;

use super::counting::{Count, Defined, Frontier};
use crate::app::{App, Rejection};
use crate::limits::{
    FEED_PAGE_EVENTS_MAX, LOG, REPORT_ADVANCE_EVENTS, REPORT_ADVANCE_PERCENT, REPORT_ROOM_MAX,
};
use crate::ports::{AggregateKey, StoreFault};

/// A file of a report, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltReport {
    /// The position up to which it counts.
    pub position: i64,
    /// Its text.
    pub text: String,
    /// How many lines it has, without its titles.
    pub rows: u64,
    /// The sums of its lines.
    pub totals: Totals,
}

/// A report has more lines than one file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Takes note of how much of a report is counted, in percent: at most twenty times, and of short logs never.
pub(crate) type Advanced<'a> = dyn Fn(u8) -> BoxFuture<'a, Result<(), Rejection>> + Send + Sync + 'a;

type Pass<'a> = fn(&mut Count<'a>, &UsageEvent, i64, Option<&(MeterDefined, i64)>) -> Result<(), TooLarge>;

/// How far a report is in what it reads.
struct Course {
    of: i64,
    told_at: i64,
    told: u8,
}

impl Course {
    /// Returns how far it is, in percent, where that is worth telling.
    fn tell(&mut self, at: i64) -> Option<u8> {
        let percent = u8::try_from(at.saturating_mul(100) / self.of.max(1)).unwrap_or(u8::MAX).min(99);
        let worth =
            at - self.told_at >= REPORT_ADVANCE_EVENTS && percent >= self.told + REPORT_ADVANCE_PERCENT;
        if worth {
            (self.told_at, self.told) = (at, percent);
        }
        worth.then_some(percent)
    }
}

fn unreadable(event: &Recorded) -> StoreFault {
    StoreFault::Corrupt(format!("event at position {}", event.position))
}

impl App {
    /// Builds the file of a report, which counts up to the position of its request; tells now and then how far it is.
    pub async fn build_report(
        &self,
        report: &BillingReportRequested,
        advanced: &Advanced<'_>,
    ) -> Result<Result<BuiltReport, TooLarge>, Rejection> {
        let end = self.requested_at(report).await?;
        let frontier = match report.category {
            ReportCategory::Reconciliation => self.frontier(report, end).await?,
            ReportCategory::PointInTime => Frontier::default(),
        };
        let mut count = Count::new(report, frontier, REPORT_ROOM_MAX);
        let mut definitions = BTreeMap::new();
        let mut course = Course { of: 2 * end, told_at: 0, told: 0 };
        for (pass, before) in [(Count::note as Pass, 0), (Count::take, end)] {
            let mut reader = TenantReader::new(self, report.partner_id.into(), end);
            while let Some(events) = reader.next(Usage::TYPE).await? {
                for event in events {
                    let usage: UsageEvent = event.event().map_err(|_| unreadable(&event))?;
                    let meter = usage.used().meter;
                    if !definitions.contains_key(meter) {
                        let found = self.defined(meter, end).await?;
                        definitions.insert(meter.clone(), found);
                    }
                    if pass(&mut count, &usage, event.position, definitions[meter].as_ref()).is_err() {
                        return Ok(Err(TooLarge));
                    }
                }
                if let Some(percent) = course.tell(before + reader.position.min(end)) {
                    advanced(percent).await?;
                }
            }
        }
        self.written(report, end, &count, &definitions).await
    }

    /// Finds the position of a report's request.
    async fn requested_at(&self, report: &BillingReportRequested) -> Result<i64, Rejection> {
        let aggregate_id = report.report_id.to_string();
        let missing = || StoreFault::Corrupt(format!("there is no report {aggregate_id}"));
        let stream = AggregateKey { aggregate_type: BillingReport::TYPE, aggregate_id: aggregate_id.clone() };
        let events = self.ledger.read_stream(LOG, &stream).await?;
        Ok(events.first().ok_or_else(missing)?.position)
    }

    /// Finds up to where earlier reports of the same type have counted. None is being built: one at a time is.
    async fn frontier(&self, report: &BillingReportRequested, end: i64) -> Result<Frontier, Rejection> {
        let mut frontier = Frontier::default();
        let mut reader = TenantReader::new(self, report.partner_id.into(), end);
        while let Some(events) = reader.next(BillingReport::TYPE).await? {
            for event in events {
                let of_report = event.event().map_err(|_| unreadable(&event))?;
                if let BillingReportEvent::Completed(completed) = of_report
                    && is_before(&completed, report)
                {
                    frontier.add(&completed);
                }
            }
        }
        Ok(frontier)
    }

    /// Finds how a meter was defined at a position.
    async fn defined(&self, meter: &MeterName, end: i64) -> Result<Defined, Rejection> {
        let stream = AggregateKey { aggregate_type: Meter::TYPE, aggregate_id: meter.as_str().to_owned() };
        let events = self.ledger.read_stream(LOG, &stream).await?;
        let Some(event) = events.first().filter(|event| event.position <= end) else { return Ok(None) };
        let MeterEvent::Defined(defined) = event.event().map_err(|_| unreadable(event))?;
        Ok(Some((defined, event.position)))
    }
}

fn is_before(completed: &BillingReportCompleted, report: &BillingReportRequested) -> bool {
    completed.category == ReportCategory::Reconciliation && completed.report_type == report.report_type
}

/// Reads the events of one tenant from the ledger itself: a view might leave some out.
struct TenantReader<'a> {
    app: &'a App,
    tenant_id: TenantId,
    position: i64,
    end: i64,
}

impl<'a> TenantReader<'a> {
    fn new(app: &'a App, tenant_id: TenantId, end: i64) -> Self {
        Self { app, tenant_id, position: 0, end }
    }

    /// Reads on; returns the events of a type of stream, or `None` at the end.
    async fn next(&mut self, aggregate_type: &str) -> Result<Option<Vec<Recorded>>, Rejection> {
        if self.position >= self.end {
            return Ok(None);
        }
        let limit = FEED_PAGE_EVENTS_MAX.min(self.end - self.position);
        let mut events = self.app.ledger.read_after(LOG, self.position, limit).await?;
        let missing = || StoreFault::Corrupt(format!("there is no event after position {}", self.position));
        self.position = events.last().ok_or_else(missing)?.position;
        let end = self.end;
        events.retain(|event| {
            event.tenant_id == self.tenant_id
                && event.position <= end
                && event.aggregate_type == aggregate_type
        });
        Ok(Some(events))
    }
}
