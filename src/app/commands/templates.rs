//! `CreateTemplate`, `EditTemplate` and `RetireTemplate`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::{PartnerId, TemplateId};
use tenantry_domain::template::{
    CreateTemplate, EditTemplate, ProvisioningId, RetireTemplate, Settings, Template, TemplateCommand,
};
use tenantry_domain::values::Name;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};
use crate::ports::{ClaimKey, NewClaim};

#[async_trait]
impl UseCase for CreateTemplate {
    const NAME: &'static str = "CreateTemplate";
    const SUMMARY: &'static str =
        "Creates an onboarding template; its provisioning ID names it from then on.";
    const ROLES: Roles = roles::TEMPLATES;
    const RULES: &'static [&'static str] = &["R34", "R35", "R37", "R39", "R40", "R43", "R48", "R54"];
    type Aggregate = Template;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Template> {
        let partner_id = request.caller.partner()?;
        let id = TemplateId::from_uuid(app.ids.uuid());
        let mut persons = app.no_persons();
        let administrator =
            app.persons.person(partner_id.into(), &self.service_provider_admin, &mut persons).await?;
        let partner_active = app.partner_active(partner_id, fresh).await?;
        let data = Box::new(self.clone());
        let command = TemplateCommand::Create { id, partner_id, data, administrator, partner_active };
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        prepared.persons = persons;
        let keys = claims(partner_id, &self.name, self.default);
        prepared.claims = keys.map(|key| NewClaim { key, holder: id.to_string() }).collect();
        prepared.answer.insert("provisioningId".to_owned(), json!(ProvisioningId::from_template(id)));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for EditTemplate {
    const NAME: &'static str = "EditTemplate";
    const SUMMARY: &'static str =
        "Sets all settings of a template anew, but its kind; existing customers keep theirs.";
    const ROLES: Roles = roles::TEMPLATES;
    const RULES: &'static [&'static str] = &["R35", "R52"];
    const TARGET: Option<&'static str> = Some("provisioningId");
    type Aggregate = Template;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Template> {
        let partner_id = request.caller.partner()?;
        let id = self.provisioning_id.template_id().to_string();
        let known = app.template_settings(partner_id, &id, fresh).await?;
        let mut persons = app.no_persons();
        let administrator =
            app.persons.person(partner_id.into(), &self.service_provider_admin, &mut persons).await?;
        let partner_active = app.partner_active(partner_id, fresh).await?;
        let (held, wanted): (Vec<ClaimKey>, Vec<ClaimKey>) = (
            known.iter().flat_map(|known| claims(partner_id, &known.name, known.default)).collect(),
            claims(partner_id, &self.name, self.default).collect(),
        );
        let data = Box::new(self.clone());
        let command =
            TemplateCommand::Edit { data, administrator, partner_active, known: known.map(Box::new) };
        let mut prepared = Prepared::new(app, id.clone(), partner_id, false, command);
        prepared.persons = persons;
        prepared.releases = held.iter().filter(|key| !wanted.contains(key)).cloned().collect();
        let taken = wanted.into_iter().filter(|key| !held.contains(key));
        prepared.claims = taken.map(|key| NewClaim { key, holder: id.clone() }).collect();
        prepared.answer.insert("provisioningId".to_owned(), json!(self.provisioning_id));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RetireTemplate {
    const NAME: &'static str = "RetireTemplate";
    const SUMMARY: &'static str = "Retires a template: no customer is created with it any more.";
    const ROLES: Roles = roles::TEMPLATES;
    const RULES: &'static [&'static str] = &["R34", "R35"];
    const TARGET: Option<&'static str> = Some("provisioningId");
    type Aggregate = Template;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Template> {
        let partner_id = request.caller.partner()?;
        let id = self.provisioning_id.template_id().to_string();
        let known = app.template_settings(partner_id, &id, fresh).await?;
        let releases =
            known.iter().flat_map(|known| claims(partner_id, &known.name, known.default)).collect();
        let command = TemplateCommand::Retire { known: known.map(Box::new) };
        Ok(Prepared { releases, ..Prepared::new(app, id, partner_id, false, command) })
    }
}

impl App {
    async fn template_settings(
        &self,
        partner_id: PartnerId,
        id: &str,
        fresh: bool,
    ) -> Result<Option<Settings>, Rejection> {
        let template = self.streams.state::<Template>(Some(partner_id.into()), id, fresh).await?;
        Ok(template.state.created.as_ref().map(|created| created.settings.clone()))
    }
}

/// What a template holds: its name within the partner, and being the default (D11).
fn claims(partner_id: PartnerId, name: &Name, default: bool) -> impl Iterator<Item = ClaimKey> {
    let name =
        ClaimKey { tenant_id: partner_id.into(), kind: "template_name", value: name.as_str().to_lowercase() };
    std::iter::once(name).chain(default.then(|| default_template_claim(partner_id)))
}

/// The claim of a partner's default template (D11).
pub(super) fn default_template_claim(partner_id: PartnerId) -> ClaimKey {
    ClaimKey { tenant_id: partner_id.into(), kind: "default_template", value: String::new() }
}
