//! What happened to a partner.

use serde::{Deserialize, Serialize};

use crate::ids::PartnerId;
use crate::personal::PersonalSlots;
use crate::values::{Country, Name};

/// A partner was registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRegistered {
    /// The partner.
    pub partner_id: PartnerId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its data lives.
    pub region: Name,
    /// The partner above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<PartnerId>,
}

impl PersonalSlots for PartnerRegistered {}

crate::events! {
    /// The events of a partner.
    pub enum PartnerEvent {
        /// See [`PartnerRegistered`].
        Registered(PartnerRegistered) = "partner.registered", "1";
    }
}
