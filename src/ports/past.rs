//! What happened up to a moment, of a tenant, of some streams or of all.

use async_trait::async_trait;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;

use super::{Generation, StoreFault};

/// Which rows of the history of a tenant are wanted.
#[derive(Debug, Clone, Copy)]
pub struct PastOf<'a> {
    /// Whose history it is.
    pub tenant_id: TenantId,
    /// Rows after this key.
    pub after: &'a str,
    /// Rows up to this key.
    pub to: &'a str,
    /// The stored names of the events; `None` for all.
    pub types: Option<&'a [&'static str]>,
    /// The most rows.
    pub limit: i64,
}

/// Reads those events of the past that somebody folds, and leaves the others where they are.
#[async_trait]
pub trait Past: Send + Sync {
    /// Reads the keys of rows of the view of the history, in their order.
    async fn keys_of_past(&self, history: Generation, wanted: PastOf<'_>) -> Result<Vec<String>, StoreFault>;

    /// Reads the events of some streams of a type up to a position, in the order of positions.
    async fn read_streams(
        &self,
        log: i32,
        aggregate_type: &'static str,
        ids: &[String],
        to: i64,
    ) -> Result<Vec<Recorded>, StoreFault>;

    /// Reads the events of some types after a position and up to another, in order.
    async fn read_types(
        &self,
        log: i32,
        after: i64,
        to: i64,
        types: &[&'static str],
    ) -> Result<Vec<Recorded>, StoreFault>;
}
