//! Usage: records in as CloudEvents, windows out; and the meters that count them.

mod params;
mod shapes;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::meters::MeterRow;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::params::UsageParams;
use self::shapes::UsageItem;
use super::Http;
use super::problem::{self, Problem};
use super::request::Asked;
use super::views::{self, List, ListParams, NoParams, Params, params};
use crate::app::{BodyFault, Caller, CloudEvent, Rejection, Request, SheetPage, UsageOutcome, read_json};

/// The form of a table.
pub(super) const SHEET: &str = "text/csv; charset=utf-8; header=present";

const SINGLE: &str = "application/cloudevents+json";

const BATCH: &str = "application/cloudevents-batch+json";

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_usage, take_usage)).routes(routes!(list_meters))
}

/// Lists usage in windows of time, in the order of organizations, times, meters and groups; or, as a table, every group
/// of them.
#[utoipa::path(get, path = "/api/v1/usage", tag = "usage", params(UsageParams), security(("key" = [])),
    responses((status = 200, content((List<UsageItem> = "application/json"), (String = "text/csv"))),
        (status = 403, body = Problem)))]
async fn list_usage(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    query: Params<UsageParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    if wants_sheet(&headers) {
        let SheetPage { text, position, next } =
            http.app.usage_sheet(&request.caller, asked.sheet_request()?).await?;
        let mut response = ([(CONTENT_TYPE, SHEET)], text).into_response();
        if next.is_some() {
            asked.cursor = next;
            views::link_next(&mut response, &uri, &asked);
        }
        views::set_position(&mut response, &position.to_string());
        return Ok(response);
    }
    let page = http.app.usage(&request.caller, asked.request()?).await?;
    asked.cursor.clone_from(&page.next);
    Ok(views::paged(page, &uri, &asked))
}

/// Tells whether the caller asked for a table.
fn wants_sheet(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/csv"))
}

/// What became of the records of a body.
#[derive(Debug, Serialize, ToSchema)]
struct UsageAnswer {
    /// How many were recorded now.
    accepted: usize,
    /// How many had been recorded before.
    duplicates: usize,
    /// Those that were not taken.
    refused: Vec<RefusedRecord>,
    /// Position of the log after them.
    position: String,
}

/// A record that was not taken.
#[derive(Debug, Serialize, ToSchema)]
struct RefusedRecord {
    /// Its place in the body, from 0.
    index: usize,
    /// Stable code in snake case.
    code: String,
    /// Why.
    detail: String,
    /// What can be done about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remedies: Vec<String>,
    /// Every fault of the record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<BodyFault>,
}

/// Takes usage records as CloudEvents 1.0: one, or an array of them, each on its own merits.
#[utoipa::path(post, path = "/api/v1/usage", tag = "usage", security(("key" = [])),
    request_body(content(
        (CloudEvent = "application/cloudevents+json"), (Vec<CloudEvent> = "application/cloudevents-batch+json"))),
    responses((status = 200, body = UsageAnswer), (status = 400, body = Problem), (status = 403, body = Problem)))]
async fn take_usage(
    State(http): State<Http>,
    Asked(request): Asked,
    query: Params<NoParams>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    params(query)?;
    let records = records(&headers, &body)?;
    let outcomes = http.app.take_usage(&request, records).await?;
    let position = http.app.feed.head();
    let answer = answered(outcomes, position, &request);
    let mut response = Json(&answer).into_response();
    views::set_position(&mut response, &answer.position);
    Ok(response)
}

fn records(headers: &HeaderMap, body: &Bytes) -> Result<Vec<Value>, Problem> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != SINGLE && essence != BATCH {
        return Err(problem::not_of_type(&format!("{SINGLE}, or {BATCH} for an array")));
    }
    match read_json("the body", body)? {
        Value::Array(records) if essence == BATCH => Ok(records),
        record if essence == SINGLE => Ok(vec![record]),
        _ => Err(Rejection::malformed("", "wrong_type", format!("a body of {BATCH} is an array")).into()),
    }
}

fn answered(outcomes: Vec<UsageOutcome>, head: i64, request: &Request) -> UsageAnswer {
    let mut answer = UsageAnswer { accepted: 0, duplicates: 0, refused: Vec::new(), position: String::new() };
    let mut last = None;
    for (index, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(recorded) => {
                last = last.max(Some(recorded.position));
                *(if recorded.replayed { &mut answer.duplicates } else { &mut answer.accepted }) += 1;
            }
            Err(rejection) => {
                let Problem { code, detail, remedies, errors, .. } =
                    Problem::from(rejection).at("/api/v1/usage", &request.tracking_id);
                answer.refused.push(RefusedRecord { index, code, detail, remedies, errors });
            }
        }
    }
    answer.position = last.unwrap_or(head).to_string();
    answer
}

/// Lists the meters.
#[utoipa::path(get, path = "/api/v1/meters", tag = "usage", params(ListParams), security(("key" = [])),
    responses((status = 200, body = List<MeterRow>)))]
async fn list_meters(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<ListParams>,
) -> Result<Response, Problem> {
    // They belong to the platform, and everybody may read them.
    let reader = Request { caller: Caller { tenant_id: TenantId::Platform, ..request.caller }, ..request };
    views::list(&http, &reader, &uri, "meters", query).await
}
