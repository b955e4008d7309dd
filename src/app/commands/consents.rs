//! `GrantConsent`, `DeclineConsent`, `ResendConsent`, `WithdrawAttach`, and partners' access to organizations.

use async_trait::async_trait;
use tenantry_domain::customer::{Customer, Requested};
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId, PartnerId, UserId};
use tenantry_domain::organization::{
    AddExternalAdmin, AttachCommand, DeclineConsent, GrantConsent, Organization, OrganizationCommand,
    OrganizationRefusal, RequestFullAccess, ResendConsent, RevokeGrant, WithdrawAttach,
};
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::Token;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::rejection::Refused;
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, ConsentToken, Rejection, Request};

impl Caller {
    /// Returns the organization that the caller acts in.
    fn organization(&self) -> Result<OrganizationId, Rejection> {
        match self.tenant_id {
            TenantId::Organization(organization) => Ok(organization),
            TenantId::Platform | TenantId::Partner(_) => Err(Rejection::forbidden(self.role)),
        }
    }
}

impl App {
    fn consent_token(&self, text: &Token) -> Result<ConsentToken, Rejection> {
        let token = ConsentToken::from_text(self.persons.ring(), text.as_str());
        token.ok_or_else(|| Rejection::Refused(Refused::from(&OrganizationRefusal::InvalidToken)))
    }

    /// Returns whom a token was sent to; it names the customer, so nothing else may.
    fn consent_holder(
        &self,
        customer_id: Option<CustomerId>,
        token: Option<&Token>,
    ) -> Result<Option<Caller>, Rejection> {
        let Some(token) = token else { return Ok(None) };
        if customer_id.is_some() {
            let detail = "the token names the customer; give customerId or token, not both";
            return Err(Rejection::malformed("/customerId", "invalid", detail));
        }
        let token = self.consent_token(token)?;
        Ok(Some(Caller {
            tenant_id: token.organization_id.into(),
            actor: token.administrator.to_string(),
            role: Role::OrgAdmin,
            channel: Channel::Hub,
            session: None,
            parent: None,
        }))
    }

    fn answer_consent(
        &self,
        request: &Request,
        customer_id: Option<CustomerId>,
        token: Option<&Token>,
        consents: bool,
    ) -> Preparation<Organization> {
        let organization_id = request.caller.organization()?;
        let named: (CustomerId, Option<OperationId>) = match (customer_id, token) {
            (_, Some(token)) => {
                let token = self.consent_token(token)?;
                (token.customer_id, Some(token.operation_id))
            }
            (Some(customer_id), None) => (customer_id, None),
            (None, None) => {
                let detail = "name the customer, or give the token of the mail's link";
                return Err(Rejection::malformed("/customerId", "missing", detail));
            }
        };
        let command = AttachCommand::Answer {
            customer_id: named.0,
            operation_id: named.1,
            administrator: request.caller.actor.parse::<UserId>().ok(),
            consents,
            now_us: self.clock.now_us(),
        };
        Ok(prepared(self, organization_id, command))
    }

    /// Loads a customer of the caller's partner.
    async fn own_customer(
        &self,
        request: &Request,
        id: CustomerId,
        fresh: bool,
    ) -> Result<(PartnerId, Requested), Rejection> {
        let partner_id = request.caller.partner()?;
        let loaded = self.streams.state::<Customer>(Some(partner_id.into()), &id.to_string(), fresh).await?;
        Ok((partner_id, loaded.state.requested.clone().ok_or(Rejection::NotFound)?))
    }
}

fn prepared(app: &App, organization_id: OrganizationId, command: AttachCommand) -> Prepared<Organization> {
    let command = OrganizationCommand::from(command);
    Prepared::new(app, organization_id.to_string(), organization_id, false, command)
}

#[async_trait]
impl UseCase for GrantConsent {
    const NAME: &'static str = "GrantConsent";
    const SUMMARY: &'static str =
        "Consents to an attach; by an administrator of the organization, or by the token of the mail.";
    const ROLES: Roles = roles::CONSENT;
    const RULES: &'static [&'static str] = &["R73"];
    const BY_TOKEN: bool = true;
    type Aggregate = Organization;

    async fn token_holder(&self, app: &App) -> Result<Option<Caller>, Rejection> {
        app.consent_holder(self.customer_id, self.token.as_ref())
    }

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Organization> {
        app.answer_consent(request, self.customer_id, self.token.as_ref(), true)
    }
}

#[async_trait]
impl UseCase for DeclineConsent {
    const NAME: &'static str = "DeclineConsent";
    const SUMMARY: &'static str =
        "Declines an attach; by an administrator of the organization, or by the token of the mail.";
    const ROLES: Roles = roles::CONSENT;
    const RULES: &'static [&'static str] = &["R73"];
    const BY_TOKEN: bool = true;
    type Aggregate = Organization;

    async fn token_holder(&self, app: &App) -> Result<Option<Caller>, Rejection> {
        app.consent_holder(self.customer_id, self.token.as_ref())
    }

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Organization> {
        app.answer_consent(request, self.customer_id, self.token.as_ref(), false)
    }
}

#[async_trait]
impl UseCase for ResendConsent {
    const NAME: &'static str = "ResendConsent";
    const SUMMARY: &'static str = "Sends a request for consent again.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R73"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let customer_id = self.customer_id;
        let (partner_id, customer) = app.own_customer(request, customer_id, fresh).await?;
        Ok(prepared(
            app,
            customer.organization_id,
            AttachCommand::Resend { customer_id, partner_id, now_us: app.clock.now_us() },
        ))
    }
}

#[async_trait]
impl UseCase for WithdrawAttach {
    const NAME: &'static str = "WithdrawAttach";
    const SUMMARY: &'static str = "Takes a request for consent back; the customer is gone.";
    const ROLES: Roles = roles::REMOVAL;
    const RULES: &'static [&'static str] = &["R73"];
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let customer_id = self.customer_id;
        let (partner_id, customer) = app.own_customer(request, customer_id, fresh).await?;
        Ok(prepared(app, customer.organization_id, AttachCommand::Withdraw { customer_id, partner_id }))
    }
}

#[async_trait]
impl UseCase for AddExternalAdmin {
    const NAME: &'static str = "AddExternalAdmin";
    const SUMMARY: &'static str = "Makes a partner an external administrator with full rights.";
    const ROLES: Roles = roles::CONSENT;
    const RULES: &'static [&'static str] = &["R83", "R84"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        if !app.partner_active(self.partner_id, fresh).await? {
            return Err(Rejection::NotFound);
        }
        let command =
            AttachCommand::AddExternalAdmin { partner_id: self.partner_id, now_us: app.clock.now_us() };
        Ok(prepared(app, request.caller.organization()?, command))
    }
}

#[async_trait]
impl UseCase for RevokeGrant {
    const NAME: &'static str = "RevokeGrant";
    const SUMMARY: &'static str = "Takes a partner's access to the organization back.";
    const ROLES: Roles = roles::CONSENT;
    const RULES: &'static [&'static str] = &["R83"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Organization> {
        let command = AttachCommand::RevokeGrant { partner_id: self.partner_id };
        Ok(prepared(app, request.caller.organization()?, command))
    }
}

#[async_trait]
impl UseCase for RequestFullAccess {
    const NAME: &'static str = "RequestFullAccess";
    const SUMMARY: &'static str = "Asks the administrators of an attached organization for full access.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R82"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let (partner_id, customer) = app.own_customer(request, self.customer_id, fresh).await?;
        let partner = app.partner(partner_id, fresh).await?.ok_or(Rejection::NotFound)?;
        let command = AttachCommand::RequestFullAccess {
            partner_id,
            partner_name: partner.name,
            brand_name: customer.settings.brand_name,
            language: customer.settings.language,
            now_us: app.clock.now_us(),
        };
        Ok(prepared(app, customer.organization_id, command))
    }
}
