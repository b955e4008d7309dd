//! A billing report: what the customers of a partner used, in a file that stays as it is (R5, R26).
//!
//! In progress → completed or failed; what has ended can be deleted. A reconciliation counts each record of usage once:
//! what comes late, or corrects, stands in the next one.

mod command;
mod decide;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{BillingReportCommand, Create};
pub use event::{
    BillingReportAdvanced, BillingReportCompleted, BillingReportDeleted, BillingReportEvent,
    BillingReportFailed, BillingReportRequested, Totals,
};
pub use refusal::{BillingReportRefusal, PeriodFault, PeriodFaults};
pub use request::{CreateBillingReport, DeleteBillingReport, ReportCategory, ReportType};
pub use state::{BillingReport, ReportStatus, Requested};
