//! `CreateCustomerOrg`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{CreateCustomerOrg, CreateOrg, Customer, CustomerCommand, TemplateFacts};
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId};
use tenantry_domain::template::Template;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request, external_id_claim, organization_claim};
use crate::ports::NewClaim;

#[async_trait]
impl UseCase for CreateCustomerOrg {
    const NAME: &'static str = "CreateCustomerOrg";
    const SUMMARY: &'static str = "Creates a customer and its organization, and equips it with packages.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] =
        &["R31", "R34", "R58", "R59", "R60", "R61", "R64", "R89", "R91", "R92"];
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let template_id = self.provisioning_id.template_id().to_string();
        let template = app.streams.state::<Template>(Some(partner_id.into()), &template_id, fresh).await?;
        let id = CustomerId::from_uuid(app.ids.uuid());
        let organization_id = OrganizationId::from_uuid(app.ids.uuid());
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let mut persons = app.no_persons();
        let email = &self.customer_info.primary_email;
        let administrator = app.persons.person(partner_id.into(), email, &mut persons).await?;
        let command = CustomerCommand::CreateOrg(Box::new(CreateOrg {
            id,
            organization_id,
            operation_id,
            partner_id,
            data: self.clone(),
            administrator,
            template: TemplateFacts::of(&template.state, partner_id),
            partner_active: app.partner_active(partner_id, fresh).await?,
            channel: request.caller.channel,
            offered: app.offered.clone(),
        }));
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        prepared.persons = persons;
        let (holder, key) = (id.to_string(), external_id_claim(partner_id, &self.external_id));
        prepared.claims.push(NewClaim { key, holder: holder.clone() });
        let key = organization_claim(partner_id, organization_id);
        prepared.claims.push(NewClaim { key, holder });
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}
