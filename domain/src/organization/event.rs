//! What happened to an organization: its directory entry, its licenses and its people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attach_event::{
    AttachApproved, AttachAssessed, AttachRefused, AttachReserved, AttachWithdrawn, ConsentDeclined,
    ConsentExpired, ConsentGranted, ConsentMailed, ConsentReminded, ConsentRequested, ConsentResent,
    ConsentSuperseded, CustomerReleased, FullAccessRequested, GrantGiven, GrantRevoked, OrganizationAttached,
    RestrictedModeDisabled,
};
use super::manage_event::{
    AppIdCreated, MemberRemoved, OrganizationSettingsSet, ProjectCreated, RoleAssigned, RoleRevoked,
    UserInvited,
};
use crate::catalogue::Package;
use crate::ids::{CredentialId, CustomerId, OrganizationId, PartnerId, SubscriberId, UserId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::template::Authentication;
use crate::values::{Country, DomainName, EmailAddress, Language, Name};

/// Whether a license can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenseState {
    /// It can.
    Active,
    /// Not now.
    Suspended,
    /// No more.
    Cancelled,
}

/// What a member of an organization may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Administers it.
    OrgAdmin,
    /// Uses it.
    OrgUser,
}

/// A partner's access to an organization, the lowest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// None.
    #[default]
    None,
    /// May provision; sees users in a limited form (R79, R81).
    ProvisioningAdmin,
    /// May do what an administrator of the organization may (R80, R83).
    FullAdmin,
}

/// An organization was created on the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationCreated {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The partner for which it was created.
    pub created_by: PartnerId,
    /// The customer for which it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// How its users sign in: the template's settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
}

/// An organization that exists already was entered in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationRegistered {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// How many users it has.
    pub user_count: u32,
    /// Its verified domains.
    pub verified_domains: Vec<DomainName>,
    /// Its claimed domains.
    pub claimed_domains: Vec<DomainName>,
    /// Whether it is on trial.
    pub trial: bool,
    /// Its licenses.
    pub licenses: Vec<RegisteredLicense>,
    /// Its administrators.
    pub administrators: Vec<Administrator>,
    /// The partners that manage it, with full access (D19).
    pub managed_by: Vec<PartnerId>,
    /// How its users sign in; unknown without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
    /// Whether a partner restricts its administrators (R113).
    pub restricted_mode: bool,
    /// Whether it has branding of its own (R110).
    pub basic_branding: bool,
}

/// A license of an organization that is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisteredLicense {
    /// The package that it is for.
    pub package: Package,
    /// Its state.
    pub state: LicenseState,
}

/// An administrator of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Administrator {
    /// The member.
    pub user_id: UserId,
    /// E-mail address.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address, by which organizations are found.
    pub email_hash: String,
}

/// A license of an organization was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LicenseSet {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The package that it is for.
    pub package: Package,
    /// The customer that brought it; none for one that the organization had itself (R107).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Its state.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The platform's name of the license.
    pub license_id: String,
}

/// A domain of an organization was verified, or then claimed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainSet {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The domain.
    pub domain: DomainName,
}

/// A person became a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberAdded {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member.
    pub user_id: UserId,
    /// What the member may be.
    pub role: MemberRole,
    /// E-mail address.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address.
    pub email_hash: String,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<Personal<Name>>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<Personal<Name>>,
    /// Under which the password is kept, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<CredentialId>,
    /// The subscriber with whom the membership came, and goes; absent where it is one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
}

/// The organization has its first administrator (D10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationActivated {
    /// The organization.
    pub organization_id: OrganizationId,
}

/// The number of users became known anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsersCounted {
    /// The organization.
    pub organization_id: OrganizationId,
    /// How many users it has.
    pub user_count: u32,
}

impl PersonalSlots for OrganizationRegistered {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        for administrator in &mut self.administrators {
            visit(&mut administrator.email);
        }
    }
}

impl PersonalSlots for MemberAdded {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.email);
        for name in self.given_name.iter_mut().chain(&mut self.family_name) {
            visit(name);
        }
    }
}

impl PersonalSlots for OrganizationCreated {}
impl PersonalSlots for LicenseSet {}
impl PersonalSlots for DomainSet {}
impl PersonalSlots for OrganizationActivated {}
impl PersonalSlots for UsersCounted {}

/// A domain was verified; see [`DomainSet`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct DomainVerified(pub DomainSet);

/// A verified domain was claimed; see [`DomainSet`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct DomainClaimed(pub DomainSet);

impl PersonalSlots for DomainVerified {}
impl PersonalSlots for DomainClaimed {}

crate::events! {
    /// The events of an organization.
    pub enum OrganizationEvent {
        /// See [`OrganizationCreated`].
        Created(OrganizationCreated) = "organization.created", "2";
        /// See [`OrganizationRegistered`].
        Registered(Box<OrganizationRegistered>) = "organization.registered", "1";
        /// See [`LicenseSet`].
        LicenseSet(LicenseSet) = "organization.license_set", "2";
        /// See [`DomainVerified`].
        DomainVerified(DomainVerified) = "organization.domain_verified", "1";
        /// See [`DomainClaimed`].
        DomainClaimed(DomainClaimed) = "organization.domain_claimed", "1";
        /// See [`MemberAdded`].
        MemberAdded(Box<MemberAdded>) = "organization.member_added", "1";
        /// See [`OrganizationActivated`].
        Activated(OrganizationActivated) = "organization.activated", "1";
        /// See [`UsersCounted`].
        UsersCounted(UsersCounted) = "organization.users_counted", "1";
        /// See [`UserInvited`].
        UserInvited(Box<UserInvited>) = "organization.user_invited", "1";
        /// See [`MemberRemoved`].
        MemberRemoved(MemberRemoved) = "organization.member_removed", "1";
        /// See [`RoleAssigned`].
        RoleAssigned(Box<RoleAssigned>) = "organization.role_assigned", "1";
        /// See [`RoleRevoked`].
        RoleRevoked(RoleRevoked) = "organization.role_revoked", "1";
        /// See [`ProjectCreated`].
        ProjectCreated(ProjectCreated) = "organization.project_created", "1";
        /// See [`AppIdCreated`].
        AppIdCreated(AppIdCreated) = "organization.app_id_created", "1";
        /// See [`OrganizationSettingsSet`].
        SettingsSet(OrganizationSettingsSet) = "organization.settings_set", "1";
        /// See [`AttachReserved`].
        AttachReserved(AttachReserved) = "organization.attach_reserved", "1";
        /// See [`AttachAssessed`].
        AttachAssessed(AttachAssessed) = "organization.attach_assessed", "1";
        /// See [`AttachApproved`].
        AttachApproved(AttachApproved) = "organization.attach_approved", "1";
        /// See [`AttachRefused`].
        AttachRefused(AttachRefused) = "organization.attach_refused", "1";
        /// See [`ConsentRequested`].
        ConsentRequested(ConsentRequested) = "organization.consent_requested", "1";
        /// See [`ConsentMailed`].
        ConsentMailed(ConsentMailed) = "organization.consent_mailed", "1";
        /// See [`ConsentReminded`].
        ConsentReminded(ConsentReminded) = "organization.consent_reminded", "1";
        /// See [`ConsentResent`].
        ConsentResent(ConsentResent) = "organization.consent_resent", "1";
        /// See [`ConsentGranted`].
        ConsentGranted(ConsentGranted) = "organization.consent_granted", "1";
        /// See [`ConsentDeclined`].
        ConsentDeclined(ConsentDeclined) = "organization.consent_declined", "1";
        /// See [`ConsentExpired`].
        ConsentExpired(ConsentExpired) = "organization.consent_expired", "1";
        /// See [`ConsentSuperseded`].
        ConsentSuperseded(ConsentSuperseded) = "organization.consent_superseded", "1";
        /// See [`AttachWithdrawn`].
        AttachWithdrawn(AttachWithdrawn) = "organization.attach_withdrawn", "1";
        /// See [`OrganizationAttached`].
        Attached(OrganizationAttached) = "organization.attached", "1";
        /// See [`GrantGiven`].
        GrantGiven(GrantGiven) = "organization.grant_given", "1";
        /// See [`GrantRevoked`].
        GrantRevoked(GrantRevoked) = "organization.grant_revoked", "1";
        /// See [`CustomerReleased`].
        CustomerReleased(CustomerReleased) = "organization.customer_released", "1";
        /// See [`RestrictedModeDisabled`].
        RestrictedModeDisabled(RestrictedModeDisabled) = "organization.restricted_mode_disabled", "1";
        /// See [`FullAccessRequested`].
        FullAccessRequested(FullAccessRequested) = "organization.full_access_requested", "1";
    }
}
