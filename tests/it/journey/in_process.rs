//! A server in the process of the tests, put together as the program does it.

use tenantry::cli::compose::{Access, Server, Settings};
use tenantry::connectors::Simulation;
use tenantry::http::{Http, router};
use tenantry_domain::customer::OfferedCountries;
use tokio::net::TcpListener;

use super::client::Client;
use super::program::{Home, OPERATOR_KEY, wrapping_key};
use crate::harness::Store;

/// A server with its listener.
pub(crate) struct InProcess {
    server: Server,
    url: String,
}

impl InProcess {
    /// Starts a server on a store, with a platform that behaves as told.
    pub(crate) async fn start(store: &Store, home: &Home, simulation: Simulation) -> Self {
        Self::on(store, home, Some(simulation), false).await
    }

    /// Starts a server on the platform of a demonstration, which refuses some names and limits.
    pub(crate) async fn demonstration(store: &Store, home: &Home) -> Self {
        Self::on(store, home, None, true).await
    }

    /// Starts a server whose clock can be moved, if that is wanted.
    pub(crate) async fn with_clock(
        store: &Store,
        home: &Home,
        simulation: Simulation,
        movable_clock: bool,
    ) -> Self {
        Self::on(store, home, Some(simulation), movable_clock).await
    }

    async fn on(store: &Store, home: &Home, simulation: Option<Simulation>, movable_clock: bool) -> Self {
        let settings = Settings {
            store: store.url(),
            data_dir: home.path().join("data"),
            wrapping_key: wrapping_key(store).map(str::to_owned),
            simulation,
            offered: OfferedCountries::default(),
            public_url: "http://tenantry.example".to_owned(),
            movable_clock,
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
            serving
                .with_graceful_shutdown(async move { stopping.stopping().await })
                .await
                .expect("it serves");
        });
        Self { server, url }
    }

    /// Returns a client with the key of the operator.
    pub(crate) fn operator(&self) -> Client {
        Client::new(&self.url, OPERATOR_KEY)
    }

    /// Returns what its handlers work with.
    pub(crate) fn http(&self) -> &Http {
        &self.server.http
    }

    /// Stops the server, waiting for all that it has spawned.
    pub(crate) async fn stop(self) {
        self.server.tasks.stop().await;
        self.server.committing.stop().await;
    }
}
