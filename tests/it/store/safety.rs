//! A store that could lose an acknowledged command, or is not ours, is refused with the reason.

use tenantry::ports::StoreFault;
use tenantry::sealing::{WrappingKey, WrongKey};
use tenantry::store::sqlite::SqliteStore;

use crate::harness::{Opening, Store};

on_both_databases!(
    a_wrong_wrapping_key_is_refused,
    a_store_of_a_newer_format_is_refused,
    a_store_of_an_earlier_program_is_closed_to_it_once_it_is_opened_for_writing,
);

mod sqlite_only {
    use super::a_second_writer_on_one_file_is_refused;

    on_one_database!(sqlite: a_second_writer_on_one_file_is_refused);
}

mod postgres_only {
    use super::a_database_that_asks_for_less_is_overruled;

    on_one_database!(postgres: a_database_that_asks_for_less_is_overruled);
}

fn refusal(result: anyhow::Result<crate::harness::Server>) -> anyhow::Error {
    result.err().expect("the store is refused")
}

async fn a_wrong_wrapping_key_is_refused(store: &Store) {
    store.server().await.stop().await;
    let wrapping = WrappingKey::new([8; 32]);

    let error = refusal(store.open(Opening { wrapping, ..Opening::default() }).await);

    assert!(matches!(error.downcast_ref(), Some(WrongKey::Other)), "{error}");
}

async fn a_store_of_a_newer_format_is_refused(store: &Store) {
    store.server().await.stop().await;
    store.raw().await.execute("update meta set reader_version_min = 99").await.expect("is our store");

    let error = refusal(store.open(Opening::default()).await);

    assert!(
        matches!(error.downcast_ref(), Some(StoreFault::Unsafe(reason)) if reason.contains("newer program"))
    );
}

async fn a_store_of_an_earlier_program_is_closed_to_it_once_it_is_opened_for_writing(store: &Store) {
    const LOWEST: &str = "select cast(reader_version_min as bigint) from meta";
    store.server().await.stop().await;
    let made_with = store.raw().await.number(LOWEST).await;
    store.raw().await.execute("update meta set reader_version_min = 1").await.expect("is our store");

    store.server().await.stop().await;

    assert_eq!(store.raw().await.number(LOWEST).await, made_with);
    assert!(made_with > 1, "an event has a second version");
    store.raw().await.execute("update meta set reader_version_min = 99").await.expect("is our store");
    refusal(store.open(Opening::default()).await);
    assert_eq!(store.raw().await.number(LOWEST).await, 99, "it is never lowered");
}

async fn a_second_writer_on_one_file_is_refused(store: &Store) {
    let server = store.server().await;

    let error = refusal(store.open(Opening::default()).await);

    let Some(StoreFault::InUse(reason)) = error.downcast_ref() else { panic!("it is in use: {error}") };
    assert!(reason.contains("tenantry.db open for writing"), "{reason}");
    server.stop().await;
    store.server().await.stop().await;
}

async fn a_database_that_asks_for_less_is_overruled(store: &Store) {
    let mut raw = store.raw().await;
    let ask = "alter database {} set synchronous_commit = off";
    let Store::Postgres { name } = store else { unreachable!("it is on PostgreSQL") };
    raw.execute(&ask.replace("{}", name)).await.expect("the role owns the database");
    assert_eq!(store.raw().await.texts("select current_setting('synchronous_commit')").await, ["off"]);

    let opened = store.open(Opening::default()).await;

    assert!(opened.is_ok(), "each connection sets it on: {:?}", opened.err());
}

#[tokio::test]
async fn a_store_in_memory_is_refused() {
    for url in ["sqlite::memory:", "sqlite:file:tenantry?mode=memory", "sqlite://:memory:"] {
        let error = SqliteStore::open(url).await.err().expect("the store is refused");

        assert!(matches!(&error, StoreFault::Unsafe(reason) if reason.contains("memory")), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_have_a_write_ahead_log_is_refused() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    // Without locks there is no shared memory either, as on many network file systems, and a WAL needs it.
    let url = format!("sqlite:{}?vfs=unix-none", folder.path().join("tenantry.db").display());

    let error = SqliteStore::open(&url).await.err().expect("the store is refused");

    let said = "its journal mode is delete and cannot be made wal";
    assert!(matches!(&error, StoreFault::Unsafe(reason) if reason.starts_with(said)), "{error:?}");
}
