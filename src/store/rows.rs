//! What both adapters make of their rows.

use cqrs_es::persist::PersistenceError;
use serde_json::value::RawValue;
use tenantry_projections::{Recorded, RowKey};

use super::copied::refuse_half;
use super::{FORMAT, READER_VERSION};
use crate::ports::{
    Checkpoint, ClaimTaken, CommandKey, CommandRecord, LeasedTask, Parked, ReaderState, Session, Settled,
    Skip, StoreFault, StoredMail, StoredRow, TaskSummary, WrappedKey,
};

/// An event's columns as both databases return them.
#[derive(sqlx::FromRow)]
pub(super) struct EventRow {
    position: i64,
    tenant_id: String,
    aggregate_type: String,
    aggregate_id: String,
    sequence: i64,
    event_type: String,
    event_version: String,
    payload: String,
    metadata: String,
    recorded_at: i64,
}

impl TryFrom<EventRow> for Recorded {
    type Error = StoreFault;

    fn try_from(row: EventRow) -> Result<Self, StoreFault> {
        let position = row.position;
        let corrupt = |what: &str| StoreFault::Corrupt(format!("{what} of the event at position {position}"));
        Ok(Self {
            position,
            tenant_id: row.tenant_id.parse().map_err(|_| corrupt("tenant"))?,
            aggregate_type: row.aggregate_type,
            aggregate_id: row.aggregate_id,
            sequence: row.sequence,
            event_type: row.event_type,
            event_version: row.event_version,
            payload: RawValue::from_string(row.payload).map_err(|_| corrupt("payload"))?,
            metadata: serde_json::from_str(&row.metadata).map_err(|_| corrupt("metadata"))?,
            recorded_at: row.recorded_at,
        })
    }
}

/// The record of the `n`th of the commands that were asked for, counted from 1.
#[derive(sqlx::FromRow)]
pub(super) struct RecordRow {
    n: i64,
    fingerprint: Vec<u8>,
    answer: String,
    last_position: i64,
}

/// Puts the records that were found beside their keys.
pub(super) fn records(keys: &[CommandKey], rows: Vec<RecordRow>) -> Vec<(CommandKey, CommandRecord)> {
    let beside = |RecordRow { n, fingerprint, answer, last_position }: RecordRow| {
        let key = keys.get(usize::try_from(n - 1).ok()?)?;
        Some((key.clone(), CommandRecord { fingerprint, answer, last_position }))
    };
    rows.into_iter().filter_map(beside).collect()
}

/// One thing of a batch that exists already; `n` counts the batch's commands from 1.
#[derive(sqlx::FromRow)]
pub(super) struct FoundRow {
    n: i64,
    what: String,
    fingerprint: Option<Vec<u8>>,
    answer: Option<String>,
    last_position: Option<i64>,
    kind: Option<String>,
    value: Option<String>,
    holder: Option<String>,
}

/// Gives each command of a batch its most telling find: its own record, then an old state, then a taken claim.
pub(super) fn settled(commands: usize, found: Vec<FoundRow>) -> Vec<Settled> {
    let mut settled = vec![Settled::Free; commands];
    let rank = |settled: &Settled| match settled {
        Settled::Recorded(_) => 3,
        Settled::Stale => 2,
        Settled::Taken(_) => 1,
        Settled::Free => 0,
    };
    for row in found {
        let Some(place) = usize::try_from(row.n - 1).ok().and_then(|n| settled.get_mut(n)) else { continue };
        let find = match row.what.as_str() {
            "command" => Settled::Recorded(CommandRecord {
                fingerprint: row.fingerprint.unwrap_or_default(),
                answer: row.answer.unwrap_or_default(),
                last_position: row.last_position.unwrap_or_default(),
            }),
            "claim" => Settled::Taken(ClaimTaken {
                kind: row.kind.unwrap_or_default(),
                value: row.value.unwrap_or_default(),
                holder: row.holder.unwrap_or_default(),
            }),
            _ => Settled::Stale,
        };
        if rank(&find) > rank(place) {
            *place = find;
        }
    }
    settled
}

/// Names what failed, keeping the database's own error as the source.
pub(super) fn fault(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreFault {
    move |error| match &error {
        sqlx::Error::Database(database) if database.is_unique_violation() || says_unique(&**database) => {
            StoreFault::Exists(database.constraint().unwrap_or_default().to_owned())
        }
        _ => StoreFault::Unavailable { doing, source: error.into() },
    }
}

/// A trigger on SQLite refuses an insert over an existing row before the unique key is checked.
fn says_unique(error: &dyn sqlx::error::DatabaseError) -> bool {
    error.message().starts_with("UNIQUE:")
}

/// The same for errors of the repositories of cqrs-es.
pub(super) fn load_fault(error: PersistenceError) -> StoreFault {
    match error {
        PersistenceError::DeserializationError(source) => StoreFault::Corrupt(source.to_string()),
        PersistenceError::OptimisticLockError => StoreFault::Corrupt("a reader met a write lock".to_owned()),
        PersistenceError::ConnectionError(source) | PersistenceError::UnknownError(source) => {
            StoreFault::Unavailable { doing: "load a stream", source }
        }
    }
}

/// A person's key as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct WrappedKeyRow {
    tenant_id: String,
    subject: String,
    generation: i32,
    algorithm: String,
    wrapped_key: String,
}

impl TryFrom<WrappedKeyRow> for WrappedKey {
    type Error = StoreFault;

    fn try_from(row: WrappedKeyRow) -> Result<Self, StoreFault> {
        let corrupt = || StoreFault::Corrupt(format!("key of person {}", row.subject));
        Ok(Self {
            tenant_id: row.tenant_id.parse().map_err(|_| corrupt())?,
            subject: row.subject.parse().map_err(|_| corrupt())?,
            generation: row.generation.try_into().map_err(|_| corrupt())?,
            algorithm: row.algorithm.clone(),
            wrapped_key: row.wrapped_key.clone(),
        })
    }
}

/// Returns the sealed hash key of a store that this version may read.
pub(super) fn checked_meta(
    (format, reader_version_min, wrapped_hash_key): (i32, i32, String),
) -> Result<String, StoreFault> {
    refuse_half(format)?;
    if format != FORMAT || reader_version_min > READER_VERSION {
        return Err(StoreFault::Unsafe(format!(
            "it has format {format} for readers from version {reader_version_min}; this program reads format {FORMAT} \
             as version {READER_VERSION}; use a newer program"
        )));
    }
    Ok(wrapped_hash_key)
}

/// A checkpoint as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct CheckpointRow {
    name: String,
    generation: i32,
    version: i32,
    position: i64,
    fence: i64,
    state: String,
    error: Option<String>,
}

impl TryFrom<CheckpointRow> for Checkpoint {
    type Error = StoreFault;

    fn try_from(row: CheckpointRow) -> Result<Self, StoreFault> {
        let state = match row.state.as_str() {
            "live" => ReaderState::Live,
            "building" => ReaderState::Building,
            "failed" => ReaderState::Failed,
            other => return Err(StoreFault::Corrupt(format!("state {other} of view {}", row.name))),
        };
        let CheckpointRow { name, generation, version, position, fence, error, .. } = row;
        Ok(Self { name, generation, version, position, fence, state, error })
    }
}

/// A view's row as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct ViewRow {
    tenant_id: String,
    row_key: String,
    doc: String,
}

impl TryFrom<ViewRow> for StoredRow {
    type Error = StoreFault;

    fn try_from(row: ViewRow) -> Result<Self, StoreFault> {
        let tenant_id = row
            .tenant_id
            .parse()
            .map_err(|_| StoreFault::Corrupt(format!("tenant of row {}", row.row_key)))?;
        Ok(Self { key: RowKey { tenant_id, key: row.row_key }, doc: row.doc })
    }
}

/// A leased task as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct TaskRow {
    task_id: String,
    tenant_id: String,
    process: String,
    kind: String,
    payload: String,
    origin: String,
    attempts: i32,
    fence: i64,
}

impl TryFrom<TaskRow> for LeasedTask {
    type Error = StoreFault;

    fn try_from(row: TaskRow) -> Result<Self, StoreFault> {
        let corrupt = || StoreFault::Corrupt(format!("task {}", row.task_id));
        Ok(Self {
            task_id: row.task_id.parse().map_err(|_| corrupt())?,
            tenant_id: row.tenant_id.parse().map_err(|_| corrupt())?,
            process: row.process,
            kind: row.kind,
            payload: row.payload,
            origin: row.origin,
            attempts: row.attempts,
            fence: row.fence,
        })
    }
}

/// A task in a list as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct TaskSummaryRow {
    id: String,
    tenant_id: String,
    process: String,
    kind: String,
    attempts: i32,
    not_before: i64,
    last_error: Option<String>,
}

impl From<TaskSummaryRow> for TaskSummary {
    fn from(row: TaskSummaryRow) -> Self {
        let TaskSummaryRow { id, tenant_id, process, kind, attempts, not_before, last_error } = row;
        let not_before = jiff::Timestamp::from_millisecond(not_before).unwrap_or(jiff::Timestamp::MAX);
        Self { id, tenant_id, process, kind, attempts, not_before, last_error }
    }
}

/// A session as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct SessionRow {
    session_id: String,
    tenant_id: String,
    holder: String,
    expires_at: i64,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreFault;

    fn try_from(row: SessionRow) -> Result<Self, StoreFault> {
        let tenant_id = row.tenant_id.parse().map_err(|_| StoreFault::Corrupt("a session".to_owned()))?;
        Ok(Self { id: row.session_id, tenant_id, holder: row.holder, expires_at: row.expires_at })
    }
}

/// A mail as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct MailRow {
    message_id: String,
    tenant_id: String,
    kind: String,
    sealed: String,
    created_at: i64,
}

impl TryFrom<MailRow> for StoredMail {
    type Error = StoreFault;

    fn try_from(row: MailRow) -> Result<Self, StoreFault> {
        let MailRow { message_id, tenant_id, kind, sealed, created_at } = row;
        let corrupt = |_| StoreFault::Corrupt(format!("mail {message_id}"));
        let tenant_id = tenant_id.parse().map_err(corrupt)?;
        Ok(Self { message_id, tenant_id, kind, sealed, created_at })
    }
}

/// A row of a page, with the view's checkpoint; a page without rows is one row of nulls.
#[derive(sqlx::FromRow)]
pub(super) struct PageRow {
    position: i64,
    tenant_id: Option<String>,
    row_key: Option<String>,
    doc: Option<String>,
}

/// Splits a page into checkpoint and rows; a generation that was dropped meanwhile has neither.
pub(super) fn page_of(rows: Vec<PageRow>) -> Result<(i64, Vec<StoredRow>), StoreFault> {
    let position = rows.first().map_or(0, |row| row.position);
    let rows = rows
        .into_iter()
        .filter_map(|row| Some(ViewRow { tenant_id: row.tenant_id?, row_key: row.row_key?, doc: row.doc? }));
    Ok((position, rows.map(StoredRow::try_from).collect::<Result<_, _>>()?))
}

/// What is parked, as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct ParkedRow {
    name: String,
    generation: i32,
    tenant_id: String,
    position: i64,
    error: String,
    parked_at: i64,
    asked: i64,
    tried: i64,
    asked_by: Option<String>,
    reason: Option<String>,
}

impl TryFrom<ParkedRow> for Parked {
    type Error = StoreFault;

    fn try_from(row: ParkedRow) -> Result<Self, StoreFault> {
        let ParkedRow {
            name: view,
            generation,
            position,
            error,
            parked_at,
            asked,
            tried,
            asked_by,
            reason,
            ..
        } = row;
        let tenant_id = row.tenant_id.parse();
        let tenant_id = tenant_id.map_err(|_| StoreFault::Corrupt(format!("a tenant parked for {view}")))?;
        Ok(Self { view, generation, tenant_id, position, error, parked_at, asked, tried, asked_by, reason })
    }
}

/// What was skipped, as both databases return it.
#[derive(sqlx::FromRow)]
pub(super) struct SkipRow {
    name: String,
    position: i64,
    tenant_id: String,
    asked_by: String,
    reason: String,
    skipped_at: i64,
}

impl TryFrom<SkipRow> for Skip {
    type Error = StoreFault;

    fn try_from(row: SkipRow) -> Result<Self, StoreFault> {
        let SkipRow { name: view, position, asked_by, reason, skipped_at, .. } = row;
        let tenant_id = row.tenant_id.parse();
        let tenant_id = tenant_id
            .map_err(|_| StoreFault::Corrupt(format!("tenant of the skip of {position} by {view}")))?;
        Ok(Self { view, position, tenant_id, asked_by, reason, skipped_at })
    }
}
