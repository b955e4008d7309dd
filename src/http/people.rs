//! What people need: sessions, the terms that they accept, and the outbox.

use std::sync::LazyLock;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tenantry_domain::terms::{self, Terms};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::commands::json_body;
use super::problem::Problem;
use super::request::Asked;
use super::views::{Params, link_next, params};
use crate::app::{BodySchema, KeySignIn, MemberSignIn, OutboxMail, SignIn, SignedIn};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, sign_out))
        .routes(routes!(list_terms))
        .routes(routes!(list_mails))
}

/// What the body of somebody who shows a key must be.
static BY_KEY: LazyLock<BodySchema> = LazyLock::new(BodySchema::of::<KeySignIn>);

/// What the body of a member must be.
static BY_PASSWORD: LazyLock<BodySchema> = LazyLock::new(BodySchema::of::<MemberSignIn>);

/// Signs a person in: with organization ID, e-mail address and password, or with an access key.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "people",
    summary = "Signs a person in, with organization ID, e-mail address and password, or with a key.",
    request_body = SignIn,
    responses((status = 200, body = SignedIn), (status = 401, body = Problem)))]
async fn sign_in(
    State(http): State<Http>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<SignedIn>, Problem> {
    let data = json_body(&headers, &body)?;
    let data = if data.get("key").is_some() {
        SignIn::Key(BY_KEY.read(data)?)
    } else {
        SignIn::Member(BY_PASSWORD.read(data)?)
    };
    Ok(Json(http.app.sign_in(data).await?))
}

/// Ends the session that the request carries.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "people",
    summary = "Ends the session that the request carries.",
    security(("key" = [])), responses((status = 204), (status = 404, body = Problem)))]
async fn sign_out(State(http): State<Http>, Asked(request): Asked) -> Result<StatusCode, Problem> {
    http.app.sign_out(&request.caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The terms to be accepted.
#[derive(Serialize, ToSchema)]
struct TermsList {
    items: &'static [Terms],
}

/// Lists the terms that a person accepts with an invitation, with their versions; no key is needed.
#[utoipa::path(get, path = "/api/v1/terms", tag = "people",
    summary = "Lists the terms that a person accepts with an invitation; no key is needed.",
    responses((status = 200, body = TermsList)))]
async fn list_terms() -> Json<TermsList> {
    Json(TermsList { items: terms::CURRENT })
}

/// What the list of mails takes.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct MailParams {
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most mails, 50 unless given, at most 500.
    limit: Option<i64>,
}

/// A page of mails.
#[derive(Serialize, ToSchema)]
struct Mails {
    items: Vec<OutboxMail>,
}

/// Lists the mails of a server without a mail server, the newest first; for operators.
#[utoipa::path(get, path = "/api/v1/outbox", tag = "people", params(MailParams),
    summary = "Lists the mails of a server without a mail server, the newest first.",
    security(("key" = [])),
    responses((status = 200, body = Mails), (status = 403, body = Problem)))]
async fn list_mails(
    State(http): State<Http>,
    Asked(_): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<MailParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let (items, next) = http.app.list_mails(asked.cursor.as_deref(), asked.limit).await?;
    let mut response = Json(Mails { items }).into_response();
    if next.is_some() {
        asked.cursor = next;
        link_next(&mut response, &uri, &asked);
    }
    Ok(response)
}
