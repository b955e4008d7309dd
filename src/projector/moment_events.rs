//! Which events a list of a moment folds: those that its view takes in, and no others are read or counted.

use std::collections::BTreeSet;

use tenantry_domain::tenant::TenantId;
use tenantry_projections::Source;
use tenantry_projections::erasure::ERASED;

use super::moments::{MomentFault, Moments};
use super::scratch::ScratchCopy;
use super::views::AnyView;
use crate::limits::{
    FEED_PAGE_EVENTS_MAX, LOG, MOMENT_POSITIONS_MAX, MOMENT_POSITIONS_READ, MOMENT_STREAMS_READ, VERIFY_ROWS,
};
use crate::ports::{PageQuery, PastOf, StoreFault, StoredRow};

/// The view that knows which events a tenant has.
const HISTORY: &str = "history";

impl Moments {
    /// Folds the events of one tenant; the view `history` tells which they are.
    pub(super) async fn fold_own(
        &self,
        copy: &mut ScratchCopy,
        view: &dyn AnyView,
        tenant_id: TenantId,
        at: i64,
    ) -> Result<(), MomentFault> {
        self.wait(HISTORY, at).await?;
        let (types, to) = (folded_types(view), format!("{at:019}"));
        let (mut after, mut seen) = (String::new(), 0);
        loop {
            let (types, limit) = (types.as_deref(), FEED_PAGE_EVENTS_MAX);
            let mut keys = self.history(PastOf { tenant_id, after: &after, to: &to, types, limit }).await?;
            seen += keys.len() as i64;
            self.may_fold(seen)?;
            let corrupt = |_| StoreFault::Corrupt(format!("a key of {HISTORY}"));
            let positions: Vec<i64> =
                keys.iter().map(|key| key.parse()).collect::<Result<_, _>>().map_err(corrupt)?;
            let events = self.ledger.read_at(LOG, &positions).await?;
            let last = keys.pop().filter(|_| positions.len() as i64 == limit);
            let (Some(last), Some(to)) = (last, positions.last()) else {
                return Ok(copy.fold(&events, at).await?);
            };
            copy.fold(&events, *to).await?;
            after = last;
        }
    }

    /// Folds the streams that the live rows of a tenant name: rows go on naming them.
    pub(super) async fn fold_named(
        &self,
        copy: &mut ScratchCopy,
        view: &dyn AnyView,
        tenant_id: TenantId,
        at: i64,
    ) -> Result<(), MomentFault> {
        self.wait(view.name(), at).await?;
        let (aggregate_type, ids) = self.streams_of(view, tenant_id).await?;
        let mut positions = Vec::new();
        for ids in ids.chunks(MOMENT_STREAMS_READ) {
            let mut events = self.past.read_streams(LOG, aggregate_type, ids, at).await?;
            events.retain(|event| view.wants(&event.event_type));
            positions.extend(events.iter().map(|event| event.position));
            self.may_fold(positions.len() as i64)?;
        }
        // In the order of the log, in which live views take them in too.
        positions.sort_unstable();
        let page = usize::try_from(FEED_PAGE_EVENTS_MAX).expect("a page is small");
        for page in positions.chunks(page) {
            let events = self.ledger.read_at(LOG, page).await?;
            copy.fold(&events, page.last().copied().unwrap_or(at)).await?;
        }
        Ok(())
    }

    /// Returns the type and the IDs of the streams from which the rows of a tenant follow.
    async fn streams_of(
        &self,
        view: &dyn AnyView,
        tenant_id: TenantId,
    ) -> Result<(&'static str, Vec<String>), MomentFault> {
        let (aggregate_type, field) = match view.source() {
            Source::Named { stream, field } => (stream, Some(field)),
            Source::Stream(stream) => (stream, None),
            Source::Streams => return Ok(("", Vec::new())),
        };
        let (mut ids, mut after) = (BTreeSet::new(), None);
        loop {
            let query =
                PageQuery { tenant_id: Some(tenant_id), after, limit: VERIFY_ROWS, ..PageQuery::default() };
            let rows = self.live_page(view.name(), &query).await?;
            for row in &rows {
                ids.extend(stream_of(view, row, field)?);
            }
            self.may_fold(ids.len() as i64)?;
            after = rows.last().map(|row| row.key.clone()).filter(|_| rows.len() as i64 == VERIFY_ROWS);
            if after.is_none() {
                return Ok((aggregate_type, ids.into_iter().collect()));
            }
        }
    }

    /// Folds what a view takes in of all tenants.
    pub(super) async fn fold_all(
        &self,
        copy: &mut ScratchCopy,
        view: &dyn AnyView,
        at: i64,
    ) -> Result<(), MomentFault> {
        let Some(types) = folded_types(view) else {
            self.may_fold(at)?;
            return Ok(copy.catch_up(self.ledger.as_ref(), at).await?);
        };
        if at > MOMENT_POSITIONS_MAX {
            return Err(MomentFault::TooMany);
        }
        let (mut after, mut seen) = (0, 0);
        while after < at {
            let to = at.min(after + MOMENT_POSITIONS_READ);
            let events = self.past.read_types(LOG, after, to, &types).await?;
            seen += events.len() as i64;
            self.may_fold(seen)?;
            copy.fold(&events, to).await?;
            after = to;
        }
        Ok(())
    }

    fn may_fold(&self, events: i64) -> Result<(), MomentFault> {
        if events > self.events_max { Err(MomentFault::TooMany) } else { Ok(()) }
    }

    async fn live_page(&self, view: &'static str, query: &PageQuery) -> Result<Vec<StoredRow>, StoreFault> {
        let live = self.progress.live(view).await?;
        if let Ok((_, rows)) = self.views.page(LOG, live, query).await {
            return Ok(rows);
        }
        // The generation was replaced meanwhile.
        self.progress.refresh().await?;
        Ok(self.views.page(LOG, self.progress.live(view).await?, query).await?.1)
    }

    async fn history(&self, wanted: PastOf<'_>) -> Result<Vec<String>, StoreFault> {
        let live = self.progress.live(HISTORY).await?;
        if let Ok(keys) = self.past.keys_of_past(live, wanted).await {
            return Ok(keys);
        }
        self.progress.refresh().await?;
        self.past.keys_of_past(self.progress.live(HISTORY).await?, wanted).await
    }
}

/// Returns the stored names of the events that a view folds; `None` for all.
fn folded_types(view: &dyn AnyView) -> Option<Vec<&'static str>> {
    let mut types = view.events().to_vec();
    if types.is_empty() {
        return None;
    }
    if view.is_personal() {
        types.push(ERASED);
    }
    Some(types)
}

/// Returns the stream that a row names in a field, or without one by its key.
pub(super) fn stream_of(
    view: &dyn AnyView,
    row: &StoredRow,
    field: Option<&'static str>,
) -> Result<Option<String>, StoreFault> {
    let Some(field) = field else { return Ok(Some(row.key.key.clone())) };
    let doc: serde_json::Value = serde_json::from_str(&row.doc)
        .map_err(|error| StoreFault::Corrupt(format!("row {} of {}: {error}", row.key.key, view.name())))?;
    Ok(doc[field].as_str().map(str::to_owned))
}
