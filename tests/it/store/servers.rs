//! Several servers on the same aggregates: each stream stays dense, and no command is lost.

use tenantry::ledger::Outcome;
use tenantry_domain::organization::Organization;
use tokio::task::JoinSet;

use crate::harness::{Server, Store, assert_whole, create_organization, organization, set_license, tenant};

on_both_databases!(
    commands_to_the_same_aggregates_at_once_are_all_carried_out,
    a_cached_state_is_never_the_last_word,
);

const AGGREGATES: u128 = 4;
const WRITERS: u32 = 4;
const COMMANDS_PER_WRITER: u32 = 15;

async fn create(server: &Server, number: u128) {
    let id = organization(number);
    let envelope = || server.envelope(tenant(), &format!("create {number}"));
    let outcome = server.execute::<Organization>(&id.to_string(), create_organization(id), envelope).await;
    assert!(matches!(outcome, Ok(Outcome::Committed { .. })), "{outcome:?}");
}

/// Sets licenses with quantities that nobody else sets, so that each command is an event.
async fn write(server: Server, number: u128, writer: u32) {
    let id = organization(number).to_string();
    for n in 0..COMMANDS_PER_WRITER {
        let quantity = writer * COMMANDS_PER_WRITER + n;
        let envelope = || server.envelope(tenant(), &format!("{number} to {quantity}"));
        let outcome = server.execute::<Organization>(&id, set_license(quantity), envelope).await;
        assert!(matches!(outcome, Ok(Outcome::Committed { .. })), "{outcome:?}");
    }
}

async fn commands_to_the_same_aggregates_at_once_are_all_carried_out(store: &Store) {
    let servers = store.servers().await;
    for number in 1..=AGGREGATES {
        create(&servers[0], number).await;
    }
    let mut writers = JoinSet::new();
    for number in 1..=AGGREGATES {
        for writer in 0..WRITERS {
            let server = servers[writer as usize % servers.len()].clone();
            writers.spawn(write(server, number, writer));
        }
    }

    writers.join_all().await;

    let length = i64::from(1 + WRITERS * COMMANDS_PER_WRITER);
    for number in 1..=AGGREGATES {
        let id = organization(number).to_string();
        let mut states = Vec::new();
        for server in &servers {
            let loaded = server.streams.state::<Organization>(Some(tenant()), &id, true).await;
            let loaded = loaded.expect("the stream is dense");
            assert_eq!(loaded.sequence, length);
            states.push(loaded.state.clone());
        }
        assert!(states.windows(2).all(|pair| pair[0] == pair[1]), "all servers see the same state");
    }
    assert_whole(store).await;
}

async fn a_cached_state_is_never_the_last_word(store: &Store) {
    let servers = store.servers().await;
    let (first, last) = (&servers[0], &servers[servers.len() - 1]);
    create(first, 1).await;
    let id = organization(1).to_string();
    let set = async |server: &Server, quantity: u32, name: &str| {
        let envelope = || server.envelope(tenant(), name);
        server.execute::<Organization>(&id, set_license(quantity), envelope).await.expect("is carried out")
    };
    set(first, 5, "five").await;
    set(last, 6, "six").await;

    let outcome = set(first, 5, "five again").await;

    assert!(matches!(outcome, Outcome::Committed { position: 4, .. }), "not taken for done: {outcome:?}");
    assert_whole(store).await;
}
