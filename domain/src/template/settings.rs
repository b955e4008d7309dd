//! What a template sets, and what customers keep of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::values::{Country, EntityId, Language, Name};

/// Whether calls between users are allowed when the request does not say (R50).
///
/// D1: the help page says "off by default" and advises to leave it on; the stated default holds.
pub const ALLOW_INTERNAL_CALLS_DEFAULT: bool = false;

/// Whether administrators of existing organizations are invited when the request does not say (R49).
pub const ALLOW_ADMIN_INVITE_ON_ATTACH_DEFAULT: bool = false;

/// For which service a template is (R39, D12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TemplateKind {
    /// Wholesale.
    Wholesale,
    /// Calling on the partner's own `BroadWorks`.
    Broadworks,
    /// An organization under the partner's account, without calling.
    SubRealm,
}

impl TemplateKind {
    /// Tells whether it has the setting for calls between users (R51).
    pub fn has_internal_calls(self) -> bool {
        match self {
            Self::Wholesale | Self::Broadworks => true,
            Self::SubRealm => false,
        }
    }
}

/// How users sign in (R43).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// The platform's own identity provider (R44).
    Builtin,
    /// The partner's SAML identity provider (R45).
    Saml,
    /// The partner's `OpenID` Connect identity provider (R46).
    Oidc,
}

/// A sign-in method with the identity provider it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authentication {
    /// The method.
    pub method: SignInMethod,
    /// Names the partner's identity provider; required for `saml` and `oidc`, not allowed for `builtin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<EntityId>,
}

/// The settings of a template; a customer keeps those it was created with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Name of the template.
    pub name: Name,
    /// For which service it is.
    pub kind: TemplateKind,
    /// Country or region.
    pub country: Country,
    /// Language of mails when nothing else is said.
    pub language: Language,
    /// The name that mails carry (R48).
    pub brand_name: Name,
    /// The wholesale subscription (D13).
    pub subscription: Name,
    /// How users sign in.
    pub authentication: Authentication,
    /// The provider of telephone lines (R41).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pstn_provider: Option<Name>,
    /// Whether administrators of existing organizations may be asked by mail (R49, R85).
    pub allow_admin_invite_on_attach: bool,
    /// Whether users may call each other without the telephone network; `None` where the kind has no such
    /// setting (R50, R51).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow_internal_calls: Option<bool>,
    /// Whether it is the partner's default.
    pub default: bool,
}
