//! The port `Vitals`: a file has no sessions but those of its one server.

use async_trait::async_trait;

use super::connect::SqliteStore;
use crate::ports::{StoreFault, Vitals};

#[async_trait]
impl Vitals for SqliteStore {
    async fn oldest_transaction_seconds(&self) -> Result<Option<f64>, StoreFault> {
        Ok(None)
    }
}
