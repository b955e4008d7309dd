//! The onboarding templates of a partner (R38, R54).

use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::TemplateId;
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::template::{
    Authentication, ProvisioningId, TemplateCreated, TemplateEdited, TemplateEvent, TemplateKind,
    TemplateWarning,
};
use tenantry_domain::values::{Country, EmailAddress, Language, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the template's ID.
#[derive(Debug)]
pub struct Templates;

/// A template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRow {
    /// Its ID.
    pub id: TemplateId,
    /// The ID by which callers name it.
    pub provisioning_id: ProvisioningId,
    /// Its name.
    pub name: Name,
    /// For which service it is.
    pub kind: TemplateKind,
    /// Country or region.
    pub country: Country,
    /// Language of mails when nothing else is said.
    pub language: Language,
    /// The wholesale subscription.
    pub subscription: Name,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Whether it is the partner's default.
    pub default: bool,
    /// What was advised against.
    pub warnings: Vec<TemplateWarning>,
    /// Whether no customer is created with it any more.
    pub retired: bool,
    /// How users sign in.
    pub authentication: Authentication,
    /// The provider of telephone lines (R41).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pstn_provider: Option<Name>,
    /// Whether administrators of existing organizations may be asked by mail (R49, R85).
    pub allow_admin_invite_on_attach: bool,
    /// Whether users may call each other without the telephone network; none where the kind has no such setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_internal_calls: Option<bool>,
    /// E-mail address of the service provider's administrator.
    #[schema(value_type = String)]
    pub service_provider_admin: Personal<EmailAddress>,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

impl PersonalSlots for TemplateRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.service_provider_admin);
    }
}

impl TemplateRow {
    fn created(event: TemplateCreated, created_at: i64) -> Self {
        let TemplateCreated {
            template_id, provisioning_id, service_provider_admin, settings, warnings, ..
        } = event;
        Self {
            id: template_id,
            provisioning_id,
            name: settings.name,
            kind: settings.kind,
            country: settings.country,
            language: settings.language,
            subscription: settings.subscription,
            brand_name: settings.brand_name,
            default: settings.default,
            warnings,
            retired: false,
            authentication: settings.authentication,
            pstn_provider: settings.pstn_provider,
            allow_admin_invite_on_attach: settings.allow_admin_invite_on_attach,
            allow_internal_calls: settings.allow_internal_calls,
            service_provider_admin,
            created_at,
            sequence: 0,
        }
    }

    fn edited(self, event: TemplateEdited) -> Self {
        let TemplateEdited { service_provider_admin, settings, warnings, .. } = event;
        Self {
            name: settings.name,
            country: settings.country,
            language: settings.language,
            subscription: settings.subscription,
            brand_name: settings.brand_name,
            default: settings.default,
            warnings,
            authentication: settings.authentication,
            pstn_provider: settings.pstn_provider,
            allow_admin_invite_on_attach: settings.allow_admin_invite_on_attach,
            allow_internal_calls: settings.allow_internal_calls,
            service_provider_admin,
            ..self
        }
    }
}

impl View for Templates {
    const NAME: &'static str = "templates";
    const EVENTS: &'static [&'static str] = TemplateEvent::NAMES;
    const SOURCE: Source = Source::Stream("onboarding_template");
    type Row = TemplateRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<TemplateRow>,
        recorded: &Recorded,
    ) -> Result<Option<TemplateRow>, FoldError> {
        let row = match (row, recorded.event()?) {
            (None, TemplateEvent::Created(body)) => TemplateRow::created(body, recorded.recorded_at),
            (Some(row), TemplateEvent::Created(_)) => row,
            (Some(row), TemplateEvent::Edited(body)) => row.edited(body),
            (Some(row), TemplateEvent::Retired(_)) => TemplateRow { retired: true, default: false, ..row },
            (None, TemplateEvent::Edited(_) | TemplateEvent::Retired(_)) => {
                return Err(recorded.row_missing());
            }
        };
        Ok(Some(TemplateRow { sequence: recorded.sequence, ..row }))
    }
}
