//! Why a template says no.

use super::SignInMethod;
use crate::ids::{PartnerId, TemplateId};
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to a template is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateRefusal {
    /// The ID is taken by another template.
    #[error("template {0} exists already")]
    AlreadyExists(TemplateId),
    /// There is no such template.
    #[error("there is no such template")]
    NotFound,
    /// It takes part in nothing new.
    #[error("the template is retired")]
    Retired,
    /// It was changed while the command was prepared.
    #[error("the template was changed at the same time")]
    Changed,
    /// The partner does not exist or is suspended.
    #[error("partner {0} does not exist or is suspended")]
    PartnerSuspended(PartnerId),
    /// The partner's identity provider is not named.
    #[error("the sign-in method needs the entity ID of the partner's identity provider")]
    EntityIdMissing(SignInMethod),
    /// The built-in method knows its identity provider.
    #[error("the built-in sign-in method takes no entity ID")]
    EntityIdNotAllowed,
    /// The kind of template has no setting for calls between users.
    #[error("a sub_realm template has no setting for internal calls")]
    InternalCallsNotOffered,
}

impl Refusal for TemplateRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "template_exists",
            Self::NotFound => "template_not_found",
            Self::Retired => "template_retired",
            Self::Changed => "template_changed",
            Self::PartnerSuspended(_) => "partner_suspended",
            Self::EntityIdMissing(_) => "entity_id_missing",
            Self::EntityIdNotAllowed => "entity_id_not_allowed",
            Self::InternalCallsNotOffered => "internal_calls_not_offered",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) | Self::Changed => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::PartnerSuspended(_) => RefusalKind::Forbidden,
            Self::Retired
            | Self::EntityIdMissing(_)
            | Self::EntityIdNotAllowed
            | Self::InternalCallsNotOffered => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_)
            | Self::NotFound
            | Self::Retired
            | Self::Changed
            | Self::PartnerSuspended(_) => &[],
            Self::EntityIdMissing(SignInMethod::Oidc) => &["R46"],
            Self::EntityIdMissing(SignInMethod::Saml | SignInMethod::Builtin) => &["R45"],
            Self::EntityIdNotAllowed => &["R44"],
            Self::InternalCallsNotOffered => &["R51"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::Changed => &["send the command again"],
            Self::NotFound => LOOK_AGAIN,
            Self::Retired => &["create another template"],
            Self::PartnerSuspended(_) => &["ask the operator to reactivate the partner"],
            Self::EntityIdMissing(SignInMethod::Oidc) => {
                &["give the name of the OpenID Connect provider as authentication.entityId"]
            }
            Self::EntityIdMissing(SignInMethod::Saml | SignInMethod::Builtin) => {
                &["give the entity ID of the SAML metadata as authentication.entityId"]
            }
            Self::EntityIdNotAllowed => &["leave out authentication.entityId, or choose saml or oidc"],
            Self::InternalCallsNotOffered => {
                &["leave out allowInternalCalls, or choose the kind wholesale or broadworks"]
            }
        }
    }
}
