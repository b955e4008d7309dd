//! The tasks of `build_report`: the file of a billing report, and its removal.

use futures::FutureExt;
use futures::future::BoxFuture;
use sha2::{Digest, Sha256};
use tenantry_domain::billing_report::{
    BillingReport, BillingReportCommand, BillingReportRequested, ReportCategory,
};
use tenantry_domain::customer::StepError;
use tenantry_domain::process::ReportTask;

use super::run::{Done, Run};
use crate::app::{BuiltReport, Rejection, open_report_claim};
use crate::limits::{LOG, REPORT_PART_BYTES};

/// The number of the error of a report that is too large.
const TOO_LARGE: u32 = 5001;

/// Performs a task of `build_report` up to its report.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    match run.order()? {
        ReportTask::BuildReport { requested } => build(run, &requested).await,
        ReportTask::RemoveReportFile { report_id, partner_id } => {
            run.app.report_files.remove_file(LOG, partner_id, report_id).await?;
            Ok(Done::Reported)
        }
    }
}

async fn build(run: &Run<'_>, requested: &BillingReportRequested) -> Result<Done, Rejection> {
    let partner_id = requested.partner_id;
    if run.is_reported(partner_id.into()).await? {
        return Ok(Done::Reported);
    }
    let advanced = |percent: u8| -> BoxFuture<'_, Result<(), Rejection>> {
        let command = BillingReportCommand::RecordAdvanced { percent };
        let (suffix, report_id) = (percent.to_string(), requested.report_id);
        run.give(run.command::<BillingReport>(&suffix, "ReportAdvanced", partner_id, report_id, command))
            .boxed()
    };
    let (name, command) = if let Ok(built) = run.app.build_report(requested, &advanced).await? {
        let parts = parts_of(&built.text);
        if !run.app.keep_report(partner_id, requested.report_id, &parts).await? {
            return Ok(Done::Reported);
        }
        ("ReportCompleted", completed(built))
    } else {
        let text = match requested.category {
            ReportCategory::Reconciliation => {
                "too much is new for one file; ask for an earlier last day, and for the rest after that"
            }
            ReportCategory::PointInTime => "the report has too many lines for one file; ask for fewer days",
        };
        ("ReportFailed", BillingReportCommand::RecordFailed { error: StepError::new(TOO_LARGE, text) })
    };
    let mut report = run.command::<BillingReport>("", name, partner_id, requested.report_id, command);
    report.releases.push(open_report_claim(partner_id));
    run.end(report).await
}

fn completed(built: BuiltReport) -> BillingReportCommand {
    let BuiltReport { position, text, rows, totals } = built;
    let sha256 = format!("{:x}", Sha256::digest(&text));
    let (bytes, totals) = (text.len() as u64, Box::new(totals));
    BillingReportCommand::RecordCompleted { position, rows, bytes, sha256, totals }
}

/// Cuts a text into parts that are at most so long, between characters.
fn parts_of(text: &str) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.floor_char_boundary(REPORT_PART_BYTES));
        parts.push(part.to_owned());
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_between_characters() {
        let text = "ü".repeat(REPORT_PART_BYTES);
        let parts = parts_of(&format!("a{text}"));
        assert_eq!(parts.concat(), format!("a{text}"));
        assert!(parts.iter().all(|part| part.len() <= REPORT_PART_BYTES));
        assert_eq!(parts_of(""), Vec::<String>::new());
    }
}
