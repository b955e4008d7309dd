//! A store that could lose an acknowledged command, or is not ours, is refused with the reason.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use sqlx::{Connection, PgConnection};
use tenantry::ports::StoreFault;
use tenantry::sealing::{WrappingKey, WrongKey};
use tenantry::store::postgres::PostgresStore;
use tenantry::store::sqlite::SqliteStore;

use crate::harness::{Opening, Store, TEST_PATIENCE};

on_both_databases!(a_wrong_wrapping_key_is_refused, a_store_of_a_newer_format_is_refused);

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

/// A throw-away cluster whose settings a test may spoil; it ends when it is dropped.
struct Cluster {
    with: Child,
    superuser_url: String,
    url: String,
}

impl Cluster {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres");
        let tell =
            r#"echo "$TENANTRY_TEST_POSTGRES_SUPERUSER_URL"; echo "$TENANTRY_TEST_POSTGRES_URL"; exec cat"#;
        let mut with = Command::new(script)
            .args(["with", "sh", "-c", tell])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/postgres runs");
        let mut lines = BufReader::new(with.stdout.take().expect("it is piped")).lines();
        let mut line = || lines.next().expect("the cluster starts").expect("is text");
        Self { superuser_url: line(), url: line(), with }
    }

    async fn set(&self, setting: &str, value: &str) {
        let connect =
            async || PgConnection::connect(&self.superuser_url).await.expect("it takes connections");
        let mut connection = connect().await;
        let change = format!("alter system set {setting} = {value}");
        sqlx::raw_sql(&change).execute(&mut connection).await.expect("is a setting");
        sqlx::raw_sql("select pg_reload_conf()").execute(&mut connection).await.expect("reloads");
        // The server takes the file up a moment later; only connections made after that show the value.
        let show = format!("select current_setting('{setting}')");
        loop {
            let now: String =
                sqlx::query_scalar(&show).fetch_one(&mut connect().await).await.expect("is a setting");
            if now == value {
                return;
            }
        }
    }

    async fn refusal(&self) -> String {
        match PostgresStore::connect(&self.url).await {
            Err(StoreFault::Unsafe(reason)) => reason,
            Err(other) => panic!("it is unsafe: {other}"),
            Ok(_) => panic!("the store is refused"),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // `cat` ends with its input, and the script with `cat`.
        drop(self.with.stdin.take());
        drop(self.with.wait());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_may_lose_or_tear_pages_is_refused() {
    tokio::time::timeout(TEST_PATIENCE, refuse_spoilt_settings()).await.expect("nothing waits for ever");
}

async fn refuse_spoilt_settings() {
    let cluster = Cluster::start();
    assert!(PostgresStore::connect(&cluster.url).await.is_ok());

    cluster.set("fsync", "off").await;
    let without_fsync = cluster.refusal().await;
    cluster.set("fsync", "on").await;
    cluster.set("full_page_writes", "off").await;
    let without_full_pages = cluster.refusal().await;

    assert!(without_fsync.starts_with("fsync is off"), "{without_fsync}");
    assert!(without_full_pages.starts_with("full_page_writes is off"), "{without_full_pages}");
}
