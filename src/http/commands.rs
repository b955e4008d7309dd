//! `/api/v1/commands`: the catalogue, one command, and many in one body.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, OriginalUri, Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::OwnedSemaphorePermit;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::edge::TrackingId;
use super::problem::{self, Problem};
use super::request::Asked;
use super::views::{NoParams, Params, params, set_position};
use crate::app::{
    Answer, BatchLine, CommandSpec, LineOutcome, Rejection, Request, catalogue, get_command, read_json,
};
use crate::limits::BATCH_BYTES_MAX;

pub(super) fn routes() -> OpenApiRouter<Http> {
    let many =
        OpenApiRouter::new().routes(routes!(give_commands)).layer(DefaultBodyLimit::max(BATCH_BYTES_MAX));
    OpenApiRouter::new().routes(routes!(list_commands)).routes(routes!(give_command)).merge(many)
}

/// Every command with its JSON Schema, roles and rules.
#[utoipa::path(get, path = "/api/v1/commands", tag = "commands", responses((status = 200, body = Value)))]
async fn list_commands(Asked(_): Asked, query: Params<NoParams>) -> Result<Json<Value>, Problem> {
    params(query)?;
    let items: Vec<Value> = catalogue().iter().map(CommandSpec::json).collect();
    Ok(Json(json!({ "items": items })))
}

/// How a command is given.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Mode {
    /// Decide, and store nothing: the answer holds the events that would follow.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
}

/// What a command is answered with, besides what it created: `provisioningId`, `organizationId` and the like.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape of a document: answers are recorded as JSON")]
struct Carried {
    /// The object.
    id: String,
    /// The sequence of its stream after the command.
    sequence: i64,
    /// The position of the log after it.
    position: String,
    /// The work that goes on, with status 202.
    operation: Option<Work>,
}

/// Work that goes on.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape of a document: answers are recorded as JSON")]
struct Work {
    /// Its ID, for `GET /api/v1/operations/{id}`.
    id: String,
    /// How far it is.
    state: String,
}

/// Gives a command. The body is its data; the catalogue has the schema of each.
#[utoipa::path(
    post, path = "/api/v1/commands/{name}", tag = "commands", request_body = Value,
    params(("name" = String, Path, description = "name of the command"), Mode,
        ("Idempotency-Key" = Option<String>, Header, description = "the caller's own key of this command"),
        ("If-Match" = Option<String>, Header, description = "the sequence that the object must have")),
    responses(
        (status = 200, description = "done", body = Carried),
        (status = 202, description = "accepted; the operation goes on", body = Carried),
        (status = 400, description = "malformed: every fault at once", body = Problem),
        (status = 401, description = "no valid key", body = Problem),
        (status = 403, description = "the role may not do this", body = Problem),
        (status = 404, description = "there is no such object for this caller", body = Problem),
        (status = 412, description = "the object is at another sequence than `If-Match` names", body = Problem),
        (status = 413, description = "the body is too large", body = Problem),
        (status = 415, description = "the body is no JSON", body = Problem),
        (status = 409, description = "the state of a thing does not allow it", body = Problem),
        (status = 422, description = "a rule refused, or the key was used for another body", body = Problem)),
    security(("key" = [])))]
async fn give_command(
    State(http): State<Http>,
    asked: Result<Asked, Problem>,
    Path(name): Path<String>,
    mode: Params<Mode>,
    Extension(tracking): Extension<TrackingId>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let mode = params(mode)?;
    let spec = get_command(&name);
    let Asked(request) = match asked {
        // Somebody without a key may hold the token of a mail.
        Err(_) if spec.as_ref().is_ok_and(|spec| spec.by_token) && !headers.contains_key(AUTHORIZATION) => {
            Asked::without_key(&headers, tracking)?
        }
        asked => asked?,
    };
    let spec = spec?;
    let data = json_body(&headers, &body)?;
    if mode.dry_run {
        return Ok(Json(spec.rehearse(&http.app, &request, data).await?).into_response());
    }
    Ok(answered(spec.run(&http.app, &request, data).await?))
}

/// Gives many commands, one a line. Each line is done or turned down by itself, and answered in the order of the lines.
#[utoipa::path(
    post, path = "/api/v1/commands", tag = "commands",
    request_body(content = BatchLine, content_type = "application/x-ndjson", description = "one command a line"),
    params(("Idempotency-Key" = Option<String>, Header,
        description = "gives a line without a key of its own one that ends with its number")),
    responses(
        (status = 200, description = "one answer for each line, in their order", body = LineAnswer,
            content_type = "application/x-ndjson"),
        (status = 400, description = "no line was carried out", body = Problem)),
    security(("key" = [])))]
async fn give_commands(
    State(http): State<Http>,
    Asked(request): Asked,
    _place: BatchPlace,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    expect_media_type(&headers, "application/x-ndjson")?;
    let single_only = match (&request.expected_sequence, uri.query()) {
        (Some(_), _) => Some(("If-Match", "If-Match goes with a single command")),
        (None, Some(_)) => {
            Some(("query", "many commands take no parameters; dryRun goes with a single command"))
        }
        (None, None) => None,
    };
    if let Some((place, detail)) = single_only {
        return Err(Rejection::malformed(place, "invalid", detail).into());
    }
    let mut answers = Vec::new();
    for outcome in http.app.run_batch(&request, &body).await? {
        let answer = LineAnswer::of(outcome, uri.path(), &request);
        serde_json::to_writer(&mut answers, &answer).expect("an answer is JSON");
        answers.push(b'\n');
    }
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], answers).into_response())
}

/// A place among the bodies of many commands that are read and carried out at once.
struct BatchPlace(
    #[expect(dead_code, reason = "it is held, and given back when dropped")] OwnedSemaphorePermit,
);

impl FromRequestParts<Http> for BatchPlace {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, http: &Http) -> Result<Self, Problem> {
        let full = |_| {
            let detail =
                "too many bodies of commands are at work; send the same body with the same keys again";
            Rejection::Unavailable(detail.to_owned())
        };
        Ok(Self(http.batches.clone().try_acquire_owned().map_err(full)?))
    }
}

/// The answer to one line: what the command alone would have been answered.
#[derive(Serialize, ToSchema)]
struct LineAnswer {
    /// The line's number in the body, from 1.
    line: usize,
    /// The status.
    status: u16,
    /// The answer to a command that was carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    answer: Option<Value>,
    /// Why it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

impl LineAnswer {
    fn of(LineOutcome { line, result }: LineOutcome, path: &str, request: &Request) -> Self {
        match result {
            Ok(answer) => {
                let status = status_of(&answer).as_u16();
                Self { line, status, answer: Some(Value::Object(answer.into_body())), problem: None }
            }
            Err(rejection) => {
                let problem = Problem::from(rejection).at(path, &request.tracking_id);
                Self { line, status: problem.status, answer: None, problem: Some(problem) }
            }
        }
    }
}

fn expect_media_type(headers: &HeaderMap, wanted: &str) -> Result<(), Problem> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or(wanted);
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(wanted) { Ok(()) } else { Err(problem::not_of_type(wanted)) }
}

pub(super) fn json_body(headers: &HeaderMap, body: &Bytes) -> Result<Value, Problem> {
    expect_media_type(headers, "application/json")?;
    Ok(read_json("the body", body)?)
}

/// Returns 200 when all is done, 202 when work goes on or a person is waited for.
fn status_of(answer: &Answer) -> StatusCode {
    let goes_on = answer.operation().is_some() || answer.awaits_person();
    if goes_on { StatusCode::ACCEPTED } else { StatusCode::OK }
}

/// Returns where the caller sees how it goes on, if it does.
fn place_of(answer: &Answer) -> Option<String> {
    let subscriber = || answer.body.get("id")?.as_str().filter(|_| answer.awaits_person());
    let path = match answer.operation() {
        Some(id) => format!("operations/{id}"),
        None => format!("subscribers/{}", subscriber()?),
    };
    Some(format!("/api/v1/{path}?minPosition={}", answer.position))
}

/// Shapes an answer; work that goes on has a place.
fn answered(answer: Answer) -> Response {
    let status = status_of(&answer);
    let location = place_of(&answer);
    let position = answer.position.to_string();
    let mut response = (status, Json(Value::Object(answer.into_body()))).into_response();
    set_position(&mut response, &position);
    if let Some(Ok(location)) = location.as_deref().map(HeaderValue::from_str) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}
