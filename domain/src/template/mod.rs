//! An onboarding template: settings that every customer made with it starts from (R34–R37).
//!
//! Its name is unique per partner; that is a claim, which the caller of the command makes.

mod actions;
mod command;
mod event;
mod provisioning_id;
mod refusal;
mod settings;
mod state;
#[cfg(test)]
mod tests;

pub use command::{CreateTemplate, EditTemplate, RetireTemplate, TemplateCommand};
pub use event::{TemplateCreated, TemplateEdited, TemplateEvent, TemplateRetired, TemplateWarning};
pub use provisioning_id::{InvalidProvisioningId, ProvisioningId};
pub use refusal::TemplateRefusal;
pub use settings::{
    ALLOW_ADMIN_INVITE_ON_ATTACH_DEFAULT, ALLOW_INTERNAL_CALLS_DEFAULT, Authentication, Settings,
    SignInMethod, TemplateKind,
};
pub use state::{Created, Template};
