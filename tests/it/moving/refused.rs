//! What is not copied, and what is not opened.

use super::{compared, copy, home, other_kind, said};
use crate::harness::{Store, dump};
use crate::journey::bodies;
use crate::journey::client::send;
use crate::journey::program::{Home, Program};
use crate::journey::verbs::{Where, refused, run};

on_both_databases!(
    a_store_that_a_server_works_on_is_not_copied,
    another_store_is_not_copied_over,
    a_copy_that_is_not_whole_is_opened_by_nobody_and_goes_on,
    a_copy_does_not_go_on_after_its_source_has_moved,
);

/// Makes a store with some history.
async fn filled(store: &Store, home: &Home) {
    let program = Program::start(store, home, &[]).await;
    register(&program, "Example Resale").await;
    program.terminate().await;
}

async fn register(program: &Program, name: &str) {
    send(program.operator().command("RegisterPartner", &bodies::partner(name))).await.expect(200);
}

async fn a_store_that_a_server_works_on_is_not_copied(store: &Store) {
    let (home, other) = (home(), other_kind(store).await);
    let program = Program::start(store, &home, &[]).await;

    let tried = copy(&home, store, &other);

    assert_eq!(tried.status.code(), Some(5), "{}", said(&tried));
    let why = match store {
        Store::Sqlite(_) => "another process has",
        Store::Postgres { .. } => "a server is at work on the source",
    };
    assert!(said(&tried).contains(why), "{}", said(&tried));
    program.terminate().await;
    // Nothing keeps the target from being what it is to be.
    compared(&copy(&home, store, &other));
    other.close().await;
}

async fn another_store_is_not_copied_over(store: &Store) {
    let (home, other) = (home(), other_kind(store).await);
    filled(store, &home).await;
    filled(&other, &home).await;
    let before = dump(&other).await;

    let tried = copy(&home, store, &other);
    let onto_itself = copy(&home, store, store);

    assert_eq!(tried.status.code(), Some(1));
    assert!(said(&tried).contains("holds the data of another store"), "{}", said(&tried));
    assert!(!onto_itself.status.success(), "{}", said(&onto_itself));
    assert_eq!(dump(&other).await, before);
    Program::start(&other, &home, &[]).await.terminate().await;
    Program::start(store, &home, &[]).await.terminate().await;
    other.close().await;
}

/// Makes of a whole copy one that broke off: its mark is set, and some of what comes last is missing.
async fn halved(copy: &Store) {
    let halve = "delete from tenants where tenant_id <> 'platform'; update meta set format = 0";
    copy.raw().await.execute(halve).await.expect("what is no history can be removed");
}

async fn a_copy_that_is_not_whole_is_opened_by_nobody_and_goes_on(store: &Store) {
    let (home, elsewhere, other) = (home(), Home::new(), other_kind(store).await);
    filled(store, &home).await;
    let first = compared(&copy(&home, store, &other));
    let again = copy(&home, store, &other);
    assert!(said(&again).contains("a whole copy of it"), "{}", said(&again));
    halved(&other).await;

    let served = Program::refused(&other, &elsewhere, &[]);
    let place = Where::Store(&other);
    let (_, listed) = refused(&elsewhere, &place, &["partner", "list"]);
    let (_, written) = refused(&elsewhere, &place, &["key", "create", "--role", "operator"]);
    let doctor = run(&home, &place, &["doctor", "-o", "table"]);

    for refusal in [served, written] {
        assert!(refusal.contains("`tenantry store copy` again"), "{refusal}");
    }
    // A reader on SQLite misses its key first: nobody made one for it.
    assert!(listed.contains("store copy") || listed.contains("wrapping.key"), "{listed}");
    assert!(!elsewhere.path().join("data/wrapping.key").exists(), "a key of nothing would be in the way");
    let found = String::from_utf8_lossy(&doctor.stdout);
    assert!(!doctor.status.success() && found.contains("being copied from another store"), "{found}");
    assert_eq!(compared(&copy(&home, store, &other)), first);
    Program::start(&other, &home, &[]).await.terminate().await;
    other.close().await;
}

async fn a_copy_does_not_go_on_after_its_source_has_moved(store: &Store) {
    let (home, other) = (home(), other_kind(store).await);
    filled(store, &home).await;
    compared(&copy(&home, store, &other));
    halved(&other).await;
    let program = Program::start(store, &home, &[]).await;
    register(&program, "Another").await;
    program.terminate().await;

    let tried = copy(&home, store, &other);

    assert!(said(&tried).contains("the source has moved on"), "{}", said(&tried));
    assert!(Program::refused(&other, &home, &[]).contains("`tenantry store copy` again"));
    other.close().await;
}
