//! The rows of views as they were at a moment, folded from the events (INV-REPLAY).
//!
//! A single row follows from the events of its stream. A page comes from a copy of the view up to that moment, in a
//! temporary file; the latest copies are kept for the pages that follow.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tenantry_domain::tenant::TenantId;
use tenantry_projections::history::HistoryRow;
use tenantry_projections::{Recorded, RowKey, Source};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::fold::LeftOut;
use super::progress::Progress;
use super::scratch::ScratchCopy;
use super::views::AnyView;
use crate::limits::{
    FEED_PAGE_EVENTS_MAX, LOG, MOMENT_COPIES_MAX, MOMENT_EVENTS_MAX, MOMENTS_FOLDED_MAX, READ_WAIT,
};
use crate::ports::{AggregateKey, Ledger, PageQuery, ReadStore, Scratch, StoreFault, StoredRow};

/// The view that knows which events a tenant has.
const HISTORY: &str = "history";

/// Why the rows of a moment cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum MomentFault {
    /// More events come before it than one read may fold.
    #[error("more than {MOMENT_EVENTS_MAX} events would be folded")]
    TooMany,
    /// Too many copies are being folded.
    #[error("too many moments are looked at")]
    Full,
    /// A view that is needed to find the events is not there yet.
    #[error("a view is behind the moment")]
    NotYet,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Folds the rows of moments.
pub struct Moments {
    ledger: Arc<dyn Ledger>,
    views: Arc<dyn ReadStore>,
    progress: Arc<Progress>,
    scratch: Arc<dyn Scratch>,
    places: Semaphore,
    /// The latest copies, the one last asked for at the end.
    kept: Mutex<Vec<(CopyOf, Arc<ScratchCopy>)>>,
}

/// What a copy is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CopyOf {
    view: &'static str,
    tenant_id: Option<TenantId>,
    at: i64,
    skips: BTreeSet<i64>,
}

impl Moments {
    /// Starts without any copy.
    pub fn new(
        ledger: Arc<dyn Ledger>,
        views: Arc<dyn ReadStore>,
        progress: Arc<Progress>,
        scratch: Arc<dyn Scratch>,
    ) -> Self {
        let places = Semaphore::new(MOMENTS_FOLDED_MAX);
        Self { ledger, views, progress, scratch, places, kept: Mutex::default() }
    }

    /// Returns a page of a view as it was after the event at a position, in the order of tenant and key.
    pub async fn page(
        &self,
        view: &Arc<dyn AnyView>,
        at: i64,
        query: &PageQuery,
    ) -> Result<Vec<StoredRow>, MomentFault> {
        let copy = self.copy(view, query.tenant_id, at).await?;
        Ok(copy.page(query).await?)
    }

    /// Returns a row as it was after the event at a position; without a tenant that of whoever has one.
    pub async fn row(
        &self,
        view: &Arc<dyn AnyView>,
        tenant_id: Option<TenantId>,
        at: i64,
        key: &str,
    ) -> Result<Option<StoredRow>, MomentFault> {
        let stream = match view.source() {
            Source::Streams => return Ok(self.copy(view, tenant_id, at).await?.find(key).await?),
            Source::Stream(stream) => Some((stream, key.to_owned())),
            Source::Named { stream, field } => {
                let named = self.named(view.name(), field, (tenant_id, key), at).await?;
                named.map(|id| (stream, id))
            }
        };
        let Some((aggregate_type, aggregate_id)) = stream else { return Ok(None) };
        let mut events = self.ledger.read_stream(LOG, &AggregateKey { aggregate_type, aggregate_id }).await?;
        let skips = self.left_out(view.name()).await?.skips;
        events.retain(|event| event.position <= at && !skips.contains(&event.position));
        Ok(row_after(view.as_ref(), tenant_id, &events, key)?)
    }

    /// Returns the stream that a row names; the live row tells, because rows go on naming it.
    async fn named(
        &self,
        view: &'static str,
        field: &str,
        (tenant_id, key): (Option<TenantId>, &str),
        at: i64,
    ) -> Result<Option<String>, MomentFault> {
        self.wait(view, at).await?;
        let row = if let Ok(row) = self.live_row(view, tenant_id, key).await {
            row
        } else {
            // The generation was replaced meanwhile.
            self.progress.refresh().await?;
            self.live_row(view, tenant_id, key).await?
        };
        let Some(row) = row else { return Ok(None) };
        let doc: serde_json::Value = serde_json::from_str(&row.doc)
            .map_err(|error| StoreFault::Corrupt(format!("row {key} of {view}: {error}")))?;
        Ok(doc[field].as_str().map(str::to_owned))
    }

    async fn live_row(
        &self,
        view: &'static str,
        tenant_id: Option<TenantId>,
        key: &str,
    ) -> Result<Option<StoredRow>, StoreFault> {
        let live = self.progress.live(view).await?;
        match tenant_id {
            Some(tenant_id) => {
                Ok(self.views.rows(live, &[RowKey { tenant_id, key: key.to_owned() }]).await?.pop())
            }
            None => self.views.find_row(live, key).await,
        }
    }

    /// Returns a copy of a view at a position, for one tenant or all: one that is kept, or else a new one.
    async fn copy(
        &self,
        view: &Arc<dyn AnyView>,
        tenant_id: Option<TenantId>,
        at: i64,
    ) -> Result<Arc<ScratchCopy>, MomentFault> {
        let left_out = self.left_out(view.name()).await?;
        let of = CopyOf { view: view.name(), tenant_id, at, skips: left_out.skips.clone() };
        if let Some(copy) = self.kept(&of) {
            return Ok(copy);
        }
        let _place = self.place().await?;
        // Whoever had the place before may have folded the same.
        if let Some(copy) = self.kept(&of) {
            return Ok(copy);
        }
        let scratch: Arc<dyn ReadStore> = self.scratch.open().await?.into();
        let mut copy = ScratchCopy::open(scratch, view.clone(), tenant_id, left_out).await?;
        match copy.fed_by() {
            Some(tenant_id) => self.fold_own(&mut copy, view.as_ref(), tenant_id, at).await?,
            None if at > MOMENT_EVENTS_MAX => return Err(MomentFault::TooMany),
            None => copy.catch_up(self.ledger.as_ref(), at).await?,
        }
        let copy = Arc::new(copy);
        self.keep(of, copy.clone());
        Ok(copy)
    }

    /// Folds the events of one tenant; the view `history` tells which they are.
    async fn fold_own(
        &self,
        copy: &mut ScratchCopy,
        view: &dyn AnyView,
        tenant_id: TenantId,
        at: i64,
    ) -> Result<(), MomentFault> {
        self.wait(HISTORY, at).await?;
        let (mut after, mut seen) = (String::new(), 0);
        loop {
            let query = PageQuery {
                tenant_id: Some(tenant_id),
                after: Some(RowKey { tenant_id, key: after }),
                limit: FEED_PAGE_EVENTS_MAX,
                ..PageQuery::default()
            };
            let rows = self.history(&query).await?;
            seen += rows.len() as i64;
            if seen > MOMENT_EVENTS_MAX {
                return Err(MomentFault::TooMany);
            }
            let mut positions = Vec::new();
            for row in &rows {
                let (position, wanted) = listed(view, row)?;
                if wanted && position <= at {
                    positions.push(position);
                }
            }
            let events = self.ledger.read_at(LOG, &positions).await?;
            let full = rows.len() as i64 == FEED_PAGE_EVENTS_MAX;
            let last = rows.into_iter().next_back().map(|row| row.key.key).filter(|_| full);
            let last = last.filter(|last| last.parse().is_ok_and(|position: i64| position < at));
            let to = last.as_ref().and_then(|last| last.parse().ok()).unwrap_or(at);
            copy.fold(&events, to).await?;
            let Some(last) = last else { return Ok(()) };
            after = last;
        }
    }

    async fn history(&self, query: &PageQuery) -> Result<Vec<StoredRow>, StoreFault> {
        let live = self.progress.live(HISTORY).await?;
        if let Ok((_, rows)) = self.views.page(LOG, live, query).await {
            return Ok(rows);
        }
        self.progress.refresh().await?;
        Ok(self.views.page(LOG, self.progress.live(HISTORY).await?, query).await?.1)
    }

    async fn left_out(&self, view: &str) -> Result<LeftOut, StoreFault> {
        Ok(LeftOut::skips_of(view, &self.views.skips(LOG).await?))
    }

    /// Waits until a live view has taken in a position.
    async fn wait(&self, view: &str, at: i64) -> Result<(), MomentFault> {
        let there = self.progress.wait(view, at, Instant::now() + READ_WAIT).await?;
        if there { Ok(()) } else { Err(MomentFault::NotYet) }
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, MomentFault> {
        let place = timeout(READ_WAIT, self.places.acquire()).await;
        place.ok().and_then(Result::ok).ok_or(MomentFault::Full)
    }

    fn kept(&self, of: &CopyOf) -> Option<Arc<ScratchCopy>> {
        let mut kept = self.lock();
        let found = kept.iter().position(|(known, _)| known == of)?;
        let found = kept.remove(found);
        let copy = found.1.clone();
        kept.push(found);
        Some(copy)
    }

    fn keep(&self, of: CopyOf, copy: Arc<ScratchCopy>) {
        let mut kept = self.lock();
        if kept.len() >= MOMENT_COPIES_MAX {
            kept.remove(0);
        }
        kept.push((of, copy));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(CopyOf, Arc<ScratchCopy>)>> {
        self.kept.lock().expect("nothing panics while it holds the copies")
    }
}

/// Reads the position of an event off its row of `history`, and whether a view folds it.
fn listed(view: &dyn AnyView, row: &StoredRow) -> Result<(i64, bool), StoreFault> {
    let corrupt = || StoreFault::Corrupt(format!("row {} of {HISTORY}", row.key.key));
    let said: HistoryRow = serde_json::from_str(&row.doc).map_err(|_| corrupt())?;
    Ok((row.key.key.parse().map_err(|_| corrupt())?, view.wants(&said.event_type)))
}

/// Folds the events of a stream into a row; from an event on that cannot be folded it stands still, as in a live view.
fn row_after(
    view: &dyn AnyView,
    tenant_id: Option<TenantId>,
    events: &[Recorded],
    key: &str,
) -> Result<Option<StoredRow>, StoreFault> {
    let mut events: Vec<&Recorded> = events.iter().collect();
    loop {
        match view.fold(tenant_id, Vec::new(), &events) {
            Ok(changes) => {
                let rows = changes.upserts.into_iter().filter(|row| row.key.key == key);
                return Ok(rows.min_by(|one, other| one.key.cmp(&other.key)));
            }
            Err(error) if events.iter().any(|event| event.position == error.position) => {
                events.retain(|event| event.position < error.position);
            }
            Err(error) => return Err(StoreFault::Corrupt(error.to_string())),
        }
    }
}
