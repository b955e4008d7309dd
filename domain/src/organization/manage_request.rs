//! The requests about an organization's people, projects, app IDs and settings, as callers write them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MemberRole;
use crate::ids::{OrganizationId, ProjectId, UserId};
use crate::values::{EmailAddress, Language, Name};

/// Invites a person to become a member of an organization (R24).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InviteUser {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// E-mail address of the person.
    pub email: EmailAddress,
    /// Given name of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<Name>,
    /// Family name of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<Name>,
    /// What the person becomes.
    pub role: MemberRole,
}

/// Takes a member out of an organization: sessions and keys of the person end at once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveMember {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The member.
    pub user_id: UserId,
}

/// Gives a member of an organization a role (R24, R69).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignRole {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The member.
    pub user_id: UserId,
    /// What the member may be from now on.
    pub role: MemberRole,
}

/// Takes the administration of an organization away from a member, who stays its user.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeRole {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The member.
    pub user_id: UserId,
    /// The role; `org_admin` without. Every member is at least a user.
    #[serde(default = "administration")]
    pub role: MemberRole,
}

fn administration() -> MemberRole {
    MemberRole::OrgAdmin
}

/// Creates a project of an organization (R3).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateProject {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// Its name, which no other project of the organization has.
    pub name: Name,
}

/// Creates an app ID of an organization (R3).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateAppId {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The project that it belongs to; none for one of the whole organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// Its name, which no other app ID of the same project, or of none, has.
    pub name: Name,
}

/// Changes settings of an organization; what is left out stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetOrganizationSettings {
    /// The organization; the caller's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The language of its mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether it has branding of its own (R110).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basic_branding: Option<bool>,
}
