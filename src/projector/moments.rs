//! The rows of views as they were at a moment, folded from the events (INV-REPLAY).
//!
//! A single row follows from the events of its stream. A page comes from a copy of the view up to that moment, in a
//! temporary file; the latest copies are kept for the pages that follow. Only events that the view folds are read, and
//! only they count.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use tenantry_domain::tenant::TenantId;
use tenantry_projections::{Recorded, RowKey, Source};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::fold::LeftOut;
use super::moment_events::stream_of;
use super::progress::Progress;
use super::scratch::ScratchCopy;
use super::views::AnyView;
use crate::limits::{LOG, MOMENT_COPIES_MAX, MOMENT_EVENTS_MAX, MOMENTS_FOLDED_MAX, READ_WAIT};
use crate::ports::{AggregateKey, Ledger, PageQuery, Past, ReadStore, Scratch, StoreFault, StoredRow};

/// Why the rows of a moment cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum MomentFault {
    /// More events come before it than one read may fold.
    #[error("more events would be folded, or looked through, than one read may")]
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

/// Where the events of moments come from, and where copies are kept.
pub struct Sources {
    /// The events.
    pub ledger: Arc<dyn Ledger>,
    /// Those among them that are wanted.
    pub past: Arc<dyn Past>,
    /// The live views.
    pub views: Arc<dyn ReadStore>,
    /// Temporary files.
    pub scratch: Arc<dyn Scratch>,
}

/// Folds the rows of moments.
pub struct Moments {
    pub(super) ledger: Arc<dyn Ledger>,
    pub(super) past: Arc<dyn Past>,
    pub(super) views: Arc<dyn ReadStore>,
    pub(super) progress: Arc<Progress>,
    scratch: Arc<dyn Scratch>,
    /// The most events that one read folds.
    pub(super) events_max: i64,
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
    pub fn new(sources: Sources, progress: Arc<Progress>) -> Self {
        let Sources { ledger, past, views, scratch } = sources;
        let places = Semaphore::new(MOMENTS_FOLDED_MAX);
        let (events_max, kept) = (MOMENT_EVENTS_MAX, Mutex::default());
        Self { ledger, past, views, progress, scratch, events_max, places, kept }
    }

    /// Lets a read fold fewer events.
    #[must_use]
    pub fn folding_at_most(self, events_max: i64) -> Self {
        Self { events_max, ..self }
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
                let named = self.named(view.as_ref(), field, (tenant_id, key), at).await?;
                named.map(|id| (stream, id))
            }
        };
        let Some((aggregate_type, aggregate_id)) = stream else { return Ok(None) };
        let mut events = self.ledger.read_stream(LOG, &AggregateKey { aggregate_type, aggregate_id }).await?;
        let skips = self.left_out(view.name()).await?.skips;
        events.retain(|event| event.position <= at && !skips.contains(&event.position));
        Ok(row_after(view.as_ref(), tenant_id, events.iter().collect(), key)?)
    }

    /// Returns the stream that a row names; the live row tells, because rows go on naming it.
    async fn named(
        &self,
        view: &dyn AnyView,
        field: &'static str,
        (tenant_id, key): (Option<TenantId>, &str),
        at: i64,
    ) -> Result<Option<String>, MomentFault> {
        self.wait(view.name(), at).await?;
        let row = if let Ok(row) = self.live_row(view.name(), tenant_id, key).await {
            row
        } else {
            // The generation was replaced meanwhile.
            self.progress.refresh().await?;
            self.live_row(view.name(), tenant_id, key).await?
        };
        Ok(row.map(|row| stream_of(view, &row, Some(field))).transpose()?.flatten())
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
        match (copy.fed_by(), tenant_id, view.source()) {
            (Some(tenant_id), ..) => self.fold_own(&mut copy, view.as_ref(), tenant_id, at).await?,
            (None, Some(tenant_id), Source::Stream(_) | Source::Named { .. }) => {
                self.fold_named(&mut copy, view.as_ref(), tenant_id, at).await?;
            }
            (None, ..) => self.fold_all(&mut copy, view.as_ref(), at).await?,
        }
        let copy = Arc::new(copy);
        self.keep(of, copy.clone());
        Ok(copy)
    }

    async fn left_out(&self, view: &str) -> Result<LeftOut, StoreFault> {
        Ok(LeftOut::skips_of(view, &self.views.skips(LOG).await?))
    }

    /// Waits until a live view has taken in a position.
    pub(super) async fn wait(&self, view: &str, at: i64) -> Result<(), MomentFault> {
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

/// Several rows of one moment, each of one stream; as long as it lives nobody else has its place.
pub struct Looking<'a> {
    past: &'a dyn Past,
    view: Arc<dyn AnyView>,
    at: i64,
    skips: BTreeSet<i64>,
    _place: SemaphorePermit<'a>,
}

impl Moments {
    /// Begins to look at several rows of a moment.
    pub async fn look(&self, view: &Arc<dyn AnyView>, at: i64) -> Result<Looking<'_>, MomentFault> {
        let place = self.place().await?;
        let skips = self.left_out(view.name()).await?.skips;
        Ok(Looking { past: self.past.as_ref(), view: view.clone(), at, skips, _place: place })
    }
}

impl Looking<'_> {
    /// Returns the events of some streams, by their IDs.
    pub async fn streams(
        &self,
        aggregate_type: &'static str,
        ids: &[String],
    ) -> Result<BTreeMap<String, Vec<Recorded>>, MomentFault> {
        let mut streams: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
        for event in self.past.read_streams(LOG, aggregate_type, ids, self.at).await? {
            streams.entry(event.aggregate_id.clone()).or_default().push(event);
        }
        Ok(streams)
    }

    /// Folds the events of a stream into the row that follows from them.
    pub fn row(&self, key: &RowKey, events: &[Recorded]) -> Result<Option<StoredRow>, MomentFault> {
        let events = events.iter().filter(|event| !self.skips.contains(&event.position)).collect();
        Ok(row_after(self.view.as_ref(), Some(key.tenant_id), events, &key.key)?)
    }
}

/// Folds the events of a stream into a row; from an event on that cannot be folded it stands still, as in a live view.
fn row_after(
    view: &dyn AnyView,
    tenant_id: Option<TenantId>,
    mut events: Vec<&Recorded>,
    key: &str,
) -> Result<Option<StoredRow>, StoreFault> {
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
