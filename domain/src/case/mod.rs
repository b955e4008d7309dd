//! A case: a partner's container of sales for one prospective customer (R6–R18).
//!
//! Open → organization requested → ready, or failed and retried → quoting → won or lost. Until it is won or lost a case
//! can be deactivated, and reopened to where it was.

mod command;
mod course;
mod decide;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{CaseCommand, Link, Open};
pub use event::{
    CaseCreated, CaseDeactivated, CaseEvent, CaseLinked, CaseLost, CaseOrgFailed, CaseOrgReady,
    CaseOrgRequested, CaseQuotingStarted, CaseReopened, CaseWon, Contact,
};
pub use refusal::CaseRefusal;
pub use request::{
    CaseCustomer, CloseCase, CreateCase, DeactivateCase, LinkCaseToOrg, PrimaryContact, ReopenCase, RetryCase,
};
pub use state::{Case, CaseStatus, Opened};
