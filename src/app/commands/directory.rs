//! The directory of organizations that exist already: `RegisterOrganization`, `VerifyDomain`, `ClaimDomain`, `SetLicense`
//! and `ImportMembers`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{OrganizationId, UserId};
use tenantry_domain::organization::{
    Administrator, ClaimDomain, ImportMembers, License, NewMember, Organization, OrganizationCommand,
    OrganizationRegistered, RegisterOrganization, SetLicense, VerifyDomain,
};
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::before::Before;
use crate::app::claims::derived_uuid;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Rejection, Request};
use crate::ports::NewTenant;

/// The organization that a caller means: the named one for operators, its own for administrators.
fn organization_of(caller: &Caller, named: Option<OrganizationId>) -> Result<OrganizationId, Rejection> {
    match (caller.tenant_id, named) {
        (TenantId::Platform, Some(named)) => Ok(named),
        (TenantId::Platform, None) => {
            Err(Rejection::malformed("/organizationId", "missing", "organizationId is required"))
        }
        (TenantId::Organization(own), None) => Ok(own),
        (TenantId::Organization(own), Some(named)) if named == own => Ok(own),
        (TenantId::Organization(_) | TenantId::Partner(_), _) => Err(Rejection::NotFound),
    }
}

fn prepared(
    app: &App,
    organization_id: OrganizationId,
    command: OrganizationCommand,
) -> Prepared<Organization> {
    Prepared::new(app, organization_id.to_string(), organization_id, false, command)
}

#[async_trait]
impl UseCase for RegisterOrganization {
    const NAME: &'static str = "RegisterOrganization";
    const SUMMARY: &'static str = "Enters an organization that exists already in the directory.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R74", "R75", "R76", "R80", "R105"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        for partner_id in &self.managed_by {
            if !app.partner_active(*partner_id, fresh).await? {
                return Err(Rejection::NotFound.naming("partner", &partner_id.to_string()));
            }
        }
        // The same request again names the same organization, which its domains may be reserved for already.
        let key = request.idempotency_key.clone().unwrap_or_else(|| app.ids.uuid().to_string());
        let uuid = derived_uuid(&["organization", &request.caller.actor, &key]);
        let organization_id = OrganizationId::from_uuid(uuid);
        let tenant_id = TenantId::from(organization_id);
        let mut persons = app.no_persons();
        let mut administrators = Vec::new();
        for email in &self.admin_emails {
            let person = app.persons.person(tenant_id, email, &mut persons).await?;
            let email_hash = app.persons.address_hash(email);
            let email = Personal::open(person, email.clone());
            administrators.push(Administrator { user_id: UserId::from(person), email, email_hash });
        }
        let command = OrganizationCommand::Register(Box::new(OrganizationRegistered {
            organization_id,
            name: self.name.clone(),
            country: self.country.clone(),
            user_count: self.user_count,
            verified_domains: self.verified_domains.clone(),
            claimed_domains: self.claimed_domains.clone(),
            trial: self.trial,
            licenses: self.licenses.clone(),
            administrators,
            managed_by: self.managed_by.clone(),
            authentication: self.authentication.clone(),
            restricted_mode: self.restricted_mode,
            basic_branding: self.basic_branding,
        }));
        let mut prepared = Prepared::new(app, organization_id.to_string(), tenant_id, true, command);
        prepared.persons = persons;
        prepared.tenant = Some(NewTenant { tenant_id });
        let domains = self.verified_domains.clone();
        prepared.before = Before::ReserveDomains { organization_id, domains };
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for VerifyDomain {
    const NAME: &'static str = "VerifyDomain";
    const SUMMARY: &'static str = "Records that an e-mail domain belongs to an organization.";
    const ROLES: Roles = roles::DIRECTORY;
    const RULES: &'static [&'static str] = &["R75"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let organization_id = organization_of(&request.caller, self.organization_id)?;
        app.existing_organization(organization_id, fresh).await?;
        let domain = self.domain.clone();
        let mut prepared = prepared(app, organization_id, OrganizationCommand::VerifyDomain { domain });
        let domains = vec![self.domain.clone()];
        prepared.before = Before::ReserveDomains { organization_id, domains };
        Ok(prepared)
    }
}

impl App {
    async fn existing_organization(&self, id: OrganizationId, fresh: bool) -> Result<(), Rejection> {
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), fresh).await?;
        if loaded.state.created.is_some() { Ok(()) } else { Err(Rejection::NotFound) }
    }
}

#[async_trait]
impl UseCase for ClaimDomain {
    const NAME: &'static str = "ClaimDomain";
    const SUMMARY: &'static str = "Claims a verified e-mail domain of an organization.";
    const ROLES: Roles = roles::DIRECTORY;
    const RULES: &'static [&'static str] = &["R76"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Organization> {
        let organization_id = organization_of(&request.caller, self.organization_id)?;
        let command = OrganizationCommand::ClaimDomain { domain: self.domain.clone() };
        Ok(prepared(app, organization_id, command))
    }
}

#[async_trait]
impl UseCase for SetLicense {
    const NAME: &'static str = "SetLicense";
    const SUMMARY: &'static str = "Sets a license that an organization has itself.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R80"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, _: &Request, _: bool) -> Preparation<Organization> {
        let command = OrganizationCommand::SetLicense(License {
            package: self.package,
            customer_id: None,
            state: self.state,
            quantity: None,
            license_id: String::new(),
        });
        Ok(prepared(app, self.organization_id, command))
    }
}

#[async_trait]
impl UseCase for ImportMembers {
    const NAME: &'static str = "ImportMembers";
    const SUMMARY: &'static str = "Adds members to an organization that exists already.";
    const ROLES: Roles = roles::DIRECTORY;
    const RULES: &'static [&'static str] = &["R3", "R74"];
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Organization> {
        let organization_id = organization_of(&request.caller, self.organization_id)?;
        let tenant_id = TenantId::from(organization_id);
        let mut persons = app.no_persons();
        let mut members = Vec::new();
        for member in &self.members {
            let person = app.persons.person(tenant_id, &member.email, &mut persons).await?;
            let personal = |name: &tenantry_domain::values::Name| Personal::open(person, name.clone());
            members.push(NewMember {
                user_id: UserId::from(person),
                role: member.role,
                email: Personal::open(person, member.email.clone()),
                email_hash: app.persons.address_hash(&member.email),
                given_name: member.given_name.as_ref().map(personal),
                family_name: member.family_name.as_ref().map(personal),
                credential_id: None,
            });
        }
        let added = members.len();
        let command =
            OrganizationCommand::AddMembers { members, user_count: self.user_count, invitation_id: None };
        let mut prepared = prepared(app, organization_id, command);
        prepared.persons = persons;
        prepared.answer.insert("members".to_owned(), json!(added));
        Ok(prepared)
    }
}
