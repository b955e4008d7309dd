//! An invitation: the offer to a person to become a member of an organization (R16–R23).

mod actions;
mod command;
mod decide;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Accept, InvitationCommand, Issue};
pub use event::{
    InvitationAccepted, InvitationEvent, InvitationExpired, InvitationIssued, InvitationRedirected,
    InvitationResent, InvitationRevoked, InvitationSent, TermsAccepted,
};
pub use refusal::InvitationRefusal;
pub use request::{AcceptInvitation, RedirectInvitation, ResendInvitation, RevokeInvitation};
pub use state::{Invitation, InvitationStatus, Issued};
