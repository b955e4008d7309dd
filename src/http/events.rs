//! The event history: pages, NDJSON, and server-sent events that resume; and the state of a stream at a moment.

use std::convert::Infallible;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, LINK};
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::operations::wants_event_stream;
use super::problem::Problem;
use super::request::Asked;
use super::views::{Params, forwards, params, position, set_position, tenant};
use crate::app::{Difference, EventFilter, EventPage, Moment, Rejection, Request};
use crate::limits::PAGE_ROWS_MAX;

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .routes(routes!(list_events))
        .routes(routes!(get_state))
        .routes(routes!(get_difference))
}

/// The header with which a stream is taken up again after an event.
const LAST_EVENT_ID: &str = "Last-Event-ID";

/// Which events are wanted.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EventParams {
    /// The tenant, for operators.
    partner: Option<String>,
    /// ID of the stream.
    aggregate: Option<String>,
    /// Stored name of the event.
    #[serde(rename = "type")]
    event_type: Option<String>,
    /// Who acted.
    actor: Option<String>,
    /// Tracking ID of the request.
    tracking_id: Option<String>,
    /// Only events from this position on.
    from: Option<String>,
    /// Only events up to this position.
    to: Option<String>,
    /// Only events recorded at this time or later.
    since: Option<String>,
    /// Only events recorded up to this time.
    until: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most events of a page, 50 unless given, at most 500.
    limit: Option<i64>,
}

impl EventParams {
    fn filter(&self) -> Result<EventFilter, Rejection> {
        let time = |text: &Option<String>, name: &str| {
            text.as_ref().map(|text| text.parse::<jiff::Timestamp>()).transpose().map_err(|_| {
                Rejection::malformed(
                    name,
                    "invalid",
                    format!("{name} is a time such as 2026-01-31T12:00:00Z"),
                )
            })
        };
        let (since, until) = (time(&self.since, "since")?, time(&self.until, "until")?);
        let (from, to) = (position(self.from.as_ref(), "from")?, position(self.to.as_ref(), "to")?);
        forwards(("from", from), ("to", to))?;
        forwards(("since", since), ("until", until))?;
        let until = until.map(|time| Moment::Time(time.as_microsecond()));
        let cursor = position(self.cursor.as_ref(), "cursor")?;
        Ok(EventFilter {
            tenant_id: tenant(self.partner.as_ref(), "partner")?,
            event_type: self.event_type.clone(),
            aggregate_id: self.aggregate.clone(),
            actor: self.actor.clone(),
            tracking_id: self.tracking_id.clone(),
            after: cursor.or(from.map(|from| from.saturating_sub(1))).unwrap_or(0).max(0),
            until: to.map(Moment::Position).or(until),
            since: since.map(jiff::Timestamp::as_microsecond),
        })
    }
}

/// Reads the history: a page; all of it as NDJSON; or, as server-sent events, all of it and what follows.
#[utoipa::path(get, path = "/api/v1/events", tag = "history", params(EventParams), security(("key" = [])),
    responses(
        (status = 200, description = "events in the order of the log", body = Value,
            content((Value = "application/json"), (String = "application/x-ndjson"), (String = "text/event-stream"))),
        (status = 403, body = Problem)))]
async fn list_events(
    State(http): State<Http>,
    Asked(request): Asked,
    headers: HeaderMap,
    query: Params<EventParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let mut filter = asked.filter()?;
    if wants_event_stream(&headers) {
        let last = headers.get("last-event-id").map(|value| value.to_str().unwrap_or_default().to_owned());
        filter.after = position(last.as_ref(), LAST_EVENT_ID)?.unwrap_or(filter.after);
        http.app.events(&request.caller, &filter, Some(1)).await?;
        if filter.end().is_some_and(|end| filter.after >= end) {
            // Tells a browser not to come again.
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        let place = http.stream_place()?;
        let events = following(http, request, filter, place);
        return Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response());
    }
    if wants_ndjson(&headers) {
        let first = http.app.events(&request.caller, &filter, Some(PAGE_ROWS_MAX)).await?;
        let lines = exported(http, request, filter, first);
        return Ok(([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response());
    }
    let EventPage { items, position, more } = http.app.events(&request.caller, &filter, asked.limit).await?;
    let mut response = Json(json!({ "items": items, "position": position.to_string() })).into_response();
    set_position(&mut response, &position.to_string());
    if more {
        asked.cursor = Some(position.to_string());
        let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
        if let Ok(link) = HeaderValue::from_str(&format!("</api/v1/events?{query}>; rel=\"next\"")) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

fn wants_ndjson(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("ndjson"))
}

/// Yields the history up to where it ended when the first page was read, page by page.
fn exported(
    http: Http,
    request: Request,
    mut filter: EventFilter,
    first: EventPage,
) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    filter.until = filter.until.or(Some(Moment::Position(http.app.feed.head())));
    stream::unfold(Some((http, request, filter, Some(first))), |state| async move {
        let (http, request, mut filter, page) = state?;
        let page = match page {
            Some(page) => page,
            None => match http.app.events(&request.caller, &filter, Some(PAGE_ROWS_MAX)).await {
                Ok(page) => page,
                Err(rejection) => return Some((Err(std::io::Error::other(rejection.to_string())), None)),
            },
        };
        let mut lines = String::new();
        for item in &page.items {
            lines.push_str(&item.to_string());
            lines.push('\n');
        }
        filter.after = page.position;
        let next = page.more.then_some((http, request, filter, None));
        Some((Ok(Bytes::from(lines)), next))
    })
}

/// Yields the history and then every further event as it is committed, up to the last position that is wanted.
fn following(
    http: Http,
    request: Request,
    filter: EventFilter,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some((http, request, filter, place)), |state| async move {
        let (http, request, mut filter, place) = state?;
        let mut head = http.app.feed.watch_head();
        loop {
            head.borrow_and_update();
            // The reader resumes at its last event.
            let page = http.app.events(&request.caller, &filter, Some(PAGE_ROWS_MAX)).await.ok()?;
            filter.after = page.position;
            let end = filter.end().filter(|end| page.position >= *end);
            let events = sent(&page, end);
            if end.is_some() {
                return Some((stream::iter(events), None));
            }
            if !events.is_empty() {
                return Some((stream::iter(events), Some((http, request, filter, place))));
            }
            if !page.more && !http.wake(&mut head, &request.caller).await {
                return None;
            }
        }
    })
    .flatten()
}

/// Writes the events of a page; where it is the last, and ends in none, an `end` stands for the end.
fn sent(page: &EventPage, end: Option<i64>) -> Vec<Result<Event, Infallible>> {
    let end = end.map(|end| end.to_string());
    let last = page.items.last().and_then(|event| event["position"].as_str());
    let marker =
        end.filter(|end| last != Some(end)).map(|end| Event::default().id(end).event("end").data("{}"));
    page.items.iter().map(sse).chain(marker).map(Ok).collect()
}

fn sse(event: &Value) -> Event {
    let field = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    Event::default().id(field("position")).event(field("type")).data(event.to_string())
}

/// At which moment a state is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct At {
    /// A position, or a time: the last position recorded up to it.
    at: Option<String>,
}

/// Shows the state of one aggregate, now or at a moment.
#[utoipa::path(get, path = "/api/v1/aggregates/{type}/{id}", tag = "history", security(("key" = [])),
    params(("type" = String, Path), ("id" = String, Path), At),
    responses((status = 200, body = Value), (status = 404, body = Problem)))]
async fn get_state(
    State(http): State<Http>,
    Asked(request): Asked,
    Path((aggregate_type, id)): Path<(String, String)>,
    query: Params<At>,
) -> Result<Response, Problem> {
    let at = params(query)?.at.as_deref().map(str::parse::<Moment>).transpose()?;
    let state = http.app.state_at(&request.caller, &aggregate_type, &id, at).await?;
    let position = state["position"].as_str().unwrap_or_default().to_owned();
    let mut response = Json(state).into_response();
    set_position(&mut response, &position);
    Ok(response)
}

/// Between which moments a difference is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Between {
    /// The earlier moment: a position, or a time, then the last position recorded up to it.
    from: String,
    /// The later one, written alike; now without.
    to: Option<String>,
}

/// Shows what has changed of one aggregate between two moments, field by field.
#[utoipa::path(get, path = "/api/v1/aggregates/{type}/{id}/diff", tag = "history", security(("key" = [])),
    params(("type" = String, Path), ("id" = String, Path), Between),
    responses((status = 200, body = Difference), (status = 404, body = Problem)))]
async fn get_difference(
    State(http): State<Http>,
    Asked(request): Asked,
    Path((aggregate_type, id)): Path<(String, String)>,
    query: Params<Between>,
) -> Result<Response, Problem> {
    let Between { from, to } = params(query)?;
    let from = Moment::named("from", &from)?;
    let to = to.as_deref().map(|text| Moment::named("to", text)).transpose()?;
    let found = http.app.difference(&request.caller, (&aggregate_type, &id), from, to).await?;
    let position = found.to.position.clone();
    let mut response = Json(found).into_response();
    set_position(&mut response, &position);
    Ok(response)
}
