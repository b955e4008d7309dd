//! What happened to a template.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ProvisioningId, Settings};
use crate::ids::{PartnerId, TemplateId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::values::EmailAddress;

/// A setting that is allowed and advised against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateWarning {
    /// A provider of telephone lines is set in the template; customers' own set-up has fewer limits (R42).
    PstnProviderInTemplate,
}

impl TemplateWarning {
    /// Returns what it means for the reader.
    pub fn description(self) -> &'static str {
        match self {
            Self::PstnProviderInTemplate => {
                "a telephone provider set in the template has limitations; set it per customer instead"
            }
        }
    }
}

/// A template was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateCreated {
    /// The template.
    pub template_id: TemplateId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// The ID by which callers name it; never changes.
    pub provisioning_id: ProvisioningId,
    /// E-mail address of the service provider's administrator.
    pub service_provider_admin: Personal<EmailAddress>,
    /// All its settings.
    pub settings: Settings,
    /// What was advised against.
    #[serde(default)]
    pub warnings: Vec<TemplateWarning>,
}

/// The settings of a template were set anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateEdited {
    /// The template.
    pub template_id: TemplateId,
    /// E-mail address of the service provider's administrator.
    pub service_provider_admin: Personal<EmailAddress>,
    /// All its settings.
    pub settings: Settings,
    /// What was advised against.
    #[serde(default)]
    pub warnings: Vec<TemplateWarning>,
}

/// A template was retired.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TemplateRetired {
    /// The template.
    pub template_id: TemplateId,
}

impl PersonalSlots for TemplateRetired {}

impl PersonalSlots for TemplateEdited {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.service_provider_admin);
    }
}

impl PersonalSlots for TemplateCreated {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.service_provider_admin);
    }
}

crate::events! {
    /// The events of a template.
    pub enum TemplateEvent {
        /// See [`TemplateCreated`].
        Created(TemplateCreated) = "template.created", "1";
        /// See [`TemplateEdited`].
        Edited(TemplateEdited) = "template.edited", "1";
        /// See [`TemplateRetired`].
        Retired(TemplateRetired) = "template.retired", "1";
    }
}
