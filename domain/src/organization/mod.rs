//! An organization: a customer's isolated space, which exists apart from any partner.

mod actions;
mod apply;
mod assessment;
mod attach;
mod attach_event;
mod command;
mod directory;
mod event;
mod manage;
mod manage_event;
mod manage_refusal;
mod manage_request;
mod refusal;
mod release;
mod request;
mod settle;
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
pub use manage::{Change, Invite, Manage, Manager};
pub use manage_event::{
    AppIdCreated, MemberRemoved, OrganizationSettingsSet, ProjectCreated, RoleAssigned, RoleRevoked,
    UserInvited,
};
pub use manage_refusal::{Belonging, ManageRefusal};
pub use manage_request::{
    AssignRole, CreateAppId, CreateProject, InviteUser, RemoveMember, RevokeRole, SetOrganizationSettings,
};
pub use refusal::{AttachRefusal, OrganizationRefusal};
pub use request::{
    AddExternalAdmin, ClaimDomain, DeclineConsent, GrantConsent, ImportMembers, ImportedMember,
    RegisterOrganization, RequestFullAccess, ResendConsent, RevokeGrant, SetLicense, VerifyDomain,
    WithdrawAttach,
};
pub use state::{App, Created, Domain, License, Member, OpenAttach, Organization, Relation};
