//! A store of a million events, there and back, killed on the way.

use std::process::{Child, Stdio};
use std::time::Duration;

use futures::future::join_all;
use tenantry::ports::NewCommand;

use super::{compared, copy, copying, home, rows, said};
use crate::harness::{Store, claim, command};
use crate::journey::program::{Program, WRAPPING_KEY};
use crate::journey::waiting::until_within;

/// Longer than others, on a busy machine too: it is written once, carried twice and read six times.
const PATIENCE: Duration = Duration::from_hours(1);

mod sqlite_only {
    use super::PATIENCE;

    on_both_databases!(@on sqlite within PATIENCE => a_million_events_keep_every_row_there_and_back);
}

const COMMANDS: usize = 20_000;
const EVENTS_OF_ONE: usize = 50;
const EVENTS: i64 = (COMMANDS * EVENTS_OF_ONE) as i64;

/// Writes the events through the committer, many commands in a commit.
async fn fill(store: &Store) {
    let wrapping = tenantry::sealing::WrappingKey::from_text(WRAPPING_KEY).expect("is a key");
    let opening = crate::harness::Opening { wrapping, ..Default::default() };
    let server = store.open(opening).await.expect("the store opens");
    let pattern = command("pattern", "pattern", 0, EVENTS_OF_ONE);
    let nth = |n: usize| {
        let name = n.to_string();
        let empty = command(&name, &name, 0, 0);
        NewCommand { events: pattern.events.clone(), claims: vec![claim(&name, &name)], ..empty }
    };
    for first in (0..COMMANDS).step_by(500) {
        let written = join_all((first..first + 500).map(|n| server.committer.commit(nth(n)))).await;
        assert!(written.iter().all(Result::is_ok));
    }
    server.stop().await;
}

async fn a_million_events_keep_every_row_there_and_back(store: &Store) {
    let (home, there, back) = (home(), Store::postgres().await, Store::sqlite().await);
    fill(store).await;

    // Killed twice: while events are carried, and while records of commands are.
    killed(copying(&home, store, &there), &there, "events", EVENTS / 3).await;
    let half = there.raw().await.number("select count(*) from events").await;
    assert!((1..EVENTS).contains(&half), "{half}");
    let refused = Program::refused(&there, &home, &[]);
    assert!(refused.contains("`tenantry store copy` again"), "{refused}");
    killed(copying(&home, store, &there), &there, "commands", 1).await;
    let first = copy(&home, store, &there);
    killed(copying(&home, &there, &back), &back, "events", EVENTS / 3).await;
    let second = copy(&home, &there, &back);

    let (first, second) = (compared(&first), compared(&second));
    assert_eq!(first, second);
    assert_eq!((rows(&first, "events"), rows(&first, "commands")), (EVENTS, COMMANDS as i64));
    let sum = "select cast(sum(position * (length(aggregate_id) + 1)) as bigint) from events";
    let sums = [store.raw().await.number(sum).await, there.raw().await.number(sum).await];
    assert_eq!(sums, [back.raw().await.number(sum).await; 2]);
    there.close().await;
}

/// Starts a copy and kills it once a table of the target has so many rows.
async fn killed(mut copying: std::process::Command, target: &Store, table: &str, enough: i64) {
    let mut child: Child =
        copying.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    until_within(PATIENCE, "the middle of the copy", async || {
        if let Some(status) = child.try_wait().expect("it is our child") {
            panic!("it has ended before: {status}");
        }
        let there = matches!(target, Store::Postgres { .. }) || target.folder().join("tenantry.db").exists();
        if !there {
            return None;
        }
        let mut raw = target.raw().await;
        raw.execute(&format!("select log from {table} limit 0")).await.ok()?;
        (raw.number(&format!("select count(*) from {table}")).await >= enough).then_some(())
    })
    .await;
    child.kill().expect("our child can be killed");
    let ended = child.wait_with_output().expect("it is our child");
    assert!(!ended.status.success(), "{}", said(&ended));
}
