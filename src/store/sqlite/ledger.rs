//! The port `Ledger`.

use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use sqlx::Row;
use tenantry_projections::Recorded;

use super::batch::to_json;
use super::connect::SqliteStore;
use super::sql;
use crate::ledger::load_as;
use crate::limits::FEED_POLL;
use crate::ports::{AggregateKey, Appended, Batch, Head, Hints, Ledger, Settled, StoreFault};
use crate::store::rows::{EventRow, FoundRow, fault, load_fault, settled};

#[async_trait]
impl Ledger for SqliteStore {
    async fn append(&self, batch: Batch<'_>) -> Result<Appended, StoreFault> {
        let json = to_json(&batch);
        let mut writer = self.write().await?;
        writer.may_leave_traces();
        let result = sqlx::query(sql::APPEND)
            .bind(json)
            .bind(batch.log)
            .bind(batch.now_us)
            .fetch_all(&mut *writer)
            .await
            .map_err(fault("append a batch"));
        let rows = result?;
        writer.is_clean();
        let row = rows.first().ok_or_else(|| StoreFault::Corrupt(format!("log {} is missing", batch.log)))?;
        Ok(Appended { base: row.get(0), recorded_at: row.get(1) })
    }

    async fn settle(&self, batch: Batch<'_>) -> Result<Vec<Settled>, StoreFault> {
        let found: Vec<FoundRow> = sqlx::query_as(sql::SETTLE)
            .bind(to_json(&batch))
            .bind(batch.log)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("settle a batch"))?;
        Ok(settled(batch.commands.len(), found))
    }

    async fn load(&self, _log: i32, stream: &AggregateKey) -> Result<Vec<SerializedEvent>, StoreFault> {
        load_as(&self.streams, stream).await.map_err(load_fault)
    }

    async fn read_stream(&self, log: i32, stream: &AggregateKey) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_STREAM)
            .bind(stream.aggregate_type)
            .bind(&stream.aggregate_id)
            .bind(log)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read a stream"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn read_after(&self, log: i32, position: i64, limit: i64) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_AFTER)
            .bind(log)
            .bind(position)
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read a page of events"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn read_at(&self, log: i32, positions: &[i64]) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_AT)
            .bind(log)
            .bind(serde_json::json!(positions).to_string())
            .fetch_all(&self.readers)
            .await
            .map_err(fault("read events"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn head(&self, log: i32) -> Result<Head, StoreFault> {
        let (position, recorded_at) = sqlx::query_as(sql::HEAD)
            .bind(log)
            .fetch_one(&self.readers)
            .await
            .map_err(fault("read the head"))?;
        Ok(Head { position, recorded_at })
    }
}

/// There is one server on a file, and it wakes its readers in memory.
pub struct NoOtherServers;

#[async_trait]
impl Hints for NoOtherServers {
    async fn give(&self) -> Result<(), StoreFault> {
        Ok(())
    }

    async fn wait(&self) {
        // The end of a commit whose outcome was never learnt is seen at the next look.
        tokio::time::sleep(FEED_POLL).await;
    }
}
