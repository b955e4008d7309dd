//! `AttachExistingOrg`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{Attach, AttachExistingOrg, Customer, CustomerCommand, TemplateFacts};
use tenantry_domain::ids::{CustomerId, OperationId};
use tenantry_domain::organization::Organization;
use tenantry_domain::template::Template;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request, external_id_claim, organization_claim};
use crate::ports::NewClaim;

#[async_trait]
impl UseCase for AttachExistingOrg {
    const NAME: &'static str = "AttachExistingOrg";
    const SUMMARY: &'static str =
        "Makes a customer of an organization that exists: at once, or when its administrators consent.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] =
        &["R73", "R74", "R75", "R76", "R77", "R78", "R79", "R80", "R85", "R86", "R89", "R91", "R105"];
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let template_id = self.provisioning_id.template_id().to_string();
        let template = app.streams.state::<Template>(Some(partner_id.into()), &template_id, fresh).await?;
        let template = TemplateFacts::of(&template.state, partner_id);
        let organization_id = self.organization_id;
        let id = organization_id.to_string();
        let loaded = app.streams.state::<Organization>(Some(organization_id.into()), &id, fresh).await?;
        let organization = loaded.state.created.clone();
        let id = CustomerId::from_uuid(app.ids.uuid());
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let now_us = app.clock.now_us();
        let may_ask =
            template.as_ref().is_some_and(|template| template.settings.allow_admin_invite_on_attach);
        let assessed = organization.as_ref().map(|it| it.assess_for(partner_id, may_ask, now_us));
        let command = CustomerCommand::Attach(Box::new(Attach {
            id,
            operation_id,
            partner_id,
            partner_name: app.partner(partner_id, fresh).await?.map(|partner| partner.name),
            data: self.clone(),
            template,
            organization,
            channel: request.caller.channel,
            offered: app.offered.clone(),
            now_us,
        }));
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        let holder = id.to_string();
        let key = external_id_claim(partner_id, &self.external_id);
        prepared.claims.push(NewClaim { key, holder: holder.clone() });
        let key = organization_claim(partner_id, organization_id);
        prepared.claims.push(NewClaim { key, holder });
        if let Some(Ok(assessment)) = assessed {
            prepared.answer.insert("assessment".to_owned(), json!(assessment));
        }
        prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
        Ok(prepared)
    }
}
