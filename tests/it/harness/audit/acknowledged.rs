//! Commands that were acknowledged, held against their records.

use std::collections::HashMap;

use futures::stream::{self, StreamExt};
use serde_json::{Map, Value};

use super::quiet::head;
use super::{Client, Store};
use crate::harness::Raw;
use crate::journey::client::{Reply, send, text};

/// A command with its answer, as a test has collected them.
#[derive(Clone)]
pub(crate) struct Acknowledged {
    /// Who gave it.
    pub(crate) client: Client,
    /// Its name.
    pub(crate) command: &'static str,
    /// Its idempotency key.
    pub(crate) key: String,
    /// Its data.
    pub(crate) body: Value,
    /// What it was answered.
    pub(crate) reply: Reply,
}

/// Commands that are asked again side by side.
const ASKED_AT_ONCE: usize = 8;

/// Asserts that each command is answered as before when it is given again, and that nothing is stored by that.
pub(super) async fn assert_answered_alike(store: &Store, operator: &Client, acknowledged: &[Acknowledged]) {
    let before = head(operator).await;
    let records = async || store.raw().await.number("select count(*) from commands").await;
    let recorded = records().await;
    let asked = stream::iter(acknowledged).map(|told| async move {
        let Acknowledged { client, command, key, body, reply } = told;
        let again = send(client.of_server(operator).keyed(command, key, body)).await;
        assert_eq!(repeatable(&again), repeatable(reply), "{command} under {key}");
    });
    asked.buffer_unordered(ASKED_AT_ONCE).collect::<()>().await;
    assert_eq!(head(operator).await, before, "a command that is given again changes nothing");
    assert_eq!(records().await, recorded, "a command that is given again is not recorded again");
}

/// Returns what a repeated command must answer alike: all but a secret, which is shown once.
fn repeatable(reply: &Reply) -> (u16, Map<String, Value>, Option<&str>) {
    let (status, body, location) = reply.repeatable();
    let Value::Object(mut body) = body else { panic!("the answer is no object: {}", reply.text) };
    body.retain(|name, _| !["key", "alreadyShown"].contains(&name.as_str()));
    (status, body, location)
}

/// What a record holds: the position of the log after its command, and the answer.
type Record = (String, Map<String, Value>);

/// Asserts that each command has one record, and that the record holds what it was answered.
pub(super) async fn assert_recorded_once(raw: &mut Raw, acknowledged: &[Acknowledged]) {
    let mut records: HashMap<String, Vec<Record>> = HashMap::new();
    // The key comes last: it may hold any character.
    let rows = "select last_position || ' ' || cast(answer as text) || ' ' || command_id from commands";
    for row in raw.texts(rows).await {
        let (position, rest) = row.split_once(' ').expect("a position comes first");
        let mut answers = serde_json::Deserializer::from_str(rest).into_iter();
        let answer = answers.next().expect("there is an answer").expect("an answer is an object");
        let key = rest[answers.byte_offset()..].trim_start().to_owned();
        records.entry(key).or_default().push((position.to_owned(), answer));
    }
    for Acknowledged { command, key, reply, .. } in acknowledged {
        let answered = reply.json();
        let holds = |(position, answer): &&Record| {
            *position == text(&answered, "position")
                && answer.iter().all(|(name, value)| answered[name] == *value)
        };
        let found = records.get(key).into_iter().flatten().filter(holds).count();
        assert_eq!(found, 1, "records of {command} under {key}, answered with {answered}");
    }
}
