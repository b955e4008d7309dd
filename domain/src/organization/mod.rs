//! An organization: a customer's isolated space, which exists apart from any partner.

mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::OrganizationCommand;
pub use event::{LicenseSet, LicenseState, OrganizationCreated, OrganizationEvent};
pub use refusal::OrganizationRefusal;
pub use state::{Created, License, Organization};
