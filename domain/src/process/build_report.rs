//! Builds the file of a billing report, and removes it with the report.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::billing_report::{BillingReportEvent, BillingReportRequested};
use crate::event::EventSet;
use crate::ids::{PartnerId, ReportId};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct BuildReport;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ReportTask {
    /// Count, write the file, and report what it holds.
    BuildReport {
        /// The report.
        requested: BillingReportRequested,
    },
    /// Remove the file of a report that was deleted.
    RemoveReportFile {
        /// The report.
        report_id: ReportId,
        /// Whose report it was.
        partner_id: PartnerId,
    },
}

impl ReportTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BuildReport { .. } => "build_report",
            Self::RemoveReportFile { .. } => "remove_report_file",
        }
    }
}

impl Process for BuildReport {
    const NAME: &'static str = "build_report";
    const EVENTS: &'static [&'static str] = BillingReportEvent::NAMES;

    type State = ();
    type Event = BillingReportEvent;
    type Task = ReportTask;

    fn react((): (), event: &BillingReportEvent) -> Reaction<(), ReportTask> {
        let tasks = match event {
            BillingReportEvent::Requested(requested) => {
                vec![ReportTask::BuildReport { requested: requested.clone() }]
            }
            BillingReportEvent::Deleted(body) => {
                let (report_id, partner_id) = (body.report_id, body.partner_id);
                vec![ReportTask::RemoveReportFile { report_id, partner_id }]
            }
            BillingReportEvent::Advanced(_)
            | BillingReportEvent::Completed(_)
            | BillingReportEvent::Failed(_) => vec![],
        };
        Reaction { state: None, tasks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing_report::tests::{completed, deleted, requested};

    #[test]
    fn a_report_is_built_once_and_its_file_goes_with_it() {
        let tasks = |event: BillingReportEvent| BuildReport::react((), &event).tasks;
        assert_eq!(tasks(requested().into()), [ReportTask::BuildReport { requested: requested() }]);
        assert_eq!(tasks(completed()), []);
        let removed = ReportTask::RemoveReportFile {
            report_id: requested().report_id,
            partner_id: requested().partner_id,
        };
        assert_eq!(tasks(deleted()), [removed]);
    }
}
