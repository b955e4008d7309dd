//! The port `Past`.

use async_trait::async_trait;
use tenantry_projections::Recorded;

use super::connect::PostgresStore;
use super::past_sql as sql;
use crate::ports::{Generation, Past, PastOf, StoreFault};
use crate::store::rows::{EventRow, fault};
use crate::store::view_sql::with_table;

#[async_trait]
impl Past for PostgresStore {
    async fn keys_of_past(&self, history: Generation, wanted: PastOf<'_>) -> Result<Vec<String>, StoreFault> {
        sqlx::query_scalar(&with_table(sql::KEYS_OF_PAST, history))
            .bind(wanted.tenant_id.to_string())
            .bind(wanted.after)
            .bind(wanted.to)
            .bind(wanted.types.map(<[_]>::to_vec))
            .bind(wanted.limit)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read the history of a tenant"))
    }

    async fn read_streams(
        &self,
        log: i32,
        aggregate_type: &'static str,
        ids: &[String],
        to: i64,
    ) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_STREAMS)
            .bind(log)
            .bind(aggregate_type)
            .bind(ids)
            .bind(to)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read some streams"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn read_types(
        &self,
        log: i32,
        after: i64,
        to: i64,
        types: &[&'static str],
    ) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_TYPES)
            .bind(log)
            .bind(after)
            .bind(to)
            .bind(types.to_vec())
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read events of some types"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }
}
