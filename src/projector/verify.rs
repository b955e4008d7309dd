//! Replays the log into a scratch copy of a view and compares every row with the live one (INV-REPLAY).
//!
//! The live view moves on meanwhile: each page of it comes with its checkpoint from one snapshot, and the copy catches up
//! to that position before the two are compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use tenantry_projections::RowKey;

use super::views::AnyView;
use crate::limits::{FEED_PAGE_EVENTS_MAX, LOG, VERIFY_ROWS};
use crate::ports::{Generation, Ledger, PageQuery, ReadStore, ReaderState, StoreFault, StoredRow, ViewStep};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Name of the view.
    pub view: String,
    /// Position up to which it was replayed.
    pub position: String,
    /// Rows that were compared.
    pub rows: usize,
    /// Keys of rows that differ, are missing or are too many; the first of them.
    pub differences: Vec<String>,
}

/// Differences that are named; more only repeat the finding.
const DIFFERENCES_MAX: usize = 20;

/// The name under which a scratch copy keeps its checkpoint.
const SCRATCH: i32 = 1;

/// A view replayed into a store of its own.
struct Scratch<'a> {
    store: &'a dyn ReadStore,
    ledger: &'a dyn Ledger,
    view: &'a Arc<dyn AnyView>,
    generation: Generation,
    fence: i64,
    position: i64,
}

impl<'a> Scratch<'a> {
    async fn open(
        store: &'a dyn ReadStore,
        ledger: &'a dyn Ledger,
        view: &'a Arc<dyn AnyView>,
    ) -> Result<Self, StoreFault> {
        let generation = Generation { view: view.name(), number: SCRATCH };
        store.prepare(LOG, generation, ReaderState::Building).await?;
        let held = store.lease(LOG, view.name(), SCRATCH, "verify").await?;
        let held = held.ok_or_else(|| StoreFault::InUse("the scratch copy is not fresh".to_owned()))?;
        Ok(Self { store, ledger, view, generation, fence: held.fence, position: held.position })
    }

    /// Folds events up to a position.
    async fn catch_up(&mut self, to: i64) -> Result<(), StoreFault> {
        while self.position < to {
            let limit = FEED_PAGE_EVENTS_MAX.min(to - self.position);
            let events = self.ledger.read_after(LOG, self.position, limit).await?;
            let Some(last) = events.last().map(|event| event.position) else { return Ok(()) };
            let unreadable = |error: tenantry_projections::FoldError| StoreFault::Corrupt(error.to_string());
            let keys = self.view.keys(&events).map_err(unreadable)?;
            let rows = self.store.rows(self.generation, &keys).await?;
            let changes = self.view.fold(rows, &events).map_err(unreadable)?;
            let step = ViewStep {
                generation: self.generation,
                from: self.position,
                to: last,
                fence: self.fence,
                upserts: changes.upserts,
                deletes: changes.deletes,
            };
            if !self.store.advance(LOG, &[step]).await? {
                return Err(StoreFault::InUse("the scratch copy was changed by somebody else".to_owned()));
            }
            self.position = last;
        }
        Ok(())
    }

    /// Returns the rows after a key, up to and with another.
    async fn rows_between(
        &self,
        mut after: Option<RowKey>,
        end: Option<&RowKey>,
    ) -> Result<BTreeMap<RowKey, String>, StoreFault> {
        let mut found = BTreeMap::new();
        loop {
            let (_, page) = self.store.page(LOG, self.generation, &page_after(after)).await?;
            after = page.last().map(|row| row.key.clone());
            let within = |key: &RowKey| end.is_none_or(|end| key <= end);
            let over = after.as_ref().is_none_or(|last| !within(last));
            let rows = page.into_iter().filter(|row| within(&row.key));
            found.extend(rows.map(|StoredRow { key, doc }| (key, doc)));
            if over {
                return Ok(found);
            }
        }
    }
}

/// Verifies the live generation of a view against a replay into `scratch`, an empty store.
///
/// Fails with [`StoreFault::InUse`] if the view is rebuilt meanwhile.
pub async fn verify(
    ledger: &dyn Ledger,
    live_store: &dyn ReadStore,
    live: Generation,
    view: &Arc<dyn AnyView>,
    scratch: &dyn ReadStore,
) -> Result<Verdict, StoreFault> {
    let mut copy = Scratch::open(scratch, ledger, view).await?;
    let (mut rows, mut differences) = (0, Vec::new());
    let mut after: Option<RowKey> = None;
    loop {
        let (position, page) = live_store.page(LOG, live, &page_after(after.clone())).await?;
        if position < copy.position {
            return Err(StoreFault::InUse(format!("{} was rebuilt meanwhile; verify it again", view.name())));
        }
        copy.catch_up(position).await?;
        let full = page.len() as i64 == VERIFY_ROWS;
        let end = page.last().map(|row| row.key.clone()).filter(|_| full);
        let mut copied = copy.rows_between(after, end.as_ref()).await?;
        for StoredRow { key, doc } in page {
            rows += 1;
            if copied.remove(&key).is_none_or(|copied| copied != doc) {
                differences.push(name_of(&key));
            }
        }
        rows += copied.len();
        differences.extend(copied.keys().map(name_of));
        if end.is_none() {
            break;
        }
        after = end;
    }
    differences.truncate(DIFFERENCES_MAX);
    let position = copy.position.to_string();
    Ok(Verdict { view: view.name().to_owned(), position, rows, differences })
}

fn name_of(key: &RowKey) -> String {
    format!("{} {}", key.tenant_id, key.key)
}

fn page_after(after: Option<RowKey>) -> PageQuery {
    PageQuery { after, limit: VERIFY_ROWS, ..PageQuery::default() }
}
