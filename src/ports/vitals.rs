//! What a store tells about its own condition.

use async_trait::async_trait;

use super::StoreFault;

/// Tells how a store does.
#[async_trait]
pub trait Vitals: Send + Sync {
    /// Returns the age of the oldest transaction or snapshot of another session; `None` where there are no sessions.
    async fn oldest_transaction_seconds(&self) -> Result<Option<f64>, StoreFault>;
}
