//! Folds a page of events into a view, leaving out what was skipped and whoever is parked.
//!
//! The same for live views, for rebuilds and for copies, so that they come to the same rows (INV-REPLAY).

use std::collections::{BTreeMap, BTreeSet};

use tenantry_domain::tenant::TenantId;
use tenantry_projections::{FoldError, Recorded};

use super::views::{AnyView, Changes};
use crate::ports::{Generation, Skip, StoreFault, ViewRows};

/// What a view leaves out.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// Events that were skipped.
    pub skips: BTreeSet<i64>,
    /// Tenants that are parked, and where.
    pub parked: BTreeMap<TenantId, i64>,
}

/// What a page of events does to a view.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) changes: Changes,
    /// Tenants of which an event could not be folded, and why.
    pub(super) failed: Vec<(TenantId, FoldError)>,
}

impl LeftOut {
    /// Leaves out what was skipped, and nobody yet.
    pub fn skips_of(view: &str, skips: &[Skip]) -> Self {
        let skips = skips.iter().filter(|skip| skip.view == view).map(|skip| skip.position);
        Self { skips: skips.collect(), parked: BTreeMap::new() }
    }

    fn takes(&self, event: &Recorded) -> bool {
        !self.skips.contains(&event.position) && !self.parked.contains_key(&event.tenant_id)
    }
}

/// Folds a page of events into the rows that it touches, of one tenant or of all.
///
/// A tenant whose event cannot be folded is left out from there on.
pub(super) async fn fold_page<'a>(
    store: &dyn ViewRows,
    (view, generation): (&dyn AnyView, Generation),
    rows_of: Option<TenantId>,
    left_out: &LeftOut,
    events: impl Iterator<Item = &'a Recorded>,
) -> Result<Folded, StoreFault> {
    let mut events: Vec<&Recorded> = events.filter(|event| left_out.takes(event)).collect();
    let mut failed = Vec::new();
    loop {
        let folded = match view.keys(&events) {
            Err(error) => Err(error),
            Ok(keys) if keys.is_empty() => Ok(Changes::default()),
            Ok(keys) => view.fold(rows_of, store.rows(generation, &keys).await?, &events),
        };
        let error = match folded {
            Ok(changes) => return Ok(Folded { changes, failed }),
            Err(error) => error,
        };
        let culprit = events.iter().find(|event| event.position == error.position);
        let tenant_id =
            culprit.map(|event| event.tenant_id).ok_or_else(|| StoreFault::Corrupt(error.to_string()))?;
        events.retain(|event| event.tenant_id != tenant_id || event.position < error.position);
        failed.push((tenant_id, error));
    }
}
