//! Usage: records in as CloudEvents, windows out; and the meters that count them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::MeterName;
use tenantry_projections::meters::MeterRow;
use tenantry_projections::usage::{UsageRow, Window};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::{self, Problem};
use super::request::Asked;
use super::views::{self, List, ListParams, NoParams, Params, params, position};
use crate::app::{
    BodyFault, Caller, CloudEvent, Rejection, Request, UsageOutcome, UsageRequest, page_limit, read_cursor,
    read_json,
};

const SINGLE: &str = "application/cloudevents+json";

const BATCH: &str = "application/cloudevents-batch+json";

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_usage, take_usage)).routes(routes!(list_meters))
}

/// Which usage is wanted.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UsageParams {
    /// The organization; needed by operators, and with `from` and `to`.
    organization_id: Option<String>,
    /// Only this meter.
    meter: Option<String>,
    /// The length of the windows: `hour`, `day` or `month`, in UTC; `day` without.
    #[param(value_type = Option<String>)]
    window: Option<Window>,
    /// Only windows from the one on in which this time lies.
    from: Option<String>,
    /// Only windows that begin before this time.
    to: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most rows, 50 unless given, at most 500.
    limit: Option<i64>,
    /// Wait until the view shows this position.
    min_position: Option<String>,
}

impl UsageParams {
    fn request(&self) -> Result<UsageRequest, Rejection> {
        let invalid = |name: &str, text: String| Rejection::malformed(name, "invalid", text);
        let time = |text: &Option<String>, name: &str| {
            let detail = || format!("{name} is a time such as 2026-01-31T12:00:00Z");
            let time = text.as_ref().map(|text| text.parse::<jiff::Timestamp>()).transpose();
            time.map_err(|_| invalid(name, detail()))
        };
        let organization_id = self.organization_id.as_ref().map(|text| text.parse::<OrganizationId>());
        let meter = self.meter.as_ref().map(|text| text.parse::<MeterName>());
        let (from, to) = (time(&self.from, "from")?, time(&self.to, "to")?);
        views::forwards(("from", from), ("to", to))?;
        Ok(UsageRequest {
            organization_id: organization_id.transpose().map_err(|_| {
                invalid("organizationId", "organizationId is an ID that begins with org_".to_owned())
            })?,
            meter: meter.transpose().map_err(|error| invalid("meter", error.to_string()))?,
            window: self.window.unwrap_or(Window::Day),
            from,
            to,
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit: page_limit(self.limit)?,
            min_position: position(self.min_position.as_ref(), "minPosition")?,
        })
    }
}

/// Lists usage in windows of time, in the order of organizations, times and meters.
#[utoipa::path(get, path = "/api/v1/usage", tag = "usage", params(UsageParams), security(("key" = [])),
    responses((status = 200, body = List<UsageRow>), (status = 403, body = Problem)))]
async fn list_usage(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<UsageParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let page = http.app.usage(&request.caller, asked.request()?).await?;
    asked.cursor.clone_from(&page.next);
    Ok(views::paged(page, &uri, &asked))
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
