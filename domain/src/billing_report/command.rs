//! What a billing report can be asked, by its partner and by the process that builds it.

use jiff::civil::Date;

use super::{CreateBillingReport, Totals};
use crate::customer::StepError;
use crate::ids::{OperationId, PartnerId, ReportId};

/// What a new report is made of.
#[derive(Debug, Clone)]
pub struct Create {
    /// Its ID.
    pub id: ReportId,
    /// The work that begins.
    pub operation_id: OperationId,
    /// Whose report it is.
    pub partner_id: PartnerId,
    /// What is asked for.
    pub data: CreateBillingReport,
    /// The day that it is, in UTC.
    pub today: Date,
}

/// A command to a billing report. A report of the process that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum BillingReportCommand {
    /// See [`CreateBillingReport`].
    Create(Box<Create>),
    /// See [`DeleteBillingReport`](super::DeleteBillingReport).
    Delete,
    /// Reports that a part is counted.
    RecordAdvanced {
        /// How much, in percent.
        percent: u8,
    },
    /// Reports that the file is there.
    RecordCompleted {
        /// The position of the log up to which it counts.
        position: i64,
        /// How many lines the file has, without its titles.
        rows: u64,
        /// How long it is, in bytes.
        bytes: u64,
        /// The SHA-256 of the file, in hexadecimal.
        sha256: String,
        /// The sums of its lines.
        totals: Box<Totals>,
    },
    /// Reports that there will be no file.
    RecordFailed {
        /// Why.
        error: StepError,
    },
}
