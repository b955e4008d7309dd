//! The ledger as the application sees it: batches go in whole or not at all, events come out in order.
//!
//! Adapters hold SQL and nothing else; what a conflict means and when to try again is decided above them.

use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;

/// What one command writes, all in one commit (INV-ACK).
#[derive(Debug, Clone)]
pub struct NewCommand {
    /// Under which the command is recorded.
    pub key: CommandKey,
    /// HMAC-SHA-256 of the command's name and body, without secrets.
    pub fingerprint: [u8; 32],
    /// Name of the command.
    pub command_type: &'static str,
    /// The answer without its position, as a JSON object; IDs only.
    pub answer: String,
    /// The stream that the events belong to.
    pub stream: AggregateKey,
    /// Tenant of the stream.
    pub tenant_id: TenantId,
    /// The events; the first has the sequence `sequence + 1`.
    pub events: Vec<NewEvent>,
    /// Sequence of the stream before the events.
    pub sequence: i64,
    /// Claims to take.
    pub claims: Vec<NewClaim>,
    /// Claims of this stream to give up.
    pub releases: Vec<ClaimKey>,
    /// Keys of persons first met by this command.
    pub person_keys: Vec<WrappedKey>,
    /// Persons of the tenant whose keys go with this command.
    pub erased: Vec<PersonId>,
    /// The tenant that this command brings into being.
    pub tenant: Option<NewTenant>,
}

impl NewCommand {
    /// Returns the bytes of its events, for the bound of a batch.
    pub fn bytes(&self) -> usize {
        self.events.iter().map(|event| event.payload.get().len() + event.metadata_text.len()).sum()
    }
}

/// An event before it has a position.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Stored name.
    pub event_type: &'static str,
    /// Version of its shape.
    pub event_version: String,
    /// `{"stored.name":{…}}`, personal values sealed.
    pub payload: Box<serde_json::value::RawValue>,
    /// Who, when, why.
    pub metadata: tenantry_domain::event::Metadata,
    /// The same as JSON.
    pub metadata_text: String,
}

/// The key of a command record: whose idempotency keys these are, and which.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommandKey {
    /// Home tenant of the caller: a command that creates a tenant must be found again under the caller's.
    pub tenant_id: TenantId,
    /// The caller.
    pub scope: String,
    /// The caller's `Idempotency-Key`, a task's ID, or a fresh ID.
    pub command_id: String,
}

/// Names a stream.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AggregateKey {
    /// `Aggregate::TYPE`.
    pub aggregate_type: &'static str,
    /// The aggregate.
    pub aggregate_id: String,
}

/// A value that may belong to one aggregate of a tenant only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClaimKey {
    /// The tenant.
    pub tenant_id: TenantId,
    /// What kind of value.
    pub kind: &'static str,
    /// The value, or its keyed hash where it is personal.
    pub value: String,
}

/// A claim to take.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// The value.
    pub key: ClaimKey,
    /// Its holder to be.
    pub holder: String,
}

/// A claim that somebody holds already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimTaken {
    /// What kind of value.
    pub kind: String,
    /// The value, or its keyed hash.
    pub value: String,
    /// Who holds it.
    pub holder: String,
}

/// The wrapped key of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// The tenant that knows the person.
    pub tenant_id: TenantId,
    /// The person.
    pub subject: PersonId,
    /// 1 for the first key, then one more each time.
    pub generation: u32,
    /// Name of the algorithm of the values under this key.
    pub algorithm: String,
    /// The key, sealed under the wrapping key.
    pub wrapped_key: String,
}

/// A tenant to enter in the list of tenants.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// The tenant.
    pub tenant_id: TenantId,
}

/// A batch of commands for one log.
#[derive(Debug, Clone)]
pub struct Batch<'a> {
    /// The log.
    pub log: i32,
    /// The server's time, in microseconds; the log's time never goes back behind it.
    pub now_us: i64,
    /// The commands, in the order of their positions.
    pub commands: &'a [NewCommand],
}

/// Where a batch came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Position of the log before the batch.
    pub base: i64,
    /// The log's time of the batch, in microseconds.
    pub recorded_at: i64,
}

/// A command that was recorded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandRecord {
    /// HMAC of its name and body.
    pub fingerprint: Vec<u8>,
    /// Its answer, without the position.
    pub answer: String,
    /// Position of the log after it.
    pub last_position: i64,
}

/// What of a command's writes exists already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Nothing does: it may go again.
    Free,
    /// The command itself.
    Recorded(CommandRecord),
    /// A claim.
    Taken(ClaimTaken),
    /// The next event of the stream, a key of the person, or the tenant: the decision was made on an old state.
    Stale,
}

impl Settled {
    /// Returns what keeps commands from being written together: the first that is not free; of records, that of the last
    /// command, whose answer is that to all of them.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Free, other) => other,
            (Self::Recorded(_), Self::Recorded(last)) => Self::Recorded(last),
            (first, _) => first,
        }
    }
}

/// End and time of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Position of the last event; 0 if there is none.
    pub position: i64,
    /// The log's time, in microseconds.
    pub recorded_at: i64,
}

/// The store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// A unique key exists: nothing was written.
    #[error("{0} exists already")]
    Exists(String),
    /// The store could not be reached or broke off; whether a write happened is unknown.
    #[error("the store is unavailable while it should {doing}")]
    Unavailable {
        /// What was to be done.
        doing: &'static str,
        /// Why not.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What the store holds cannot be read.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
    /// The store is configured so that an acknowledged command could be lost, or is not ours.
    #[error("the store is refused: {0}")]
    Unsafe(String),
    /// The store is in use by another server.
    #[error("the store is in use: {0}")]
    InUse(String),
}

/// Appends and reads events.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Writes a batch in one commit; [`StoreFault::Exists`] says that nothing was written.
    async fn append(&self, batch: Batch<'_>) -> Result<Appended, StoreFault>;

    /// Tells for each command of a batch what of it exists, in one query.
    async fn settle(&self, batch: Batch<'_>) -> Result<Vec<Settled>, StoreFault>;

    /// Loads a whole stream, in the order of its sequences; empty if there is none.
    async fn load(&self, log: i32, stream: &AggregateKey) -> Result<Vec<SerializedEvent>, StoreFault>;

    /// Reads a whole stream with positions and metadata.
    async fn read_stream(&self, log: i32, stream: &AggregateKey) -> Result<Vec<Recorded>, StoreFault>;

    /// Reads a page of a log: at most `limit` events after a position, in order.
    async fn read_after(&self, log: i32, position: i64, limit: i64) -> Result<Vec<Recorded>, StoreFault>;

    /// Reads the events at some positions, in order.
    async fn read_at(&self, log: i32, positions: &[i64]) -> Result<Vec<Recorded>, StoreFault>;

    /// Tells where a log ends.
    async fn head(&self, log: i32) -> Result<Head, StoreFault>;
}

/// Tells other servers of the same store that something was appended; never carries data that matters.
#[async_trait]
pub trait Hints: Send + Sync {
    /// Gives a hint; losing one costs the others a poll interval.
    async fn give(&self) -> Result<(), StoreFault>;

    /// Waits for a hint of any server, or for the poll interval.
    async fn wait(&self);
}

/// Looks things up by their keys: records of commands, claims, keys of persons.
#[async_trait]
pub trait KeyStore: Send + Sync {
    /// Finds the records of commands in one query; those without one are left out.
    async fn find_records(
        &self,
        log: i32,
        keys: &[CommandKey],
    ) -> Result<Vec<(CommandKey, CommandRecord)>, StoreFault>;

    /// Finds the record of a command.
    async fn find_record(&self, log: i32, key: &CommandKey) -> Result<Option<CommandRecord>, StoreFault> {
        let found = self.find_records(log, std::slice::from_ref(key)).await?;
        Ok(found.into_iter().next().map(|(_, record)| record))
    }

    /// Returns the hash key of the store, sealed, keeping what is `proposed` if there is none yet.
    ///
    /// Who proposes one is going to write: from then on no program opens the store that could not read that.
    async fn wrapped_hash_key(&self, proposed: Option<&str>) -> Result<String, StoreFault>;

    /// Finds the holder of a claim.
    async fn find_claim(&self, log: i32, claim: &ClaimKey) -> Result<Option<String>, StoreFault>;

    /// Reads the keys of persons, every generation.
    async fn person_keys(
        &self,
        log: i32,
        persons: &[(TenantId, PersonId)],
    ) -> Result<Vec<WrappedKey>, StoreFault>;
}
