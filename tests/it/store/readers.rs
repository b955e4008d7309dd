//! Readers see every position once and in order, on the server that writes and on others.

use futures::future::join_all;
use tenantry::ledger::Committed;
use tenantry::limits::LOG;
use tenantry::ports::Ledger;
use tokio::task::JoinSet;

use crate::harness::{Fault, Server, Store, assert_whole, command};

on_both_databases!(
    readers_see_every_position_once_while_writers_run,
    a_reader_sees_what_was_committed_before_the_server_started,
    a_reader_sees_events_whose_commit_broke_off,
);

const WRITERS: usize = 32;
const COMMANDS_PER_WRITER: i64 = 40;
const EVENTS: i64 = WRITERS as i64 * COMMANDS_PER_WRITER;

async fn write(server: Server, writer: usize) {
    for sequence in 0..COMMANDS_PER_WRITER {
        let written = command(&format!("{writer}-{sequence}"), &format!("stream-{writer}"), sequence, 1);
        server.committer.commit(written).await.expect("nobody else writes this stream");
    }
}

/// Follows the feed to a position; returns what it gave out, each with its place in its stream.
async fn follow(server: Server, end: i64) -> Vec<(i64, String, i64)> {
    let mut reader = server.feed.reader(0);
    let mut seen = Vec::new();
    while reader.position() < end {
        let events = reader.next().await.expect("the store answers");
        seen.extend(events.into_iter().map(|event| (event.position, event.aggregate_id, event.sequence)));
    }
    seen
}

/// Reads small pages of the log as they come.
async fn poll(server: Server, end: i64) -> Vec<(i64, String, i64)> {
    let mut seen = Vec::new();
    while (seen.len() as i64) < end {
        let page = server.probe.read_after(LOG, seen.len() as i64, 7).await.expect("the store answers");
        assert!(page.len() <= 7, "a page is bounded");
        seen.extend(page.into_iter().map(|event| (event.position, event.aggregate_id, event.sequence)));
        tokio::task::yield_now().await;
    }
    seen
}

async fn readers_see_every_position_once_while_writers_run(store: &Store) {
    let servers = store.servers().await;
    let mut readers = JoinSet::new();
    for server in &servers {
        readers.spawn(follow(server.clone(), EVENTS));
        readers.spawn(poll(server.clone(), EVENTS));
    }
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(servers[writer % servers.len()].clone(), writer));
    }
    writers.join_all().await;

    let seen = readers.join_all().await;

    for seen in &seen {
        assert!(seen.iter().map(|(position, ..)| *position).eq(1..=EVENTS), "each position once, in order");
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "all readers see the same events");
    assert_whole(store).await;
}

async fn a_reader_sees_what_was_committed_before_the_server_started(store: &Store) {
    let first = store.server().await;
    let all = (0..30).map(|n| first.committer.commit(command(&n.to_string(), &n.to_string(), 0, 100)));
    assert!(join_all(all).await.iter().all(Result::is_ok));
    first.stop().await;

    let seen = follow(store.server().await, 3000).await;

    assert!(seen.into_iter().map(|(position, ..)| position).eq(1..=3000));
}

async fn a_reader_sees_events_whose_commit_broke_off(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::After)]);
    let answer = server.committer.commit(command("cut", "one", 0, 3)).await;
    assert!(matches!(answer, Ok(Committed::Recorded(_))), "{answer:?}");

    let seen = follow(server, 3).await;

    assert!(seen.into_iter().map(|(position, ..)| position).eq(1..=3));
}
