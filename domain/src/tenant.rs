//! The unit of isolation: a partner, an organization, or the platform itself.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::ids::{InvalidId, OrganizationId, PartnerId};

/// Whose events, rows, keys and tasks something is (INV-TENANT).
///
/// Tenants are in the order of their text forms, which is the order of a store's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TenantId {
    /// An organization.
    Organization(OrganizationId),
    /// The directory's policy, domain names, meters and operators.
    Platform,
    /// A partner.
    Partner(PartnerId),
}

impl TenantId {
    /// The text form of [`TenantId::Platform`].
    pub const PLATFORM: &'static str = "platform";

    /// Returns the kind of tenant: `platform`, `partner` or `organization`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Partner(_) => "partner",
            Self::Organization(_) => "organization",
        }
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str(Self::PLATFORM),
            Self::Partner(id) => id.fmt(f),
            Self::Organization(id) => id.fmt(f),
        }
    }
}

impl PartialSchema for TenantId {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .examples(["platform", "ptr_01h455vb4pex5vsknk084sn02q"])
            .into()
    }
}

impl ToSchema for TenantId {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("TenantId")
    }
}

impl FromStr for TenantId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == Self::PLATFORM {
            return Ok(Self::Platform);
        }
        text.parse().map(Self::Partner).or_else(|_| text.parse().map(Self::Organization))
    }
}

impl TryFrom<String> for TenantId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TenantId> for String {
    fn from(tenant: TenantId) -> Self {
        tenant.to_string()
    }
}

impl From<PartnerId> for TenantId {
    fn from(id: PartnerId) -> Self {
        Self::Partner(id)
    }
}

impl From<OrganizationId> for TenantId {
    fn from(id: OrganizationId) -> Self {
        Self::Organization(id)
    }
}
