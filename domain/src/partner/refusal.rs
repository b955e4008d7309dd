//! Why a partner says no.

use crate::ids::PartnerId;
use crate::refusal::{Refusal, RefusalKind};

/// Why a command to a partner is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartnerRefusal {
    /// The ID is taken by another registration.
    #[error("partner {0} is registered already")]
    AlreadyRegistered(PartnerId),
    /// The parent does not exist or is suspended.
    #[error("parent partner {0} does not exist or is suspended")]
    ParentUnavailable(PartnerId),
}

impl Refusal for PartnerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyRegistered(_) => "partner_already_registered",
            Self::ParentUnavailable(_) => "parent_unavailable",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyRegistered(_) => RefusalKind::Conflict,
            Self::ParentUnavailable(_) => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyRegistered(_) => &[],
            Self::ParentUnavailable(_) => &["R7"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyRegistered(_) => &[],
            Self::ParentUnavailable(_) => &["name an active partner, or leave out parentId"],
        }
    }
}
