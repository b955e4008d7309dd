//! One key, one answer: at once, later, and after a restart.

use futures::future::join_all;
use tenantry::ledger::{Committed, Outcome};
use tenantry::limits::LOG;
use tenantry::ports::{CommandKey, NewCommand};
use tenantry_domain::organization::Organization;
use tokio::task::JoinSet;

use crate::harness::{
    Server, Store, assert_whole, command, create_organization, organization, set_license, tenant, with_body,
};

on_both_databases!(
    a_repeated_key_gets_the_recorded_answer,
    a_key_with_another_body_shows_another_fingerprint,
    of_two_bodies_under_one_key_at_once_one_is_recorded,
    a_key_is_known_after_a_restart,
    a_repeated_typed_command_replays_its_outcome,
    a_key_belongs_to_its_scope,
    a_typed_command_without_events_is_recorded_once_decided_on_fresh_state,
    a_repeated_key_leaves_the_state_of_its_stream_in_memory,
    records_are_found_together_and_beside_their_keys,
);

async fn a_repeated_key_gets_the_recorded_answer(store: &Store) {
    let server = store.server().await;
    server.committer.commit(command("other", "other", 0, 4)).await.expect("is appended");
    server.committer.commit(command("known", "one", 0, 2)).await.expect("is appended");

    for server in [server.clone(), server.without_memory().await] {
        let again = server.committer.commit(command("known", "one", 2, 2)).await;

        let Ok(Committed::Recorded(record)) = again else { panic!("it was carried out twice: {again:?}") };
        assert_eq!((record.answer.as_str(), record.last_position), (r#"{"command":"known"}"#, 6));
        assert_eq!(record.fingerprint, [1; 32]);
    }
    assert_whole(store).await;
}

async fn a_key_with_another_body_shows_another_fingerprint(store: &Store) {
    let server = store.server().await;
    server.committer.commit(with_body(2, command("known", "one", 0, 1))).await.expect("is appended");

    for server in [server.clone(), server.without_memory().await] {
        let again = server.committer.commit(with_body(3, command("known", "two", 0, 1))).await;

        let Ok(Committed::Recorded(record)) = again else { panic!("it was carried out twice: {again:?}") };
        assert_eq!(record.fingerprint, [2; 32]);
    }
    assert_whole(store).await;
}

async fn of_two_bodies_under_one_key_at_once_one_is_recorded(store: &Store) {
    let servers = store.servers().await;
    let mut callers = JoinSet::new();
    for n in 0..32_u8 {
        let server = servers[usize::from(n) % servers.len()].clone();
        let sent = with_body(n % 2, command("known", &format!("stream-{n}"), 0, 1));
        callers.spawn(async move { (n % 2, server.committer.commit(sent).await.expect("is answered")) });
    }

    let answers = callers.join_all().await;

    let won: Vec<u8> = answers
        .iter()
        .filter(|(_, answer)| matches!(answer, Committed::Appended { .. }))
        .map(|(body, _)| *body)
        .collect();
    let [body] = won[..] else { panic!("one is carried out, not {won:?}") };
    for (_, answer) in &answers {
        if let Committed::Recorded(record) = answer {
            assert_eq!(record.fingerprint, [body; 32]);
        }
    }
    assert_whole(store).await;
}

async fn a_key_is_known_after_a_restart(store: &Store) {
    let server = store.server().await;
    let sent = (0..20).map(|n| server.committer.commit(command(&n.to_string(), &n.to_string(), 0, 1)));
    assert!(join_all(sent).await.iter().all(Result::is_ok));
    let before = server.record("7").await;
    server.stop().await;

    let server = store.server().await;
    let again = server.committer.commit(command("7", "7", 1, 1)).await;

    let Ok(Committed::Recorded(record)) = again else { panic!("it was carried out twice: {again:?}") };
    assert_eq!(Some(record), before);
    assert_whole(store).await;
}

async fn a_repeated_typed_command_replays_its_outcome(store: &Store) {
    let server = store.server().await;
    let create = async |number: u128| {
        let id = organization(number);
        let envelope = || server.envelope(tenant(), "create");
        server.execute::<Organization>(&id.to_string(), create_organization(id), envelope).await
    };
    let first = create(1).await;
    let Ok(Outcome::Committed { answer, position: 1 }) = first else { panic!("is carried out: {first:?}") };

    let again = create(2).await;

    let Ok(Outcome::Replayed(record)) = again else { panic!("it was carried out twice: {again:?}") };
    assert_eq!(record.answer, answer);
    assert_eq!(answer, r#"{"command":"create","sequence":1}"#);
    let second = server.streams.state::<Organization>(None, &organization(2).to_string(), false).await;
    assert_eq!(second.expect("the store answers").sequence, 0, "nothing of the second is kept");
    assert_whole(store).await;
}

async fn a_key_belongs_to_its_scope(store: &Store) {
    let server = store.server().await;
    server.committer.commit(command("known", "one", 0, 1)).await.expect("is appended");
    let known = command("known", "two", 0, 1);
    let key = CommandKey { scope: "key_other".to_owned(), ..known.key.clone() };
    let other = NewCommand { key, ..known };

    let answer = server.committer.commit(other).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
}

async fn a_typed_command_without_events_is_recorded_once_decided_on_fresh_state(store: &Store) {
    let server = store.server().await;
    let id = organization(1).to_string();
    let envelope = |name: &str| server.envelope(tenant(), name);
    server
        .execute::<Organization>(&id, create_organization(organization(1)), || envelope("create"))
        .await
        .expect("is carried out");
    server.execute::<Organization>(&id, set_license(5), || envelope("set")).await.expect("is carried out");

    let cached = server.streams.execute::<Organization>(&id, set_license(5), envelope("again"), false).await;
    let fresh = server.streams.execute::<Organization>(&id, set_license(5), envelope("again"), true).await;

    assert!(matches!(cached, Err(tenantry::ledger::ExecuteError::OldState)), "{cached:?}");
    assert!(matches!(fresh, Ok(Outcome::Committed { position: 2, .. })), "{fresh:?}");
    assert_eq!(server.record("again").await.map(|record| record.last_position), Some(2));
    assert_whole(store).await;
}

async fn a_repeated_key_leaves_the_state_of_its_stream_in_memory(store: &Store) {
    let server = store.server().await;
    let id = organization(1).to_string();
    let create = create_organization(organization(1));
    server
        .execute::<Organization>(&id, create, || server.envelope(tenant(), "create"))
        .await
        .expect("is carried out");
    let set = |server: &Server| server.envelope(tenant(), "set");
    server.execute::<Organization>(&id, set_license(5), || set(&server)).await.expect("is carried out");

    for server in [server.clone(), server.without_memory().await] {
        server.streams.state::<Organization>(None, &id, false).await.expect("the store answers");
        let again = server.streams.execute::<Organization>(&id, set_license(6), set(&server), false).await;

        assert!(matches!(again, Ok(Outcome::Replayed(_))), "{again:?}");
        assert!(server.streams.holds::<Organization>(&id), "it would be loaded for every repeat");
    }
    assert_whole(store).await;
}

async fn records_are_found_together_and_beside_their_keys(store: &Store) {
    let server = store.server().await;
    for (n, name) in ["one", "two", "three"].into_iter().enumerate() {
        let sent = with_body(u8::try_from(n).expect("is small"), command(name, name, 0, 1));
        server.committer.commit(sent).await.expect("is appended");
    }
    let asked = ["three", "unknown", "one"].map(|name| command(name, name, 0, 1).key);

    let found = server.keys.find_records(LOG, &asked).await.expect("the store answers");

    let mut found: Vec<(&str, u8)> =
        found.iter().map(|(key, record)| (key.command_id.as_str(), record.fingerprint[0])).collect();
    found.sort_unstable();
    assert_eq!(found, [("one", 0), ("three", 2)]);
}
