//! A connection lost in the middle of a commit ends in the true answer (INV-ACK).

use std::time::Instant;

use serde_json::json;
use tenantry::app::{Caller, Request, get_command};
use tenantry::ledger::{Committed, Outcome};
use tenantry::limits::COMMIT_PATIENCE;
use tenantry_domain::organization::Organization;
use tokio::task::JoinSet;

use crate::harness::{
    Fault, Raw, Server, Store, assert_whole, command, create_organization, organization, tenant,
};
use crate::journey::waiting::until;

on_both_databases!(
    a_commit_that_broke_off_before_the_store_is_made_again,
    a_commit_that_broke_off_after_the_store_is_answered_from_its_record,
    a_typed_command_whose_commit_broke_off_goes_on_from_what_is_stored,
    a_commit_without_an_answer_in_time_is_looked_up,
    a_commit_that_hangs_is_given_up_and_made_again,
    a_key_whose_commit_broke_off_is_shown_all_the_same,
    connections_that_break_under_load_lose_and_double_nothing,
);

mod killed {
    use super::{
        a_statement_that_was_given_up_ends_in_the_database, the_committers_backend_may_be_killed_under_load,
    };

    on_one_database!(
        postgres: the_committers_backend_may_be_killed_under_load,
        a_statement_that_was_given_up_ends_in_the_database,
    );
}

const WRITERS: usize = 32;
const COMMANDS_PER_WRITER: i64 = 60;
const COMMANDS: i64 = WRITERS as i64 * COMMANDS_PER_WRITER;

async fn a_commit_that_broke_off_before_the_store_is_made_again(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::Before)]);

    let answer = server.committer.commit(command("cut", "one", 0, 2)).await;

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    assert_whole(store).await;
}

async fn a_commit_that_broke_off_after_the_store_is_answered_from_its_record(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::After)]);

    let answer = server.committer.commit(command("cut", "one", 0, 2)).await;

    let Ok(Committed::Recorded(record)) = answer else { panic!("it is stored: {answer:?}") };
    assert_eq!((record.answer.as_str(), record.last_position), (r#"{"command":"cut"}"#, 2));
    assert_eq!(store.raw().await.number("select count(*) from events").await, 2);
    assert_whole(store).await;
}

async fn a_typed_command_whose_commit_broke_off_goes_on_from_what_is_stored(store: &Store) {
    let server = store.server().await;
    let id = organization(1);
    server.probe.break_off([Some(Fault::After)]);
    let envelope = || server.envelope(tenant(), "create");

    let outcome = server.execute::<Organization>(&id.to_string(), create_organization(id), envelope).await;

    let Ok(Outcome::Replayed(record)) = outcome else { panic!("it is stored: {outcome:?}") };
    assert_eq!(record.last_position, 1);
    let state = server.streams.state::<Organization>(Some(tenant()), &id.to_string(), false).await;
    assert_eq!(state.expect("the store answers").sequence, 1);
}

async fn a_commit_without_an_answer_in_time_is_looked_up(store: &Store) {
    let server = store.server().await;
    server.probe.break_off([Some(Fault::Silence)]);
    let begun = Instant::now();

    let answer = server.committer.commit(command("silent", "one", 0, 2)).await;

    assert!(matches!(&answer, Ok(Committed::Recorded(record)) if record.last_position == 2), "{answer:?}");
    assert!(begun.elapsed() >= COMMIT_PATIENCE, "the store is given time to answer");
    let next = server.committer.commit(command("next", "one", 2, 1)).await;
    assert!(matches!(next, Ok(Committed::Appended { position: 3 })), "{next:?}");
    assert_whole(store).await;
}

async fn a_commit_that_hangs_is_given_up_and_made_again(store: &Store) {
    let server = store.server().await;
    let held = server.probe.hold().await;
    let mut arrivals = server.probe.watch_arrivals();
    let second = async {
        arrivals.wait_for(|arrived| *arrived == 2).await.expect("the probe is there");
        drop(held);
    };

    let (answer, ()) = tokio::join!(server.committer.commit(command("late", "one", 0, 2)), second);

    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    assert_eq!(server.probe.settles(), 1, "before it was made again its record was looked for");
    assert_whole(store).await;
}

async fn a_statement_that_was_given_up_ends_in_the_database(store: &Store) {
    let server = store.server().await;
    let (mut holder, mut raw) = (store.raw().await, store.raw().await);
    holder.execute("begin; select head from logs for update").await.expect("the log is there");
    let first_ends = async {
        let waiting = "select pid::text from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%update logs set head%'";
        let first = until("a commit that waits", async || raw.texts(waiting).await.pop()).await;
        until("the end of it", async || (!raw.texts(waiting).await.contains(&first)).then_some(())).await;
        holder.execute("rollback").await.expect("it has begun");
    };

    let (answer, ()) = tokio::join!(server.committer.commit(command("late", "one", 0, 2)), first_ends);

    // While it waited for the log, it could still have been made by itself, long after its caller was answered.
    assert!(matches!(answer, Ok(Committed::Appended { position: 2 })), "{answer:?}");
    assert_whole(store).await;
}

async fn a_key_whose_commit_broke_off_is_shown_all_the_same(store: &Store) {
    let server = store.server().await;
    let app = server.app();
    let request = Request {
        caller: Caller::local_operator(),
        tracking_id: "tracking".to_owned(),
        idempotency_key: Some("issue".to_owned()),
        expected_sequence: None,
    };
    let issue = async || {
        let body = json!({ "role": "operator", "name": "A key" });
        let issued = get_command("IssueKey").expect("it exists").run(&app, &request, body).await;
        issued.expect("it is issued").into_body()
    };
    server.probe.break_off([Some(Fault::After)]);

    let first = issue().await;
    let again = issue().await;

    let key = first["key"].as_str().expect("whoever asked first is shown the key");
    assert_eq!(app.authenticate(key).await.expect("the key is valid").actor, first["id"]);
    assert_eq!((&again["id"], again.get("key")), (&first["id"], None));
    assert_eq!(again["alreadyShown"], true);
    assert_whole(store).await;
}

/// Sends commands to a stream of its own and returns what each was answered.
async fn write(server: Server, writer: usize) -> Vec<(String, Committed)> {
    let mut answers = Vec::new();
    for sequence in 0..COMMANDS_PER_WRITER {
        let name = format!("{writer}-{sequence}");
        let sent = command(&name, &format!("stream-{writer}"), sequence, 1);
        let answer = server.committer.commit(sent).await.unwrap_or_else(|error| panic!("{name}: {error:?}"));
        answers.push((name, answer));
    }
    answers
}

fn start_writers(server: &Server) -> JoinSet<Vec<(String, Committed)>> {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(server.clone(), writer));
    }
    writers
}

/// Asserts that every answer says what is stored; returns how many came from records.
async fn assert_true(store: &Store, server: &Server, answers: Vec<Vec<(String, Committed)>>) -> usize {
    let mut recorded = 0;
    for (name, answer) in answers.into_iter().flatten() {
        let stored = server.record(&name).await.expect("what was answered is stored");
        match answer {
            Committed::Appended { position } => assert_eq!(position, stored.last_position),
            Committed::Recorded(record) => {
                recorded += 1;
                assert_eq!(record, stored);
            }
        }
    }
    let mut raw = store.raw().await;
    assert_eq!(raw.number("select count(*) from events").await, COMMANDS);
    assert_eq!(raw.number("select count(*) from commands").await, COMMANDS);
    assert_whole(store).await;
    recorded
}

async fn connections_that_break_under_load_lose_and_double_nothing(store: &Store) {
    let server = store.server().await;
    let faults = [None, Some(Fault::Before), None, Some(Fault::After), None, None];
    server.probe.break_off(faults.into_iter().cycle().take(60));

    let answers = start_writers(&server).join_all().await;

    let recorded = assert_true(store, &server, answers).await;
    assert!(recorded > 0, "some commits broke off after they were made");
}

/// Ends the backend that writes batches, if there is one.
async fn kill_committer(raw: &mut Raw) -> i64 {
    raw.number(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and application_name = 'tenantry' and query like '%update logs set head%'
            and pid <> pg_backend_pid()",
    )
    .await
}

async fn the_committers_backend_may_be_killed_under_load(store: &Store) {
    let server = store.server().await;
    let mut raw = store.raw_superuser().await;
    let mut head = server.feed.watch_head();
    let writers = start_writers(&server);
    let mut killed = 0;
    while *head.borrow_and_update() < COMMANDS {
        killed += kill_committer(&mut raw).await;
        head.changed().await.expect("the feed is open");
    }

    let answers = writers.join_all().await;

    assert_true(store, &server, answers).await;
    assert!(killed > 10, "the committer was hit {killed} times");
}
