//! A claim belongs to one aggregate at a time.

use tenantry::ledger::{CommitError, Committed};
use tenantry::limits::LOG;
use tenantry::ports::NewCommand;
use tokio::task::JoinSet;

use crate::harness::{Server, Store, assert_whole, claim, claim_key, command, partner};

on_both_databases!(
    of_many_claimants_at_once_one_wins,
    a_released_claim_can_be_taken_again,
    a_release_by_another_than_the_holder_does_nothing,
    the_same_value_can_be_claimed_in_another_tenant,
    a_release_and_a_claim_at_once_leave_one_holder,
);

async fn holder(server: &Server) -> Option<String> {
    server.keys.find_claim(LOG, &claim_key("x")).await.expect("the store answers")
}

fn claiming(name: &str, sequence: i64) -> NewCommand {
    NewCommand {
        claims: vec![claim("x", name)],
        ..command(&format!("{name} claims at {sequence}"), name, sequence, 1)
    }
}

fn releasing(name: &str, sequence: i64) -> NewCommand {
    NewCommand {
        releases: vec![claim_key("x")],
        ..command(&format!("{name} releases at {sequence}"), name, sequence, 1)
    }
}

async fn of_many_claimants_at_once_one_wins(store: &Store) {
    let servers = store.servers().await;
    let mut claimants = JoinSet::new();
    for n in 0..64 {
        let server = servers[n % servers.len()].clone();
        let name = format!("stream-{n}");
        claimants.spawn(async move { (server.committer.commit(claiming(&name, 0)).await, name) });
    }

    let answers = claimants.join_all().await;

    let winner = holder(&servers[0]).await.expect("somebody won");
    for (answer, name) in &answers {
        match answer {
            Ok(Committed::Appended { .. }) => assert_eq!(name, &winner),
            Err(CommitError::Taken(taken)) => {
                assert_ne!(name, &winner);
                assert_eq!(taken.holder, winner);
                assert_eq!((taken.kind.as_str(), taken.value.as_str()), ("name", "x"));
            }
            other => panic!("{name} wins or learns who did: {other:?}"),
        }
    }
    assert_eq!(store.raw().await.number("select count(*) from events").await, 1);
    assert_whole(store).await;
}

async fn a_released_claim_can_be_taken_again(store: &Store) {
    let server = store.server().await;
    server.committer.commit(claiming("one", 0)).await.expect("is appended");
    server.committer.commit(releasing("one", 1)).await.expect("is appended");
    assert_eq!(holder(&server).await, None);

    let answer = server.committer.commit(claiming("two", 0)).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 3 })), "{answer:?}");
    assert_eq!(holder(&server).await.as_deref(), Some("two"));
    assert_whole(store).await;
}

async fn a_release_by_another_than_the_holder_does_nothing(store: &Store) {
    let server = store.server().await;
    server.committer.commit(claiming("one", 0)).await.expect("is appended");

    let answer = server.committer.commit(releasing("two", 0)).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    assert_eq!(holder(&server).await.as_deref(), Some("one"));
}

async fn the_same_value_can_be_claimed_in_another_tenant(store: &Store) {
    let server = store.server().await;
    server.committer.commit(claiming("one", 0)).await.expect("is appended");
    let mut other = claiming("two", 0);
    other.claims[0].key.tenant_id = partner(2).into();

    let answer = server.committer.commit(other).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    assert_eq!(holder(&server).await.as_deref(), Some("one"));
}

async fn a_release_and_a_claim_at_once_leave_one_holder(store: &Store) {
    let servers = store.servers().await;
    let (first, last) = (&servers[0], &servers[servers.len() - 1]);
    first.committer.commit(claiming("one", 0)).await.expect("is appended");

    let (released, claimed) =
        tokio::join!(first.committer.commit(releasing("one", 1)), last.committer.commit(claiming("two", 0)));

    assert!(matches!(released, Ok(Committed::Appended { .. })), "{released:?}");
    let holder = holder(first).await;
    match claimed {
        Ok(Committed::Appended { .. }) => assert_eq!(holder.as_deref(), Some("two")),
        Err(CommitError::Taken(taken)) => assert_eq!((taken.holder.as_str(), holder), ("one", None)),
        other => panic!("the claim is taken or free: {other:?}"),
    }
    assert_whole(store).await;
}
