//! Callers that ask for customers side by side, until they have enough, are told to stop, or their server takes no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::Value;
use tokio::task::JoinSet;

use super::bodies;
use super::client::{Client, Reply, send, text, try_send};
use super::waiting::until;
use crate::harness::Acknowledged;

/// The command that they give.
const COMMAND: &str = "CreateCustomerOrg";

/// What one caller asks for at most: what it leaves to be done is done within the patience of a test.
const ASKED_MAX: usize = 20;

/// A customer that was asked for, under its external ID as the key, and the answer if one came.
pub(crate) struct Asked {
    client: Client,
    body: Value,
    /// What it was answered.
    pub(crate) reply: Option<Reply>,
}

impl Asked {
    /// Asks again at a server, and keeps the answer; one that came before must be the same.
    pub(crate) async fn ask_again(&mut self, operator: &Client) {
        let key = text(&self.body, "externalId");
        let again = send(self.client.of_server(operator).keyed(COMMAND, &key, &self.body)).await;
        assert_eq!(again.status, 202, "{}", again.text);
        if let Some(first) = &self.reply {
            assert_eq!(again.repeatable(), first.repeatable());
        }
        self.reply = Some(again);
    }

    /// Tells whether the caller was told that it is accepted.
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| reply.status == 202)
    }

    /// Returns what the caller was told; panics if it was not told anything.
    pub(crate) fn acknowledged(self) -> Acknowledged {
        let Self { client, body, reply } = self;
        let reply = reply.expect("every command was answered in the end");
        Acknowledged { client, command: COMMAND, key: text(&body, "externalId"), body, reply }
    }
}

/// Callers at work.
pub(crate) struct Load {
    callers: JoinSet<Vec<Asked>>,
    acknowledged: Arc<AtomicUsize>,
    stopping: Arc<AtomicBool>,
}

impl Load {
    /// Starts so many callers; the names of their customers begin alike.
    pub(crate) fn start(service: &Client, template: &str, name: &str, callers: usize) -> Self {
        let mut load =
            Self { callers: JoinSet::new(), acknowledged: Arc::default(), stopping: Arc::default() };
        for caller in 0..callers {
            let (client, template) = (service.clone(), template.to_owned());
            let name = format!("{name}-{caller}");
            let (acknowledged, stopping) = (load.acknowledged.clone(), load.stopping.clone());
            load.callers.spawn(async move {
                let mut asked = Vec::new();
                for n in 0..ASKED_MAX {
                    if stopping.load(Ordering::Relaxed) {
                        break;
                    }
                    let key = format!("{name}-{n}");
                    let body = bodies::customer(&template, &key);
                    let reply = try_send(client.keyed(COMMAND, &key, &body)).await.ok();
                    asked.push(Asked { client: client.clone(), body, reply });
                    if !asked.last().is_some_and(Asked::is_acknowledged) {
                        break;
                    }
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
                asked
            });
        }
        load
    }

    /// Waits until so many more commands were answered than now.
    pub(crate) async fn answered(&self, more: usize) {
        let enough = self.acknowledged.load(Ordering::Relaxed) + more;
        until("answers", async || (self.acknowledged.load(Ordering::Relaxed) >= enough).then_some(())).await;
    }

    /// Lets every caller finish what it asks now, and returns all that was asked.
    pub(crate) async fn stop(self) -> Vec<Asked> {
        self.stopping.store(true, Ordering::Relaxed);
        self.callers.join_all().await.into_iter().flatten().collect()
    }
}
