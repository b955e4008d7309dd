//! What an organization decides about its people, its projects and app IDs, and its settings (R3, R24, R69).
//!
//! Its own people may, as far as their role goes, and a partner with full access. Who may is decided here, on the one
//! stream that grants and takes access, so that an access that was taken back is gone at once.

use super::directory::Decision;
use super::{
    AppIdCreated, AttachRefusal, Belonging, Created, Grant, ManageRefusal, Member, MemberRemoved, MemberRole,
    OrganizationEvent, OrganizationRefusal, OrganizationSettingsSet, ProjectCreated, RoleAssigned,
    RoleRevoked, UserInvited, UsersCounted,
};
use crate::ids::{AppId, InvitationId, PartnerId, ProjectId, UserId};
use crate::limits::{APP_IDS_MAX, PROJECTS_MAX};
use crate::personal::Personal;
use crate::values::{EmailAddress, Language, Name};

/// Who gives a command about an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manager {
    /// Somebody of the organization itself, whose role was checked.
    Own,
    /// Somebody of a partner.
    Partner {
        /// The partner.
        partner_id: PartnerId,
        /// Whether it gives this customer access to the console (D16).
        console_access: bool,
    },
}

impl Manager {
    /// Returns the partner, if it is one.
    pub fn partner_id(self) -> Option<PartnerId> {
        match self {
            Self::Own => None,
            Self::Partner { partner_id, .. } => Some(partner_id),
        }
    }
}

/// A person to be invited, with the facts that the mail needs.
#[derive(Debug, Clone)]
pub struct Invite {
    /// The ID of the new invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// What the person becomes.
    pub role: MemberRole,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Name of the person, where it is known.
    pub name: Option<Personal<Name>>,
    /// The invitation of the person that has ended without being accepted, as its own stream says.
    pub ended: Option<InvitationId>,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
}

/// What is to be changed.
#[derive(Debug, Clone)]
pub enum Change {
    /// See [`InviteUser`](super::InviteUser).
    Invite(Box<Invite>),
    /// See [`RemoveMember`](super::RemoveMember).
    Remove {
        /// The member.
        user_id: UserId,
    },
    /// Takes somebody out who was erased, also the last administrator: the law stands above the rule.
    Erase {
        /// Who was erased; a member or not.
        user_id: UserId,
    },
    /// See [`AssignRole`](super::AssignRole).
    AssignRole {
        /// The member.
        user_id: UserId,
        /// The role.
        role: MemberRole,
    },
    /// See [`RevokeRole`](super::RevokeRole).
    RevokeRole {
        /// The member.
        user_id: UserId,
        /// The role.
        role: MemberRole,
    },
    /// See [`CreateProject`](super::CreateProject).
    CreateProject {
        /// The ID of the new project.
        id: ProjectId,
        /// Its name.
        name: Name,
    },
    /// See [`CreateAppId`](super::CreateAppId).
    CreateAppId {
        /// The ID of the new app ID.
        id: AppId,
        /// The project that it belongs to.
        project_id: Option<ProjectId>,
        /// Its name.
        name: Name,
    },
    /// See [`SetOrganizationSettings`](super::SetOrganizationSettings).
    SetSettings {
        /// The language of its mails; the present one without.
        language: Option<Language>,
        /// Whether it has branding of its own; as it is without.
        basic_branding: Option<bool>,
    },
}

/// A command about an organization's people and what it has.
#[derive(Debug, Clone)]
pub struct Manage {
    /// Who gives it.
    pub by: Manager,
    /// What is to be changed.
    pub change: Change,
}

impl Created {
    pub(super) fn manage(&self, command: Manage) -> Decision {
        self.check_manager(command.by)?;
        match command.change {
            Change::Invite(invite) => self.invite(*invite, command.by),
            Change::Remove { user_id } => self.remove(user_id),
            Change::Erase { user_id } => Ok(self.erase(user_id)),
            Change::AssignRole { user_id, role } => self.assign_role(user_id, role),
            Change::RevokeRole { user_id, role } => self.revoke_role(user_id, role),
            Change::CreateProject { id, name } => self.create_project(id, name),
            Change::CreateAppId { id, project_id, name } => self.create_app_id(id, project_id, name),
            Change::SetSettings { language, basic_branding } => {
                Ok(self.set_settings(language, basic_branding))
            }
        }
    }

    /// Tells whether a partner may do what an administrator may: with full access (R80, R83), or with the console of an
    /// organization that was made for it (R69, D16). What an organization that was there has not given, a setting of
    /// the partner's own does not give.
    pub fn is_managed_by(&self, partner_id: PartnerId, console_access: bool) -> bool {
        let made_for_it = self.created_by == Some(partner_id) && self.customer_of(partner_id).is_some();
        self.grant_of(partner_id) == Grant::FullAdmin || console_access && made_for_it
    }

    /// Refuses a partner without full access; an organization that is nothing to it does not exist for it.
    pub fn check_manager(&self, by: Manager) -> Result<(), OrganizationRefusal> {
        let Manager::Partner { partner_id, console_access } = by else { return Ok(()) };
        if self.customer_of(partner_id).is_none() && self.grant_of(partner_id) == Grant::None {
            return Err(OrganizationRefusal::NotFound);
        }
        if self.is_managed_by(partner_id, console_access) {
            Ok(())
        } else {
            Err(ManageRefusal::NoFullAccess.into())
        }
    }

    /// Refuses what waits for the first administrator.
    pub(super) fn check_active(&self) -> Result<(), OrganizationRefusal> {
        if self.active { Ok(()) } else { Err(AttachRefusal::NotActive.into()) }
    }

    fn invite(&self, invite: Invite, by: Manager) -> Decision {
        self.check_active()?;
        if self.members.contains_key(&invite.user_id) {
            return Err(ManageRefusal::MemberExists(invite.user_id).into());
        }
        if let Some(open) = self.invited.get(&invite.user_id)
            && invite.ended != Some(*open)
        {
            return Err(ManageRefusal::Invited(*open).into());
        }
        let partner_id = by.partner_id();
        Ok(vec![
            Box::new(UserInvited {
                organization_id: self.id,
                organization_name: self.name.clone(),
                invitation_id: invite.invitation_id,
                user_id: invite.user_id,
                role: invite.role,
                email: invite.email,
                name: invite.name,
                partner_id,
                customer_id: partner_id.and_then(|partner_id| self.customer_of(partner_id)),
                brand_name: invite.brand_name,
                language: invite.language,
            })
            .into(),
        ])
    }

    fn member(&self, user_id: UserId) -> Result<&Member, OrganizationRefusal> {
        self.members.get(&user_id).ok_or_else(|| ManageRefusal::NoSuchMember(user_id).into())
    }

    /// Refuses to leave an organization that has an administrator without one.
    fn check_another_administers(&self, user_id: UserId) -> Result<(), OrganizationRefusal> {
        let is_last = self.administrators().eq([user_id]);
        if is_last { Err(OrganizationRefusal::LastAdministrator) } else { Ok(()) }
    }

    fn remove(&self, user_id: UserId) -> Decision {
        self.member(user_id)?;
        self.check_another_administers(user_id)?;
        Ok(self.erase(user_id))
    }

    fn erase(&self, user_id: UserId) -> Vec<OrganizationEvent> {
        let Some(member) = self.members.get(&user_id) else { return vec![] };
        let (organization_id, email_hash) = (self.id, member.email_hash.clone());
        let mut events = vec![MemberRemoved { organization_id, user_id, email_hash }.into()];
        if let Some(user_count) = self.user_count.checked_sub(1) {
            events.push(UsersCounted { organization_id, user_count }.into());
        }
        events
    }

    fn assign_role(&self, user_id: UserId, role: MemberRole) -> Decision {
        let member = self.member(user_id)?;
        if member.role == role {
            return Ok(vec![]);
        }
        self.check_another_administers(user_id)?;
        let (email, email_hash) = (member.email.clone(), member.email_hash.clone());
        let organization_id = self.id;
        Ok(vec![Box::new(RoleAssigned { organization_id, user_id, role, email, email_hash }).into()])
    }

    fn revoke_role(&self, user_id: UserId, role: MemberRole) -> Decision {
        let member = self.member(user_id)?;
        if role == MemberRole::OrgUser {
            return Err(ManageRefusal::RoleNotRevocable.into());
        }
        if member.role != role {
            return Ok(vec![]);
        }
        self.check_another_administers(user_id)?;
        let (organization_id, email_hash) = (self.id, member.email_hash.clone());
        Ok(vec![RoleRevoked { organization_id, user_id, role, email_hash }.into()])
    }

    fn create_project(&self, project_id: ProjectId, name: Name) -> Decision {
        let belonging = Belonging::Project;
        if let Some((holder, _)) = self.projects.iter().find(|(_, known)| **known == name) {
            return Err(ManageRefusal::NameTaken { belonging, holder: holder.to_string() }.into());
        }
        if self.projects.len() >= PROJECTS_MAX {
            return Err(ManageRefusal::Full(belonging).into());
        }
        Ok(vec![ProjectCreated { organization_id: self.id, project_id, name }.into()])
    }

    fn create_app_id(&self, app_id: AppId, project_id: Option<ProjectId>, name: Name) -> Decision {
        let belonging = Belonging::AppId;
        if let Some(project_id) = project_id.filter(|id| !self.projects.contains_key(id)) {
            return Err(ManageRefusal::NoSuchProject(project_id).into());
        }
        let same = self.app_ids.iter().find(|(_, app)| app.project_id == project_id && app.name == name);
        if let Some((holder, _)) = same {
            return Err(ManageRefusal::NameTaken { belonging, holder: holder.to_string() }.into());
        }
        if self.app_ids.len() >= APP_IDS_MAX {
            return Err(ManageRefusal::Full(belonging).into());
        }
        Ok(vec![AppIdCreated { organization_id: self.id, app_id, project_id, name }.into()])
    }

    fn set_settings(
        &self,
        language: Option<Language>,
        basic_branding: Option<bool>,
    ) -> Vec<OrganizationEvent> {
        let language = language.or_else(|| self.language.clone());
        let basic_branding = basic_branding.unwrap_or(self.basic_branding);
        if language == self.language && basic_branding == self.basic_branding {
            return vec![];
        }
        vec![OrganizationSettingsSet { organization_id: self.id, language, basic_branding }.into()]
    }
}
