//! A case: a partner's container of sales for one prospective customer (R6–R18).

mod actions;
mod command;
mod decide;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
mod tests;

pub use command::{CaseCommand, Link, Open};
pub use event::{CaseCreated, CaseEvent, CaseLinked, CaseOrgFailed, CaseOrgReady, CaseOrgRequested, Contact};
pub use refusal::CaseRefusal;
pub use request::{CaseCustomer, CreateCase, LinkCaseToOrg, PrimaryContact};
pub use state::{Case, CaseStatus, Opened};
