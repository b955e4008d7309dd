//! `InviteUser`, `RemoveMember`, `AssignRole` and `RevokeRole`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{InvitationId, UserId};
use tenantry_domain::invitation::{Invitation, InvitationStatus};
use tenantry_domain::organization::{
    AssignRole, Change, Created, Invite, InviteUser, Manager, Organization, RemoveMember, RevokeRole,
};
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{Language, Name};

use super::UseCase;
use crate::app::execute::Preparation;
use crate::app::managing::Managed;
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};

/// The language of mails where nobody said one.
const LANGUAGE: &str = "en";

#[async_trait]
impl UseCase for InviteUser {
    const NAME: &'static str = "InviteUser";
    const SUMMARY: &'static str =
        "Invites a person to become a member of an organization, by a mail to that person.";
    const ROLES: Roles = roles::PEOPLE;
    const RULES: &'static [&'static str] = &["R3", "R24", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let tenant_id = TenantId::from(managed.id);
        let mut persons = app.no_persons();
        let person = app.persons.person(tenant_id, &self.email, &mut persons).await?;
        let user_id = UserId::from(person);
        let invitation_id = InvitationId::from_uuid(app.ids.uuid());
        let (brand_name, language) = app.letterhead(&managed).await?;
        let change = Change::Invite(Box::new(Invite {
            invitation_id,
            user_id,
            role: self.role,
            email: Personal::open(person, self.email.clone()),
            name: full_name(self).map(|name| Personal::open(person, name)),
            ended: app.ended_invitation(&managed.created, user_id).await?,
            brand_name,
            language,
        }));
        let mut prepared = managed.prepared(app, change);
        prepared.persons = persons;
        prepared.answer.insert("invitationId".to_owned(), json!(invitation_id));
        prepared.answer.insert("userId".to_owned(), json!(user_id));
        Ok(prepared)
    }
}

/// The name by which a person is addressed, as far as it is given; one that is too long for a name is cut to its first
/// part.
fn full_name(data: &InviteUser) -> Option<Name> {
    let parts: Vec<&str> = data.given_name.iter().chain(&data.family_name).map(Name::as_str).collect();
    parts.join(" ").parse().ok().or_else(|| data.given_name.clone())
}

impl App {
    /// Returns the last invitation of a person, if it has ended without being accepted.
    async fn ended_invitation(
        &self,
        created: &Created,
        user_id: UserId,
    ) -> Result<Option<InvitationId>, Rejection> {
        let Some(id) = created.invited.get(&user_id) else { return Ok(None) };
        let tenant_id = Some(TenantId::from(created.id));
        let loaded = self.streams.state::<Invitation>(tenant_id, &id.to_string(), true).await?;
        let ended = loaded.state.issued.as_ref().is_some_and(|issued| match issued.status {
            InvitationStatus::Expired | InvitationStatus::Revoked => true,
            InvitationStatus::Issued | InvitationStatus::Sent | InvitationStatus::Accepted => false,
        });
        Ok(ended.then_some(*id))
    }

    /// Returns the name and the language of mails to an organization's people: the brand of the partner that writes, or
    /// for which it was created (R48), else the organization's own name.
    async fn letterhead(&self, managed: &Managed) -> Result<(Name, Language), Rejection> {
        let created = &managed.created;
        let partner_id = match managed.by {
            Manager::Partner { partner_id, .. } => Some(partner_id),
            Manager::Own => created.created_by,
        };
        let customer = match partner_id.and_then(|id| Some((id, created.customer_of(id)?))) {
            Some((partner_id, customer_id)) => self.customer_state(partner_id, customer_id, false).await?,
            None => None,
        };
        let brand = customer.as_ref().map(|customer| customer.settings.brand_name.clone());
        let language = created.language.clone().or(customer.map(|customer| customer.language));
        let language = language.unwrap_or_else(|| LANGUAGE.parse().expect("it is a language"));
        Ok((brand.unwrap_or_else(|| created.name.clone()), language))
    }
}

#[async_trait]
impl UseCase for RemoveMember {
    const NAME: &'static str = "RemoveMember";
    const SUMMARY: &'static str =
        "Takes a member out of an organization: sessions and keys of the person end at once.";
    const ROLES: Roles = roles::PEOPLE;
    const RULES: &'static [&'static str] = &["R3", "R24", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        Ok(managed.prepared(app, Change::Remove { user_id: self.user_id }))
    }
}

#[async_trait]
impl UseCase for AssignRole {
    const NAME: &'static str = "AssignRole";
    const SUMMARY: &'static str = "Gives a member of an organization a role.";
    const ROLES: Roles = roles::PEOPLE;
    const RULES: &'static [&'static str] = &["R24", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let (user_id, role) = (self.user_id, self.role);
        let mut prepared = managed.prepared(app, Change::AssignRole { user_id, role });
        // The event carries the address: administrators are written to.
        prepared.persons.1 = app.persons.keys_for(&[(managed.id.into(), user_id.into())]).await?;
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RevokeRole {
    const NAME: &'static str = "RevokeRole";
    const SUMMARY: &'static str =
        "Takes the administration of an organization away from a member, who stays its user.";
    const ROLES: Roles = roles::PEOPLE;
    const RULES: &'static [&'static str] = &["R24", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let (user_id, role) = (self.user_id, self.role);
        Ok(managed.prepared(app, Change::RevokeRole { user_id, role }))
    }
}
