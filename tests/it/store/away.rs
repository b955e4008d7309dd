//! A store that stays away answers that it is unavailable, and the same key asks for the truth later.

use std::time::Instant;

use tenantry::ledger::{CommitError, Committed};
use tenantry::limits::COMMIT_RECOVERY;
use tenantry::ports::StoreFault;

use crate::harness::{Fault, Server, Store, assert_whole, command};

on_both_databases!(
    a_store_that_is_away_for_long_answers_unavailable_and_the_key_tells_the_truth_later,
    a_store_that_comes_back_in_time_is_waited_for,
);

/// Commits while the store is away for longer than the bound.
async fn commit_in_vain(server: &Server, fault: Fault) {
    server.probe.break_off([Some(fault)]);
    server.probe.set_away(true);
    let start = Instant::now();
    let answer = server.committer.commit(command("cut", "one", 0, 2)).await;
    assert!(matches!(answer, Err(CommitError::Fault(StoreFault::Unavailable { .. }))), "{answer:?}");
    assert!(start.elapsed() >= COMMIT_RECOVERY, "the store is given time to come back");
    server.probe.set_away(false);
}

async fn a_store_that_is_away_for_long_answers_unavailable_and_the_key_tells_the_truth_later(store: &Store) {
    let another = store.another().await;
    let (with, without) = (store.server().await, another.server().await);
    tokio::join!(commit_in_vain(&with, Fault::After), commit_in_vain(&without, Fault::Before));

    let seen = with.feed.reader(0).next().await.expect("the store answers");
    assert_eq!(seen.len(), 2, "readers find what no answer told of");
    let stored = with.committer.commit(command("cut", "one", 0, 2)).await;
    let lost = without.committer.commit(command("cut", "one", 0, 2)).await;

    assert!(matches!(stored, Ok(Committed::Recorded(record)) if record.last_position == 2));
    assert!(matches!(lost, Ok(Committed::Appended { position: 2 })), "{lost:?}");
    assert_whole(store).await;
    assert_whole(&another).await;
    without.stop().await;
    another.close().await;
}

async fn a_store_that_comes_back_in_time_is_waited_for(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::After)]);
    server.probe.set_away(true);
    let mut refusals = server.probe.watch_refusals();
    let back = async {
        refusals.changed().await.expect("the probe is there");
        server.probe.set_away(false);
    };

    let (answer, ()) = tokio::join!(server.committer.commit(command("cut", "one", 0, 2)), back);

    assert!(matches!(answer, Ok(Committed::Recorded(record)) if record.last_position == 2));
    assert_whole(store).await;
}
