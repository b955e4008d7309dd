//! The HTTP interface: routes, extraction, answers. Every handler extracts, calls a use case, and shapes the answer.

mod access;
mod audit;
mod commands;
mod demo;
mod edge;
mod events;
mod openapi;
mod operations;
mod organizations;
mod parameters;
mod parked;
mod people;
mod problem;
mod projections;
mod replay;
mod replays;
mod reports;
mod request;
mod service;
mod subscribers;
mod usage;
mod views;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;

use crate::app::{App, Caller, Rejection};
use crate::limits::{BODY_BYTES_MAX, STREAM_CHECK};
use crate::ports::{MovableClock, Scratch};
use crate::projector::{Projector, Replays};
use crate::shutdown::Tasks;

pub use access::{Access, ROUTES};
pub use openapi::document;

/// What handlers work with.
#[derive(Clone)]
pub struct Http {
    /// The use cases.
    pub app: Arc<App>,
    /// Starts rebuilds.
    pub projector: Arc<Projector>,
    /// Makes scratch copies for verification.
    pub scratch: Arc<dyn Scratch>,
    /// The clock, where it can be moved ahead.
    pub clock: Option<Arc<dyn MovableClock>>,
    /// Renders metrics.
    pub metrics: PrometheusHandle,
    /// Tells when the server stops.
    pub tasks: Tasks,
    /// Places for open event streams.
    pub streams: Arc<Semaphore>,
    /// Places for bodies of many commands.
    pub batches: Arc<Semaphore>,
    /// Places for digests and replays.
    pub audits: Arc<Semaphore>,
    /// The replays of this server.
    pub replays: Arc<Replays>,
}

impl Http {
    /// Takes a place for an open stream, which it holds as long as it lives.
    fn stream_place(&self) -> Result<OwnedSemaphorePermit, Rejection> {
        let full = || Rejection::Unavailable("too many event streams are open; try again later".to_owned());
        self.streams.clone().try_acquire_owned().map_err(|_| full())
    }

    /// Waits for the next event of the log, or until the caller's key is to be looked at again; `false` to stop.
    async fn wake(&self, head: &mut watch::Receiver<i64>, caller: &Caller) -> bool {
        tokio::select! {
            () = self.tasks.stopping() => return false,
            _ = head.changed() => {}
            () = tokio::time::sleep(STREAM_CHECK) => {}
        }
        self.app.is_still_valid(caller).await
    }
}

/// Returns the routes with their documentation.
fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .merge(commands::routes())
        .merge(views::routes())
        .merge(organizations::routes())
        .merge(people::routes())
        .merge(subscribers::routes())
        .merge(operations::routes())
        .merge(events::routes())
        .merge(projections::routes())
        .merge(parked::routes())
        .merge(audit::routes())
        .merge(replays::routes())
        .merge(usage::routes())
        .merge(reports::routes())
        .merge(service::routes())
        .merge(demo::routes())
}

/// Returns the whole interface.
pub fn router(http: Http) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .merge(openapi::pages())
        .fallback(problem::no_such_path)
        .method_not_allowed_fallback(problem::no_such_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(http.clone(), edge::track))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(http)
}
