//! Why an organization says no.

use crate::catalogue::Package;
use crate::ids::OrganizationId;
use crate::refusal::{Refusal, RefusalKind};

/// Why a command to an organization is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationRefusal {
    /// The ID is taken by an organization with other data.
    #[error("organization {0} exists already with other data")]
    AlreadyExists(OrganizationId),
    /// There is no organization to license.
    #[error("the organization to license with {0} does not exist")]
    NotFound(Package),
}

impl Refusal for OrganizationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "organization_exists",
            Self::NotFound(_) => "organization_not_found",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) => RefusalKind::Conflict,
            Self::NotFound(_) => RefusalKind::NotFound,
        }
    }
}
