//! What a partner can be asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::PartnerId;
use crate::values::{Country, Name};

/// Registers a partner (R1, R2).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterPartner {
    /// Name of the partner.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its own data lives.
    pub region: Name,
    /// The partner above it; makes it a sub-partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<PartnerId>,
}

/// A command to a partner, with the facts it needs.
#[derive(Debug, Clone)]
pub enum PartnerCommand {
    /// See [`RegisterPartner`].
    Register {
        /// The ID of the new partner.
        id: PartnerId,
        /// The request.
        data: RegisterPartner,
        /// Whether the named parent exists and is active; `None` without a parent.
        parent_active: Option<bool>,
    },
}
