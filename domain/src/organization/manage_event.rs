//! What happened to an organization's people, projects, app IDs and settings.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MemberRole;
use crate::ids::{AppId, CustomerId, InvitationId, OrganizationId, PartnerId, ProjectId, UserId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::values::{EmailAddress, Language, Name};

/// A person was invited to become a member (R24); the invitation has a stream of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserInvited {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person, as a member later.
    pub user_id: UserId,
    /// What the person becomes.
    pub role: MemberRole,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Name of the person, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal<Name>>,
    /// The partner that invites; absent where the organization itself does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The customer that the organization is of that partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
}

/// A member was taken out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberRemoved {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Who was a member.
    pub user_id: UserId,
    /// Keyed hash of the person's address.
    pub email_hash: String,
}

/// A member was given a role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssigned {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member.
    pub user_id: UserId,
    /// What the member may be from now on.
    pub role: MemberRole,
    /// E-mail address of the member: administrators are written to.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address.
    pub email_hash: String,
}

/// A member lost a role, and is a user of the organization from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleRevoked {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member.
    pub user_id: UserId,
    /// The role that was taken away.
    pub role: MemberRole,
    /// Keyed hash of the member's address.
    pub email_hash: String,
}

/// A project was created (R3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectCreated {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The project.
    pub project_id: ProjectId,
    /// Its name.
    pub name: Name,
}

/// An app ID was created (R3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppIdCreated {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The app ID.
    pub app_id: AppId,
    /// The project that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub name: Name,
}

/// Settings of an organization were changed; they are these from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationSettingsSet {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The language of its mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether it has branding of its own (R110).
    pub basic_branding: bool,
}

impl PersonalSlots for UserInvited {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.email);
        if let Some(name) = &mut self.name {
            visit(name);
        }
    }
}

impl PersonalSlots for RoleAssigned {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.email);
    }
}

impl PersonalSlots for MemberRemoved {}
impl PersonalSlots for RoleRevoked {}
impl PersonalSlots for ProjectCreated {}
impl PersonalSlots for AppIdCreated {}
impl PersonalSlots for OrganizationSettingsSet {}
