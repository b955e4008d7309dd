//! A server without a sample whose clock can be moved, on a platform that fails now and then.

use jiff::Timestamp;
use serde_json::json;
use tenantry::connectors::Simulation;

use super::NOT_SOLD;
use crate::harness::Store;
use crate::journey::client::{Client, send, text};
use crate::journey::in_process::InProcess;
use crate::journey::program::Home;
use crate::journey::waiting::until;

/// How many of a hundred calls of the platform fail: rarely enough that few steps use up their attempts.
const TRANSIENT_PERCENT: u8 = 10;

/// Tasks that a server works on or should.
const DUE: &str = "select count(*) from tasks where attempts > 0 or not_before <= ";

/// The server.
pub(super) struct Movable(InProcess);

impl Movable {
    /// Starts it on a store.
    pub(super) async fn start(store: &Store, home: &Home) -> Self {
        let simulation = Simulation {
            transient_percent: TRANSIENT_PERCENT,
            refused: vec![NOT_SOLD],
            ..Simulation::default()
        };
        Self(InProcess::with_clock(store, home, simulation, true).await)
    }

    /// Returns a client with the key of the operator.
    pub(super) fn operator(&self) -> Client {
        self.0.operator()
    }

    /// Waits until nothing is due by the server's clock and every reader is at the end of the log.
    pub(super) async fn at_rest(&self, store: &Store) {
        let (operator, mut raw) = (self.operator(), store.raw().await);
        until("a server at rest", async || {
            let before = operator.read("/api/v1/projections").await;
            let now = send(operator.post("/api/v1/demo/clock", &json!({ "advance": "PT0S" }))).await;
            let now: Timestamp = text(&now.expect(200), "now").parse().expect("it is a time");
            let due = raw.number(&format!("{DUE}{}", now.as_millisecond())).await;
            let after = operator.read("/api/v1/projections").await;
            let readers = after["items"].as_array().expect("there are readers");
            let at_the_head = readers.iter().all(|reader| reader["lag"] == 0);
            (due == 0 && at_the_head && before["position"] == after["position"]).then_some(())
        })
        .await;
    }

    /// Stops it, waiting for all that it has spawned.
    pub(super) async fn stop(self) {
        self.0.stop().await;
    }
}
