//! Compares a view with a copy that was replayed from the log, row by row (INV-REPLAY).

use std::sync::Arc;

use tenantry_projections::RowKey;

use super::fold::LeftOut;
use super::scratch::ScratchCopy;
use super::views::AnyView;
use crate::limits::{DIFFERENCES_MAX, LOG, VERIFY_ROWS};
use crate::ports::{Generation, Ledger, PageQuery, ReadStore, StoreFault, StoredRow};

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

/// How a view differs from a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Position of the view's last page.
    pub position: i64,
    /// Rows of either.
    pub rows: usize,
    /// Rows that differ, are missing or are too many.
    pub count: usize,
    /// The first of their keys.
    pub keys: Vec<String>,
}

/// Verifies the live generation of a view against a replay into `scratch`, an empty store.
///
/// Fails with [`StoreFault::InUse`] if the view is rebuilt meanwhile.
pub async fn verify(
    ledger: &dyn Ledger,
    live_store: &dyn ReadStore,
    live: Generation,
    view: Arc<dyn AnyView>,
    scratch: Arc<dyn ReadStore>,
) -> Result<Verdict, StoreFault> {
    let left_out = LeftOut::skips_of(live.view, &live_store.skips(LOG).await?);
    let mut copy = ScratchCopy::open(scratch, view, None, left_out).await?;
    let Comparison { rows, keys, .. } = compare(&mut copy, Some(ledger), live_store, live).await?;
    let position = copy.position().to_string();
    Ok(Verdict { view: live.view.to_owned(), position, rows, differences: keys })
}

/// Compares the live generation of a view with a copy.
///
/// The view moves on meanwhile. With a ledger to `follow` the copy moves along: each page of the view comes with its
/// checkpoint from one snapshot, and the copy catches up to it first. Without one the copy stays where it is.
pub async fn compare(
    copy: &mut ScratchCopy,
    follow: Option<&dyn Ledger>,
    live_store: &dyn ReadStore,
    live: Generation,
) -> Result<Comparison, StoreFault> {
    let mut found = Comparison { position: 0, rows: 0, count: 0, keys: Vec::new() };
    let mut after: Option<RowKey> = None;
    loop {
        let query = PageQuery {
            tenant_id: copy.tenant_id(),
            after: after.clone(),
            limit: VERIFY_ROWS,
            ..PageQuery::default()
        };
        let (position, page) = live_store.page(LOG, live, &query).await?;
        if position < found.position || (follow.is_some() && position < copy.position()) {
            return Err(StoreFault::InUse(format!("{} was rebuilt meanwhile; ask again", live.view)));
        }
        found.position = position;
        if let Some(ledger) = follow {
            copy.catch_up(ledger, position).await?;
        }
        let full = page.len() as i64 == VERIFY_ROWS;
        let end = page.last().map(|row| row.key.clone()).filter(|_| full);
        let mut copied = copy.rows_between(after, end.as_ref()).await?;
        for StoredRow { key, doc } in page {
            found.rows += 1;
            if copied.remove(&key).is_none_or(|copied| copied != doc) {
                found.differs(&key);
            }
        }
        found.rows += copied.len();
        for key in copied.keys() {
            found.differs(key);
        }
        if end.is_none() {
            return Ok(found);
        }
        after = end;
    }
}

impl Comparison {
    fn differs(&mut self, key: &RowKey) {
        self.count += 1;
        if self.keys.len() < DIFFERENCES_MAX {
            self.keys.push(format!("{} {}", key.tenant_id, key.key));
        }
    }
}
