//! Callers that ask for customers side by side, until they have enough, are told to stop, or their server takes no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::task::JoinSet;

use super::asked::Asked;
use super::bodies;
use super::client::Client;
use super::waiting::until;

/// What one caller asks for at most: what it leaves to be done is done within the patience of a test.
const ASKED_MAX: usize = 20;

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
                    asked.push(Asked::ask(client.clone(), "CreateCustomerOrg", key, body).await);
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
