//! What an access key can be asked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{AccessKeyId, OrganizationId, PartnerId, PersonId};
use crate::role::Role;
use crate::tenant::TenantId;
use crate::values::{EmailAddress, Name};

/// Issues an access key; its secret is in the answer, once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssueKey {
    /// What the holder may be.
    pub role: Role,
    /// The partner that it is for; for the roles of a partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The organization that it is for; for the roles of an organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// A name by which people recognize it.
    pub name: Name,
    /// E-mail address of the person who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The moment from which it is refused; never without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
}

impl IssueKey {
    /// Tells whether the request names no tenant, or only the given one.
    pub(crate) fn is_for(&self, tenant: TenantId) -> bool {
        let partner = self.partner_id.map(TenantId::Partner);
        let organization = self.organization_id.map(TenantId::Organization);
        partner.into_iter().chain(organization).all(|named| named == tenant)
    }
}

/// A command to an access key, with the facts it needs.
#[derive(Debug, Clone)]
pub enum AccessKeyCommand {
    /// See [`IssueKey`].
    Issue {
        /// The ID of the new key.
        id: AccessKeyId,
        /// The tenant in which its holder acts: the named one, or the issuer's own.
        tenant: TenantId,
        /// The request.
        data: Box<IssueKey>,
        /// The SHA-256 of the key's random secret, in base64.
        verifier: String,
        /// The person behind `data.email`; given exactly when that is.
        person: Option<PersonId>,
        /// How often that person had been taken out of the tenant's people.
        stay: u32,
        /// Now, in microseconds.
        now_us: i64,
    },
    /// Refuses the key from now on.
    Revoke,
}
