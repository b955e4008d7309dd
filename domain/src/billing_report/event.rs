//! What happened to a billing report.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ReportCategory, ReportType};
use crate::customer::StepError;
use crate::ids::{OperationId, PartnerId, ReportId};
use crate::personal::PersonalSlots;

/// A report was asked for. It counts up to the position of this event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillingReportRequested {
    /// The report.
    pub report_id: ReportId,
    /// The work that begins.
    pub operation_id: OperationId,
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
}

/// A part of what a report has to read is counted; told of long logs only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillingReportAdvanced {
    /// The report.
    pub report_id: ReportId,
    /// The work that goes on.
    pub operation_id: OperationId,
    /// How much is counted, in percent: less than 100.
    #[schema(maximum = 99)]
    pub percent: u8,
}

/// The file of a report is there, and stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillingReportCompleted {
    /// The report.
    pub report_id: ReportId,
    /// The work that ended.
    pub operation_id: OperationId,
    /// The last day, in UTC.
    #[schema(value_type = String, format = Date)]
    pub billing_end_date: Date,
    /// What it has lines of.
    #[serde(rename = "type")]
    pub report_type: ReportType,
    /// What it counts.
    pub category: ReportCategory,
    /// The position of the log up to which it counts.
    pub position: i64,
    /// How many lines the file has, without its titles.
    pub rows: u64,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The sums of its lines.
    pub totals: Totals,
}

/// The sums of all lines of a report, over all meters: what control totals are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// How many records it counts.
    pub records: u64,
    /// How many corrections it counts.
    pub corrections: u64,
    /// The sum of their quantities.
    #[schema(value_type = String)]
    pub raw_quantity: Decimal,
    /// What they come to by the meters' definitions.
    #[schema(value_type = String)]
    pub billable_quantity: Decimal,
}

/// There will be no file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillingReportFailed {
    /// The report.
    pub report_id: ReportId,
    /// The work that ended.
    pub operation_id: OperationId,
    /// Why.
    pub errors: Vec<StepError>,
}

/// A report was deleted, with its file; what it counted stays counted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillingReportDeleted {
    /// The report.
    pub report_id: ReportId,
    /// Whose report it was.
    pub partner_id: PartnerId,
}

impl PersonalSlots for BillingReportRequested {}
impl PersonalSlots for BillingReportAdvanced {}
impl PersonalSlots for BillingReportCompleted {}
impl PersonalSlots for BillingReportFailed {}
impl PersonalSlots for BillingReportDeleted {}

crate::events! {
    /// The events of a billing report.
    pub enum BillingReportEvent {
        /// See [`BillingReportRequested`].
        Requested(BillingReportRequested) = "billing_report.requested", "1";
        /// See [`BillingReportAdvanced`].
        Advanced(BillingReportAdvanced) = "billing_report.advanced", "1";
        /// See [`BillingReportCompleted`].
        Completed(Box<BillingReportCompleted>) = "billing_report.completed", "1";
        /// See [`BillingReportFailed`].
        Failed(BillingReportFailed) = "billing_report.failed", "1";
        /// See [`BillingReportDeleted`].
        Deleted(BillingReportDeleted) = "billing_report.deleted", "1";
    }
}
