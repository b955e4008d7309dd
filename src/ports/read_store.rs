//! The tables of the views and how far each has come.

use async_trait::async_trait;
use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;

use super::{ParkStep, Parking, StoreFault};

/// One set of a view's tables. A rebuild fills the next generation beside the live one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Generation {
    /// Name of the view.
    pub view: &'static str,
    /// Counts from 1.
    pub number: i32,
}

/// What a reader of the log is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderState {
    /// It answers queries.
    Live,
    /// It is filled from the first event on.
    Building,
    /// An earlier program has given up on it; it stands still and answers with what it has.
    Failed,
}

impl ReaderState {
    /// Returns its stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Building => "building",
            Self::Failed => "failed",
        }
    }
}

/// How far a view or process has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the view or process.
    pub name: String,
    /// Which set of tables; 1 for a process.
    pub generation: i32,
    /// Which version of the view's fold has filled it; 1 for a process.
    pub version: i32,
    /// Position of the last event it has taken in.
    pub position: i64,
    /// Raised by each new holder of the lease.
    pub fence: i64,
    /// What it is doing.
    pub state: ReaderState,
    /// Why it failed.
    pub error: Option<String>,
}

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    /// Whose, and which.
    pub key: RowKey,
    /// The row as JSON, personal values sealed.
    pub doc: String,
}

/// The step of one view over one page of events.
#[derive(Debug, Clone)]
pub struct ViewStep {
    /// Which tables.
    pub generation: Generation,
    /// The checkpoint that the rows were read at.
    pub from: i64,
    /// The checkpoint after the step.
    pub to: i64,
    /// The fence of the lease under which it is made.
    pub fence: i64,
    /// Rows to write.
    pub upserts: Vec<StoredRow>,
    /// Rows to remove.
    pub deletes: Vec<RowKey>,
    /// What becomes of parked tenants.
    pub parks: Vec<ParkStep>,
}

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct PageQuery {
    /// Whose rows; `None` for an operator's list over all tenants.
    pub tenant_id: Option<TenantId>,
    /// Fields of the rows and the values they must have, as text.
    pub filters: Vec<(String, String)>,
    /// The last row of the page before.
    pub after: Option<RowKey>,
    /// The most rows.
    pub limit: i64,
}

/// Reads the rows of views.
#[async_trait]
pub trait ViewRows: Send + Sync {
    /// Reads rows by their keys.
    async fn rows(&self, generation: Generation, keys: &[RowKey]) -> Result<Vec<StoredRow>, StoreFault>;

    /// Reads the rows of a tenant that hold sealed values of a person, at most `limit` after a key, in their order.
    async fn rows_about(
        &self,
        generation: Generation,
        (tenant_id, person_id): (TenantId, PersonId),
        after: &str,
        limit: i64,
    ) -> Result<Vec<StoredRow>, StoreFault>;

    /// Finds a row by its key alone, whosever it is; for operators.
    async fn find_row(&self, generation: Generation, row_key: &str) -> Result<Option<StoredRow>, StoreFault>;

    /// Reads a page in the order of tenant and key, with the checkpoint that it shows.
    async fn page(
        &self,
        log: i32,
        generation: Generation,
        query: &PageQuery,
    ) -> Result<(i64, Vec<StoredRow>), StoreFault>;
}

/// Keeps the rows of views, and how far each has come.
#[async_trait]
pub trait ReadStore: ViewRows + Parking {
    /// Lists the checkpoints of all views and processes.
    async fn checkpoints(&self, log: i32) -> Result<Vec<Checkpoint>, StoreFault>;

    /// Makes the tables of a generation, to be filled by a version of its fold, and its checkpoint at 0, unless they are
    /// there.
    async fn prepare(
        &self,
        log: i32,
        generation: Generation,
        version: i32,
        state: ReaderState,
    ) -> Result<(), StoreFault>;

    /// Takes or renews the leases on readers, each a name and a generation; returns those that no other server holds. By
    /// the database's clock, in one transaction: one round trip keeps them all.
    async fn lease_all(
        &self,
        log: i32,
        readers: &[(&str, i32)],
        owner: &str,
    ) -> Result<Vec<Checkpoint>, StoreFault>;

    /// Takes or renews the lease on one reader; `None` while another server holds it.
    async fn lease(
        &self,
        log: i32,
        name: &str,
        number: i32,
        owner: &str,
    ) -> Result<Option<Checkpoint>, StoreFault> {
        Ok(self.lease_all(log, &[(name, number)], owner).await?.pop())
    }

    /// Moves the rows and checkpoints of some views in one transaction (INV-CHECKPOINT).
    ///
    /// Returns `false`, and changes nothing, if a checkpoint or fence is not the expected one.
    async fn advance(&self, log: i32, steps: &[ViewStep]) -> Result<bool, StoreFault>;

    /// Makes a built generation the live one and drops the others, in one transaction.
    ///
    /// Returns `false`, and changes nothing, while the live one is further.
    async fn switch(&self, log: i32, generation: Generation) -> Result<bool, StoreFault>;

    /// Gives back the leases of an owner that stops, so that no other server waits for their end.
    async fn release(&self, log: i32, owner: &str) -> Result<(), StoreFault>;
}

/// Gives out empty stores in which a view can be replayed beside the live one.
#[async_trait]
pub trait Scratch: Send + Sync {
    /// Opens one; it is gone when dropped.
    async fn open(&self) -> Result<Box<dyn ReadStore>, StoreFault>;
}
