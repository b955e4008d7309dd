//! The port `Ledger`, and the hints by NOTIFY.

use std::time::Duration;

use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use sqlx::postgres::{PgConnection, PgListener};
use tenantry_projections::Recorded;
use tokio::sync::Mutex;

use super::connect::PostgresStore;
use super::sql;
use crate::ledger::load_as;
use crate::limits::FEED_POLL;
use crate::ports::{AggregateKey, Appended, Batch, Head, Hints, Ledger, Settled, StoreFault};
use crate::store::rows::{EventRow, FoundRow, fault, load_fault, settled};

#[async_trait]
impl Ledger for PostgresStore {
    async fn append(&self, batch: Batch<'_>) -> Result<Appended, StoreFault> {
        let mut writer = self.writer.lock().await;
        let mut connection = match writer.take() {
            Some(connection) => connection,
            None => self.connect_writer().await?,
        };
        let result = append(&mut connection, &batch).await.map_err(fault("append a batch"));
        // A connection that answered is in order, whatever it answered; any other may still be at work.
        if matches!(result, Ok(_) | Err(StoreFault::Exists(_))) {
            *writer = Some(connection);
        }
        result
    }

    async fn settle(&self, batch: Batch<'_>) -> Result<Vec<Settled>, StoreFault> {
        let commands = || (1_i64..).zip(batch.commands);
        let keys = || batch.commands.iter().map(|command| &command.key);
        let firsts = || commands().filter(|(_, command)| !command.events.is_empty());
        let claims =
            || commands().flat_map(|(n, command)| command.claims.iter().map(move |claim| (n, &claim.key)));
        let persons =
            || commands().flat_map(|(n, command)| command.person_keys.iter().map(move |key| (n, key)));
        let tenants = || commands().filter_map(|(n, command)| Some((n, command.tenant.as_ref()?)));
        let found: Vec<FoundRow> = sqlx::query_as(sql::SETTLE)
            .bind(batch.log)
            .bind(keys().map(|key| key.tenant_id.to_string()).collect::<Vec<_>>())
            .bind(keys().map(|key| key.scope.as_str()).collect::<Vec<_>>())
            .bind(keys().map(|key| key.command_id.as_str()).collect::<Vec<_>>())
            .bind(firsts().map(|(n, _)| n).collect::<Vec<_>>())
            .bind(firsts().map(|(_, command)| command.stream.aggregate_type).collect::<Vec<_>>())
            .bind(firsts().map(|(_, command)| command.stream.aggregate_id.as_str()).collect::<Vec<_>>())
            .bind(firsts().map(|(_, command)| command.sequence + 1).collect::<Vec<_>>())
            .bind(claims().map(|(n, _)| n).collect::<Vec<_>>())
            .bind(claims().map(|(_, claim)| claim.tenant_id.to_string()).collect::<Vec<_>>())
            .bind(claims().map(|(_, claim)| claim.kind).collect::<Vec<_>>())
            .bind(claims().map(|(_, claim)| claim.value.as_str()).collect::<Vec<_>>())
            .bind(persons().map(|(n, _)| n).collect::<Vec<_>>())
            .bind(persons().map(|(_, key)| key.tenant_id.to_string()).collect::<Vec<_>>())
            .bind(persons().map(|(_, key)| key.subject.to_string()).collect::<Vec<_>>())
            .bind(persons().map(|(_, key)| key.generation.cast_signed()).collect::<Vec<_>>())
            .bind(tenants().map(|(n, _)| n).collect::<Vec<_>>())
            .bind(tenants().map(|(_, tenant)| tenant.tenant_id.to_string()).collect::<Vec<_>>())
            .fetch_all(&self.pool)
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
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read a stream"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn read_after(&self, log: i32, position: i64, limit: i64) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_AFTER)
            .bind(log)
            .bind(position)
            .bind(limit)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read a page of events"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn read_at(&self, log: i32, positions: &[i64]) -> Result<Vec<Recorded>, StoreFault> {
        let rows: Vec<EventRow> = sqlx::query_as(sql::READ_AT)
            .bind(log)
            .bind(positions)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read events"))?;
        rows.into_iter().map(Recorded::try_from).collect()
    }

    async fn head(&self, log: i32) -> Result<Head, StoreFault> {
        let (position, recorded_at) = sqlx::query_as(sql::HEAD)
            .bind(log)
            .fetch_one(&self.pool)
            .await
            .map_err(fault("read the head"))?;
        Ok(Head { position, recorded_at })
    }
}

async fn append(connection: &mut PgConnection, batch: &Batch<'_>) -> Result<Appended, sqlx::Error> {
    let commands = || batch.commands.iter();
    let events =
        || commands().flat_map(|c| c.events.iter().zip(c.sequence + 1..).map(move |(e, s)| (c, e, s)));
    let claims = || commands().flat_map(|command| &command.claims);
    let releases =
        || commands().flat_map(|c| c.releases.iter().map(move |key| (key, c.stream.aggregate_id.as_str())));
    let persons = || commands().flat_map(|command| &command.person_keys);
    let tenants = || commands().filter_map(|command| command.tenant.as_ref());
    let erased = || commands().flat_map(|c| c.erased.iter().map(move |person_id| (c.tenant_id, person_id)));
    let mut before = 0;
    let befores: Vec<i64> = commands()
        .map(|command| {
            let own = before;
            before += command.events.len() as i64;
            own
        })
        .collect();
    let (base, recorded_at) = sqlx::query_as(sql::APPEND)
        .bind(batch.log)
        .bind(before)
        .bind(batch.now_us)
        .bind(events().map(|(c, ..)| c.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(events().map(|(c, ..)| c.stream.aggregate_type).collect::<Vec<_>>())
        .bind(events().map(|(c, ..)| c.stream.aggregate_id.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(.., sequence)| sequence).collect::<Vec<_>>())
        .bind(events().map(|(_, e, _)| e.event_type).collect::<Vec<_>>())
        .bind(events().map(|(_, e, _)| e.event_version.as_str()).collect::<Vec<_>>())
        .bind(events().map(|(_, e, _)| e.payload.get()).collect::<Vec<_>>())
        .bind(events().map(|(_, e, _)| e.metadata_text.as_str()).collect::<Vec<_>>())
        .bind(commands().map(|c| c.key.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(commands().map(|c| c.key.scope.as_str()).collect::<Vec<_>>())
        .bind(commands().map(|c| c.key.command_id.as_str()).collect::<Vec<_>>())
        .bind(commands().map(|c| &c.fingerprint[..]).collect::<Vec<_>>())
        .bind(commands().map(|c| c.command_type).collect::<Vec<_>>())
        .bind(commands().map(|c| c.answer.as_str()).collect::<Vec<_>>())
        .bind(befores)
        .bind(commands().map(|c| c.events.len() as i64).collect::<Vec<_>>())
        .bind(releases().map(|(key, _)| key.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(releases().map(|(key, _)| key.kind).collect::<Vec<_>>())
        .bind(releases().map(|(key, _)| key.value.as_str()).collect::<Vec<_>>())
        .bind(releases().map(|(_, holder)| holder).collect::<Vec<_>>())
        .bind(claims().map(|claim| claim.key.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(claims().map(|claim| claim.key.kind).collect::<Vec<_>>())
        .bind(claims().map(|claim| claim.key.value.as_str()).collect::<Vec<_>>())
        .bind(claims().map(|claim| claim.holder.as_str()).collect::<Vec<_>>())
        .bind(persons().map(|key| key.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(persons().map(|key| key.subject.to_string()).collect::<Vec<_>>())
        .bind(persons().map(|key| key.generation.cast_signed()).collect::<Vec<_>>())
        .bind(persons().map(|key| key.algorithm.as_str()).collect::<Vec<_>>())
        .bind(persons().map(|key| key.wrapped_key.as_str()).collect::<Vec<_>>())
        .bind(tenants().map(|tenant| tenant.tenant_id.to_string()).collect::<Vec<_>>())
        .bind(tenants().map(|tenant| tenant.tenant_id.kind()).collect::<Vec<_>>())
        .bind(erased().map(|(tenant_id, _)| tenant_id.to_string()).collect::<Vec<_>>())
        .bind(erased().map(|(_, person_id)| person_id.to_string()).collect::<Vec<_>>())
        .fetch_one(connection)
        .await?;
    Ok(Appended { base, recorded_at })
}

/// Hints by NOTIFY, sent after a commit on a connection of the pool.
pub struct Notifications {
    pool: sqlx::PgPool,
    listener: Mutex<Option<PgListener>>,
}

impl PostgresStore {
    /// Returns the hints between the servers of this store.
    pub fn hints(&self) -> Notifications {
        Notifications { pool: self.pool.clone(), listener: Mutex::default() }
    }
}

impl Notifications {
    /// Waits for one notification; an error leaves the poll interval to do the work.
    async fn listen(&self) -> Result<(), sqlx::Error> {
        let mut place = self.listener.lock().await;
        if place.is_none() {
            let mut listener = PgListener::connect_with(&self.pool).await?;
            listener.listen(sql::CHANNEL).await?;
            *place = Some(listener);
        }
        let listener = place.as_mut().expect("it was put there above");
        let result = listener.recv().await;
        if result.is_err() {
            *place = None;
        }
        result.map(drop)
    }
}

#[async_trait]
impl Hints for Notifications {
    async fn give(&self) -> Result<(), StoreFault> {
        sqlx::query(sql::NOTIFY).execute(&self.pool).await.map_err(fault("notify other servers"))?;
        Ok(())
    }

    async fn wait(&self) {
        if let Ok(Err(_)) = tokio::time::timeout(FEED_POLL, self.listen()).await {
            tokio::time::sleep(FEED_POLL.max(Duration::from_millis(1))).await;
        }
    }
}
