//! `CreateCase` and `LinkCaseToOrg`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::access_key::AccessKey;
use tenantry_domain::case::{
    Case, CaseCommand, Contact, CreateCase, Link, LinkCaseToOrg, Open, PrimaryContact,
};
use tenantry_domain::customer::TemplateFacts;
use tenantry_domain::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, TemplateId,
};
use tenantry_domain::partner::Partner;
use tenantry_domain::personal::Personal;
use tenantry_domain::role::Role;
use tenantry_domain::template::Template;

use super::UseCase;
use super::templates::default_template_claim;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};
use crate::limits::LOG;
use crate::ports::StoreFault;
use crate::sealing::{NewPersons, PersonKeys};

#[async_trait]
impl UseCase for CreateCase {
    const NAME: &'static str = "CreateCase";
    const SUMMARY: &'static str =
        "Opens a case for a prospective customer, and with the box checked its organization.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R10", "R12", "R13", "R14", "R15", "R16", "R34"];
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let mut persons = app.no_persons();
        let email = &self.customer.contact_email;
        let indicative = app.persons.person(partner_id.into(), email, &mut persons).await?;
        let primary_contact = app.primary_contact(self, request, partner_id, &mut persons).await?;
        let id = CaseId::from_uuid(app.ids.uuid());
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let command = CaseCommand::Open(Box::new(Open {
            id,
            partner_id,
            data: self.clone(),
            indicative,
            primary_contact,
            template: app.case_template(self, partner_id, fresh).await?,
            partner_active: app.partner_active(partner_id, fresh).await?,
            operation_id,
            organization_id: OrganizationId::from_uuid(app.ids.uuid()),
            customer_id: CustomerId::from_uuid(app.ids.uuid()),
            invitation_id: InvitationId::from_uuid(app.ids.uuid()),
        }));
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        prepared.persons = persons;
        if self.create_customer_org {
            let operation = json!({ "id": operation_id, "state": "running" });
            prepared.answer.insert("operation".to_owned(), operation);
        }
        Ok(prepared)
    }
}

impl App {
    /// R16: who is named, else who holds the key or session.
    async fn primary_contact(
        &self,
        data: &CreateCase,
        request: &Request,
        partner_id: PartnerId,
        persons: &mut (NewPersons, PersonKeys),
    ) -> Result<Option<Contact>, Rejection> {
        let named = match &data.primary_contact {
            Some(named) => Some(named.clone()),
            None => self.holder(request).await?,
        };
        let Some(PrimaryContact { name, email }) = named else { return Ok(None) };
        let person = self.persons.person(partner_id.into(), &email, persons).await?;
        Ok(Some(Contact { name: Personal::open(person, name), email: Personal::open(person, email) }))
    }

    /// The person who holds the caller's key, by the name in the partner's list of users, else by that of the key.
    async fn holder(&self, request: &Request) -> Result<Option<PrimaryContact>, Rejection> {
        if request.caller.role == Role::Service {
            return Ok(None);
        }
        // Whoever acts for a sub-partner is still a person of the parent.
        let tenant_id = request.caller.home();
        let key = self.streams.state::<AccessKey>(Some(tenant_id), &request.caller.actor, false).await?;
        let Some(issued) = key.state.issued.clone() else { return Ok(None) };
        let Some(Personal::Open { subject, value: email }) = issued.email else { return Ok(None) };
        let partner = self.streams.state::<Partner>(Some(tenant_id), &tenant_id.to_string(), false).await?;
        let user =
            partner.state.registered.as_ref().and_then(|partner| partner.users.get(&subject.into()).cloned());
        let name = user.and_then(|user| user.name.value().cloned()).unwrap_or(issued.name);
        Ok(Some(PrimaryContact { name, email }))
    }

    /// D11: the named template, else the partner's default; none without the box.
    async fn case_template(
        &self,
        data: &CreateCase,
        partner_id: PartnerId,
        fresh: bool,
    ) -> Result<Option<TemplateFacts>, Rejection> {
        if !data.create_customer_org {
            return Ok(None);
        }
        let id = match data.provisioning_id {
            Some(named) => named.template_id(),
            None => match self.keys.find_claim(LOG, &default_template_claim(partner_id)).await? {
                Some(holder) => holder
                    .parse::<TemplateId>()
                    .map_err(|_| StoreFault::Corrupt(format!("default template {holder}")))?,
                None => return Ok(None),
            },
        };
        let template =
            self.streams.state::<Template>(Some(partner_id.into()), &id.to_string(), fresh).await?;
        Ok(TemplateFacts::of(&template.state, partner_id))
    }
}

impl App {
    /// Finds the customer that a partner has in an organization that is there, not only on its way (D6).
    async fn child(
        &self,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        fresh: bool,
    ) -> Result<Option<CustomerId>, Rejection> {
        let there = self.organization_state(organization_id).await?.is_some();
        if there { self.customer_of(partner_id, organization_id, fresh).await } else { Ok(None) }
    }
}

#[async_trait]
impl UseCase for LinkCaseToOrg {
    const NAME: &'static str = "LinkCaseToOrg";
    const SUMMARY: &'static str = "Links a case to an organization that is the partner's customer already.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R6", "R13"];
    const TARGET: Option<&'static str> = Some("caseId");
    type Aggregate = Case;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Case> {
        let partner_id = request.caller.partner()?;
        let command = CaseCommand::Link(Link {
            organization_id: self.organization_id,
            customer_id: app.child(partner_id, self.organization_id, fresh).await?,
            partner_active: app.partner_active(partner_id, fresh).await?,
        });
        Ok(Prepared::new(app, self.case_id.to_string(), partner_id, false, command))
    }
}
