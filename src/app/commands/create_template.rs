//! `CreateTemplate`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{PartnerId, TemplateId};
use tenantry_domain::role::Role;
use tenantry_domain::template::{CreateTemplate, ProvisioningId, Template, TemplateCommand};

use super::UseCase;
use crate::app::execute::Prepared;
use crate::app::{App, Rejection, Request};
use crate::ports::{ClaimKey, NewClaim};

#[async_trait]
impl UseCase for CreateTemplate {
    const NAME: &'static str = "CreateTemplate";
    const SUMMARY: &'static str =
        "Creates an onboarding template; its provisioning ID names it from then on.";
    const ROLES: &'static [Role] = &[Role::PartnerAdmin, Role::Service];
    const RULES: &'static [&'static str] = &["R34", "R35", "R37", "R39", "R40", "R43", "R48", "R54"];
    type Aggregate = Template;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        fresh: bool,
    ) -> Result<Prepared<Template>, Rejection> {
        let partner_id = request.caller.partner()?;
        let id = TemplateId::from_uuid(app.ids.uuid());
        let mut persons = app.no_persons();
        let administrator =
            app.persons.person(partner_id.into(), &self.service_provider_admin, &mut persons).await?;
        let partner_active = app.partner_active(partner_id, fresh).await?;
        let command =
            TemplateCommand::Create { id, partner_id, data: self.clone(), administrator, partner_active };
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        prepared.persons = persons;
        prepared.claims.push(NewClaim {
            key: ClaimKey {
                tenant_id: partner_id.into(),
                kind: "template_name",
                value: self.name.as_str().to_lowercase(),
            },
            holder: id.to_string(),
        });
        if self.default {
            let key = default_template_claim(partner_id);
            prepared.claims.push(NewClaim { key, holder: id.to_string() });
        }
        prepared.answer.insert("provisioningId".to_owned(), json!(ProvisioningId::from_template(id)));
        Ok(prepared)
    }
}

/// The claim of a partner's default template (D11).
pub(super) fn default_template_claim(partner_id: PartnerId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "default_template", value: String::new() }
}
