//! Tenants whose events a view cannot fold: parked, tried again, caught up with.
//!
//! Whatever becomes of them moves with rows and checkpoint in one transaction, under the fence of the view's lease. So a
//! try can break off anywhere and be taken up by another server: its place is the position of the last page it wrote.

use tenantry_domain::tenant::TenantId;
use tenantry_projections::{FoldError, Recorded};

use super::fold::{LeftOut, fold_page};
use super::runner::{Lane, Projector};
use super::views::AnyView;
use crate::ledger::known_events;
use crate::limits::LOG;
use crate::ports::{Asked, Generation, ParkStep, Parked, StoreFault, ViewStep};

/// What became of a request about what is parked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retried {
    /// Tenants that are tried again.
    pub tenants: u64,
    /// The generation that takes their place, where rows take in events of several tenants.
    pub generation: Option<i32>,
}

impl Projector {
    /// Tries again to fold the events of a tenant that is parked for a view, or of all that are.
    pub async fn retry(
        &self,
        view: &dyn AnyView,
        tenant_id: Option<TenantId>,
        asked: &Asked,
    ) -> Result<Retried, StoreFault> {
        let tenants = self.store.ask_retry(LOG, view.name(), tenant_id, asked).await?;
        let generation = if tenants > 0 { self.go_on(view).await? } else { None };
        Ok(Retried { tenants, generation })
    }

    /// Leaves an event at which a tenant is parked out of a view for good; `None` if none is parked there.
    pub async fn skip(
        &self,
        view: &dyn AnyView,
        position: i64,
        asked: &Asked,
    ) -> Result<Option<Retried>, StoreFault> {
        if !self.store.skip(LOG, view.name(), position, asked).await? {
            return Ok(None);
        }
        Ok(Some(Retried { tenants: 1, generation: self.go_on(view).await? }))
    }

    /// Has what is parked tried again: by the server that moves the view, or by a rebuild.
    async fn go_on(&self, view: &dyn AnyView) -> Result<Option<i32>, StoreFault> {
        if view.mixes_tenants() {
            return self.rebuild(view).await.map(Some);
        }
        self.wake.notify_one();
        Ok(None)
    }

    /// Folds a page of what the tenants missed that are tried again; `false` if the lease was lost.
    pub(super) async fn catch_up(&self, lane: &mut Lane) -> Result<bool, StoreFault> {
        let Some(from) = lane.retried.iter().map(|parked| parked.position).min() else { return Ok(true) };
        if self.feed.head() < lane.position {
            // Another server has moved the view here: what it has read is not known yet.
            self.feed.refresh().await?;
        }
        let mut events = match known_events(self.feed.page_after(from - 1).await?) {
            Ok(events) => events,
            Err(fault) => {
                tracing::warn!(view = lane.generation.view, %fault, "cannot try again what is parked");
                lane.retried.clear();
                return Ok(true);
            }
        };
        events.retain(|event| event.position <= lane.position);
        let to = events.last().map_or(lane.position, |event| event.position);
        let missed = |event: &Recorded| {
            let of_tenant = |parked: &&Parked| parked.tenant_id == event.tenant_id;
            lane.retried.iter().find(of_tenant).is_some_and(|parked| event.position >= parked.position)
        };
        events.retain(missed);
        let left_out = LeftOut { skips: lane.left_out.skips.clone(), ..LeftOut::default() };
        let place = (lane.view.as_ref(), lane.generation);
        let folded = fold_page(self.store.as_ref(), place, None, &left_out, events.iter()).await?;
        let tried = lane.retried.iter().filter(|parked| parked.position <= to);
        let parks: Vec<ParkStep> =
            tried.map(|parked| after_try(parked, &folded.failed, to, lane.position)).collect();
        let step = ViewStep {
            generation: lane.generation,
            from: lane.position,
            to: lane.position,
            fence: lane.fence,
            upserts: folded.changes.upserts,
            deletes: folded.changes.deletes,
            parks: parks.clone(),
        };
        if !self.store.advance(LOG, &[step]).await? {
            return Ok(false);
        }
        for step in &parks {
            lane.note(step);
        }
        Ok(true)
    }
}

/// Tells what becomes of a tenant after a page up to `to`; its view is at `end`.
fn after_try(parked: &Parked, failed: &[(TenantId, FoldError)], to: i64, end: i64) -> ParkStep {
    let tenant_id = parked.tenant_id;
    match failed.iter().find(|(tenant, _)| *tenant == tenant_id) {
        Some((_, FoldError { position, reason })) => {
            let (position, error) = (*position, reason.clone());
            ParkStep::Park { tenant_id, position, error, tried: Some(parked.asked) }
        }
        None if to == end => ParkStep::Settle { tenant_id },
        None => ParkStep::Advance { tenant_id, position: to + 1 },
    }
}

/// Parks a tenant where its event could not be folded.
pub(super) fn newly_parked((tenant_id, error): &(TenantId, FoldError)) -> ParkStep {
    let FoldError { position, reason } = error;
    ParkStep::Park { tenant_id: *tenant_id, position: *position, error: reason.clone(), tried: None }
}

impl Lane {
    /// Keeps in mind what was written.
    pub(super) fn note(&mut self, step: &ParkStep) {
        match step {
            ParkStep::Park { tenant_id, position, error, .. } => {
                let Generation { view, number } = self.generation;
                tracing::error!(view, generation = number, %tenant_id, position, error, "a tenant is parked for a view");
                self.left_out.parked.insert(*tenant_id, *position);
                self.retried.retain(|parked| parked.tenant_id != *tenant_id);
            }
            ParkStep::Advance { tenant_id, position } => {
                self.left_out.parked.insert(*tenant_id, *position);
                let same = self.retried.iter_mut().filter(|parked| parked.tenant_id == *tenant_id);
                same.for_each(|parked| parked.position = *position);
            }
            ParkStep::Settle { tenant_id } => {
                self.left_out.parked.remove(tenant_id);
                self.retried.retain(|parked| parked.tenant_id != *tenant_id);
            }
        }
    }
}
