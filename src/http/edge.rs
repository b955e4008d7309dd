//! The edge of every request: its tracking ID, its log line, and the last word on its errors.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tracing::Instrument;

use super::Http;
use super::problem::Problem;
use super::request::printable;
use crate::app::Rejection;

/// The header that carries the tracking ID in and out.
pub(super) const TRACKING_ID: &str = "tracking-id";

/// The most characters of a caller's tracking ID; a longer one is replaced.
const TRACKING_ID_CHARS_MAX: usize = 128;

/// The tracking ID of a request.
#[derive(Debug, Clone)]
pub(super) struct TrackingId(pub(super) String);

/// Gives the request its tracking ID and the answer its final form.
pub(super) async fn track(State(http): State<Http>, mut request: Request, next: Next) -> Response {
    let given = request.headers().get(TRACKING_ID).and_then(printable);
    let tracking_id = given
        .filter(|text| !text.is_empty() && text.len() <= TRACKING_ID_CHARS_MAX)
        .map_or_else(|| format!("trk_{}", http.app.ids.uuid().simple()), str::to_owned);
    request.extensions_mut().insert(TrackingId(tracking_id.clone()));
    let path = request.uri().path().to_owned();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let method = standard(request.method());
    let begun = std::time::Instant::now();
    let span = tracing::info_span!("request", %tracking_id, method, path);
    let response = match unreadable(&request) {
        Some(fault) => Problem::from(Rejection::malformed("url", "invalid", fault)).into_response(),
        None => next.run(request).instrument(span).await,
    };
    let mut response = finished(response, &path, &tracking_id);
    if let Ok(value) = HeaderValue::from_str(&tracking_id) {
        response.headers_mut().insert(TRACKING_ID, value);
    }
    let (status, route) = (response.status().as_u16(), route.unwrap_or_default());
    tracing::info!(tracking_id, method, path, status, ms = begun.elapsed().as_secs_f64() * 1e3, "answered");
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::histogram!("tenantry_http_request_seconds", &labels).record(begun.elapsed().as_secs_f64());
    response
}

/// Returns a standard method's name; any other would let a caller make up labels without end.
fn standard(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Says why a path or query cannot be read: it is not UTF-8, or holds the one character that no PostgreSQL text can.
fn unreadable(request: &Request) -> Option<&'static str> {
    match percent_decode_str(request.uri().path_and_query()?.as_str()).decode_utf8() {
        Ok(text) if text.contains('\0') => Some("a path or query cannot hold the character 0; leave it out"),
        Ok(_) => None,
        Err(_) => Some("a path or query is UTF-8 once it is decoded; encode each byte as % and two digits"),
    }
}

fn finished(mut response: Response, path: &str, tracking_id: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let kept = response.headers().get(header::ALLOW).cloned();
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem::of_status(status));
    let mut answer = problem.at(path, tracking_id).answer();
    if let Some(allow) = kept {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}
