//! What holds in every store at any time, checked with SQL of our own.

use super::Store;

/// Queries that count what is wrong; each finds nothing in a whole store.
const FLAWS: &[(&str, &str)] = &[
    (
        "the positions are not 1, 2, 3 … up to the head",
        "select count(*) from logs l where l.head <> (select count(*) from events e where e.log = l.log)
            or l.head <> (select coalesce(max(position), 0) from events e where e.log = l.log)
            or 1 > (select coalesce(min(position), 1) from events e where e.log = l.log)",
    ),
    (
        "the sequences of a stream are not 1, 2, 3 …",
        "select count(*) from (select aggregate_id from events group by aggregate_type, aggregate_id
            having min(sequence) <> 1 or max(sequence) <> count(*)) as s",
    ),
    (
        "a stream is not in the order of its positions",
        "select count(*) from events a join events b on a.aggregate_type = b.aggregate_type
            and a.aggregate_id = b.aggregate_id and b.sequence = a.sequence + 1 where b.position <= a.position",
    ),
    (
        "the recorded time goes back",
        "select count(*) from events a join events b on a.log = b.log and b.position = a.position + 1
            where b.recorded_at < a.recorded_at",
    ),
    (
        "an event belongs to no command, or to two",
        "select count(*) from events e where 1 <> (select count(*) from commands c
            where e.position between c.first_position and c.last_position)",
    ),
    (
        "a command names positions beyond the head",
        "select count(*) from commands c, logs l where l.log = c.log and c.last_position > l.head",
    ),
    (
        "a person is claimed without a key, or has a key without a claim",
        "select abs((select count(*) from claims where kind = 'person')
            - (select count(*) from person_keys where generation = 1))",
    ),
];

/// Asserts the invariants of order and of streams over all that is stored.
pub(crate) async fn assert_whole(store: &Store) {
    let mut raw = store.raw().await;
    for (flaw, query) in FLAWS {
        assert_eq!(raw.number(query).await, 0, "{flaw}");
    }
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
