//! What can be asked about a person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::KnownPerson;
use crate::ids::PersonId;
use crate::tenant::TenantId;
use crate::values::EmailAddress;

/// Erases a person: what is stored about the person can be read by nobody from then on.
///
/// Names the person by `personId`, or by `email`. An organization's administrator erases people of the organization.
/// The operator erases those of the tenant that `tenantId` names; by an address alone, those of every tenant.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ErasePerson {
    /// The person, as the tenant knows the person; the ID of a user or member with the prefix `per`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<PersonId>,
    /// E-mail address of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The partner or organization that knows the person, or `platform`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub tenant_id: Option<TenantId>,
}

/// A command about a person, with the facts it needs.
#[derive(Debug, Clone)]
pub enum PersonCommand {
    /// Erases the person in the tenant of the stream.
    Erase {
        /// Where, and whom.
        person: KnownPerson,
        /// Whether the tenant holds a key of the person, or has erased the person.
        known: bool,
    },
    /// Orders the erasure of somebody whom several tenants know.
    Order {
        /// The person, as the platform names the order.
        person_id: PersonId,
        /// Where the person is known.
        persons: Vec<KnownPerson>,
    },
    /// Ends an order: whoever is met by the address from then on is somebody new.
    EndOrder,
}
