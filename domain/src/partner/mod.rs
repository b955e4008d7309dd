//! A partner: an account that may create customer organizations (R1, R2); the parent of its customers.

mod actions;
mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{
    AddPartnerUser, ChangePartnerUserRole, PartnerCommand, PartnerRole, ReactivatePartner, RegisterPartner,
    RemovePartnerUser, SetBranding, SuspendPartner,
};
pub use event::{
    BrandingSet, PartnerEvent, PartnerReactivated, PartnerRegistered, PartnerSuspended, PartnerUserAdded,
    PartnerUserRemoved, PartnerUserRoleChanged,
};
pub use refusal::PartnerRefusal;
pub use state::{Partner, PartnerUser, Registered};
