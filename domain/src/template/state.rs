//! What a template is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    ALLOW_ADMIN_INVITE_ON_ATTACH_DEFAULT, ALLOW_INTERNAL_CALLS_DEFAULT, Authentication, CreateTemplate,
    EditTemplate, ProvisioningId, Settings, SignInMethod, TemplateCommand, TemplateCreated, TemplateEdited,
    TemplateEvent, TemplateKind, TemplateRefusal, TemplateRetired, TemplateWarning,
};
use crate::ids::{PartnerId, PersonId, TemplateId};
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
    /// Whether no customer is created with it any more.
    pub retired: bool,
}

impl Template {
    /// Tells whether customers can be created with it.
    pub fn is_active(&self) -> bool {
        self.created.as_ref().is_some_and(|created| !created.retired)
    }
}

impl Decide for Template {
    fn decide(&self, command: TemplateCommand) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        match command {
            TemplateCommand::Create { id, partner_id, data, administrator, partner_active } => {
                if self.created.is_some() {
                    return Err(TemplateRefusal::AlreadyExists(id));
                }
                create(id, partner_id, *data, administrator, partner_active)
            }
            TemplateCommand::Edit { data, administrator, partner_active, known } => {
                self.changeable(known.as_deref())?;
                self.editable(partner_active)?.edit(*data, administrator)
            }
            TemplateCommand::Retire { known } => match &self.created {
                Some(created) if created.retired => Ok(vec![]),
                _ => {
                    let created = self.changeable(known.as_deref())?;
                    Ok(vec![TemplateRetired { template_id: created.id }.into()])
                }
            },
        }
    }
}

impl Template {
    /// The template, if it may be changed and is as it was when the command was prepared.
    fn changeable(&self, known: Option<&Settings>) -> Result<&Created, TemplateRefusal> {
        let created = self.unretired()?;
        if known != Some(&created.settings) {
            return Err(TemplateRefusal::Changed);
        }
        Ok(created)
    }
}

impl Created {
    fn edit(
        &self,
        data: EditTemplate,
        administrator: PersonId,
    ) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        check_authentication(&data.authentication)?;
        let kind = self.settings.kind;
        let allow_internal_calls = internal_calls(kind, data.allow_internal_calls)?;
        let service_provider_admin = Personal::open(administrator, data.service_provider_admin);
        let settings = Settings {
            name: data.name,
            kind,
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
        };
        let (template_id, warnings) = (self.id, warnings(&settings));
        Ok(vec![TemplateEdited { template_id, service_provider_admin, settings, warnings }.into()])
    }
}

fn create(
    id: TemplateId,
    partner_id: PartnerId,
    data: CreateTemplate,
    administrator: PersonId,
    partner_active: bool,
) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
    if !partner_active {
        return Err(TemplateRefusal::PartnerSuspended(partner_id));
    }
    check_authentication(&data.authentication)?;
    let allow_internal_calls = internal_calls(data.kind, data.allow_internal_calls)?;
    let service_provider_admin = Personal::open(administrator, data.service_provider_admin.clone());
    let settings = settings(data, allow_internal_calls);
    let (provisioning_id, warnings) = (ProvisioningId::from_template(id), warnings(&settings));
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

/// R42: allowed, and advised against.
fn warnings(settings: &Settings) -> Vec<TemplateWarning> {
    settings.pstn_provider.iter().map(|_| TemplateWarning::PstnProviderInTemplate).collect()
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
        match event {
            // The administrator's address is for readers; no rule needs it, so the state does not hold it.
            TemplateEvent::Created(event) => {
                let TemplateCreated { template_id, partner_id, provisioning_id, settings, .. } = event;
                let retired = false;
                self.created =
                    Some(Created { id: template_id, partner_id, provisioning_id, settings, retired });
            }
            TemplateEvent::Edited(event) => {
                if let Some(created) = &mut self.created {
                    created.settings = event.settings;
                }
            }
            TemplateEvent::Retired(_) => {
                if let Some(created) = &mut self.created {
                    created.retired = true;
                }
            }
        }
    }
}
