//! What a billing report decides.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{
    BillingReport, BillingReportAdvanced, BillingReportCommand, BillingReportCompleted, BillingReportDeleted,
    BillingReportEvent, BillingReportFailed, BillingReportRefusal, BillingReportRequested, Create,
    PeriodFault, PeriodFaults, ReportStatus, Requested,
};
use crate::limits::REPORT_YEARS_MAX;
use crate::refusal::Actions;
use crate::stream::Decide;

type Decision = Result<Vec<BillingReportEvent>, BillingReportRefusal>;

impl Decide for BillingReport {
    fn decide(&self, command: BillingReportCommand) -> Decision {
        match command {
            BillingReportCommand::Create(create) => self.create(*create),
            BillingReportCommand::Delete => {
                let report = self.ended()?;
                let (report_id, partner_id) = (report.id, report.partner_id);
                Ok(vec![BillingReportDeleted { report_id, partner_id }.into()])
            }
            BillingReportCommand::RecordAdvanced { percent } => {
                let further = |report: &&Requested| percent > report.percent;
                let advanced = |report: &Requested| BillingReportAdvanced {
                    report_id: report.id,
                    operation_id: report.operation_id,
                    percent,
                };
                Ok(self
                    .under_way()
                    .filter(further)
                    .map(|report| advanced(report).into())
                    .into_iter()
                    .collect())
            }
            BillingReportCommand::RecordCompleted { position, rows, bytes, sha256, totals } => {
                let completed = |report: &Requested| BillingReportCompleted {
                    report_id: report.id,
                    operation_id: report.operation_id,
                    billing_end_date: report.billing_end_date,
                    report_type: report.report_type,
                    category: report.category,
                    position,
                    rows,
                    bytes,
                    sha256,
                    totals: *totals,
                };
                Ok(self.under_way().map(|report| Box::new(completed(report)).into()).into_iter().collect())
            }
            BillingReportCommand::RecordFailed { error } => {
                let failed = |report: &Requested| BillingReportFailed {
                    report_id: report.id,
                    operation_id: report.operation_id,
                    errors: vec![error],
                };
                Ok(self.under_way().map(|report| failed(report).into()).into_iter().collect())
            }
        }
    }
}

impl BillingReport {
    /// What may be done with it now.
    pub fn actions(&self) -> Actions<BillingReportRefusal> {
        vec![("DeleteBillingReport", self.ended().map(drop))]
    }

    fn create(&self, create: Create) -> Decision {
        if let Some(requested) = &self.requested {
            return Err(BillingReportRefusal::AlreadyExists(requested.id));
        }
        let Create { id, operation_id, partner_id, data, today } = create;
        check(data.billing_start_date, data.billing_end_date, today)?;
        let requested = BillingReportRequested {
            report_id: id,
            operation_id,
            partner_id,
            billing_start_date: data.billing_start_date,
            billing_end_date: data.billing_end_date,
            report_type: data.report_type,
            category: data.category,
        };
        Ok(vec![requested.into()])
    }

    fn under_way(&self) -> Option<&Requested> {
        self.there().filter(|report| report.status == ReportStatus::InProgress)
    }

    fn ended(&self) -> Result<&Requested, BillingReportRefusal> {
        let report = self.there().ok_or(BillingReportRefusal::NotFound)?;
        match report.status {
            ReportStatus::InProgress => Err(BillingReportRefusal::InProgress(report.id)),
            ReportStatus::Completed | ReportStatus::Failed => Ok(report),
        }
    }
}

/// Checks the days of a report; every fault counts.
fn check(start: Date, end: Date, today: Date) -> Result<(), BillingReportRefusal> {
    let first = today.saturating_sub(REPORT_YEARS_MAX.years());
    let mut faults = Vec::new();
    if end < start {
        faults.push(PeriodFault::Backwards(start, end));
    }
    if end >= today {
        faults.push(PeriodFault::NotOver(end, today));
    }
    if start < first {
        faults.push(PeriodFault::TooLongAgo(start, first));
    }
    if faults.is_empty() { Ok(()) } else { Err(BillingReportRefusal::Period(PeriodFaults(faults))) }
}
