//! A command whose giver may never hear the answer, because the server goes away: it is given again, under its key.

use serde_json::Value;

use super::client::{Client, Reply, answer, send};
use crate::harness::Acknowledged;

/// A command that was given, and the answer if one came; that the server is away is none.
pub(crate) struct Asked {
    client: Client,
    command: &'static str,
    key: String,
    body: Value,
    /// What it was answered.
    pub(crate) reply: Option<Reply>,
}

impl Asked {
    /// Gives a command under a key.
    pub(crate) async fn ask(client: Client, command: &'static str, key: String, body: Value) -> Self {
        let reply = answer(client.keyed(command, &key, &body)).await;
        Self { client, command, key, body, reply }
    }

    /// Gives it again at a server, and keeps the answer; one that came before must be the same.
    pub(crate) async fn ask_again(&mut self, operator: &Client) {
        let again = send(self.client.of_server(operator).keyed(self.command, &self.key, &self.body)).await;
        assert!(is_yes(&again), "{}", again.text);
        if let Some(first) = &self.reply {
            assert_eq!(again.repeatable(), first.repeatable());
        }
        self.reply = Some(again);
    }

    /// Tells whether the giver was told that it is accepted.
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.reply.as_ref().is_some_and(is_yes)
    }

    /// Returns what the giver was told; panics if that was nothing.
    pub(crate) fn acknowledged(self) -> Acknowledged {
        let Self { client, command, key, body, reply } = self;
        let reply = reply.expect("every command was answered in the end");
        Acknowledged { client, command, key, body, reply }
    }
}

fn is_yes(reply: &Reply) -> bool {
    matches!(reply.status, 200 | 202)
}
