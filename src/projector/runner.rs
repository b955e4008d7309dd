//! The projector: one task that moves every view along the log.
//!
//! Views at the same position move together, in one transaction with their checkpoints (INV-CHECKPOINT). Those at
//! another position, because they are new or being rebuilt, move one page for each page of the others: nothing that
//! lags holds up what does not.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::fold::{LeftOut, fold_page};
use super::parking::newly_parked;
use super::progress::Progress;
use super::views::{AnyView, registered_views, view_named};
use crate::ledger::{Feed, known_events};
use crate::limits::{LEASE_RENEWAL, LOG, READER_RETRY_PAUSE};
use crate::ports::{Checkpoint, Generation, Parked, ReadStore, ReaderState, StoreFault, ViewStep};
use crate::shutdown::Tasks;

/// A generation that this server moves.
pub(super) struct Lane {
    pub(super) view: Arc<dyn AnyView>,
    pub(super) generation: Generation,
    pub(super) position: i64,
    pub(super) fence: i64,
    building: bool,
    pub(super) left_out: LeftOut,
    /// What is parked and to be tried again.
    pub(super) retried: Vec<Parked>,
}

/// Moves the views; one server of a store does so at a time, view by view.
pub struct Projector {
    pub(super) store: Arc<dyn ReadStore>,
    pub(super) feed: Arc<Feed>,
    progress: Arc<Progress>,
    owner: String,
    pub(super) wake: Notify,
}

impl Projector {
    /// Makes a projector; `owner` names this run of this server.
    pub fn new(store: Arc<dyn ReadStore>, feed: Arc<Feed>, progress: Arc<Progress>, owner: String) -> Self {
        Self { store, feed, progress, owner, wake: Notify::new() }
    }

    /// Makes the tables of views that have none yet, and begins to fill those anew that an earlier version has filled.
    pub async fn prepare(&self) -> Result<(), StoreFault> {
        let known = self.store.checkpoints(LOG).await?;
        for view in registered_views() {
            let filled = known.iter().filter(|checkpoint| checkpoint.name == view.name());
            match filled.map(|checkpoint| checkpoint.version).max() {
                None => {
                    // In a copy of a store, what was parked is still kept under the generations that were there.
                    let number = self.store.last_generation_parked(LOG, view.name()).await? + 1;
                    let first = Generation { view: view.name(), number };
                    self.store.prepare(LOG, first, view.version(), ReaderState::Live).await?;
                }
                Some(version) if version < view.version() => {
                    let generation = self.rebuild(view.as_ref()).await?;
                    let view = view.name();
                    tracing::info!(view, generation, "the view's fold has changed: it is filled anew");
                }
                Some(_) => {}
            }
        }
        self.progress.refresh().await
    }

    /// Begins to fill a new generation of a view beside the live one; returns its number.
    ///
    /// Asked again while one is being filled, returns that one.
    pub async fn rebuild(&self, view: &dyn AnyView) -> Result<i32, StoreFault> {
        let known = self.store.checkpoints(LOG).await?;
        let of_view = || known.iter().filter(|checkpoint| checkpoint.name == view.name());
        let is_building = |checkpoint: &&Checkpoint| {
            checkpoint.state == ReaderState::Building && checkpoint.version >= view.version()
        };
        if let Some(building) = of_view().find(is_building) {
            return Ok(building.generation);
        }
        let number = of_view().map(|checkpoint| checkpoint.generation).max().unwrap_or(0) + 1;
        let generation = Generation { view: view.name(), number };
        self.store.prepare(LOG, generation, view.version(), ReaderState::Building).await?;
        self.wake.notify_one();
        Ok(number)
    }

    /// Moves the views until the server stops, and lets the next server have them.
    pub async fn run(self: Arc<Self>, tasks: Tasks) {
        self.move_views(&tasks).await;
        if let Err(fault) = self.store.release(LOG, &self.owner).await {
            tracing::warn!(%fault, "cannot give back the leases on the views; they will end");
        }
    }

    async fn move_views(&self, tasks: &Tasks) {
        let mut renewal = interval(LEASE_RENEWAL);
        renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut head = self.feed.watch_head();
        let mut lanes = Vec::new();
        let mut leased_at = None;
        while !tasks.is_stopping() {
            if leased_at.is_none_or(|at: Instant| at.elapsed() >= LEASE_RENEWAL) {
                leased_at = Some(Instant::now());
                match self.lease().await {
                    Ok(leased) => lanes = leased,
                    Err(fault) => tracing::warn!(%fault, "cannot lease the views"),
                }
            }
            head.borrow_and_update();
            let readers: Vec<(&str, i32)> =
                lanes.iter().map(|lane| (lane.generation.view, lane.generation.number)).collect();
            let step = tokio::select! {
                step = self.step(&mut lanes) => step,
                never = self.hold(&readers) => match never {},
            };
            match step {
                Ok(Step::Moved) => {}
                Ok(Step::Lost) => leased_at = None,
                Ok(Step::AtHead) => tokio::select! {
                    () = tasks.stopping() => return,
                    _ = head.changed() => {}
                    () = self.wake.notified() => leased_at = None,
                    _ = renewal.tick() => {}
                },
                Err(fault) => {
                    tracing::warn!(%fault, "cannot move the views");
                    leased_at = None;
                    tokio::select! {
                        () = tasks.stopping() => return,
                        () = tokio::time::sleep(READER_RETRY_PAUSE) => {}
                    }
                }
            }
        }
    }

    /// Takes or renews the leases on all generations that no other server moves.
    async fn lease(&self) -> Result<Vec<Lane>, StoreFault> {
        let mut lanes = Vec::new();
        let (parked, skips) = (self.store.parked(LOG).await?, self.store.skips(LOG).await?);
        let found = self.store.checkpoints(LOG).await?;
        let movable: Vec<(Arc<dyn AnyView>, &Checkpoint)> = found.iter().filter_map(movable).collect();
        let readers: Vec<(&str, i32)> =
            movable.iter().map(|(_, found)| (found.name.as_str(), found.generation)).collect();
        let held = self.store.lease_all(LOG, &readers, &self.owner).await?;
        for (view, Checkpoint { name, generation: number, .. }) in movable {
            let is_it = |one: &&Checkpoint| (&one.name, one.generation) == (name, *number);
            let Some(held) = held.iter().find(is_it) else { continue };
            let generation = Generation { view: view.name(), number: *number };
            let mut left_out = LeftOut::skips_of(view.name(), &skips);
            let here = parked.iter().filter(|parked| (&parked.view, parked.generation) == (name, *number));
            left_out.parked.extend(here.clone().map(|parked| (parked.tenant_id, parked.position)));
            // Where rows take in events of several tenants, only a rebuild has them in their order.
            let retried = here.filter(|parked| parked.is_retried() && !view.mixes_tenants()).cloned();
            lanes.push(Lane {
                retried: retried.collect(),
                view,
                generation,
                position: held.position,
                fence: held.fence,
                building: held.state == ReaderState::Building,
                left_out,
            });
        }
        self.publish(&lanes);
        Ok(lanes)
    }

    /// Renews the leases while a step takes its time: another server is to take over from one that stands still, not from
    /// one that is slow and would lose its step to a server which is no faster.
    async fn hold(&self, readers: &[(&str, i32)]) -> Infallible {
        loop {
            tokio::time::sleep(LEASE_RENEWAL).await;
            if let Err(fault) = self.store.lease_all(LOG, readers, &self.owner).await {
                tracing::warn!(%fault, "cannot renew the leases on the views");
            }
        }
    }

    /// Moves every lane by a page, those at the same position together, the furthest first.
    async fn step(&self, lanes: &mut [Lane]) -> Result<Step, StoreFault> {
        let mut outcome = Step::AtHead;
        let positions: BTreeSet<i64> = lanes.iter().map(|lane| lane.position).collect();
        for from in positions.into_iter().rev() {
            match self.move_group(lanes, from).await? {
                Step::Lost => return Ok(Step::Lost),
                Step::Moved => outcome = Step::Moved,
                Step::AtHead => {}
            }
        }
        for lane in lanes.iter_mut().filter(|lane| !lane.retried.is_empty()) {
            if !self.catch_up(lane).await? {
                return Ok(Step::Lost);
            }
            outcome = Step::Moved;
        }
        for lane in lanes.iter().filter(|lane| lane.building && lane.position >= self.feed.head()) {
            if self.store.switch(LOG, lane.generation).await? {
                tracing::info!(
                    view = lane.generation.view,
                    generation = lane.generation.number,
                    "a rebuilt view is live"
                );
                self.progress.refresh().await?;
                return Ok(Step::Lost);
            }
        }
        Ok(outcome)
    }

    /// Moves the lanes at a position.
    async fn move_group(&self, lanes: &mut [Lane], from: i64) -> Result<Step, StoreFault> {
        let events = known_events(self.feed.page_after(from).await?)?;
        let Some(to) = events.last().map(|event| event.position) else { return Ok(Step::AtHead) };
        let mut steps = Vec::new();
        for lane in lanes.iter().filter(|lane| lane.position == from) {
            let place = (lane.view.as_ref(), lane.generation);
            let folded = fold_page(self.store.as_ref(), place, None, &lane.left_out, events.iter()).await?;
            steps.push(ViewStep {
                generation: lane.generation,
                from,
                to,
                fence: lane.fence,
                upserts: folded.changes.upserts,
                deletes: folded.changes.deletes,
                parks: folded.failed.iter().map(newly_parked).collect(),
            });
        }
        if !self.store.advance(LOG, &steps).await? {
            metrics::counter!("tenantry_leases_lost_total", "of" => "views").increment(1);
            tracing::warn!("a step was refused: the views were taken over by another server");
            return Ok(Step::Lost);
        }
        for step in steps {
            let Some(lane) = lanes.iter_mut().find(|lane| lane.generation == step.generation) else {
                continue;
            };
            lane.position = to;
            for park in &step.parks {
                lane.note(park);
            }
        }
        self.publish(lanes);
        Ok(Step::Moved)
    }

    /// Tells waiting readers, and the metrics, how far the live views are.
    fn publish(&self, lanes: &[Lane]) {
        let head = self.feed.head();
        let live: Vec<_> =
            lanes.iter().filter(|lane| !lane.building).map(|lane| (lane.generation, lane.position)).collect();
        for lane in lanes.iter().filter(|lane| !lane.building) {
            metrics::gauge!("tenantry_view_parked_tenants", "view" => lane.generation.view)
                .set(lane.left_out.parked.len() as f64);
        }
        for (generation, position) in &live {
            metrics::gauge!("tenantry_view_lag_events", "view" => generation.view)
                .set((head - position).max(0) as f64);
        }
        self.progress.advance(&live);
    }
}

enum Step {
    Moved,
    AtHead,
    Lost,
}

/// Returns the view of a checkpoint that this program may move: not what a later program fills, nor what an earlier one
/// has not filled to its end.
fn movable(found: &Checkpoint) -> Option<(Arc<dyn AnyView>, &Checkpoint)> {
    let view = view_named(&found.name)?;
    let may_move = match found.state {
        ReaderState::Live => found.version <= view.version(),
        ReaderState::Building => found.version == view.version(),
        ReaderState::Failed => false,
    };
    may_move.then_some((view, found))
}
