//! Why an access key says no.

use crate::ids::AccessKeyId;
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};
use crate::role::Role;
use crate::tenant::TenantId;

/// Why a command to an access key is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessKeyRefusal {
    /// The ID is taken by another key.
    #[error("key {0} is issued already")]
    AlreadyIssued(AccessKeyId),
    /// The role does not exist in that tenant.
    #[error("the role {} does not exist in the tenant {tenant}", role.as_str())]
    RoleTenantMismatch {
        /// The wanted role.
        role: Role,
        /// The tenant.
        tenant: TenantId,
    },
    /// The request names another tenant than the key is for, or two.
    #[error("the request names another tenant than {0}")]
    OtherTenant(TenantId),
    /// The key would be refused from the start.
    #[error("the key would have expired already")]
    ExpiryPast,
    /// There is no key to revoke.
    #[error("the key does not exist")]
    NotFound,
}

impl Refusal for AccessKeyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyIssued(_) => "key_exists",
            Self::RoleTenantMismatch { .. } => "role_tenant_mismatch",
            Self::OtherTenant(_) => "key_tenant_mismatch",
            Self::ExpiryPast => "key_expiry_past",
            Self::NotFound => "key_not_found",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyIssued(_) => RefusalKind::Conflict,
            Self::RoleTenantMismatch { .. } | Self::OtherTenant(_) | Self::ExpiryPast => RefusalKind::Rule,
            Self::NotFound => RefusalKind::NotFound,
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyIssued(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::RoleTenantMismatch { .. } => &[
                "name partnerId for the roles partner_admin, partner_user, service and auditor",
                "name organizationId for the roles org_admin and org_user",
                "name neither for the role operator",
            ],
            Self::OtherTenant(_) => &["name one tenant: partnerId or organizationId, not both"],
            Self::ExpiryPast => &["give an expiresAt that is still to come, or leave it out"],
        }
    }
}
