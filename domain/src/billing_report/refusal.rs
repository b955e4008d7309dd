//! Why a billing report says no.

use std::fmt;

use jiff::civil::Date;

use crate::ids::ReportId;
use crate::refusal::{LOOK_AGAIN, PlacedFault, Refusal, RefusalKind, SEND_AGAIN};

/// What is wrong with the days of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodFault {
    /// It ends before it begins.
    #[error("billingEndDate {1} lies before billingStartDate {0}")]
    Backwards(Date, Date),
    /// Its last day is not over.
    #[error("billingEndDate {0} is not over: the last day is before today, {1}")]
    NotOver(Date, Date),
    /// It begins too long ago.
    #[error("billingStartDate {0} is more than five years ago: the first day is {1}")]
    TooLongAgo(Date, Date),
}

impl PeriodFault {
    /// Returns the fault with its place in the data.
    fn placed(&self) -> PlacedFault {
        let pointer = match self {
            Self::Backwards(..) | Self::NotOver(..) => "/billingEndDate",
            Self::TooLongAgo(..) => "/billingStartDate",
        };
        PlacedFault { pointer: pointer.to_owned(), code: "out_of_range", detail: self.to_string() }
    }
}

/// All that is wrong with the days of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFaults(pub Vec<PeriodFault>);

impl fmt::Display for PeriodFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&faults.join("; "))
    }
}

/// Why a command to a billing report is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillingReportRefusal {
    /// The ID is taken.
    #[error("report {0} exists already")]
    AlreadyExists(ReportId),
    /// There is no such report, or none any more.
    #[error("there is no such report")]
    NotFound,
    /// It is being built.
    #[error("report {0} is being built")]
    InProgress(ReportId),
    /// The days are wrong: all that is.
    #[error("{0}")]
    Period(PeriodFaults),
}

impl Refusal for BillingReportRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "report_exists",
            Self::NotFound => "report_not_found",
            Self::InProgress(_) => "report_in_progress",
            Self::Period(_) => "report_period_invalid",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) | Self::InProgress(_) => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::Period(_) => RefusalKind::Rule,
        }
    }

    fn faults(&self) -> Vec<PlacedFault> {
        match self {
            Self::Period(PeriodFaults(faults)) => faults.iter().map(PeriodFault::placed).collect(),
            Self::AlreadyExists(_) | Self::NotFound | Self::InProgress(_) => Vec::new(),
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::InProgress(_) => &["wait for the end of its operation"],
            Self::Period(_) => {
                &["name days that are over, the first not after the last and at most five years ago"]
            }
        }
    }
}
