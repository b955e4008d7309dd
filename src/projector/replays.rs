//! Replays that were asked of this server: run beside everything that is stored, kept for a while, then forgotten.
//!
//! They are reads, so nothing of them is recorded: a restart forgets them, and other servers do not know them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tenantry_domain::ids::OperationId;
use tenantry_domain::tenant::TenantId;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;

use super::digest::Digest;
use super::fold::LeftOut;
use super::progress::Progress;
use super::scratch::ScratchCopy;
use super::verify::{Comparison, compare};
use super::views::AnyView;
use crate::limits::{LOG, READ_WAIT, REPLAY_KEPT, REPLAYS_KEPT_MAX};
use crate::ports::{Clock, Ledger, ReadStore, Scratch, StoreFault};
use crate::shutdown::Tasks;

/// What is to be replayed.
pub struct ReplayRequest {
    /// The name of the replay.
    pub id: OperationId,
    /// The view.
    pub view: Arc<dyn AnyView>,
    /// Whose rows; `None` for those of all tenants.
    pub tenant_id: Option<TenantId>,
    /// Up to which position; `None` for where the live view is.
    pub at: Option<i64>,
    /// Home tenant of the caller.
    pub asked_by: TenantId,
}

/// A replay and how far it is.
pub struct Replay {
    /// What was asked for.
    pub request: ReplayRequest,
    /// When it began, in microseconds.
    pub created_at: i64,
    state: watch::Sender<ReplayState>,
}

/// How far a replay is.
#[derive(Clone)]
pub enum ReplayState {
    /// Under way.
    Running,
    /// It has ended well.
    Done(Arc<Replayed>),
    /// It has ended badly.
    Failed {
        /// When, in microseconds.
        finished_at: i64,
        /// Why.
        fault: Arc<StoreFault>,
    },
}

/// What a replay found.
pub struct Replayed {
    /// When it ended, in microseconds.
    pub finished_at: i64,
    /// The rows, for as long as the replay is kept.
    pub copy: ScratchCopy,
    /// Their hash.
    pub digest: Digest,
    /// How the live view differs from them.
    pub difference: Comparison,
}

/// The replays of this server.
pub struct Replays {
    ledger: Arc<dyn Ledger>,
    views: Arc<dyn ReadStore>,
    progress: Arc<Progress>,
    scratch: Arc<dyn Scratch>,
    clock: Arc<dyn Clock>,
    kept: Mutex<BTreeMap<OperationId, Arc<Replay>>>,
}

impl Replay {
    /// Watches how far it is.
    pub fn watch(&self) -> watch::Receiver<ReplayState> {
        self.state.subscribe()
    }
}

impl Replays {
    /// Starts without any.
    pub fn new(
        ledger: Arc<dyn Ledger>,
        views: Arc<dyn ReadStore>,
        progress: Arc<Progress>,
        scratch: Arc<dyn Scratch>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { ledger, views, progress, scratch, clock, kept: Mutex::default() }
    }

    /// Finds a replay that is not forgotten yet.
    pub fn find(&self, id: OperationId) -> Option<Arc<Replay>> {
        self.lock().get(&id).cloned()
    }

    /// Begins a replay; it holds its place until it has ended, and is forgotten some time after.
    pub fn start(
        self: &Arc<Self>,
        request: ReplayRequest,
        place: OwnedSemaphorePermit,
        tasks: &Tasks,
    ) -> Arc<Replay> {
        let (created_at, state) = (self.clock.now_us(), watch::Sender::new(ReplayState::Running));
        let replay = Arc::new(Replay { request, created_at, state });
        self.keep(replay.clone());
        let (replays, running, stop) = (self.clone(), replay.clone(), tasks.clone());
        tasks.spawn(async move {
            tokio::select! {
                () = stop.stopping() => return,
                () = replays.run(&running) => drop(place),
            }
            tokio::select! {
                () = stop.stopping() => {}
                () = tokio::time::sleep(REPLAY_KEPT) => {}
            }
            replays.lock().remove(&running.request.id);
        });
        replay
    }

    async fn run(&self, replay: &Replay) {
        let found = self.replay(&replay.request).await;
        let finished_at = self.clock.now_us();
        replay.state.send_replace(match found {
            Ok((copy, digest, difference)) => {
                ReplayState::Done(Arc::new(Replayed { finished_at, copy, digest, difference }))
            }
            Err(fault) => {
                tracing::error!(%fault, view = replay.request.view.name(), "a replay has failed");
                ReplayState::Failed { finished_at, fault: Arc::new(fault) }
            }
        });
    }

    async fn replay(&self, request: &ReplayRequest) -> Result<(ScratchCopy, Digest, Comparison), StoreFault> {
        let view = request.view.name();
        let scratch: Arc<dyn ReadStore> = self.scratch.open().await?.into();
        let left_out = LeftOut::skips_of(view, &self.views.skips(LOG).await?);
        let mut copy = ScratchCopy::open(scratch, request.view.clone(), request.tenant_id, left_out).await?;
        let follow = match request.at {
            None => Some(self.ledger.as_ref()),
            Some(at) => {
                copy.catch_up(self.ledger.as_ref(), at).await?;
                // A view that is behind would differ by what it has not taken in yet.
                self.progress.wait(view, at, Instant::now() + READ_WAIT).await?;
                None
            }
        };
        self.progress.refresh().await?;
        let live = self.progress.live(view).await?;
        let difference = compare(&mut copy, follow, self.views.as_ref(), live).await?;
        let digest = copy.digest().await?;
        Ok((copy, digest, difference))
    }

    /// Keeps a replay; where there are too many the oldest that has ended makes room.
    fn keep(&self, replay: Arc<Replay>) {
        let mut kept = self.lock();
        if kept.len() >= REPLAYS_KEPT_MAX {
            let ended = |replay: &&Arc<Replay>| !matches!(*replay.state.borrow(), ReplayState::Running);
            let oldest = kept.values().filter(ended).min_by_key(|replay| replay.created_at);
            if let Some(id) = oldest.map(|replay| replay.request.id) {
                kept.remove(&id);
            }
        }
        kept.insert(replay.request.id, replay);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<OperationId, Arc<Replay>>> {
        self.kept.lock().expect("nothing panics while it holds the replays")
    }
}
