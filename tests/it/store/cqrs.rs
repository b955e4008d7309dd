//! The stock stores of cqrs-es read our `events` as they are.

use cqrs_es::persist::PersistedEventStore;
use cqrs_es::{AggregateContext, EventEnvelope, EventStore};
use postgres_es::PostgresEventRepository;
use sqlite_es::SqliteEventRepository;
use sqlx::{PgPool, SqlitePool};
use tenantry_domain::access_key::{AccessKey, AccessKeyEvent};
use tenantry_domain::ids::AccessKeyId;
use tenantry_domain::organization::Organization;
use tenantry_domain::personal::Personal;
use tenantry_domain::stream::Decide;
use uuid::Uuid;

use crate::harness::{Server, Store, create_organization, email, organization, set_license, tenant};

on_both_databases!(stock_stores_fold_to_the_same_state, stock_stores_see_personal_values_sealed);

/// Reads a stream with the stock store, under its default table name.
async fn stock<A: Decide>(store: &Store, id: &str) -> (A, Vec<EventEnvelope<A>>) {
    match store {
        Store::Sqlite(_) => {
            let pool = SqlitePool::connect(&store.url()).await.expect("the file opens");
            let stock =
                PersistedEventStore::<_, A>::new_event_store(SqliteEventRepository::new(pool.clone()));
            let read = read(&stock, id).await;
            pool.close().await;
            read
        }
        Store::Postgres { .. } => {
            let pool = PgPool::connect(&store.url()).await.expect("PostgreSQL takes connections");
            let stock =
                PersistedEventStore::<_, A>::new_event_store(PostgresEventRepository::new(pool.clone()));
            let read = read(&stock, id).await;
            pool.close().await;
            read
        }
    }
}

async fn read<A: Decide, S: EventStore<A>>(store: &S, id: &str) -> (A, Vec<EventEnvelope<A>>) {
    let events = store.load_events(id).await.expect("the events decode");
    let mut context = store.load_aggregate(id).await.expect("the stream folds");
    (context.aggregate().clone(), events)
}

async fn organization_with_licenses(server: &Server, number: u128, licenses: u32) -> String {
    let id = organization(number).to_string();
    let envelope = |name: String| server.envelope(tenant(), &format!("{name} of {number}"));
    server
        .execute::<Organization>(&id, create_organization(organization(number)), || envelope("create".into()))
        .await
        .expect("is carried out");
    for quantity in 1..=licenses {
        server
            .execute::<Organization>(&id, set_license(quantity), || envelope(format!("set {quantity}")))
            .await
            .expect("is carried out");
    }
    id
}

async fn stock_stores_fold_to_the_same_state(store: &Store) {
    let server = store.server().await;
    organization_with_licenses(&server, 1, 2).await;
    let id = organization_with_licenses(&server, 2, 12).await;
    let ours = server.streams.state::<Organization>(Some(tenant()), &id, true).await.expect("it folds");

    let (state, events) = stock::<Organization>(store, &id).await;

    assert_eq!(state, ours.state);
    assert!(events.iter().map(|event| event.sequence).eq(1..=13));
    assert!(events.iter().all(|event| event.aggregate_id == id));
    assert_eq!(events[12].metadata["causation"], "set 12 of 2");
    assert_eq!(events[12].metadata["tenant"], tenant().to_string());
}

async fn stock_stores_see_personal_values_sealed(store: &Store) {
    let server = store.server().await;
    server.issue_key(tenant(), 1, &email("someone@customer.example")).await;
    let id = AccessKeyId::from_uuid(Uuid::from_u128(1)).to_string();
    let ours = server.streams.state::<AccessKey>(Some(tenant()), &id, true).await.expect("it folds");

    let (mut state, events) = stock::<AccessKey>(store, &id).await;

    let mut ours = ours.state.clone();
    for state in [&mut ours, &mut state] {
        let issued = state.issued.as_mut().expect("the key is issued");
        assert!(issued.email.take().is_some(), "only the holder's address may differ");
    }
    assert_eq!(state, ours);
    let [EventEnvelope { payload: AccessKeyEvent::Issued(issued), .. }] = &events[..] else {
        panic!("one event: {events:?}")
    };
    assert!(matches!(issued.email, Some(Personal::Sealed(_))), "{:?}", issued.email);
}
