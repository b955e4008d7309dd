//! What happened to an access key.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::AccessKeyId;
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::role::Role;
use crate::tenant::TenantId;
use crate::values::{EmailAddress, Name};

/// A key was issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyIssued {
    /// The key.
    pub key_id: AccessKeyId,
    /// The tenant in which its holder acts.
    pub tenant: TenantId,
    /// What the holder may be.
    pub role: Role,
    /// A name by which people recognize it.
    pub name: Name,
    /// E-mail address of the person who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal<EmailAddress>>,
    /// How often its holder had been taken out of the tenant's people before it was issued.
    #[serde(default, skip_serializing_if = "is_first")]
    pub stay: u32,
    /// The moment from which it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    /// The SHA-256 of its random secret, in base64; readers are shown the event without it.
    #[serde(default)]
    pub verifier: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_first(stay: &u32) -> bool {
    *stay == 0
}

/// A key was revoked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyRevoked {
    /// The key.
    pub key_id: AccessKeyId,
}

impl PersonalSlots for KeyIssued {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(email) = &mut self.email {
            visit(email);
        }
    }
}

impl PersonalSlots for KeyRevoked {}

crate::events! {
    /// The events of an access key.
    pub enum AccessKeyEvent {
        /// See [`KeyIssued`].
        Issued(Box<KeyIssued>) = "key.issued", "1";
        /// See [`KeyRevoked`].
        Revoked(KeyRevoked) = "key.revoked", "1";
    }
}
