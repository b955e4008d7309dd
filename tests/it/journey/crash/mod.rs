//! The program is killed in the middle of each process, and what was under way ends: once, whole, without leftovers.

mod attaches;
mod cases;
mod changes;
mod consents;
mod erasures;
mod invitations;
mod members;
mod provisioning;
mod quotes;
mod reports;
mod subscribers;

use std::collections::BTreeSet;

use serde_json::Value;

use super::asked::Asked;
use super::client::{Client, text};
use super::program::{Home, Program};
use crate::harness::Store;

/// A platform that is slow enough to be asked while the program is killed.
const SLOW: [&str; 4] = ["--platform", "simulated", "--simulated-delay-ms", "20"];

/// A program that is killed and started again.
struct Mortal<'a> {
    store: &'a Store,
    home: Home,
    options: &'static [&'static str],
    program: Program,
}

/// When the program is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// Once the log has so many events more than before the command.
    Events(usize),
    /// Once the command is answered.
    Answered,
}

impl<'a> Mortal<'a> {
    async fn start(store: &'a Store, options: &'static [&'static str]) -> Self {
        let home = Home::new();
        let program = Program::start(store, &home, options).await;
        Self { store, home, options, program }
    }

    /// Kills the program and starts it again; it waits until the leases of the dead one have run out.
    async fn restarted(self) -> Self {
        let Self { store, home, options, program } = self;
        program.kill();
        let program = Program::start(store, &home, options).await;
        Self { store, home, options, program }
    }

    /// Kills the program and starts it again after the time of a lease, which is not waited for.
    async fn restarted_later(self) -> Self {
        let Self { store, home, options, program } = self;
        program.kill();
        let mut raw = store.raw().await;
        for table in ["projections", "tasks"] {
            let run_out = format!("update {table} set lease_until = 0");
            raw.execute(&run_out).await.expect("nobody holds the table");
        }
        let program = Program::start(store, &home, options).await;
        Self { store, home, options, program }
    }

    /// Gives a command, kills the program at a moment, and gives the command again to the next one.
    async fn struck(
        self,
        moment: Moment,
        giver: &Client,
        command: &'static str,
        (key, body): (String, Value),
    ) -> (Self, Asked) {
        let operator = self.program.operator();
        let head = self.program.head().await;
        let mut events = operator.stream("/api/v1/events", Some(&head)).await;
        let asking = Asked::ask(giver.of_server(&operator), command, key, body);
        let (mut asked, next) = match moment {
            Moment::Events(count) => {
                let striking = async {
                    events.take(count).await;
                    self.restarted_later().await
                };
                tokio::join!(asking, striking)
            }
            Moment::Answered => (asking.await, self.restarted_later().await),
        };
        asked.ask_again(&next.program.operator()).await;
        (next, asked)
    }
}

/// Asserts that each of these tenants was written to so many times about one thing, and that no mail is there twice.
async fn assert_mails(operator: &Client, kind: &str, tenants: &[String], each: usize) {
    let mails = operator.list("/api/v1/outbox?limit=500").await;
    let messages: BTreeSet<String> = mails.iter().map(|mail| text(mail, "messageId")).collect();
    assert_eq!(messages.len(), mails.len(), "a mail stands twice in the outbox");
    for tenant in tenants {
        let about = mails.iter().filter(|mail| mail["kind"] == kind && mail["tenantId"] == tenant.as_str());
        assert_eq!(about.count(), each, "mails of {kind} to {tenant}");
    }
}

/// Returns the texts of a field, and asserts that no two rows have the same.
pub(super) fn distinct(rows: &[Value], field: &str) -> BTreeSet<String> {
    let found: BTreeSet<String> = rows.iter().map(|row| text(row, field)).collect();
    assert_eq!(found.len(), rows.len(), "two rows have one {field}");
    found
}
