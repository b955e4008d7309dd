//! Many commands share one commit; a loser among them costs the others nothing but a bounded number of rounds.

use std::collections::HashMap;
use std::pin::pin;

use futures::future::join_all;
use futures::poll;
use tenantry::ledger::{CommitError, Committed};
use tenantry::ports::NewCommand;
use tokio::task::JoinSet;

use crate::harness::{Server, Store, assert_whole, claim, command, with_body};

on_both_databases!(
    commands_that_wait_share_one_commit,
    losers_in_a_batch_do_not_hurt_the_others,
    repeated_keys_under_load_cost_a_bounded_number_of_rounds,
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
    let server = store.server().await;
    let first = NewCommand { claims: vec![claim("held", "one")], ..command("known", "one", 0, 1) };
    server.committer.commit(first).await.expect("is appended");
    let mut commands: Vec<_> = (0..40).map(|n| command(&n.to_string(), &n.to_string(), 0, 1)).collect();
    commands[7] = command("stale", "one", 0, 1);
    commands[19] = NewCommand { claims: vec![claim("held", "19")], ..command("taken", "19", 0, 1) };
    commands[31] = with_body(9, command("known", "31", 0, 1));
    let before = server.probe.attempts().len();

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
    let rounds: Vec<_> = server.probe.attempts()[before..]
        .iter()
        .map(|attempt| (attempt.commands.len(), attempt.written))
        .collect();
    assert_eq!(rounds, [(1, true), (40, false), (37, true)], "the plug, all, all without the losers");
    assert_eq!(server.probe.settles(), 1);
    assert_whole(store).await;
}

const WRITERS: usize = 64;
const COMMANDS_PER_WRITER: usize = 50;
/// One command in a hundred is sent twice.
const REPEATED_EVERY: usize = 100;

/// Sends commands to a stream of its own; some again after their answer, decided anew. Returns how many were repeated.
async fn write(server: Server, writer: usize) -> usize {
    let mut repeated = 0;
    for n in 0..COMMANDS_PER_WRITER {
        let (name, stream) = (format!("{writer}-{n}"), format!("stream-{writer}"));
        let sent = command(&name, &stream, n as i64, 1);
        let Committed::Appended { position } =
            server.committer.commit(sent.clone()).await.expect("nobody else writes this stream")
        else {
            panic!("{name} was never sent before")
        };
        if (writer * COMMANDS_PER_WRITER + n) % REPEATED_EVERY == 0 {
            repeated += 1;
            let again = with_body(2, NewCommand { sequence: sent.sequence + 1, ..sent.clone() });
            match server.committer.commit(again).await.expect("is answered") {
                Committed::Recorded(record) => {
                    assert_eq!((record.answer, record.last_position), (sent.answer, position));
                }
                Committed::Appended { .. } => panic!("{name} was carried out twice"),
            }
        }
    }
    repeated
}

async fn repeated_keys_under_load_cost_a_bounded_number_of_rounds(store: &Store) {
    let server = store.server().await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(server.clone(), writer));
    }

    let repeated: usize = writers.join_all().await.into_iter().sum();

    assert_eq!(repeated, WRITERS * COMMANDS_PER_WRITER / REPEATED_EVERY);
    let attempts = server.probe.attempts();
    let conflicts = attempts.iter().filter(|attempt| !attempt.written).count();
    assert!(conflicts <= repeated, "{conflicts} conflicts for {repeated} repeated keys");
    assert_eq!(server.probe.settles(), conflicts, "one query settles a conflict");
    let mut rounds: HashMap<&str, usize> = HashMap::new();
    for command in attempts.iter().flat_map(|attempt| &attempt.commands) {
        *rounds.entry(&command.command_id).or_default() += 1;
    }
    let most = rounds.into_values().max();
    assert!(
        most <= Some(3),
        "a command is written at most twice, and once more for its repetition: {most:?}"
    );
    assert_whole(store).await;
}
