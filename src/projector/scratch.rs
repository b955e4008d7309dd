//! A copy of a view in a scratch store, folded from events as the live one is.

use std::collections::BTreeMap;
use std::sync::Arc;

use tenantry_domain::tenant::TenantId;
use tenantry_projections::{FoldError, Recorded, RowKey};

use super::digest::{Digest, digest_of};
use super::fold::{Folded, LeftOut, fold_page};
use super::views::AnyView;
use crate::limits::{FEED_PAGE_EVENTS_MAX, LOG, VERIFY_ROWS};
use crate::ports::{Generation, Ledger, PageQuery, ReadStore, ReaderState, StoreFault, StoredRow, ViewStep};

/// The number under which a scratch store keeps a copy: it has one of each view.
const SCRATCH: i32 = 1;

/// A copy of one view, of one tenant's rows or of all.
pub struct ScratchCopy {
    store: Arc<dyn ReadStore>,
    view: Arc<dyn AnyView>,
    generation: Generation,
    /// Whose rows it is about.
    tenant_id: Option<TenantId>,
    /// Whose events are enough for them; `None` where those of all tenants are needed.
    fed_by: Option<TenantId>,
    left_out: LeftOut,
    failures: Vec<(TenantId, FoldError)>,
    fence: i64,
    position: i64,
}

impl ScratchCopy {
    /// Starts a copy in a scratch store, which may hold copies of other views too.
    pub async fn open(
        store: Arc<dyn ReadStore>,
        view: Arc<dyn AnyView>,
        tenant_id: Option<TenantId>,
        left_out: LeftOut,
    ) -> Result<Self, StoreFault> {
        let generation = Generation { view: view.name(), number: SCRATCH };
        store.prepare(LOG, generation, view.version(), ReaderState::Building).await?;
        let held = store.lease(LOG, view.name(), SCRATCH, "scratch").await?;
        let held = held.ok_or_else(|| StoreFault::InUse("the scratch copy is not fresh".to_owned()))?;
        let fed_by = tenant_id.filter(|tenant_id| view.stands_alone(*tenant_id));
        let (fence, position) = (held.fence, held.position);
        Ok(Self {
            store,
            view,
            generation,
            tenant_id,
            fed_by,
            left_out,
            failures: Vec::new(),
            fence,
            position,
        })
    }

    /// Returns the name of the view.
    pub fn view(&self) -> &'static str {
        self.generation.view
    }

    /// Returns whose rows it is about; `None` for those of all tenants.
    pub fn tenant_id(&self) -> Option<TenantId> {
        self.tenant_id
    }

    /// Returns the position up to which it was folded.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// Folds events up to a position, in order; of those that the rows do not need some may be missing.
    pub async fn fold(&mut self, events: &[Recorded], to: i64) -> Result<(), StoreFault> {
        let wanted = |event: &&Recorded| self.fed_by.is_none_or(|tenant_id| event.tenant_id == tenant_id);
        let place = (self.view.as_ref(), self.generation);
        let Folded { changes, failed } =
            fold_page(self.store.as_ref(), place, self.fed_by, &self.left_out, events.iter().filter(wanted))
                .await?;
        let step = ViewStep {
            generation: self.generation,
            from: self.position,
            to,
            fence: self.fence,
            upserts: changes.upserts,
            deletes: changes.deletes,
            parks: Vec::new(),
        };
        if !self.store.advance(LOG, &[step]).await? {
            return Err(StoreFault::InUse("the scratch copy was changed by somebody else".to_owned()));
        }
        self.position = to;
        self.left_out.parked.extend(failed.iter().map(|(tenant_id, error)| (*tenant_id, error.position)));
        self.failures.extend(failed);
        Ok(())
    }

    /// Returns the tenants of which an event could not be folded, and why: they stand still from there on.
    pub fn failures(&self) -> &[(TenantId, FoldError)] {
        &self.failures
    }

    /// Folds the events of a ledger up to a position.
    pub async fn catch_up(&mut self, ledger: &dyn Ledger, to: i64) -> Result<(), StoreFault> {
        while self.position < to {
            let limit = FEED_PAGE_EVENTS_MAX.min(to - self.position);
            let events = ledger.read_after(LOG, self.position, limit).await?;
            let Some(last) = events.last().map(|event| event.position) else { return Ok(()) };
            self.fold(&events, last).await?;
        }
        Ok(())
    }

    /// Returns the rows after a key, at most `limit`.
    pub async fn rows_after(&self, after: Option<RowKey>, limit: i64) -> Result<Vec<StoredRow>, StoreFault> {
        self.page(&PageQuery { tenant_id: self.tenant_id, after, limit, ..PageQuery::default() }).await
    }

    /// Returns the rows that a list shows.
    pub async fn page(&self, query: &PageQuery) -> Result<Vec<StoredRow>, StoreFault> {
        Ok(self.store.page(LOG, self.generation, query).await?.1)
    }

    /// Finds a row by its key.
    pub async fn find(&self, key: &str) -> Result<Option<StoredRow>, StoreFault> {
        match self.tenant_id {
            Some(tenant_id) => {
                let key = RowKey { tenant_id, key: key.to_owned() };
                Ok(self.store.rows(self.generation, &[key]).await?.pop())
            }
            None => self.store.find_row(self.generation, key).await,
        }
    }

    /// Returns whose events are enough for its rows; `None` where those of all tenants are needed.
    pub(super) fn fed_by(&self) -> Option<TenantId> {
        self.fed_by
    }

    /// Hashes its rows.
    pub async fn digest(&self) -> Result<Digest, StoreFault> {
        Ok(digest_of(self.store.as_ref(), self.generation, self.tenant_id).await?.1)
    }

    /// Returns the rows after a key, up to and with another.
    pub(super) async fn rows_between(
        &self,
        mut after: Option<RowKey>,
        end: Option<&RowKey>,
    ) -> Result<BTreeMap<RowKey, String>, StoreFault> {
        let mut found = BTreeMap::new();
        loop {
            let page = self.rows_after(after, VERIFY_ROWS).await?;
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
