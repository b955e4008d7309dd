//! What a template can be asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Authentication, ProvisioningId, Settings, TemplateKind};
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

/// Sets all settings of a template anew, but its kind; existing customers keep those they were created with (R35, R52).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditTemplate {
    /// The template, by the ID that callers name it by.
    pub provisioning_id: ProvisioningId,
    /// Name of the template.
    pub name: Name,
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
    /// Whether it is the partner's default.
    #[serde(default)]
    pub default: bool,
}

/// Retires a template: no customer is created with it any more.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetireTemplate {
    /// The template, by the ID that callers name it by.
    pub provisioning_id: ProvisioningId,
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
        data: Box<CreateTemplate>,
        /// The person behind `data.service_provider_admin`.
        administrator: PersonId,
        /// Whether the partner exists and may act.
        partner_active: bool,
    },
    /// See [`EditTemplate`].
    Edit {
        /// The request.
        data: Box<EditTemplate>,
        /// The person behind `data.service_provider_admin`.
        administrator: PersonId,
        /// Whether the partner exists and may act.
        partner_active: bool,
        /// The settings that it had when the values to give up were looked up.
        known: Option<Box<Settings>>,
    },
    /// See [`RetireTemplate`].
    Retire {
        /// The settings that it had when the values to give up were looked up.
        known: Option<Box<Settings>>,
    },
}
