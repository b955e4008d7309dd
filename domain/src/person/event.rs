//! What happened to a person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::PersonId;
use crate::personal::PersonalSlots;
use crate::tenant::TenantId;

/// A person was erased: with this event went the keys, so that no value about the person opens any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonErased {
    /// The tenant that knew the person.
    pub tenant_id: TenantId,
    /// The person.
    pub person_id: PersonId,
}

/// A person as a tenant knows the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KnownPerson {
    /// The tenant.
    pub tenant_id: TenantId,
    /// The person.
    pub person_id: PersonId,
}

/// The operator ordered the erasure of somebody whom these tenants know; each erases on a stream of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErasureOrdered {
    /// The order.
    pub person_id: PersonId,
    /// Where the person is known, and as whom; by IDs, because an address here could not be erased.
    pub persons: Vec<KnownPerson>,
}

impl PersonalSlots for PersonErased {}
impl PersonalSlots for ErasureOrdered {}

crate::events! {
    /// The events of a person.
    pub enum PersonEvent {
        /// See [`PersonErased`].
        Erased(PersonErased) = "person.erased", "1";
        /// See [`ErasureOrdered`].
        ErasureOrdered(ErasureOrdered) = "person.erasure_ordered", "1";
    }
}
