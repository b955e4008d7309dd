//! Many commands share one commit; a loser among them costs the others nothing but a bounded number of rounds.

use std::collections::HashMap;
use std::pin::pin;

use futures::future::join_all;
use futures::poll;
use tenantry::ledger::{CommitError, Committed, Outcome};
use tenantry::ports::NewCommand;
use tenantry_domain::organization::Organization;
use tokio::task::JoinSet;

use crate::harness::{
    Fault, Server, Store, assert_whole, claim, command, create_organization, organization, set_license,
    tenant, with_body,
};

on_both_databases!(
    commands_that_wait_share_one_commit,
    losers_in_a_batch_do_not_hurt_the_others,
    many_rivals_for_one_claim_cost_one_commit,
    a_server_that_stops_writes_what_waits_first,
    repeated_keys_under_load_cost_a_bounded_number_of_rounds,
    a_key_repeated_a_moment_later_costs_the_store_nothing,
    commands_on_one_stream_together_are_one_commit,
    commands_together_are_stored_all_or_not_at_all,
    commands_together_that_broke_off_are_found_by_their_records,
    commands_together_give_way_to_events_of_another_server,
);

/// Commits all commands in one batch: they queue while an earlier commit is held up.
async fn commit_together(server: &Server, commands: Vec<NewCommand>) -> Vec<Result<Committed, CommitError>> {
    let gate = server.probe.hold().await;
    let mut arrivals = server.probe.watch_arrivals();
    let mut plug = pin!(server.committer.commit(command("plug", "plug", 0, 1)));
    assert!(poll!(plug.as_mut()).is_pending());
    arrivals.changed().await.expect("the probe is there");
    let mut all = pin!(join_all(commands.into_iter().map(|command| server.committer.commit(command))));
    assert!(poll!(all.as_mut()).is_pending());
    drop(gate);
    plug.await.expect("is appended");
    all.await
}

async fn commands_that_wait_share_one_commit(store: &Store) {
    let server = store.server().await;
    let commands = (0..100).map(|n| command(&n.to_string(), &n.to_string(), 0, 1)).collect();

    let answers = commit_together(&server, commands).await;

    let positions = answers.into_iter().map(|answer| match answer {
        Ok(Committed::Appended { position }) => position,
        other => panic!("is appended: {other:?}"),
    });
    assert!(positions.eq(2..=101), "in the order in which they came");
    let sizes: Vec<usize> = server.probe.attempts().iter().map(|attempt| attempt.commands.len()).collect();
    assert_eq!(sizes, [1, 100]);
    assert_whole(store).await;
}

async fn losers_in_a_batch_do_not_hurt_the_others(store: &Store) {
    let before = store.server().await;
    let first = NewCommand { claims: vec![claim("held", "one")], ..command("known", "one", 0, 1) };
    before.committer.commit(first).await.expect("is appended");
    let server = before.without_memory().await;
    let mut commands: Vec<_> = (0..40).map(|n| command(&n.to_string(), &n.to_string(), 0, 1)).collect();
    commands[7] = command("stale", "one", 0, 1);
    commands[19] = NewCommand { claims: vec![claim("held", "19")], ..command("taken", "19", 0, 1) };
    commands[31] = with_body(9, command("known", "31", 0, 1));
    let earlier = server.probe.attempts().len();

    let answers = commit_together(&server, commands).await;

    for (n, answer) in answers.iter().enumerate() {
        match (n, answer) {
            (7, Err(CommitError::Stale)) => {}
            (19, Err(CommitError::Taken(taken))) => {
                assert_eq!((taken.value.as_str(), taken.holder.as_str()), ("held", "one"));
            }
            (31, Ok(Committed::Recorded(record))) => assert_eq!(record.answer, r#"{"command":"known"}"#),
            (7 | 19 | 31, _) => panic!("{n} loses: {answer:?}"),
            _ => assert!(matches!(answer, Ok(Committed::Appended { .. })), "{n}: {answer:?}"),
        }
    }
    let rounds: Vec<_> = server.probe.attempts()[earlier..]
        .iter()
        .map(|attempt| (attempt.commands.len(), attempt.written))
        .collect();
    assert_eq!(rounds, [(1, true), (40, false), (37, true)], "the plug, all, all without the losers");
    assert_eq!(server.probe.settles(), 1);
    assert_whole(store).await;
}

async fn many_rivals_for_one_claim_cost_one_commit(store: &Store) {
    let server = store.server().await;
    let rival = |n: usize| NewCommand {
        claims: vec![claim("wanted", &n.to_string())],
        ..command(&n.to_string(), &n.to_string(), 0, 1)
    };
    let mut commands: Vec<_> = (0..40).map(rival).collect();
    commands.push(command("other", "other", 0, 1));

    let answers = commit_together(&server, commands).await;

    assert!(matches!(answers[0], Ok(Committed::Appended { .. })), "{:?}", answers[0]);
    assert!(matches!(answers[40], Ok(Committed::Appended { .. })), "{:?}", answers[40]);
    for answer in &answers[1..40] {
        let Err(CommitError::Taken(taken)) = answer else { panic!("one holds it: {answer:?}") };
        assert_eq!((taken.value.as_str(), taken.holder.as_str()), ("wanted", "0"));
    }
    let sizes: Vec<usize> = server.probe.attempts().iter().map(|attempt| attempt.commands.len()).collect();
    assert_eq!((sizes, server.probe.settles()), (vec![1, 2], 0), "the plug, and all that can be");
    assert_whole(store).await;
}

async fn a_server_that_stops_writes_what_waits_first(store: &Store) {
    let server = store.server().await;
    let gate = server.probe.hold().await;
    let commands = (0..50).map(|n| command(&n.to_string(), &n.to_string(), 0, 1));
    let mut all = pin!(join_all(commands.map(|command| server.committer.commit(command))));
    assert!(poll!(all.as_mut()).is_pending());
    let mut stopped = pin!(server.clone().stop());
    assert!(poll!(stopped.as_mut()).is_pending());
    drop(gate);

    let (answers, ()) = tokio::join!(all, stopped);

    assert!(answers.iter().all(|answer| matches!(answer, Ok(Committed::Appended { .. }))));
    let late = server.committer.commit(command("late", "late", 0, 1)).await;
    assert!(late.is_err(), "nobody is there to write it: {late:?}");
    assert_whole(store).await;
}

const WRITERS: usize = 64;
const COMMANDS_PER_WRITER: usize = 50;
/// One command in a hundred comes with a key that was used before.
const REPEATED_EVERY: usize = 100;
const REPEATED: usize = WRITERS * COMMANDS_PER_WRITER / REPEATED_EVERY;

fn known(n: usize) -> NewCommand {
    command(&format!("known-{n}"), &format!("known-{n}"), 0, 1)
}

/// Sends commands to a stream of its own, and among them keys that are known.
async fn write(server: Server, writer: usize) {
    let mut sequence = 0;
    for n in writer * COMMANDS_PER_WRITER..(writer + 1) * COMMANDS_PER_WRITER {
        if n.is_multiple_of(REPEATED_EVERY) {
            let known = known(n / REPEATED_EVERY);
            let again = with_body(2, NewCommand { sequence: 1, ..known.clone() });
            match server.committer.commit(again).await.expect("is answered") {
                Committed::Recorded(record) => {
                    assert_eq!((record.answer, record.fingerprint), (known.answer, vec![1; 32]));
                }
                Committed::Appended { .. } => panic!("{} was carried out twice", known.key.command_id),
            }
            continue;
        }
        let sent = command(&n.to_string(), &format!("stream-{writer}"), sequence, 1);
        let answer = server.committer.commit(sent).await;
        assert!(matches!(answer, Ok(Committed::Appended { .. })), "{n}: {answer:?}");
        sequence += 1;
    }
}

async fn repeated_keys_under_load_cost_a_bounded_number_of_rounds(store: &Store) {
    let before = store.server().await;
    let sent = (0..REPEATED).map(|n| before.committer.commit(known(n)));
    assert!(join_all(sent).await.iter().all(Result::is_ok));
    let earlier = before.probe.attempts().len();
    let server = before.without_memory().await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(server.clone(), writer));
    }

    writers.join_all().await;

    let attempts = server.probe.attempts().split_off(earlier);
    let conflicts = attempts.iter().filter(|attempt| !attempt.written).count();
    // After the first, batches are settled before they are written.
    assert!((1..=REPEATED / 4).contains(&conflicts), "{conflicts} conflicts for {REPEATED} repeated keys");
    let (settles, batches) = (server.probe.settles(), attempts.len());
    assert!(settles <= batches + conflicts + REPEATED, "{settles} look-ups for {batches} batches");
    let mut rounds: HashMap<&str, usize> = HashMap::new();
    for command in attempts.iter().flat_map(|attempt| &attempt.commands) {
        *rounds.entry(&command.command_id).or_default() += 1;
    }
    let most = rounds.into_values().max();
    assert!(most <= Some(2), "a command goes once more if its batch held a repeated key: {most:?}");
    assert_whole(store).await;
}

async fn a_key_repeated_a_moment_later_costs_the_store_nothing(store: &Store) {
    let server = store.server().await;
    server.committer.commit(known(1)).await.expect("is appended");

    let again = server.committer.commit(with_body(2, known(1))).await;

    let Ok(Committed::Recorded(record)) = again else { panic!("it was carried out twice: {again:?}") };
    assert_eq!(Some(record), server.record("known-1").await);
    assert_eq!((server.probe.attempts().len(), server.probe.settles()), (1, 0));
}

/// Makes commands that follow each other on one stream.
fn row(names: &[&str], sequence: i64) -> Vec<NewCommand> {
    names.iter().zip(sequence..).map(|(name, sequence)| command(name, "one", sequence, 1)).collect()
}

async fn commands_on_one_stream_together_are_one_commit(store: &Store) {
    let server = store.server().await;
    let id = organization(1);
    let named = |name: &str| server.envelope(tenant(), name);
    let mut commands = vec![(create_organization(id), named("create"))];
    commands.extend((1..5).map(|n| (set_license(n), named(&n.to_string()))));
    // One that is refused, one that changes nothing, one whose key is among them: they go alone.
    commands.insert(1, (create_organization(id), named("refused")));
    commands.push((set_license(4), named("so already")));
    commands.push((set_license(5), named("1")));

    let outcomes = server.streams.execute_together::<Organization>(&id.to_string(), tenant(), commands).await;

    let positions = outcomes.iter().map(|outcome| match outcome {
        Some(Outcome::Committed { position, .. }) => *position,
        Some(Outcome::Replayed(_)) => panic!("nothing is repeated: {outcomes:?}"),
        None => 0,
    });
    assert_eq!(positions.collect::<Vec<_>>(), [1, 0, 2, 3, 4, 5, 0, 0]);
    let sizes: Vec<usize> = server.probe.attempts().iter().map(|attempt| attempt.commands.len()).collect();
    assert_eq!(sizes, [5]);
    let record = server.record("2").await.expect("each has a record of its own");
    assert_eq!((record.answer.as_str(), record.last_position), (r#"{"command":"2","sequence":3}"#, 3));
    let state = server.streams.state::<Organization>(None, &id.to_string(), false).await;
    let fresh = server.streams.state::<Organization>(None, &id.to_string(), true).await;
    let (state, fresh) = (state.expect("the store answers"), fresh.expect("the store answers"));
    assert_eq!((state.sequence, &state.state), (5, &fresh.state));
    assert_whole(store).await;
}

async fn commands_together_are_stored_all_or_not_at_all(store: &Store) {
    let before = store.server().await;
    before.committer.commit(command("known", "other", 0, 1)).await.expect("is appended");
    let server = before.without_memory().await;

    let repeated = server.committer.commit_together(row(&["a", "known", "b"], 0)).await;
    let written = server.committer.commit_together(row(&["c", "d"], 0)).await;
    let stale = server.committer.commit_together(row(&["e", "f", "g"], 1)).await;

    assert!(matches!(repeated, Ok(Committed::Recorded(_))), "{repeated:?}");
    assert!(matches!(written, Ok(Committed::Appended { position: 3 })), "{written:?}");
    // The third of them has no rival, and must not be written after a hole.
    assert!(matches!(stale, Err(CommitError::Stale)), "{stale:?}");
    for name in ["a", "b", "e", "f", "g"] {
        assert_eq!(server.record(name).await, None, "{name}");
    }
    assert_whole(store).await;
}

async fn commands_together_that_broke_off_are_found_by_their_records(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::After)]);

    let answer = server.committer.commit_together(row(&["a", "b"], 0)).await;

    assert!(matches!(answer, Ok(Committed::Recorded(_))), "{answer:?}");
    assert_eq!(server.record("b").await.map(|record| record.last_position), Some(2));
    assert_whole(store).await;
}

async fn commands_together_give_way_to_events_of_another_server(store: &Store) {
    let server = store.server().await;
    let id = organization(1).to_string();
    let create = create_organization(organization(1));
    server
        .execute::<Organization>(&id, create, || server.envelope(tenant(), "create"))
        .await
        .expect("is carried out");
    let other = server.without_memory().await;
    other
        .execute::<Organization>(&id, set_license(9), || other.envelope(tenant(), "faster"))
        .await
        .expect("is carried out");
    let commands = |server: &Server| {
        (1..4).map(|n| (set_license(n), server.envelope(tenant(), &n.to_string()))).collect::<Vec<_>>()
    };

    let late = server.streams.execute_together::<Organization>(&id, tenant(), commands(&server)).await;
    let again = server.streams.execute_together::<Organization>(&id, tenant(), commands(&server)).await;

    assert!(late.iter().all(Option::is_none), "{late:?}");
    assert!(again.iter().all(Option::is_some), "the state was loaded anew: {again:?}");
    assert_whole(store).await;
}
