//! What views leave out: events of tenants that are parked, and events that were skipped.

use async_trait::async_trait;
use tenantry_domain::tenant::TenantId;

use super::StoreFault;

/// A tenant whose events a generation of a view does not fold for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Name of the view.
    pub view: String,
    /// Which set of tables.
    pub generation: i32,
    /// The tenant.
    pub tenant_id: TenantId,
    /// Position of its next event to be folded.
    pub position: i64,
    /// Why the event there could not be folded.
    pub error: String,
    /// When it was parked, in milliseconds.
    pub parked_at: i64,
    /// How often it was asked to try again.
    pub asked: i64,
    /// How many of these requests were tried.
    pub tried: i64,
    /// Who asked last.
    pub asked_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Parked {
    /// Tells whether somebody has asked to try again, and it was not tried yet.
    pub fn is_retried(&self) -> bool {
        self.asked > self.tried
    }
}

/// An event that a view leaves out for good, also when it is rebuilt or replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Name of the view.
    pub view: String,
    /// The event.
    pub position: i64,
    /// Whose event it is.
    pub tenant_id: TenantId,
    /// Who skipped it.
    pub asked_by: String,
    /// Why.
    pub reason: String,
    /// When, in milliseconds.
    pub skipped_at: i64,
}

/// What becomes of a parked tenant in a step of its view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParkStep {
    /// An event could not be folded: its tenant is parked there.
    Park {
        /// The tenant.
        tenant_id: TenantId,
        /// The event.
        position: i64,
        /// Why.
        error: String,
        /// How many requests to try again have been tried by that; `None` where it was not parked before.
        tried: Option<i64>,
    },
    /// The tenant was caught up with before a position.
    Advance {
        /// The tenant.
        tenant_id: TenantId,
        /// The position of what comes next.
        position: i64,
    },
    /// The tenant has caught up with its view.
    Settle {
        /// The tenant.
        tenant_id: TenantId,
    },
}

/// Who asks for something to be done with what is parked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
}

/// Keeps what is parked and what was skipped. Steps go in with [`ReadStore::advance`](super::ReadStore::advance).
#[async_trait]
pub trait Parking: Send + Sync {
    /// Lists what is parked in the generations that there are.
    async fn parked(&self, log: i32) -> Result<Vec<Parked>, StoreFault>;

    /// Returns the last generation of a view in which anything was ever parked; 0 if there is none.
    async fn last_generation_parked(&self, log: i32, view: &str) -> Result<i32, StoreFault>;

    /// Lists what was skipped.
    async fn skips(&self, log: i32) -> Result<Vec<Skip>, StoreFault>;

    /// Asks for another try with a tenant parked for a view, or with all of them; returns how many there are.
    async fn ask_retry(
        &self,
        log: i32,
        view: &str,
        tenant_id: Option<TenantId>,
        asked: &Asked,
    ) -> Result<u64, StoreFault>;

    /// Skips the event at which a tenant is parked, and asks for another try, in one transaction.
    ///
    /// Returns `false`, and changes nothing, if no tenant is parked there for the view.
    async fn skip(&self, log: i32, view: &str, position: i64, asked: &Asked) -> Result<bool, StoreFault>;
}
