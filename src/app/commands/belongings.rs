//! `CreateProject`, `CreateAppId`, `SetOrganizationSettings` and `SetConsoleAccess`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{Customer, CustomerCommand, SetConsoleAccess};
use tenantry_domain::ids::{AppId, ProjectId};
use tenantry_domain::organization::{
    Change, CreateAppId, CreateProject, Organization, SetOrganizationSettings,
};

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request};

#[async_trait]
impl UseCase for CreateProject {
    const NAME: &'static str = "CreateProject";
    const SUMMARY: &'static str = "Creates a project of an organization.";
    const ROLES: Roles = roles::BELONGINGS;
    const RULES: &'static [&'static str] = &["R3", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let id = ProjectId::from_uuid(app.ids.uuid());
        let mut prepared = managed.prepared(app, Change::CreateProject { id, name: self.name.clone() });
        prepared.answer.insert("projectId".to_owned(), json!(id));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for CreateAppId {
    const NAME: &'static str = "CreateAppId";
    const SUMMARY: &'static str = "Creates an app ID of an organization, or of a project of it.";
    const ROLES: Roles = roles::BELONGINGS;
    const RULES: &'static [&'static str] = &["R3", "R69"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let id = AppId::from_uuid(app.ids.uuid());
        let (project_id, name) = (self.project_id, self.name.clone());
        let mut prepared = managed.prepared(app, Change::CreateAppId { id, project_id, name });
        prepared.answer.insert("appId".to_owned(), json!(id));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for SetOrganizationSettings {
    const NAME: &'static str = "SetOrganizationSettings";
    const SUMMARY: &'static str = "Changes settings of an organization; what is left out stays.";
    const ROLES: Roles = roles::PEOPLE;
    const RULES: &'static [&'static str] = &["R69", "R107", "R110"];
    const TARGET: Option<&'static str> = Some("organizationId");
    type Aggregate = Organization;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Organization> {
        let managed = app.managed(request, self.organization_id, fresh).await?;
        let (language, basic_branding) = (self.language.clone(), self.basic_branding);
        Ok(managed.prepared(app, Change::SetSettings { language, basic_branding }))
    }
}

#[async_trait]
impl UseCase for SetConsoleAccess {
    const NAME: &'static str = "SetConsoleAccess";
    const SUMMARY: &'static str = "Says whether a customer's organization has access to its console; with it the partner manages its people.";
    const ROLES: Roles = roles::CONSOLE;
    const RULES: &'static [&'static str] = &["R69"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let command = CustomerCommand::SetConsoleAccess { console_access: self.console_access };
        Ok(Prepared::new(app, self.customer_id.to_string(), partner_id, false, command))
    }
}
