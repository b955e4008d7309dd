//! What a template is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    ALLOW_ADMIN_INVITE_ON_ATTACH_DEFAULT, ALLOW_INTERNAL_CALLS_DEFAULT, Authentication, CreateTemplate,
    ProvisioningId, Settings, SignInMethod, TemplateCommand, TemplateCreated, TemplateEvent, TemplateKind,
    TemplateRefusal, TemplateWarning,
};
use crate::ids::{PartnerId, TemplateId};
use crate::personal::Personal;
use crate::stream::{self, Decide};

/// A template; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// `None` until it is created.
    pub created: Option<Created>,
}

/// A template that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// Its ID.
    pub id: TemplateId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// The ID by which callers name it.
    pub provisioning_id: ProvisioningId,
    /// Its settings.
    pub settings: Settings,
}

impl Template {
    /// Tells whether customers can be created with it.
    pub fn is_active(&self) -> bool {
        self.created.is_some()
    }
}

impl Decide for Template {
    fn decide(&self, command: TemplateCommand) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        let TemplateCommand::Create { id, partner_id, data, administrator, partner_active } = command;
        if self.created.is_some() {
            return Err(TemplateRefusal::AlreadyExists(id));
        }
        if !partner_active {
            return Err(TemplateRefusal::PartnerSuspended(partner_id));
        }
        check_authentication(&data.authentication)?;
        let allow_internal_calls = internal_calls(data.kind, data.allow_internal_calls)?;
        let service_provider_admin = Personal::open(administrator, data.service_provider_admin.clone());
        let settings = settings(data, allow_internal_calls);
        // R42: allowed, and advised against.
        let warnings =
            settings.pstn_provider.iter().map(|_| TemplateWarning::PstnProviderInTemplate).collect();
        let provisioning_id = ProvisioningId::from_template(id);
        let created = TemplateCreated {
            template_id: id,
            partner_id,
            provisioning_id,
            service_provider_admin,
            settings,
            warnings,
        };
        Ok(vec![created.into()])
    }
}

/// R44–R46: the partner's own identity provider is named, the built-in one is not.
fn check_authentication(authentication: &Authentication) -> Result<(), TemplateRefusal> {
    match (authentication.method, &authentication.entity_id) {
        (SignInMethod::Builtin, None) | (SignInMethod::Saml | SignInMethod::Oidc, Some(_)) => Ok(()),
        (SignInMethod::Builtin, Some(_)) => Err(TemplateRefusal::EntityIdNotAllowed),
        (method @ (SignInMethod::Saml | SignInMethod::Oidc), None) => {
            Err(TemplateRefusal::EntityIdMissing(method))
        }
    }
}

/// R50, R51: the setting with its default, where the kind has it.
fn internal_calls(kind: TemplateKind, given: Option<bool>) -> Result<Option<bool>, TemplateRefusal> {
    match (kind.has_internal_calls(), given) {
        (true, given) => Ok(Some(given.unwrap_or(ALLOW_INTERNAL_CALLS_DEFAULT))),
        (false, None) => Ok(None),
        (false, Some(_)) => Err(TemplateRefusal::InternalCallsNotOffered),
    }
}

fn settings(data: CreateTemplate, allow_internal_calls: Option<bool>) -> Settings {
    Settings {
        name: data.name,
        kind: data.kind,
        country: data.country,
        language: data.language,
        brand_name: data.brand_name,
        subscription: data.subscription,
        authentication: data.authentication,
        pstn_provider: data.pstn_provider,
        allow_admin_invite_on_attach: data
            .allow_admin_invite_on_attach
            .unwrap_or(ALLOW_ADMIN_INVITE_ON_ATTACH_DEFAULT),
        allow_internal_calls,
        default: data.default,
    }
}

impl Aggregate for Template {
    const TYPE: &'static str = "onboarding_template";
    type Command = TemplateCommand;
    type Event = TemplateEvent;
    type Error = TemplateRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: TemplateCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), TemplateRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: TemplateEvent) {
        let TemplateEvent::Created(created) = event;
        // The administrator's address is for readers; no rule needs it, so the state does not hold it.
        let TemplateCreated { template_id, partner_id, provisioning_id, settings, .. } = created;
        self.created = Some(Created { id: template_id, partner_id, provisioning_id, settings });
    }
}
