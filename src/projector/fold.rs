//! Folds a page of events into a view, leaving out what was skipped and whoever is parked.
//!
//! The same for live views, for rebuilds and for copies, so that they come to the same rows (INV-REPLAY).

use std::collections::{BTreeMap, BTreeSet};

use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::erasure::erased_person;
use tenantry_projections::{FoldError, Recorded};

use super::views::{AnyView, Changes};
use crate::limits::VERIFY_ROWS;
use crate::ports::{Generation, Skip, StoreFault, StoredRow, ViewRows};

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
        let folded = match rows_touched(store, (view, generation), &events).await? {
            Err(error) => Err(error),
            Ok(None) => Ok(Changes::default()),
            Ok(Some(rows)) => view.fold(rows_of, rows, &events),
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

/// Reads the rows that a page of events touches; `None` if it touches none.
async fn rows_touched(
    store: &dyn ViewRows,
    (view, generation): (&dyn AnyView, Generation),
    events: &[&Recorded],
) -> Result<Result<Option<Vec<StoredRow>>, FoldError>, StoreFault> {
    let keys = match view.keys(events) {
        Ok(keys) => keys,
        Err(error) => return Ok(Err(error)),
    };
    let mut erased = Vec::new();
    for event in events.iter().filter(|_| view.is_personal()) {
        match erased_person(event) {
            Ok(person) => erased.extend(person.map(|person_id| (event.tenant_id, person_id))),
            Err(error) => return Ok(Err(error)),
        }
    }
    if keys.is_empty() && erased.is_empty() {
        return Ok(Ok(None));
    }
    let mut rows = store.rows(generation, &keys).await?;
    for person in erased {
        rows.extend(rows_about(store, generation, person).await?);
    }
    Ok(Ok(Some(rows)))
}

/// Reads the rows that hold sealed values of a person.
async fn rows_about(
    store: &dyn ViewRows,
    generation: Generation,
    person: (TenantId, PersonId),
) -> Result<Vec<StoredRow>, StoreFault> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    loop {
        let page = store.rows_about(generation, person, &after, VERIFY_ROWS).await?;
        let full = page.len() as i64 == VERIFY_ROWS;
        rows.extend(page);
        match rows.last().filter(|_| full) {
            Some(last) => after.clone_from(&last.key.key),
            None => return Ok(rows),
        }
    }
}
