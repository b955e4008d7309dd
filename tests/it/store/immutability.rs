//! INV-IMMUTABLE: nobody rewrites history, not even with every right.

use crate::harness::{Raw, Store, command, dump};

on_both_databases!(history_cannot_be_updated_or_deleted, history_cannot_be_inserted_over);

mod sqlite_only {
    use super::triggers_hold_whatever_a_connection_has_set;

    on_one_database!(sqlite: triggers_hold_whatever_a_connection_has_set);
}

mod postgres_only {
    use super::{history_cannot_be_truncated, the_application_role_has_no_right_to_rewrite};

    on_one_database!(postgres: history_cannot_be_truncated, the_application_role_has_no_right_to_rewrite);
}

const REWRITES: &[&str] = &[
    "update events set event_type = 'forged'",
    "update events set payload = '{}' where position = 2",
    "update events set position = position + 100",
    "delete from events",
    "delete from events where position = 3",
    "update commands set answer = '{}'",
    "update commands set command_id = 'forged' where command_id = '1'",
    "delete from commands",
];

const EVENT_COLUMNS: &str = "log, position, tenant_id, aggregate_type, aggregate_id, sequence, event_type,
    event_version, payload, metadata, recorded_at";

const COMMAND_COLUMNS: &str =
    "tenant_id, scope, command_id, fingerprint, command_type, answer, first_position,
    last_position, log, recorded_at";

/// An event over one that exists, colliding with its position, with its place in the stream, or with both.
fn forged_events() -> [String; 3] {
    [("position", "'forged'"), ("position + 1000", "aggregate_id"), ("position", "aggregate_id")].map(
        |(position, aggregate_id)| {
            format!(
                "select log, {position}, tenant_id, aggregate_type, {aggregate_id}, sequence, 'forged',
                event_version, payload, metadata, recorded_at from events where position = 2"
            )
        },
    )
}

/// A command over one that exists.
fn forged_command() -> String {
    "select tenant_id, scope, command_id, fingerprint, 'forged', answer, first_position, last_position, log,
        recorded_at from commands where command_id = '1'"
        .to_owned()
}

/// The triggers, the rights of the role, and the unique keys.
const REASONS: [&str; 4] = ["append-only", "permission denied", "duplicate key", "UNIQUE"];

/// Fills a store and returns what is in it.
async fn fill(store: &Store) -> Vec<String> {
    let server = store.server().await;
    for n in 0..4 {
        server.committer.commit(command(&n.to_string(), "one", n, 1)).await.expect("is appended");
    }
    server.stop().await;
    dump(store).await
}

/// Asserts that statements are refused and that nothing has changed after each.
async fn assert_refused(store: &Store, raw: &mut Raw, statements: &[String], before: &[String]) {
    for statement in statements {
        let Err(error) = raw.execute(statement).await else { panic!("it was taken: {statement}") };
        let reason = error.to_string();
        assert!(REASONS.iter().any(|known| reason.contains(known)), "{statement}: {reason}");
        assert_eq!(dump(store).await, before, "{statement}");
    }
}

fn owned(statements: &[&str]) -> Vec<String> {
    statements.iter().map(|&statement| statement.to_owned()).collect()
}

/// Inserts over existing rows, in every way that the database has to make that an update.
fn inserts_over(store: &Store) -> Vec<String> {
    let verbs: &[(&str, &str)] = match store {
        Store::Sqlite(_) => &[
            ("insert or replace", ""),
            ("replace", ""),
            ("insert", " on conflict do update set event_type = 'forged'"),
            ("insert or abort", ""),
        ],
        Store::Postgres { .. } => &[
            ("insert", ""),
            ("insert", " on conflict (log, position) do update set event_type = 'forged'"),
            (
                "insert",
                " on conflict (aggregate_type, aggregate_id, sequence, log) do update set event_type = 'forged'",
            ),
        ],
    };
    let over = |table: &str, columns: &str, rows: &str| {
        verbs
            .iter()
            .map(|(verb, conflict)| format!("{verb} into {table} ({columns}) {rows}{conflict}"))
            .collect::<Vec<_>>()
    };
    let events = forged_events().into_iter().flat_map(|rows| over("events", EVENT_COLUMNS, &rows));
    let commands = over("commands", COMMAND_COLUMNS, &forged_command()).into_iter().map(|statement| {
        let statement = statement.replace("(log, position)", "(tenant_id, scope, command_id, log)");
        let statement = statement
            .replace("(aggregate_type, aggregate_id, sequence, log)", "(tenant_id, scope, command_id, log)");
        statement.replace("update set event_type", "update set command_type")
    });
    events.chain(commands).collect()
}

async fn history_cannot_be_updated_or_deleted(store: &Store) {
    let before = fill(store).await;

    assert_refused(store, &mut store.raw().await, &owned(REWRITES), &before).await;
    assert_refused(store, &mut store.raw_superuser().await, &owned(REWRITES), &before).await;
}

async fn history_cannot_be_inserted_over(store: &Store) {
    let before = fill(store).await;

    assert_refused(store, &mut store.raw().await, &inserts_over(store), &before).await;
    assert_refused(store, &mut store.raw_superuser().await, &inserts_over(store), &before).await;
}

async fn triggers_hold_whatever_a_connection_has_set(store: &Store) {
    let before = fill(store).await;
    let statements =
        [owned(REWRITES), owned(&["update or replace events set position = 1"]), inserts_over(store)]
            .concat();
    for recursive in ["off", "on"] {
        let mut raw = store.raw().await;
        raw.execute(&format!("pragma recursive_triggers = {recursive}")).await.expect("is a setting");

        assert_refused(store, &mut raw, &statements, &before).await;
    }
}

async fn history_cannot_be_truncated(store: &Store) {
    let before = fill(store).await;
    let statements = owned(&["truncate events", "truncate commands", "truncate events, commands cascade"]);

    assert_refused(store, &mut store.raw().await, &statements, &before).await;
    assert_refused(store, &mut store.raw_superuser().await, &statements, &before).await;
}

async fn the_application_role_has_no_right_to_rewrite(store: &Store) {
    fill(store).await;

    let rights = "select count(*) from unnest(array['events', 'commands']) as t (name),
        unnest(array['update', 'delete', 'truncate']) as r (verb) where has_table_privilege(name, verb)";

    assert_eq!(store.raw().await.number(rights).await, 0);
}
