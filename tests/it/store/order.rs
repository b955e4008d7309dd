//! INV-ORDER and INV-STREAM: positions and sequences without a hole, and a time that never goes back.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::future::join_all;
use tenantry::ledger::Committed;
use tenantry::limits::LOG;
use tenantry::ports::Ledger;
use tokio::task::JoinSet;

use crate::harness::{Opening, Server, SteppingClock, Store, assert_whole, command};

on_both_databases!(
    positions_have_no_hole_under_many_writers,
    the_recorded_time_does_not_follow_a_clock_that_goes_back,
    a_command_without_events_is_recorded,
    many_events_of_one_command_stay_together,
    an_answer_is_never_ahead_of_the_feed,
);

const WRITERS: usize = 64;
const COMMANDS_PER_WRITER: usize = 6;

/// Appends commands of one to three events to a stream of its own, one after the other; returns their ends.
async fn write(server: Server, writer: usize) -> Vec<(i64, usize)> {
    let mut ends = Vec::new();
    let mut sequence = 0;
    for n in 0..COMMANDS_PER_WRITER {
        let events = 1 + (writer + n) % 3;
        let name = format!("{writer}-{n}");
        let written = command(&name, &format!("stream-{writer}"), sequence, events);
        match server.committer.commit(written).await.expect("nobody else writes this stream") {
            Committed::Appended { position } => ends.push((position, events)),
            Committed::Recorded(record) => panic!("{name} was never sent before: {record:?}"),
        }
        sequence += events as i64;
    }
    ends
}

async fn positions_have_no_hole_under_many_writers(store: &Store) {
    let servers = store.servers().await;
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(servers[writer % servers.len()].clone(), writer));
    }
    let ends: Vec<_> = writers.join_all().await.into_iter().flatten().collect();

    let answered: BTreeSet<i64> =
        ends.iter().flat_map(|&(end, events)| end + 1 - events as i64..=end).collect();
    let total = ends.iter().map(|&(_, events)| events as i64).sum();
    assert!(answered.into_iter().eq(1..=total), "the answers cover each position once");
    assert_eq!(servers[0].probe.head(LOG).await.expect("the store answers").position, total);
    assert_whole(store).await;
}

async fn the_recorded_time_does_not_follow_a_clock_that_goes_back(store: &Store) {
    let forwards = store.server().await;
    for n in 0..20 {
        forwards.committer.commit(command(&format!("a{n}"), "one", n, 1)).await.expect("is appended");
    }
    let before = forwards.probe.head(LOG).await.expect("the store answers").recorded_at;
    forwards.stop().await;
    let clock = Arc::new(SteppingClock::backwards());
    let backwards = store.open(Opening { clock, ..Opening::default() }).await.expect("the store opens");

    for n in 20..40 {
        backwards.committer.commit(command(&format!("b{n}"), "one", n, 1)).await.expect("is appended");
    }

    assert_eq!(backwards.probe.head(LOG).await.expect("the store answers").recorded_at, before);
    assert_whole(store).await;
}

async fn a_command_without_events_is_recorded(store: &Store) {
    let server = store.server().await;
    server.committer.commit(command("first", "one", 0, 2)).await.expect("is appended");

    let answer = server.committer.commit(command("nothing to do", "one", 2, 0)).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    let record = server.record("nothing to do").await.expect("is recorded");
    assert_eq!((record.answer.as_str(), record.last_position), (r#"{"command":"nothing to do"}"#, 2));
    let without = "select count(*) from commands where first_position is null and last_position = 2";
    assert_eq!(store.raw().await.number(without).await, 1);
    assert_whole(store).await;
}

async fn many_events_of_one_command_stay_together(store: &Store) {
    let server = store.server().await;
    let all = (0..16).map(|n| server.committer.commit(command(&n.to_string(), &n.to_string(), 0, 50)));

    let answers = join_all(all).await;

    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(Committed::Appended { position }) if position % 50 == 0))
    );
    let torn = "select count(*) from (select aggregate_id from events group by aggregate_id
        having max(position) - min(position) <> 49) as t";
    assert_eq!(store.raw().await.number(torn).await, 0);
    assert_whole(store).await;
}

async fn an_answer_is_never_ahead_of_the_feed(store: &Store) {
    let server = store.server().await;
    for n in 0..200 {
        let answer = server.committer.commit(command(&n.to_string(), "one", n, 1)).await;
        let Ok(Committed::Appended { position }) = answer else { panic!("is appended: {answer:?}") };

        assert!(server.feed.head() >= position, "{} < {position}", server.feed.head());
    }
}
