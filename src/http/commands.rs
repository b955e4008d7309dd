//! `/api/v1/commands`: the catalogue, and one command at a time.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tenantry_domain::role::Role;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::request::Asked;
use crate::app::{Answer, CommandSpec, Rejection, catalogue, find_command};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_commands)).routes(routes!(give_command))
}

/// Every command with its JSON Schema, roles and rules.
#[utoipa::path(get, path = "/api/v1/commands", tag = "commands", responses((status = 200, body = Value)))]
async fn list_commands(Asked(_): Asked) -> Json<Value> {
    let items: Vec<Value> = catalogue().iter().map(described).collect();
    Json(json!({ "items": items }))
}

fn described(spec: &CommandSpec) -> Value {
    json!({
        "name": spec.name,
        "summary": spec.summary,
        "roles": spec.roles,
        "rules": spec.rules,
        "schema": spec.body.json(),
    })
}

/// How a command is given.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Mode {
    /// Decide, and store nothing: the answer holds the events that would follow.
    #[serde(default)]
    dry_run: bool,
}

/// Gives a command. The body is its data; the catalogue has the schema of each.
#[utoipa::path(
    post, path = "/api/v1/commands/{name}", tag = "commands", request_body = Value,
    params(("name" = String, Path, description = "name of the command"), Mode,
        ("Idempotency-Key" = Option<String>, Header, description = "the caller's own key of this command"),
        ("If-Match" = Option<String>, Header, description = "the sequence that the object must have")),
    responses(
        (status = 200, description = "done", body = Value),
        (status = 202, description = "accepted; the operation goes on", body = Value),
        (status = 400, description = "malformed: every fault at once", body = Problem),
        (status = 409, description = "the state of a thing does not allow it", body = Problem),
        (status = 422, description = "a rule refused, or the key was used for another body", body = Problem)),
    security(("key" = [])))]
async fn give_command(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(name): Path<String>,
    mode: Result<Query<Mode>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let Query(mode) = mode.map_err(|error| Rejection::malformed("query", "invalid", error.body_text()))?;
    let spec = find_command(&name).ok_or_else(|| unknown_command(&name))?;
    let data = json_body(&headers, &body)?;
    if mode.dry_run {
        return Ok(Json(spec.rehearse(&http.app, &request, data).await?).into_response());
    }
    if request.caller.role == Role::Service && request.idempotency_key.is_none() {
        let detail =
            "a service sends an Idempotency-Key with every command, so that it can send it again safely";
        return Err(Rejection::malformed("Idempotency-Key", "missing", detail).into());
    }
    Ok(answered(spec.run(&http.app, &request, data).await?))
}

fn unknown_command(name: &str) -> Problem {
    let nearest = catalogue().iter().max_by(|one, other| {
        strsim::jaro_winkler(one.name, name).total_cmp(&strsim::jaro_winkler(other.name, name))
    });
    let hint = nearest.map(|spec| format!("; the nearest is {}", spec.name)).unwrap_or_default();
    Problem::new(StatusCode::NOT_FOUND, "unknown_command", format!("there is no command {name}{hint}"))
}

fn json_body(headers: &HeaderMap, body: &Bytes) -> Result<Value, Problem> {
    let media_type =
        headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("application/json");
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Rejection::malformed("", "not_json", format!("the body is not JSON at {place}")).into()
    })
}

/// 200 when all is done, 202 with the operation's place when work goes on.
fn answered(answer: Answer) -> Response {
    let location =
        answer.operation().map(|id| format!("/api/v1/operations/{id}?minPosition={}", answer.position));
    let status = if location.is_some() { StatusCode::ACCEPTED } else { StatusCode::OK };
    let position = answer.position.to_string();
    let mut response = (status, Json(Value::Object(answer.body))).into_response();
    let headers = response.headers_mut();
    let mut set = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    set(axum::http::HeaderName::from_static("tenantry-position"), &position);
    if let Some(location) = location {
        set(LOCATION, &location);
    }
    response
}
