//! Whatever commands meet, the store ends as a model that carries out the winners one after the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};

use futures::future::join_all;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use tenantry::ledger::{CommitError, Committed};
use tenantry::ports::NewCommand;
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::block_in_place;

use crate::harness::{Raw, Server, Store, assert_whole, claim, claim_key, command};

on_both_databases!(any_commands_at_once_end_as_if_one_after_the_other);

const CASES: u32 = 16;
const STREAMS: i64 = 4;

/// One random command.
#[derive(Debug, Clone)]
struct Sent {
    key: u8,
    stream: i64,
    /// How many events of the stream the sender has not seen.
    behind: i64,
    events: usize,
    claims: BTreeSet<u8>,
    releases: BTreeSet<u8>,
}

fn any_sent() -> impl Strategy<Value = Sent> {
    (0..60_u8, 0..STREAMS, 0..2_i64, 0..3_usize, btree_set(0..4_u8, 0..2), btree_set(0..4_u8, 0..2)).prop_map(
        |(key, stream, behind, events, claims, releases)| {
            let releases = releases.difference(&claims).copied().collect();
            Sent { key, stream, behind, events, claims, releases }
        },
    )
}

impl Sent {
    fn command(&self, case: &str, model: &Model) -> NewCommand {
        let stream = format!("{case}-{}", self.stream);
        let sequence = model.sequences.get(&stream).map_or(0, |last| (last - self.behind).max(0));
        NewCommand {
            claims: self.claims.iter().map(|value| claim(&format!("{case}-{value}"), &stream)).collect(),
            releases: self.releases.iter().map(|value| claim_key(&format!("{case}-{value}"))).collect(),
            ..command(&format!("{case}-{}", self.key), &stream, sequence, self.events)
        }
    }
}

/// What a store holds, as far as the commands of one case can tell.
#[derive(Debug, Default, PartialEq)]
struct Model {
    recorded: BTreeMap<String, i64>,
    sequences: BTreeMap<String, i64>,
    claims: BTreeMap<String, String>,
}

impl Model {
    /// Carries out a command that the store says it has appended; says what the store should have refused.
    fn carry_out(&mut self, sent: &NewCommand, position: i64) -> Result<(), TestCaseError> {
        let stream = sent.stream.aggregate_id.clone();
        prop_assert!(
            self.recorded.insert(sent.key.command_id.clone(), position).is_none(),
            "a key was used twice"
        );
        if !sent.events.is_empty() {
            let sequence = self.sequences.entry(stream.clone()).or_default();
            prop_assert_eq!(*sequence, sent.sequence, "a stream has a hole");
            *sequence += sent.events.len() as i64;
        }
        for released in &sent.releases {
            if self.claims.get(&released.value) == Some(&stream) {
                self.claims.remove(&released.value);
            }
        }
        for claimed in &sent.claims {
            let before = self.claims.insert(claimed.key.value.clone(), stream.clone());
            prop_assert!(before.is_none(), "a claim was taken twice");
        }
        Ok(())
    }

    /// Reads the same from a store.
    async fn read(raw: &mut Raw, case: &str) -> Self {
        let mut pairs = async |sql: String| {
            let texts = raw.texts(&sql).await.into_iter();
            texts
                .map(|text| {
                    let (name, value) = text.split_once('|').expect("the query joins two columns");
                    (name.to_owned(), value.to_owned())
                })
                .collect::<Vec<_>>()
        };
        let number = |(name, value): (String, String)| (name, value.parse().expect("is a number"));
        let recorded = pairs(format!(
            "select command_id || '|' || last_position from commands where command_id like '{case}-%'"
        ));
        let recorded = recorded.await.into_iter().map(number).collect();
        let sequences = pairs(format!(
            "select aggregate_id || '|' || max(sequence) from events where aggregate_id like '{case}-%'
            group by aggregate_id"
        ));
        let sequences = sequences.await.into_iter().map(number).collect();
        let claims =
            pairs(format!("select value || '|' || aggregate_id from claims where value like '{case}-%'"));
        Self { recorded, sequences, claims: claims.await.into_iter().collect() }
    }
}

/// Sends one wave of commands at once, and lets the model carry out what the store says it has written.
async fn send(server: &Server, model: &mut Model, case: &str, sent: &[Sent]) -> Result<(), TestCaseError> {
    let commands: Vec<_> = sent.iter().map(|sent| sent.command(case, model)).collect();
    let before = server.probe.attempts().len();
    let answers = join_all(commands.iter().map(|command| server.committer.commit(command.clone()))).await;

    let mut appended = HashMap::new();
    for (command, answer) in commands.iter().zip(&answers) {
        if let Ok(Committed::Appended { position }) = answer {
            let twice = appended.insert(command.key.clone(), (command, *position));
            prop_assert!(twice.is_none(), "{:?} was carried out twice", command.key);
        }
    }
    for attempt in server.probe.attempts()[before..].iter().filter(|attempt| attempt.written) {
        for key in &attempt.commands {
            let (command, position) = appended[key];
            model.carry_out(command, position)?;
        }
    }
    for (command, answer) in commands.iter().zip(&answers) {
        let recorded = model.recorded.get(&command.key.command_id);
        match answer {
            Ok(Committed::Appended { position }) => prop_assert_eq!(recorded, Some(position)),
            Ok(Committed::Recorded(record)) => prop_assert_eq!(recorded, Some(&record.last_position)),
            Err(CommitError::Taken(taken)) => {
                prop_assert!(command.claims.iter().any(|claim| claim.key.value == taken.value));
            }
            Err(CommitError::Stale) => prop_assert!(!command.events.is_empty()),
            Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
    }
    Ok(())
}

async fn check(server: &Server, raw: &mut Raw, case: &str, waves: &[Vec<Sent>]) -> Result<(), TestCaseError> {
    let mut model = Model::default();
    let forgetful = server.without_memory().await;
    for (wave, server) in waves.iter().zip([server, &forgetful].into_iter().cycle()) {
        send(server, &mut model, case, wave).await?;
        prop_assert_eq!(&Model::read(raw, case).await, &model);
    }
    Ok(())
}

async fn any_commands_at_once_end_as_if_one_after_the_other(store: &Store) {
    let server = store.server().await;
    let raw = Mutex::new(store.raw().await);
    let cases = AtomicU32::new(0);
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };

    let result = block_in_place(|| {
        TestRunner::new(config).run(&vec(vec(any_sent(), 1..20), 1..8), |sent| {
            let case = format!("case{}", cases.fetch_add(1, Ordering::Relaxed));
            Handle::current().block_on(async { check(&server, &mut *raw.lock().await, &case, &sent).await })
        })
    });

    result.unwrap_or_else(|error| panic!("{error}"));
    assert_whole(store).await;
}
