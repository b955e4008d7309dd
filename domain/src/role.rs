//! Roles, and the channel that an actor came in by.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an actor may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the platform.
    Operator,
    /// Administers a partner.
    PartnerAdmin,
    /// Works for a partner.
    PartnerUser,
    /// A partner's machine.
    Service,
    /// Administers an organization.
    OrgAdmin,
    /// Works in an organization.
    OrgUser,
    /// Reads a partner's history and changes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Operator,
        Self::PartnerAdmin,
        Self::PartnerUser,
        Self::Service,
        Self::OrgAdmin,
        Self::OrgUser,
        Self::Auditor,
    ];

    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::PartnerAdmin => "partner_admin",
            Self::PartnerUser => "partner_user",
            Self::Service => "service",
            Self::OrgAdmin => "org_admin",
            Self::OrgUser => "org_user",
            Self::Auditor => "auditor",
        }
    }
}

/// How a caller came in (D7); never taken from a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A signed-in person.
    Hub,
    /// A key or token.
    Api,
    /// A process.
    System,
}

impl Channel {
    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Api => "api",
            Self::System => "system",
        }
    }
}
