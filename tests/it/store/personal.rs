//! INV-PERSONAL: what is about a person is unreadable at rest, and opens for that person in that tenant alone.

use std::path::{Path, PathBuf};

use tenantry::limits::LOG;
use tenantry::ports::Ledger;
use tenantry_domain::access_key::{AccessKeyEvent, KeyIssued};
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;

use crate::harness::{Server, Store, email, partner, tenant};

on_both_databases!(
    an_address_is_in_no_file_of_the_store,
    a_sealed_value_opens_for_its_person,
    a_sealed_value_moved_to_another_person_does_not_open,
    a_sealed_value_moved_to_another_tenant_does_not_open,
    a_key_copied_to_another_tenant_does_not_open,
    a_value_whose_key_is_gone_reads_as_erased,
);

/// Returns the files that hold a store's data.
async fn files(store: &Store) -> Vec<PathBuf> {
    let folder = match store {
        Store::Sqlite(_) => store.folder(),
        Store::Postgres { .. } => {
            let mut raw = store.raw_superuser().await;
            raw.execute("checkpoint").await.expect("the superuser may");
            let folder = raw
                .texts(
                    "select current_setting('data_directory') || '/base/' || oid from pg_database
                    where datname = current_database()",
                )
                .await;
            Path::new(&folder[0]).to_owned()
        }
    };
    let entries = std::fs::read_dir(&folder).expect("the tests may read the folder");
    entries.map(|entry| entry.expect("the tests may read the folder").path()).collect()
}

/// Tells whether a text is in any of some files, in whatever case.
fn any_holds(files: &[PathBuf], text: &str) -> bool {
    files.iter().any(|file| {
        let bytes = std::fs::read(file).expect("the tests may read the file");
        String::from_utf8_lossy(&bytes).to_lowercase().contains(text)
    })
}

async fn an_address_is_in_no_file_of_the_store(store: &Store) {
    let server = store.server().await;
    for number in 1..=5 {
        let address = email(&format!("Secret.Marker{number}@Hidden-Domain.example"));
        server.issue_key(tenant(), number, &address).await;
    }

    let files = files(store).await;

    assert!(any_holds(&files, "key in the open"), "what is no secret is found");
    assert!(!any_holds(&files, "secret.marker"), "the address is not");
    assert!(!any_holds(&files, "hidden-domain"), "nor a part of it");
}

/// Issues a key to a person and returns its event as it is stored.
async fn issued(server: &Server, number: u128, address: &str) -> Box<KeyIssued> {
    server.issue_key(tenant(), number, &email(address)).await;
    let head = server.feed.head();
    let events = server.probe.read_at(LOG, &[head]).await.expect("the store answers");
    match events[0].event().expect("it decodes") {
        AccessKeyEvent::Issued(issued) => issued,
        AccessKeyEvent::Revoked(_) => panic!("it was issued"),
    }
}

/// Opens what a tenant can open of an event: the address, nothing once erased, or the error.
async fn open(
    server: &Server,
    tenant: TenantId,
    issued: Box<KeyIssued>,
) -> Result<Option<EmailAddress>, String> {
    let mut events = [AccessKeyEvent::Issued(issued)];
    let keys = server.persons.keys_of(tenant, &mut events).await.map_err(|error| error.to_string())?;
    keys.unseal(&mut events[0]).map_err(|error| error.to_string())?;
    let [AccessKeyEvent::Issued(issued)] = events else { panic!("it was issued") };
    match issued.email.expect("it has an address") {
        Personal::Open { value, .. } => Ok(Some(value)),
        Personal::Erased => Ok(None),
        other @ (Personal::Sealed(_) | Personal::Withheld) => Err(format!("it does not open: {other:?}")),
    }
}

async fn a_sealed_value_opens_for_its_person(store: &Store) {
    let first = store.server().await;
    let stored = issued(&first, 1, "one@customer.example").await;
    first.stop().await;
    let server = store.server().await;

    let opened = open(&server, tenant(), stored).await;

    assert_eq!(opened, Ok(Some(email("one@customer.example"))));
}

async fn a_sealed_value_moved_to_another_person_does_not_open(store: &Store) {
    let server = store.server().await;
    let one = issued(&server, 1, "one@customer.example").await;
    let mut two = issued(&server, 2, "two@customer.example").await;
    let (Some(Personal::Sealed(value)), Some(Personal::Sealed(place))) = (&one.email, &mut two.email) else {
        panic!("both are sealed")
    };
    place.body.clone_from(&value.body);

    let opened = open(&server, tenant(), two).await;

    assert!(opened.as_ref().is_err_and(|error| error.contains("does not open")), "{opened:?}");
}

async fn a_sealed_value_moved_to_another_tenant_does_not_open(store: &Store) {
    let server = store.server().await;
    let stored = issued(&server, 1, "one@customer.example").await;

    let opened = open(&server, partner(2).into(), stored).await;

    assert_eq!(opened, Ok(None));
}

async fn a_key_copied_to_another_tenant_does_not_open(store: &Store) {
    let server = store.server().await;
    let stored = issued(&server, 1, "one@customer.example").await;
    let other: TenantId = partner(2).into();
    let copy = format!(
        "insert into person_keys (tenant_id, subject, generation, algorithm, wrapped_key, log)
        select '{other}', subject, generation, algorithm, wrapped_key, log from person_keys"
    );
    store.raw().await.execute(&copy).await.expect("the table takes it");

    let opened = open(&server, other, stored).await;

    assert!(opened.as_ref().is_err_and(|error| error.contains("does not open")), "{opened:?}");
}

async fn a_value_whose_key_is_gone_reads_as_erased(store: &Store) {
    let first = store.server().await;
    let stored = issued(&first, 1, "one@customer.example").await;
    first.stop().await;
    store.raw().await.execute("delete from person_keys").await.expect("keys may go");

    let opened = open(&store.server().await, tenant(), stored).await;

    assert_eq!(opened, Ok(None));
}
