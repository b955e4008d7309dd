//! Health, readiness and metrics.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use crate::limits::LOG;

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz)).routes(routes!(metrics))
}

/// Tells that the process lives.
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, body = str)))]
async fn healthz() -> &'static str {
    "ok"
}

/// Tells whether requests should come here: the store answers and the server is not stopping.
#[utoipa::path(get, path = "/readyz", tag = "service",
    responses((status = 200, body = str), (status = 503, body = Problem)))]
async fn readyz(State(http): State<Http>) -> Result<&'static str, Problem> {
    if http.tasks.is_stopping() {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", "the server is stopping"));
    }
    match http.app.ledger.head(LOG).await {
        Ok(_) => Ok("ready"),
        Err(fault) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", fault.to_string())),
    }
}

/// Shows the metrics as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", tag = "service", responses((status = 200, body = String)))]
async fn metrics(State(http): State<Http>) -> Response {
    metrics::gauge!("tenantry_log_position").set(http.app.feed.head() as f64);
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], http.metrics.render()).into_response()
}
