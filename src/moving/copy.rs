//! The copy itself: it can break off anywhere, and goes on by what the target holds.

use futures::future::try_join;

use super::digest::{Compared, Digested};
use super::tables::{LOGS, PROJECTIONS, TABLES};
use crate::ports::{Cell, CopySource, CopyTarget, Fence, Identity, Row, Standing, StoreFault, Table};

/// Why a store is not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyFault {
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// There is nothing to copy.
    #[error("the source is no whole store: {0}")]
    NoSource(&'static str),
    /// A server is at work on the source.
    #[error(
        "a server is at work on the source, and a copy of what moves would not be whole; stop every server on it, and \
         wait {} s if one was killed",
        crate::limits::LEASE_MS / 1000
    )]
    SourceInUse,
    /// Something was written to the source meanwhile.
    #[error(
        "the source has moved on since this copy was begun; begin anew, with a target in which there is nothing"
    )]
    SourceMoved,
    /// The target is another store.
    #[error(
        "the target holds the data of another store, and was not touched; name one in which there is nothing"
    )]
    OtherStore,
    /// The target needs no copy.
    #[error("the target is this store already, or a whole copy of it, and was not touched")]
    Complete,
}

/// What is being done, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Rows are carried.
    Copying,
    /// Rows are compared.
    Comparing,
}

/// A copy of one store into another.
pub struct Copy<'a> {
    /// The store to be copied; nothing is written to it.
    pub from: &'a dyn CopySource,
    /// The copy; its schema is up to date.
    pub to: &'a dyn CopyTarget,
    /// The names of the processes. The other checkpoints are of views, which the target's server fills anew.
    pub processes: &'a [&'static str],
    /// Is told the stage, the table, and how many rows of how many are done.
    pub progress: &'a (dyn Fn(Stage, &'static str, i64, i64) + Send + Sync),
}

/// Tells whether a store may take in the copy of another, before anything of it is touched.
pub fn may_take(standing: &Standing, identity: &Identity) -> Result<(), CopyFault> {
    match standing {
        Standing::Empty => Ok(()),
        Standing::BeingCopied(other) if other == identity => Ok(()),
        Standing::Whole(other) if other.wrapped_hash_key == identity.wrapped_hash_key => {
            Err(CopyFault::Complete)
        }
        Standing::BeingCopied(_) | Standing::Whole(_) => Err(CopyFault::OtherStore),
    }
}

impl Copy<'_> {
    /// Tells what the source is, if it can be copied.
    pub async fn source(from: &dyn CopySource) -> Result<Identity, CopyFault> {
        match from.standing().await? {
            Standing::Whole(identity) => Ok(identity),
            Standing::Empty => Err(CopyFault::NoSource("there is nothing in it")),
            Standing::BeingCopied(_) => Err(CopyFault::NoSource("it is itself a copy that is not finished")),
        }
    }

    /// Carries what the target lacks and compares every row; only a target in which all are equal can be opened.
    pub async fn run(&self) -> Result<Vec<Compared>, CopyFault> {
        let identity = Self::source(self.from).await?;
        self.refuse_busy().await?;
        let standing = self.to.standing().await?;
        may_take(&standing, &identity)?;
        if standing == Standing::Empty {
            self.to.begin(&identity).await?;
        }
        let fence = self.to.take_over().await?;
        self.note_end(fence).await?;
        for table in TABLES.iter().filter(|table| **table != LOGS) {
            self.carry(fence, table).await?;
        }
        let mut compared = Vec::new();
        for table in TABLES {
            compared.push(self.compare(table).await?);
        }
        self.refuse_busy().await?;
        if self.ends(self.from).await? != self.ends(self.to).await? {
            return Err(CopyFault::SourceMoved);
        }
        if compared.iter().all(Compared::is_equal) {
            self.to.finish(fence).await?;
        }
        Ok(compared)
    }

    async fn refuse_busy(&self) -> Result<(), CopyFault> {
        if self.from.is_in_use().await? { Err(CopyFault::SourceInUse) } else { Ok(()) }
    }

    async fn ends<S: CopySource + ?Sized>(&self, store: &S) -> Result<Vec<Row>, StoreFault> {
        store.rows_after(&LOGS, &LOGS.beginning(), LOGS.page).await
    }

    /// Notes in the target where the source ends, before any of its history: what is there later goes by the same end.
    async fn note_end(&self, fence: Fence) -> Result<(), CopyFault> {
        let mut any = false;
        for table in TABLES.iter().filter(|table| table.history) {
            any |= self.to.last_key(table).await?.is_some();
        }
        if !any {
            return self.carry(fence, &LOGS).await;
        }
        if self.ends(self.from).await? == self.ends(self.to).await? {
            Ok(())
        } else {
            Err(CopyFault::SourceMoved)
        }
    }

    /// Carries a table. What is only added to goes on after its last row; the rest may have changed and goes anew.
    async fn carry(&self, fence: Fence, table: &Table) -> Result<(), CopyFault> {
        let of = self.from.count(table).await?;
        let (mut done, mut after) = (0, table.beginning());
        if table.history {
            if let Some(last) = self.to.last_key(table).await? {
                (done, after) = (self.to.count(table).await?, last);
            }
        } else {
            self.to.clear(fence, table).await?;
        }
        let mut page = self.from.rows_after(table, &after, table.page).await?;
        while let Some(last) = page.last() {
            (self.progress)(Stage::Copying, table.name, done, of);
            let after = table.key_of(last);
            done += page.len() as i64;
            page.retain(|row| self.is_carried(table, row));
            // The source reads on while the target writes.
            let next = self.from.rows_after(table, &after, table.page);
            let (read, ()) = try_join(next, self.to.put(fence, table, &page)).await?;
            page = read;
        }
        (self.progress)(Stage::Copying, table.name, done, of);
        Ok(())
    }

    async fn compare(&self, table: &Table) -> Result<Compared, CopyFault> {
        let of = self.from.count(table).await?;
        let told = |done: i64| (self.progress)(Stage::Comparing, table.name, done, of);
        let there = self.digest(self.from, table, &told);
        let here = self.digest(self.to, table, &|_| {});
        let ((rows, sha256), (copied_rows, copied_sha256)) = try_join(there, here).await?;
        Ok(Compared { table: table.name, rows, sha256, copied_rows, copied_sha256 })
    }

    async fn digest<S: CopySource + ?Sized>(
        &self,
        store: &S,
        table: &Table,
        told: &(dyn Fn(i64) + Send + Sync),
    ) -> Result<(i64, String), StoreFault> {
        let mut digested = Digested::default();
        let mut page = store.rows_after(table, &table.beginning(), table.page).await?;
        while let Some(last) = page.last() {
            let after = table.key_of(last);
            page.retain(|row| self.is_carried(table, row));
            digested.take(&page);
            told(digested.rows);
            page = store.rows_after(table, &after, table.page).await?;
        }
        Ok(digested.end())
    }

    fn is_carried(&self, table: &Table, row: &Row) -> bool {
        *table != PROJECTIONS
            || matches!(&row[0], Cell::Text(name) if self.processes.contains(&name.as_str()))
    }
}
