//! What an erasure asks of a store besides its commit: where a person is known, and what is deleted for good.

use async_trait::async_trait;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;

use super::{ClaimKey, StoreFault};

/// Finds what a store keeps about a person outside the ledger, and deletes it.
#[async_trait]
pub trait Erasing: Send + Sync {
    /// Lists tenants in the order of their text, those after one.
    async fn tenants_after(
        &self,
        log: i32,
        after: Option<TenantId>,
        limit: i64,
    ) -> Result<Vec<TenantId>, StoreFault>;

    /// Finds the holders of claims in one query, each with the place of its claim; those that nobody holds are left out.
    async fn find_claims(&self, log: i32, claims: &[ClaimKey]) -> Result<Vec<(usize, String)>, StoreFault>;

    /// Returns the values of a kind that somebody holds in a tenant.
    async fn claims_held(
        &self,
        log: i32,
        tenant_id: TenantId,
        kind: &str,
        holder: &str,
    ) -> Result<Vec<String>, StoreFault>;

    /// Deletes passwords, sessions and mails of a person in one transaction; again it changes nothing.
    async fn forget_person(
        &self,
        log: i32,
        tenant_id: TenantId,
        person_id: PersonId,
    ) -> Result<(), StoreFault>;

    /// Overwrites what was deleted of keys, claims, passwords, sessions and mails in the files of the database.
    ///
    /// Fails with [`StoreFault::Unavailable`] while somebody else holds them; it is tried again then.
    async fn overwrite_deleted(&self) -> Result<(), StoreFault>;
}
