//! A server without a sample whose clock can be moved, on a platform that fails now and then.

use jiff::Timestamp;
use serde_json::json;
use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::connectors::Simulation;
use tenantry::http::router;
use tenantry_domain::customer::OfferedCountries;
use tokio::net::TcpListener;

use super::NOT_SOLD;
use crate::harness::Store;
use crate::journey::client::{Client, send, text};
use crate::journey::program::{Home, OPERATOR_KEY, wrapping_key};
use crate::journey::waiting::until;

/// How many of a hundred calls of the platform fail: rarely enough that few steps use up their attempts.
const TRANSIENT_PERCENT: u8 = 10;

/// Tasks that a server works on or should.
const DUE: &str = "select count(*) from tasks where attempts > 0 or not_before <= ";

/// The server.
pub(super) struct Movable {
    server: Server,
    url: String,
}

impl Movable {
    /// Starts it on a store.
    pub(super) async fn start(store: &Store, home: &Home) -> Self {
        let simulation = Simulation {
            transient_percent: TRANSIENT_PERCENT,
            refused: vec![NOT_SOLD],
            ..Simulation::default()
        };
        let settings = Settings {
            store: store.url(),
            data_dir: home.path().join("data"),
            wrapping_key: wrapping_key(store).map(str::to_owned),
            simulation: Some(simulation),
            offered: OfferedCountries::default(),
            public_url: "http://tenantry.example".to_owned(),
            movable_clock: true,
            consent_days: 30,
        };
        let server = Server::open(&settings, Access::Write).await.expect("the store opens");
        server.start().await.expect("the server starts");
        server.http.app.install_operator_key(OPERATOR_KEY).await.expect("the key is installed");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (routes, stopping) = (router(server.http.clone()), server.tasks.clone());
        server.tasks.spawn(async move {
            let serving = axum::serve(listener, routes);
            let serving = serving.with_graceful_shutdown(async move { stopping.stopping().await });
            serving.await.expect("it serves");
        });
        Self { server, url }
    }

    /// Returns a client with the key of the operator.
    pub(super) fn operator(&self) -> Client {
        Client::new(&self.url, OPERATOR_KEY)
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
        self.server.tasks.stop().await;
        self.server.committing.stop().await;
    }
}
