//! The onboarding templates of a partner (R38, R54).

use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::TemplateId;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::template::{
    ProvisioningId, TemplateCreated, TemplateEvent, TemplateKind, TemplateWarning,
};
use tenantry_domain::values::{Country, Language, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

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
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

impl PersonalSlots for TemplateRow {}

impl View for Templates {
    const NAME: &'static str = "templates";
    const EVENTS: &'static [&'static str] = TemplateEvent::NAMES;
    type Row = TemplateRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        _: Option<TemplateRow>,
        recorded: &Recorded,
    ) -> Result<Option<TemplateRow>, FoldError> {
        let TemplateEvent::Created(TemplateCreated {
            template_id, provisioning_id, settings, warnings, ..
        }) = recorded.event()?;
        Ok(Some(TemplateRow {
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
            created_at: recorded.recorded_at,
        }))
    }
}
