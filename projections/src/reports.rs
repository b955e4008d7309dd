//! The billing reports of a partner (R26).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tenantry_domain::billing_report::{
    BillingReportEvent, BillingReportRequested, ReportCategory, ReportStatus, ReportType, Totals,
};
use tenantry_domain::customer::StepError;
use tenantry_domain::event::{EventSet, metadata};
use tenantry_domain::ids::{OperationId, PartnerId, ReportId};
use tenantry_domain::personal::PersonalSlots;
use utoipa::ToSchema;

use crate::operations::{OperationKind, OperationRow, OperationState, Subject};
use crate::recorded::{FoldError, Recorded};
use crate::steps;
use crate::view::{RowKey, Source, View};

/// The view; its key is the report's ID.
#[derive(Debug)]
pub struct Reports;

/// A billing report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportRow {
    /// Its ID.
    pub id: ReportId,
    /// Whose report it is.
    pub partner_id: PartnerId,
    /// The first day, in UTC.
    #[schema(value_type = String, format = Date)]
    pub billing_start_date: Date,
    /// The last day, in UTC.
    #[schema(value_type = String, format = Date)]
    pub billing_end_date: Date,
    /// What it has lines of.
    #[serde(rename = "type")]
    pub report_type: ReportType,
    /// What it counts.
    pub category: ReportCategory,
    /// How far it is.
    pub status: ReportStatus,
    /// The work that builds it.
    pub operation_id: OperationId,
    /// Who asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// When it was asked for.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<i64>,
    /// Its file, once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileRow>,
    /// Why there will be no file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<StepError>,
    /// The sequence of its last event.
    pub sequence: i64,
}

/// The file of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// The position of the log up to which it counts.
    pub counted_to: String,
    /// How many lines it has, without its titles.
    pub rows: u64,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// The sums of its lines.
    pub totals: Totals,
}

impl PersonalSlots for ReportRow {}

impl ReportRow {
    fn new(body: &BillingReportRequested, recorded: &Recorded) -> Self {
        Self {
            id: body.report_id,
            partner_id: body.partner_id,
            billing_start_date: body.billing_start_date,
            billing_end_date: body.billing_end_date,
            report_type: body.report_type,
            category: body.category,
            status: ReportStatus::InProgress,
            operation_id: body.operation_id,
            created_by: recorded.meta(metadata::ACTOR).map(str::to_owned),
            created_at: recorded.recorded_at,
            finished_at: None,
            file: None,
            errors: vec![],
            sequence: recorded.sequence,
        }
    }

    fn end(&mut self, status: ReportStatus, recorded: &Recorded) {
        self.status = status;
        self.finished_at = Some(recorded.recorded_at);
        self.sequence = recorded.sequence;
    }
}

impl View for Reports {
    const NAME: &'static str = "reports";
    const EVENTS: &'static [&'static str] = BillingReportEvent::NAMES;
    const SOURCE: Source = Source::Stream("billing_report");
    type Row = ReportRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(_: &RowKey, row: Option<ReportRow>, recorded: &Recorded) -> Result<Option<ReportRow>, FoldError> {
        let event = recorded.event()?;
        if let BillingReportEvent::Requested(body) = &event {
            return Ok(Some(ReportRow::new(body, recorded)));
        }
        let mut row = row.ok_or_else(|| recorded.row_missing())?;
        match event {
            BillingReportEvent::Requested(_) => {}
            BillingReportEvent::Deleted(_) => return Ok(None),
            BillingReportEvent::Advanced(_) => row.sequence = recorded.sequence,
            BillingReportEvent::Completed(body) => {
                row.end(ReportStatus::Completed, recorded);
                row.file = Some(FileRow {
                    counted_to: body.position.to_string(),
                    rows: body.rows,
                    bytes: body.bytes,
                    sha256: body.sha256,
                    totals: body.totals,
                });
            }
            BillingReportEvent::Failed(body) => {
                row.end(ReportStatus::Failed, recorded);
                row.errors = body.errors;
            }
        }
        Ok(Some(row))
    }
}

/// Tells whether an event is one of a billing report.
pub(crate) fn is_of_report(event: &Recorded) -> bool {
    BillingReportEvent::NAMES.contains(&event.event_type.as_str())
}

/// Returns the work on a report after an event of it.
pub(crate) fn fold_operation(
    row: Option<OperationRow>,
    recorded: &Recorded,
) -> Result<OperationRow, FoldError> {
    let at = recorded.recorded_at;
    match (row, recorded.event()?) {
        (None, BillingReportEvent::Requested(body)) => {
            let subject = Subject::new("billing_report", &body.report_id);
            let (id, kind) = (body.operation_id, OperationKind::CreateBillingReport);
            Ok(OperationRow::new(id, kind, subject, steps::of_report(at), at))
        }
        (Some(mut row), event) => {
            let (errors, state) = match event {
                BillingReportEvent::Completed(_) => (vec![], OperationState::Succeeded),
                BillingReportEvent::Failed(body) => (body.errors, OperationState::Failed),
                BillingReportEvent::Advanced(body) => {
                    row.percent = Some(body.percent);
                    return Ok(row);
                }
                BillingReportEvent::Requested(_) | BillingReportEvent::Deleted(_) => return Ok(row),
            };
            steps::end_case(&mut row.steps, &errors, at);
            row.errors = errors;
            row.percent = None;
            row.end(state, None, at);
            Ok(row)
        }
        (None, _) => Err(recorded.row_missing()),
    }
}
