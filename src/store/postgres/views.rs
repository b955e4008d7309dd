//! The port `ReadStore`: a view has one table for each generation, a row is a document under tenant and key.

use async_trait::async_trait;
use sqlx::Connection;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;

use super::connect::PostgresStore;
use super::{parking, view_sql as sql};
use crate::limits::LEASE_MS;
use crate::ports::{
    Checkpoint, Generation, PageQuery, ReadStore, ReaderState, StoreFault, StoredRow, ViewRows, ViewStep,
};
use crate::store::erasing::sealed_for;
use crate::store::rows::{CheckpointRow, PageRow, ViewRow, fault, page_of};
use crate::store::view_sql::with_table;

#[async_trait]
impl ViewRows for PostgresStore {
    async fn rows(&self, generation: Generation, keys: &[RowKey]) -> Result<Vec<StoredRow>, StoreFault> {
        let rows: Vec<ViewRow> = sqlx::query_as(&with_table(sql::ROWS, generation))
            .bind(tenants(keys))
            .bind(row_keys(keys))
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read rows"))?;
        rows.into_iter().map(StoredRow::try_from).collect()
    }

    async fn rows_about(
        &self,
        generation: Generation,
        (tenant_id, person_id): (TenantId, PersonId),
        after: &str,
        limit: i64,
    ) -> Result<Vec<StoredRow>, StoreFault> {
        let rows: Vec<ViewRow> = sqlx::query_as(&with_table(sql::ROWS_ABOUT, generation))
            .bind(tenant_id.to_string())
            .bind(after)
            .bind(sealed_for(person_id))
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read rows about a person"))?;
        rows.into_iter().map(StoredRow::try_from).collect()
    }

    async fn find_row(&self, generation: Generation, row_key: &str) -> Result<Option<StoredRow>, StoreFault> {
        let row: Option<ViewRow> = sqlx::query_as(&with_table(sql::FIND_ROW, generation))
            .bind(row_key)
            .fetch_optional(&self.pool)
            .await
            .map_err(fault("find a row"))?;
        row.map(StoredRow::try_from).transpose()
    }

    async fn page(
        &self,
        log: i32,
        generation: Generation,
        query: &PageQuery,
    ) -> Result<(i64, Vec<StoredRow>), StoreFault> {
        let after = query.after.as_ref();
        let (statement, tenant) = match query.tenant_id {
            Some(tenant) => (sql::PAGE_OF_TENANT, tenant.to_string()),
            None => (sql::PAGE_OF_ALL, after.map(|key| key.tenant_id.to_string()).unwrap_or_default()),
        };
        let rows: Vec<PageRow> = sqlx::query_as(&with_table(statement, generation))
            .bind(log)
            .bind(generation.view)
            .bind(generation.number)
            .bind(tenant)
            .bind(after.map(|key| key.key.as_str()).unwrap_or_default())
            .bind(query.filters.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .bind(query.filters.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>())
            .bind(query.limit)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read a page of rows"))?;
        page_of(rows)
    }
}

#[async_trait]
impl ReadStore for PostgresStore {
    async fn checkpoints(&self, log: i32) -> Result<Vec<Checkpoint>, StoreFault> {
        let rows: Vec<CheckpointRow> = sqlx::query_as(sql::CHECKPOINTS)
            .bind(log)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read checkpoints"))?;
        rows.into_iter().map(Checkpoint::try_from).collect()
    }

    async fn prepare(
        &self,
        log: i32,
        generation: Generation,
        version: i32,
        state: ReaderState,
    ) -> Result<(), StoreFault> {
        let mut transaction = self.pool.begin().await.map_err(fault("prepare a view"))?;
        sqlx::query(sql::CREATE_CHECKPOINT)
            .bind(generation.view)
            .bind(generation.number)
            .bind(log)
            .bind(state.as_str())
            .bind(version)
            .execute(&mut *transaction)
            .await
            .map_err(fault("prepare a view"))?;
        for statement in [sql::CREATE_TABLE, sql::CREATE_KEY_INDEX] {
            sqlx::query(&with_table(statement, generation))
                .execute(&mut *transaction)
                .await
                .map_err(fault("prepare a view"))?;
        }
        transaction.commit().await.map_err(fault("prepare a view"))
    }

    async fn lease_all(
        &self,
        log: i32,
        readers: &[(&str, i32)],
        owner: &str,
    ) -> Result<Vec<Checkpoint>, StoreFault> {
        let (names, numbers): (Vec<&str>, Vec<i32>) = readers.iter().copied().unzip();
        let rows: Vec<CheckpointRow> = sqlx::query_as(sql::LEASE)
            .bind(log)
            .bind(names)
            .bind(numbers)
            .bind(owner)
            .bind(LEASE_MS)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("lease readers"))?;
        rows.into_iter().map(Checkpoint::try_from).collect()
    }

    async fn advance(&self, log: i32, steps: &[ViewStep]) -> Result<bool, StoreFault> {
        let mut connection = self.pool.acquire().await.map_err(fault("advance a view"))?;
        let mut transaction = connection.begin().await.map_err(fault("advance a view"))?;
        for step in steps {
            let moved = sqlx::query(sql::ADVANCE)
                .bind(log)
                .bind(step.generation.view)
                .bind(step.generation.number)
                .bind(step.from)
                .bind(step.to)
                .bind(step.fence)
                .execute(&mut *transaction)
                .await
                .map_err(fault("advance a view"))?;
            if moved.rows_affected() != 1 {
                return Ok(false);
            }
            if !step.upserts.is_empty() {
                let keys: Vec<RowKey> = step.upserts.iter().map(|row| row.key.clone()).collect();
                sqlx::query(&with_table(sql::UPSERT, step.generation))
                    .bind(tenants(&keys))
                    .bind(row_keys(&keys))
                    .bind(step.upserts.iter().map(|row| row.doc.as_str()).collect::<Vec<_>>())
                    .execute(&mut *transaction)
                    .await
                    .map_err(fault("advance a view"))?;
            }
            if !step.deletes.is_empty() {
                sqlx::query(&with_table(sql::DELETE, step.generation))
                    .bind(tenants(&step.deletes))
                    .bind(row_keys(&step.deletes))
                    .execute(&mut *transaction)
                    .await
                    .map_err(fault("advance a view"))?;
            }
            for park in &step.parks {
                parking::write(&mut transaction, log, step.generation, park).await?;
            }
        }
        transaction.commit().await.map_err(fault("advance a view"))?;
        Ok(true)
    }

    async fn switch(&self, log: i32, generation: Generation) -> Result<bool, StoreFault> {
        let mut transaction = self.pool.begin().await.map_err(fault("switch a view"))?;
        let retired: Vec<i32> = sqlx::query_scalar(sql::RETIRE)
            .bind(log)
            .bind(generation.view)
            .bind(generation.number)
            .fetch_all(&mut *transaction)
            .await
            .map_err(fault("switch a view"))?;
        let further: i64 = sqlx::query_scalar(sql::OLDER)
            .bind(log)
            .bind(generation.view)
            .bind(generation.number)
            .fetch_one(&mut *transaction)
            .await
            .map_err(fault("switch a view"))?;
        if further > 0 {
            return Ok(false);
        }
        sqlx::query(sql::MAKE_LIVE)
            .bind(log)
            .bind(generation.view)
            .bind(generation.number)
            .execute(&mut *transaction)
            .await
            .map_err(fault("switch a view"))?;
        for number in retired {
            let old = Generation { number, ..generation };
            sqlx::query(&with_table(sql::DROP_TABLE, old))
                .execute(&mut *transaction)
                .await
                .map_err(fault("switch a view"))?;
        }
        transaction.commit().await.map_err(fault("switch a view"))?;
        Ok(true)
    }

    async fn release(&self, log: i32, owner: &str) -> Result<(), StoreFault> {
        let released = sqlx::query(sql::RELEASE).bind(log).bind(owner).execute(&self.pool).await;
        released.map(drop).map_err(fault("give back leases"))
    }
}

fn tenants(keys: &[RowKey]) -> Vec<String> {
    keys.iter().map(|key| key.tenant_id.to_string()).collect()
}

fn row_keys(keys: &[RowKey]) -> Vec<&str> {
    keys.iter().map(|key| key.key.as_str()).collect()
}
