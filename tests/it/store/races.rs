//! A lost race stores nothing of the loser, and all of the winner (INV-STREAM).

use tenantry::ledger::{CommitError, Committed};
use tenantry::limits::LOG;
use tenantry::ports::{NewCommand, NewTenant, WrappedKey};
use tenantry_domain::tenant::TenantId;
use tokio::task::JoinSet;

use crate::harness::{Store, assert_whole, claim, claim_key, command, partner, person, tenant};

on_both_databases!(
    a_lost_race_for_a_sequence_stores_nothing_of_the_loser,
    of_many_racers_for_a_sequence_one_wins,
    a_tenant_comes_into_being_once,
    an_event_before_the_end_of_its_stream_is_refused,
);

/// A command that writes into every table.
fn racer(name: &str, number: u128) -> NewCommand {
    NewCommand {
        claims: vec![claim(&format!("name of {name}"), name)],
        person_keys: vec![WrappedKey {
            tenant_id: tenant(),
            subject: person(number),
            generation: 2,
            algorithm: "XC20P".to_owned(),
            wrapped_key: format!("key of {name}"),
        }],
        tenant: Some(NewTenant { tenant_id: partner(number).into() }),
        ..command(name, "contested", 0, 2)
    }
}

async fn a_lost_race_for_a_sequence_stores_nothing_of_the_loser(store: &Store) {
    let servers = store.servers().await;
    let [first, last] = [servers.first(), servers.last()].map(|server| server.expect("there is a server"));

    let (one, two) =
        tokio::join!(first.committer.commit(racer("one", 11)), last.committer.commit(racer("two", 12)));

    let ((winner, winners), (loser, losers)) = match (&one, &two) {
        (Ok(Committed::Appended { position: 2 }), Err(CommitError::Stale)) => (("one", 11), ("two", 12)),
        (Err(CommitError::Stale), Ok(Committed::Appended { position: 2 })) => (("two", 12), ("one", 11)),
        _ => panic!("one wins and the other is stale: {one:?}, {two:?}"),
    };
    assert!(first.record(winner).await.is_some());
    assert!(first.record(loser).await.is_none());
    let find = async |name: &str| first.keys.find_claim(LOG, &claim_key(&format!("name of {name}"))).await;
    assert_eq!(find(winner).await.expect("the store answers").as_deref(), Some(winner));
    assert_eq!(find(loser).await.expect("the store answers"), None);
    let persons = [(tenant(), person(11)), (tenant(), person(12))];
    let keys = first.keys.person_keys(LOG, &persons).await.expect("the store answers");
    assert_eq!(keys.iter().map(|key| key.subject).collect::<Vec<_>>(), [person(winners)]);
    let entered = |number: u128| {
        let tenant: TenantId = partner(number).into();
        format!("select count(*) from tenants where tenant_id = '{tenant}' and kind = 'partner' and log = 0")
    };
    let mut raw = store.raw().await;
    assert_eq!(raw.number(&entered(winners)).await, 1);
    assert_eq!(raw.number(&entered(losers)).await, 0);
    assert_eq!(raw.number("select count(*) from events").await, 2);
    assert_whole(store).await;
}

async fn of_many_racers_for_a_sequence_one_wins(store: &Store) {
    let servers = store.servers().await;
    let mut racers = JoinSet::new();
    for n in 0..64 {
        let server = servers[n % servers.len()].clone();
        racers
            .spawn(async move { server.committer.commit(command(&n.to_string(), "contested", 0, 1)).await });
    }

    let answers = racers.join_all().await;

    let won = answers.iter().filter(|answer| matches!(answer, Ok(Committed::Appended { position: 1 })));
    let lost = answers.iter().filter(|answer| matches!(answer, Err(CommitError::Stale)));
    assert_eq!((won.count(), lost.count()), (1, 63));
    assert_eq!(store.raw().await.number("select count(*) from commands").await, 1);
    assert_whole(store).await;
}

async fn a_tenant_comes_into_being_once(store: &Store) {
    let server = store.server().await;
    let tenant = Some(NewTenant { tenant_id: partner(5).into() });
    let bear = |name: &str| NewCommand { tenant: tenant.clone(), ..command(name, name, 0, 1) };
    server.committer.commit(bear("first")).await.expect("is appended");

    let answer = server.committer.commit(bear("second")).await;

    assert!(matches!(answer, Err(CommitError::Stale)), "{answer:?}");
    assert!(server.record("second").await.is_none());
    assert_whole(store).await;
}

async fn an_event_before_the_end_of_its_stream_is_refused(store: &Store) {
    let server = store.server().await;
    server.committer.commit(command("first", "one", 0, 3)).await.expect("is appended");

    let answer = server.committer.commit(command("late", "one", 1, 1)).await;

    assert!(matches!(answer, Err(CommitError::Stale)), "{answer:?}");
    assert_whole(store).await;
}
