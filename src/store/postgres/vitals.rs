//! The port `Vitals`.

use async_trait::async_trait;

use super::connect::PostgresStore;
use super::sql;
use crate::ports::{StoreFault, Vitals};
use crate::store::rows::fault;

#[async_trait]
impl Vitals for PostgresStore {
    async fn oldest_transaction_seconds(&self) -> Result<Option<f64>, StoreFault> {
        let seconds = sqlx::query_scalar(sql::OLDEST_TRANSACTION).fetch_one(&self.pool).await;
        seconds.map(Some).map_err(fault("look at the transactions of the database"))
    }
}
