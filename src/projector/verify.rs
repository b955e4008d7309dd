//! Replays the log into a scratch copy of a view and compares every row with the live one (INV-REPLAY).
//!
//! The live view moves on meanwhile. Each page of it comes with its checkpoint from one snapshot, so a row counts as
//! different only when it differs at the very position of the scratch copy; the others are looked at again.

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
    /// Rows of the replayed copy.
    pub rows: usize,
    /// Keys of rows that differ, are missing or are too many; the first of them.
    pub differences: Vec<String>,
}

/// Differences that are named; more only repeat the finding.
const DIFFERENCES_MAX: usize = 20;

/// Rounds of catching up with a live view before what still differs is taken for a difference.
const ROUNDS_MAX: usize = 100;

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
}

/// Verifies the live generation of a view against a replay into `scratch`, an empty store.
pub async fn verify(
    ledger: &dyn Ledger,
    live_store: &dyn ReadStore,
    live: Generation,
    view: &Arc<dyn AnyView>,
    scratch: &dyn ReadStore,
) -> Result<Verdict, StoreFault> {
    let mut copy = Scratch::open(scratch, ledger, view).await?;
    let mut differences = Vec::new();
    for _ in 0..ROUNDS_MAX {
        let (position, _) =
            live_store.page(LOG, live, &PageQuery { limit: 1, ..PageQuery::default() }).await?;
        copy.catch_up(position).await?;
        let (found, steady) = compare(live_store, live, &copy).await?;
        differences = found;
        if differences.is_empty() || steady {
            break;
        }
    }
    let rows = count(scratch, copy.generation).await?;
    differences.truncate(DIFFERENCES_MAX);
    let position = copy.position.to_string();
    Ok(Verdict { view: view.name().to_owned(), position, rows, differences })
}

/// Compares all rows; tells also whether the live view stood still at the copy's position all the while.
async fn compare(
    live_store: &dyn ReadStore,
    live: Generation,
    copy: &Scratch<'_>,
) -> Result<(Vec<String>, bool), StoreFault> {
    let (mut differences, mut steady) = (Vec::new(), true);
    let (mut after_live, mut after_copy) = (None, None);
    let (mut ours, mut theirs): (BTreeMap<RowKey, String>, BTreeMap<RowKey, String>) = Default::default();
    loop {
        let (position, rows) = live_store.page(LOG, live, &page(after_live.take())).await?;
        steady &= position == copy.position;
        let (_, copied) = copy.store.page(LOG, copy.generation, &page(after_copy.take())).await?;
        let done = rows.len() as i64 != VERIFY_ROWS && (copied.len() as i64) != VERIFY_ROWS;
        after_live = rows.last().map(|row| row.key.clone());
        after_copy = copied.last().map(|row| row.key.clone());
        let full = (rows.len() as i64 == VERIFY_ROWS, copied.len() as i64 == VERIFY_ROWS);
        ours.extend(rows.into_iter().map(|StoredRow { key, doc }| (key, doc)));
        theirs.extend(copied.into_iter().map(|StoredRow { key, doc }| (key, doc)));
        let end = match full {
            (true, true) => after_live.clone().min(after_copy.clone()),
            (true, false) => after_live.clone(),
            (false, true) => after_copy.clone(),
            (false, false) => None,
        };
        settle(&mut ours, &mut theirs, end.as_ref(), &mut differences);
        if done {
            return Ok((differences, steady));
        }
        after_live = after_live.or_else(|| ours.last_key_value().map(|(key, _)| key.clone())).or(end.clone());
        after_copy = after_copy.or_else(|| theirs.last_key_value().map(|(key, _)| key.clone())).or(end);
    }
}

/// Compares and drops what both sides have read up to a key.
fn settle(
    ours: &mut BTreeMap<RowKey, String>,
    theirs: &mut BTreeMap<RowKey, String>,
    end: Option<&RowKey>,
    differences: &mut Vec<String>,
) {
    let settled = |key: &RowKey| end.is_none_or(|end| key <= end);
    let keys: Vec<RowKey> = ours.keys().chain(theirs.keys()).filter(|key| settled(key)).cloned().collect();
    for key in keys {
        if ours.remove(&key) != theirs.remove(&key) {
            differences.push(format!("{} {}", key.tenant_id, key.key));
        }
    }
}

fn page(after: Option<RowKey>) -> PageQuery {
    PageQuery { after, limit: VERIFY_ROWS, ..PageQuery::default() }
}

async fn count(store: &dyn ReadStore, generation: Generation) -> Result<usize, StoreFault> {
    let (mut rows, mut after) = (0, None);
    loop {
        let (_, read) = store.page(LOG, generation, &page(after.take())).await?;
        rows += read.len();
        match read.into_iter().next_back() {
            Some(row) => after = Some(row.key),
            None => return Ok(rows),
        }
    }
}
