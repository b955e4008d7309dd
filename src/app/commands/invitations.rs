//! `ResendInvitation`, `RevokeInvitation`, `RedirectInvitation` and `AcceptInvitation`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{CredentialId, InvitationId, PartnerId};
use tenantry_domain::invitation::{
    Accept, AcceptInvitation, Invitation, InvitationCommand, InvitationRefusal, RedirectInvitation,
    ResendInvitation, RevokeInvitation,
};
use tenantry_domain::organization::ManageRefusal;
use tenantry_domain::partner::{Partner, PartnerRefusal};
use tenantry_domain::personal::{Personal, Slot};
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::Answer;
use crate::app::before::Before;
use crate::app::execute::{Preparation, Prepared};
use crate::app::rejection::Refused;
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, InvitationToken, Rejection, Request, passwords};
use crate::ports::Credential;

impl App {
    /// Loads an invitation that the caller may see: its partner's or its organization's.
    async fn invitation(
        &self,
        request: &Request,
        id: InvitationId,
        fresh: bool,
    ) -> Result<(TenantId, Option<PartnerId>), Rejection> {
        let loaded = self.streams.state::<Invitation>(None, &id.to_string(), fresh).await?;
        let missing = || Rejection::NotFound.naming("invitation", &id.to_string());
        let issued = loaded.state.issued.as_ref().ok_or_else(missing)?;
        let tenant_id = TenantId::from(issued.organization_id);
        let partner_id = match request.caller.tenant_id {
            TenantId::Partner(partner) if issued.partner_id == Some(partner) => Some(partner),
            own if own == tenant_id => None,
            _ => return Err(missing()),
        };
        Ok((tenant_id, partner_id))
    }
}

impl App {
    /// Refuses to send an invitation again that another one has taken the place of, or that a partner issued while it
    /// managed the organization and does no more.
    async fn check_sendable(
        &self,
        request: &Request,
        id: InvitationId,
        fresh: bool,
    ) -> Result<(), Rejection> {
        let loaded = self.streams.state::<Invitation>(None, &id.to_string(), fresh).await?;
        let Some(issued) = &loaded.state.issued else { return Ok(()) };
        let Some(person) = issued.email.subject() else { return Ok(()) };
        let organization = self.organization_state(issued.organization_id).await?;
        match organization.and_then(|created| created.invited.get(&person.into()).copied()) {
            Some(current) if current == id => {
                self.managed(request, Some(issued.organization_id), fresh).await.map(drop)
            }
            Some(current) => Err(Rejection::Refused(Refused::from(&ManageRefusal::Invited(current)))),
            None => Ok(()),
        }
    }
}

#[async_trait]
impl UseCase for ResendInvitation {
    const NAME: &'static str = "ResendInvitation";
    const SUMMARY: &'static str = "Sends an invitation again under a new link; the one before is void.";
    const ROLES: Roles = roles::INVITING;
    const RULES: &'static [&'static str] = &["R17", "R19"];
    const TARGET: Option<&'static str> = Some("invitationId");
    type Aggregate = Invitation;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Invitation> {
        let (tenant_id, partner_id) = app.invitation(request, self.invitation_id, fresh).await?;
        app.check_sendable(request, self.invitation_id, fresh).await?;
        let command = InvitationCommand::Resend { partner_id, now_us: app.clock.now_us() };
        Ok(Prepared::new(app, self.invitation_id.to_string(), tenant_id, false, command))
    }
}

#[async_trait]
impl UseCase for RevokeInvitation {
    const NAME: &'static str = "RevokeInvitation";
    const SUMMARY: &'static str = "Takes an invitation back: its link is void.";
    const ROLES: Roles = roles::INVITING;
    const RULES: &'static [&'static str] = &["R17"];
    const TARGET: Option<&'static str> = Some("invitationId");
    type Aggregate = Invitation;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Invitation> {
        let (tenant_id, partner_id) = app.invitation(request, self.invitation_id, fresh).await?;
        let command = InvitationCommand::Revoke { partner_id };
        Ok(Prepared::new(app, self.invitation_id.to_string(), tenant_id, false, command))
    }
}

#[async_trait]
impl UseCase for RedirectInvitation {
    const NAME: &'static str = "RedirectInvitation";
    const SUMMARY: &'static str =
        "Sends an invitation that nobody has accepted to another user of the partner.";
    const ROLES: Roles = roles::REDIRECTING;
    const RULES: &'static [&'static str] = &["R16", "R17"];
    const TARGET: Option<&'static str> = Some("invitationId");
    type Aggregate = Invitation;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Invitation> {
        let partner_id = request.caller.partner()?;
        let (tenant_id, _) = app.invitation(request, self.invitation_id, fresh).await?;
        let id = partner_id.to_string();
        let partner = app.streams.state::<Partner>(Some(partner_id.into()), &id, fresh).await?;
        let user =
            partner.state.registered.as_ref().and_then(|partner| partner.users.get(&self.user_id).cloned());
        let known = user.as_ref().and_then(|user| Some((user.name.value()?, user.email.value()?)));
        let Some((name, email)) = known else {
            return Err(Rejection::Refused(Refused::from(&PartnerRefusal::NoSuchUser(self.user_id))));
        };
        let mut persons = app.no_persons();
        let person = app.persons.person(tenant_id, email, &mut persons).await?;
        let command = InvitationCommand::Redirect {
            partner_id,
            name: Personal::open(person, name.clone()),
            email: Personal::open(person, email.clone()),
            now_us: app.clock.now_us(),
        };
        let mut prepared = Prepared::new(app, self.invitation_id.to_string(), tenant_id, false, command);
        prepared.persons = persons;
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for AcceptInvitation {
    const NAME: &'static str = "AcceptInvitation";
    const SUMMARY: &'static str =
        "Accepts an invitation: the person becomes a member. The link's token is enough, no key is needed.";
    const ROLES: Roles = roles::BY_TOKEN;
    const RULES: &'static [&'static str] = &["R20", "R21", "R22", "R23"];
    const BY_TOKEN: bool = true;
    type Aggregate = Invitation;

    async fn token_holder(&self, app: &App) -> Result<Option<Caller>, Rejection> {
        let token =
            InvitationToken::from_text(app.persons.ring(), self.token.as_str()).ok_or_else(invalid_token)?;
        let id = token.invitation_id.to_string();
        let loaded = app.streams.state::<Invitation>(None, &id, false).await?;
        let issued = loaded.state.issued.as_ref().ok_or_else(invalid_token)?;
        Ok(Some(Caller {
            tenant_id: issued.organization_id.into(),
            actor: id,
            role: Role::OrgUser,
            channel: Channel::Hub,
            session: None,
            parent: None,
        }))
    }

    async fn prepare(&self, app: &App, _: &Request, fresh: bool) -> Preparation<Invitation> {
        let token =
            InvitationToken::from_text(app.persons.ring(), self.token.as_str()).ok_or_else(invalid_token)?;
        let id = token.invitation_id.to_string();
        let loaded = app.streams.state::<Invitation>(None, &id, fresh).await?;
        let issued = loaded.state.issued.clone().ok_or_else(invalid_token)?;
        let Personal::Open { subject, .. } = issued.email else { return Err(invalid_token()) };
        let tenant_id = TenantId::from(issued.organization_id);
        let credential_id = CredentialId::from_uuid(app.ids.uuid());
        let command = InvitationCommand::Accept(Box::new(Accept {
            generation: token.generation,
            person: subject,
            given_name: self.given_name.clone(),
            family_name: self.family_name.clone(),
            accepted_terms: self.accepted_terms.clone(),
            credential_id,
            now_us: app.clock.now_us(),
        }));
        // Hashing is dear: nobody without a valid token makes the server do it.
        loaded
            .state
            .decide(command.clone())
            .map_err(|refusal| Rejection::Refused(Refused::from(&refusal)))?;
        let mut prepared = Prepared::new(app, id, tenant_id, false, command);
        prepared.persons.1 = app.persons.keys_for(&[(tenant_id, subject)]).await?;
        prepared.before = Before::KeepPassword(Credential {
            id: credential_id,
            tenant_id,
            subject,
            password_hash: passwords::hash(&self.password, app.ids.as_ref()).await?,
        });
        let organization_id = issued.organization_id;
        prepared.answer.insert("organizationId".to_owned(), json!(organization_id));
        prepared.answer.insert("userId".to_owned(), json!(tenantry_domain::ids::UserId::from(subject)));
        Ok(prepared)
    }

    async fn settle(&self, app: &App, _: &Request, answer: &Answer) -> Result<(), Rejection> {
        let id = |name: &str| answer.body.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        if let (Ok(organization), Ok(user)) = (id("organizationId").parse(), id("userId").parse()) {
            app.await_member(organization, user).await;
        }
        Ok(())
    }
}

fn invalid_token() -> Rejection {
    Rejection::Refused(Refused::from(&InvitationRefusal::InvalidToken))
}
