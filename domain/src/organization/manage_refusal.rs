//! Why an organization says no to what is asked about its people, projects and app IDs.

use crate::ids::{InvitationId, ProjectId, UserId};
use crate::limits::{APP_IDS_MAX, PROJECTS_MAX};
use crate::refusal::{Refusal, RefusalKind};

/// What an organization has, besides its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// A project.
    Project,
    /// An app ID.
    AppId,
}

impl Belonging {
    fn as_str(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::AppId => "app ID",
        }
    }

    fn most(self) -> usize {
        match self {
            Self::Project => PROJECTS_MAX,
            Self::AppId => APP_IDS_MAX,
        }
    }
}

/// Why a change of an organization's people, projects or app IDs is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManageRefusal {
    /// The partner has less than full access (R69, R79).
    #[error("the partner has no full access to the organization")]
    NoFullAccess,
    /// The person is a member.
    #[error("the person is member {0} of the organization already")]
    MemberExists(UserId),
    /// The person has an invitation that can be accepted.
    #[error("the person has invitation {0} already")]
    Invited(InvitationId),
    /// There is no such member.
    #[error("the organization has no member {0}")]
    NoSuchMember(UserId),
    /// Every member is at least a user.
    #[error("every member of an organization is at least its user")]
    RoleNotRevocable,
    /// There is no such project.
    #[error("the organization has no project {0}")]
    NoSuchProject(ProjectId),
    /// Another one of the same parent has the name.
    #[error("{} {holder} has the name already", .belonging.as_str())]
    NameTaken {
        /// What.
        belonging: Belonging,
        /// Which one has the name.
        holder: String,
    },
    /// There is no room for another one.
    #[error("the organization has {} of the kind {}, the most there may be", .0.most(), .0.as_str())]
    Full(Belonging),
}

impl Refusal for ManageRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoFullAccess => "full_access_missing",
            Self::MemberExists(_) => "member_exists",
            Self::Invited(_) => "already_invited",
            Self::NoSuchMember(_) => "member_not_found",
            Self::RoleNotRevocable => "role_not_revocable",
            Self::NoSuchProject(_) => "project_not_found",
            Self::NameTaken { belonging: Belonging::Project, .. } => "project_name_taken",
            Self::NameTaken { belonging: Belonging::AppId, .. } => "app_id_name_taken",
            Self::Full(_) => "organization_full",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NoFullAccess => RefusalKind::Forbidden,
            Self::MemberExists(_) | Self::Invited(_) | Self::NameTaken { .. } | Self::Full(_) => {
                RefusalKind::Conflict
            }
            Self::NoSuchMember(_) | Self::NoSuchProject(_) => RefusalKind::NotFound,
            Self::RoleNotRevocable => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::NoFullAccess => &["R69", "R79", "R81", "R82"],
            Self::MemberExists(_) | Self::Invited(_) | Self::NoSuchMember(_) | Self::RoleNotRevocable => {
                &["R24"]
            }
            Self::NoSuchProject(_) | Self::NameTaken { .. } | Self::Full(_) => &["R3"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::NoFullAccess => &[
                "ask the organization's administrators for full access with RequestFullAccess",
                "let an administrator of the organization give full access with AddExternalAdmin",
                "for an organization that was created for the partner, set consoleAccess with SetConsoleAccess",
            ],
            Self::MemberExists(_) => &["change what the member may do with AssignRole"],
            Self::Invited(_) => {
                &["send it again with ResendInvitation, or take it back with RevokeInvitation first"]
            }
            Self::NoSuchMember(_) => &[
                "GET /api/v1/users lists the members",
                "an invitation that nobody has accepted is taken back with RevokeInvitation",
            ],
            Self::RoleNotRevocable => &["take the member out with RemoveMember"],
            Self::NoSuchProject(_) => &["GET /api/v1/projects lists the projects"],
            Self::NameTaken { .. } => &["use another name, or work with the one that has it"],
            Self::Full(_) => &["work with those that there are"],
        }
    }
}
