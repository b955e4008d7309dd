//! What a template can be asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Authentication, TemplateKind};
use crate::ids::{PartnerId, PersonId, TemplateId};
use crate::values::{Country, EmailAddress, Language, Name};

/// Creates an onboarding template (R38–R53).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateTemplate {
    /// Name of the template.
    pub name: Name,
    /// For which service it is.
    pub kind: TemplateKind,
    /// E-mail address of the service provider's administrator.
    pub service_provider_admin: EmailAddress,
    /// Country or region.
    pub country: Country,
    /// Language of mails when nothing else is said.
    pub language: Language,
    /// The wholesale subscription.
    pub subscription: Name,
    /// The provider of telephone lines; taken with a warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pstn_provider: Option<Name>,
    /// How users sign in.
    pub authentication: Authentication,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Whether administrators of existing organizations may be asked by mail; off unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_admin_invite_on_attach: Option<bool>,
    /// Whether users may call each other without the telephone network; off unless said, and not for `sub_realm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_internal_calls: Option<bool>,
    /// Whether it becomes the partner's default.
    #[serde(default)]
    pub default: bool,
}

/// A command to a template, with the facts it needs.
#[derive(Debug, Clone)]
pub enum TemplateCommand {
    /// See [`CreateTemplate`].
    Create {
        /// The ID of the new template.
        id: TemplateId,
        /// Whose template it is.
        partner_id: PartnerId,
        /// The request.
        data: CreateTemplate,
        /// The person behind `data.service_provider_admin`.
        administrator: PersonId,
        /// Whether the partner exists and may act.
        partner_active: bool,
    },
}
