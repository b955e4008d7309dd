//! An organization: a customer's isolated space, which exists apart from any partner.

mod actions;
mod apply;
mod assessment;
mod attach;
mod attach_event;
mod command;
mod directory;
mod event;
mod refusal;
mod release;
mod request;
mod state;
#[cfg(test)]
mod tests;

pub use assessment::{Assessment, AttachWay, Criterion, assess};
pub use attach_event::{
    AttachApproved, AttachAssessed, AttachRef, AttachRefused, AttachReserved, AttachWithdrawn,
    ConsentDeclined, ConsentExpired, ConsentGranted, ConsentMailed, ConsentReminded, ConsentRequested,
    ConsentResent, ConsentSuperseded, CustomerReleased, FullAccessRequested, GrantGiven, GrantRevoked,
    OrganizationAttached, RestrictedModeDisabled,
};
pub use command::{AttachCommand, Create, NewMember, OrganizationCommand, Reserve};
pub use event::{
    Administrator, DomainClaimed, DomainSet, DomainVerified, Grant, LicenseSet, LicenseState, MemberAdded,
    MemberRole, OrganizationActivated, OrganizationCreated, OrganizationEvent, OrganizationRegistered,
    RegisteredLicense, UsersCounted,
};
pub use refusal::{AttachRefusal, OrganizationRefusal};
pub use request::{
    AddExternalAdmin, ClaimDomain, DeclineConsent, GrantConsent, ImportMembers, ImportedMember,
    RegisterOrganization, RequestFullAccess, ResendConsent, RevokeGrant, SetLicense, VerifyDomain,
    WithdrawAttach,
};
pub use state::{Created, Domain, License, Member, OpenAttach, Organization, Relation};
