//! The universal check: what holds in every store, whatever happened to the servers on it, looked up with SQL of our own.
//!
//! It knows no view, process or command by name; what is added to the product is checked with the rest.

mod acknowledged;
mod effects;
mod flaws;
mod quiet;

pub(crate) use acknowledged::Acknowledged;

use super::Store;
use crate::journey::client::Client;

/// Asserts all that holds in a store; what is told of it matters:
///
/// - at any time: order, streams, records, and that no effect was had twice;
/// - with `operator`, a client of a server on it, once that is quiet: nothing is left to do, and each view equals its
///   replay;
/// - for each of the `acknowledged` commands: it is recorded once, and asked again that server answers it alike.
pub(crate) async fn assert_sound(store: &Store, operator: Option<&Client>, acknowledged: &[Acknowledged]) {
    if let Some(operator) = operator {
        quiet::wait_until_quiet(store, operator).await;
        acknowledged::assert_answered_alike(store, operator, acknowledged).await;
        quiet::assert_views_equal_their_replay(operator).await;
    }
    let mut raw = store.raw().await;
    for (flaw, query) in flaws::FLAWS {
        assert_eq!(raw.number(query).await, 0, "{flaw}");
    }
    effects::assert_each_had_once(&mut raw).await;
    acknowledged::assert_recorded_once(&mut raw, acknowledged).await;
}

/// Asserts all that holds in a store on which nobody need be at work.
pub(crate) async fn assert_whole(store: &Store) {
    assert_sound(store, None, &[]).await;
}

/// Returns every row of the history as text, for comparison.
pub(crate) async fn dump(store: &Store) -> Vec<String> {
    let mut raw = store.raw().await;
    let mut rows = raw
        .texts(
            "select log || ' ' || position || ' ' || tenant_id || ' ' || aggregate_type || ' ' || aggregate_id || ' '
                || sequence || ' ' || event_type || ' ' || event_version || ' ' || cast(payload as text) || ' '
                || cast(metadata as text) || ' ' || recorded_at from events order by log, position",
        )
        .await;
    rows.extend(
        raw.texts(
            "select tenant_id || ' ' || scope || ' ' || command_id || ' ' || command_type || ' '
                || cast(answer as text) || ' ' || coalesce(first_position, 0) || ' ' || last_position || ' ' || log
                || ' ' || recorded_at from commands order by tenant_id, scope, command_id, log",
        )
        .await,
    );
    rows
}
