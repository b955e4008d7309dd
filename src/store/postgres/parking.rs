//! The port `Parking`: tenants that a view leaves out, and events that it skips.

use async_trait::async_trait;
use sqlx::PgConnection;
use tenantry_domain::tenant::TenantId;

use super::connect::PostgresStore;
use super::view_sql as sql;
use crate::ports::{Asked, Generation, ParkStep, Parked, Parking, Skip, StoreFault};
use crate::store::rows::{ParkedRow, SkipRow, fault};

#[async_trait]
impl Parking for PostgresStore {
    async fn parked(&self, log: i32) -> Result<Vec<Parked>, StoreFault> {
        let rows: Vec<ParkedRow> = sqlx::query_as(sql::PARKED)
            .bind(log)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read what is parked"))?;
        rows.into_iter().map(Parked::try_from).collect()
    }

    async fn last_generation_parked(&self, log: i32, view: &str) -> Result<i32, StoreFault> {
        sqlx::query_scalar(sql::LAST_GENERATION_PARKED)
            .bind(log)
            .bind(view)
            .fetch_one(&self.pool)
            .await
            .map_err(fault("read what was parked"))
    }

    async fn skips(&self, log: i32) -> Result<Vec<Skip>, StoreFault> {
        let rows: Vec<SkipRow> = sqlx::query_as(sql::SKIPS)
            .bind(log)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read what was skipped"))?;
        rows.into_iter().map(Skip::try_from).collect()
    }

    async fn ask_retry(
        &self,
        log: i32,
        view: &str,
        tenant_id: Option<TenantId>,
        asked: &Asked,
    ) -> Result<u64, StoreFault> {
        let done = sqlx::query(sql::ASK_RETRY)
            .bind(log)
            .bind(view)
            .bind(&asked.by)
            .bind(&asked.reason)
            .bind(tenant_id.map(|tenant_id| tenant_id.to_string()))
            .execute(&self.pool)
            .await
            .map_err(fault("ask for another try"))?;
        Ok(done.rows_affected())
    }

    async fn skip(&self, log: i32, view: &str, position: i64, asked: &Asked) -> Result<bool, StoreFault> {
        let mut transaction = self.pool.begin().await.map_err(fault("skip an event"))?;
        let mut parked = 0;
        for statement in [sql::SKIP, sql::ASK_AFTER_SKIP] {
            let done = sqlx::query(statement)
                .bind(log)
                .bind(view)
                .bind(position)
                .bind(&asked.by)
                .bind(asked.reason.as_deref().unwrap_or_default())
                .execute(&mut *transaction)
                .await
                .map_err(fault("skip an event"))?;
            parked = done.rows_affected();
        }
        transaction.commit().await.map_err(fault("skip an event"))?;
        Ok(parked > 0)
    }
}

/// Writes what becomes of parked tenants, within the step of their view.
pub(super) async fn write(
    connection: &mut PgConnection,
    log: i32,
    generation: Generation,
    step: &ParkStep,
) -> Result<(), StoreFault> {
    let (statement, tenant_id) = match step {
        ParkStep::Park { tenant_id, .. } => (sql::PARK, tenant_id),
        ParkStep::Advance { tenant_id, .. } => (sql::PARK_FURTHER, tenant_id),
        ParkStep::Settle { tenant_id } => (sql::SETTLE_PARKED, tenant_id),
    };
    let query = sqlx::query(statement)
        .bind(generation.view)
        .bind(generation.number)
        .bind(log)
        .bind(tenant_id.to_string());
    let query = match step {
        ParkStep::Park { position, error, tried, .. } => query.bind(position).bind(error).bind(tried),
        ParkStep::Advance { position, .. } => query.bind(position),
        ParkStep::Settle { .. } => query,
    };
    query.execute(connection).await.map(drop).map_err(fault("park a tenant"))
}
