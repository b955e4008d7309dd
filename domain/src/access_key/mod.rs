//! An access key: who a caller is, in which tenant, until when. Its secret is never here, only what verifies it.

mod actions;
mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{AccessKeyCommand, IssueKey};
pub use event::{AccessKeyEvent, KeyIssued, KeyRevoked};
pub use refusal::AccessKeyRefusal;
pub use state::{AccessKey, Issued};
