//! Of several copies into one target only the last one writes, and nobody after the end.

use tenantry::moving::TABLES;
use tenantry::ports::{Cell, CopyTarget, Fence, Identity, Row, Standing, StoreFault, Table};
use tenantry::store::postgres::PostgresStore;
use tenantry::store::sqlite::SqliteStore;

use crate::harness::Store;

on_both_databases!(whoever_is_overtaken_writes_no_more, a_copy_that_is_finished_takes_nothing_in);

async fn target(store: &Store) -> Box<dyn CopyTarget> {
    match store {
        Store::Sqlite(_) => {
            let store = SqliteStore::open(&store.url()).await.expect("the file opens");
            store.migrate().await.expect("the schema is made");
            Box::new(store)
        }
        Store::Postgres { .. } => {
            let store = PostgresStore::connect(&store.url()).await.expect("the database answers");
            store.migrate().await.expect("the schema is made");
            Box::new(store)
        }
    }
}

fn identity() -> Identity {
    Identity { reader_version_min: 1, wrapped_hash_key: "of a store".to_owned() }
}

fn tenants() -> &'static Table {
    TABLES.iter().find(|table| table.name == "tenants").expect("there is such a table")
}

fn tenant(id: &str) -> Row {
    vec![Cell::Text(id.to_owned()), Cell::Text("partner".to_owned()), Cell::Number(0)]
}

async fn tenants_of(target: &dyn CopyTarget) -> Vec<Row> {
    let table = tenants();
    target.rows_after(table, &table.beginning(), 100).await.expect("the store answers")
}

/// Asserts that every way of writing is refused.
async fn assert_shut_out(target: &dyn CopyTarget, fence: Fence) {
    let before = tenants_of(target).await;
    for refused in [
        target.put(fence, tenants(), &[tenant("ptr_late")]).await,
        target.clear(fence, tenants()).await,
        target.finish(fence).await,
    ] {
        assert!(matches!(refused, Err(StoreFault::InUse(_))), "{refused:?}");
    }
    assert_eq!(tenants_of(target).await, before);
}

async fn whoever_is_overtaken_writes_no_more(store: &Store) {
    let target = target(store).await;
    assert_eq!(target.standing().await.expect("the store answers"), Standing::Empty);
    target.begin(&identity()).await.expect("nothing is there");
    assert!(matches!(target.begin(&identity()).await, Err(StoreFault::Exists(_))));
    let first = target.take_over().await.expect("it is being copied");
    target.clear(first, tenants()).await.expect("it is the last");
    target.put(first, tenants(), &[tenant("ptr_1")]).await.expect("it is the last");

    let second = target.take_over().await.expect("it is being copied");

    assert_shut_out(target.as_ref(), first).await;
    target.put(second, tenants(), &[tenant("ptr_2")]).await.expect("it is the last");
    assert_eq!(tenants_of(target.as_ref()).await, [tenant("ptr_1"), tenant("ptr_2")]);
    assert_eq!(
        target.standing().await.expect("the store answers"),
        Standing::BeingCopied(identity()),
        "no attempt hides from the next that it is a copy"
    );
}

async fn a_copy_that_is_finished_takes_nothing_in(store: &Store) {
    let target = target(store).await;
    target.begin(&identity()).await.expect("nothing is there");
    let fence = target.take_over().await.expect("it is being copied");

    target.finish(fence).await.expect("it is the last");

    assert_shut_out(target.as_ref(), fence).await;
    assert!(matches!(target.take_over().await, Err(StoreFault::InUse(_))));
    assert_eq!(target.standing().await.expect("the store answers"), Standing::Whole(identity()));
}
