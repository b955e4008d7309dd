//! Operations: one asynchronous piece of work each, as a row or as a stream of its changes.

use std::convert::Infallible;

use axum::Json;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::header::{ACCEPT, HeaderMap};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream};
use serde_json::Value;
use tenantry_projections::operations::OperationRow;
use tokio::sync::OwnedSemaphorePermit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::replay;
use super::request::Asked;
use super::views::{self, GetParams, List, ListParams, Params};
use crate::app::{Rejection, Request, When};

const VIEW: &str = "operations";

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_operations)).routes(routes!(get_operation))
}

/// Lists the operations of a partner.
#[utoipa::path(get, path = "/api/v1/operations", tag = "reads", params(ListParams), security(("key" = [])),
    responses((status = 200, body = List<OperationRow>), (status = 403, body = Problem)))]
async fn list_operations(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<ListParams>,
) -> Result<Response, Problem> {
    views::list(&http, &request, &uri, VIEW, query).await
}

/// Shows an operation; with `Accept: text/event-stream` each of its changes until it has ended. A replay of this server
/// is shown as a `ReplayOperation`.
#[utoipa::path(get, path = "/api/v1/operations/{id}", tag = "reads",
    params(("id" = String, Path), GetParams), security(("key" = [])),
    responses((status = 200, body = OperationRow), (status = 404, body = Problem)))]
async fn get_operation(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(id): Path<String>,
    headers: HeaderMap,
    query: Params<GetParams>,
) -> Result<Response, Problem> {
    if let Some(replay) = http.find_replay(&request, &id) {
        if !wants_event_stream(&headers) {
            return Ok(Json(replay::shown(&replay).await?).into_response());
        }
        let changes = replay::changes(http.clone(), request, replay, http.stream_place()?);
        return Ok(Sse::new(changes).keep_alive(KeepAlive::default()).into_response());
    }
    // Of what was nothing follows.
    let past = query.as_ref().is_ok_and(|Query(asked)| asked.at.is_some());
    let first = views::get(&http, &request, VIEW, &id, query).await?;
    if past || !wants_event_stream(&headers) {
        return Ok(first);
    }
    let place = http.stream_place()?;
    Ok(Sse::new(changes(http, request, id, place)).keep_alive(KeepAlive::default()).into_response())
}

/// Tells whether the caller asked for server-sent events.
pub(super) fn wants_event_stream(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"))
}

struct Watched {
    http: Http,
    request: Request,
    id: String,
    shown: Option<Value>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

/// Yields the operation each time it has changed, the last time when it has ended.
fn changes(
    http: Http,
    request: Request,
    id: String,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let watched = Watched { http, request, id, shown: None, ended: false, _place: place };
    stream::unfold(watched, |mut watched| async move {
        let mut head = watched.http.app.feed.watch_head();
        while !watched.ended {
            head.borrow_and_update();
            let position = watched.http.app.feed.head();
            let (app, caller) = (&watched.http.app, &watched.request.caller);
            let mut read = app.get(VIEW, caller, &watched.id, When::from(position)).await;
            // Where no view moves, what it has is all that can be shown.
            if matches!(read, Err(Rejection::NotYet)) {
                read = app.get(VIEW, caller, &watched.id, When::default()).await;
            }
            if let Ok((row, position)) = read
                && watched.shown.as_ref() != Some(&row)
            {
                let state = row.get("state").and_then(Value::as_str).unwrap_or_default();
                watched.ended = matches!(state, "succeeded" | "failed" | "cancelled");
                let event =
                    Event::default().id(position.to_string()).event("operation").data(row.to_string());
                watched.shown = Some(row);
                return Some((Ok(event), watched));
            }
            if !watched.http.wake(&mut head, &watched.request.caller).await {
                return None;
            }
        }
        None
    })
}
