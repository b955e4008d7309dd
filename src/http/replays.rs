//! Replays: a view's rows at a moment, folded anew from the events, as an operation.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{HeaderMap, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_domain::ids::OperationId;
use tenantry_domain::role::Role;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::audit::audited;
use super::commands::json_body;
use super::problem::Problem;
use super::replay::{ReplayOperation, ReplayedRow, begun, rows};
use super::request::Asked;
use super::views::{List, Params, paged, params};
use crate::app::{BodySchema, Caller, Moment, Rejection, Request, page_limit, read_cursor, roles};
use crate::projector::{AnyView, Replay, ReplayRequest, ReplayState, registered_views, view_named};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(start_replay)).routes(routes!(list_replayed))
}

/// What is to be replayed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplayBody {
    /// The view.
    view: String,
    /// The moment: a position, or a time. Now without.
    #[serde(default)]
    at: Option<At>,
}

/// A moment as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum At {
    /// A position, or a time such as `2026-01-31T12:00:00Z`.
    Text(String),
    /// A position.
    Position(i64),
}

/// Whose rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ReplayParams {
    /// The tenant, for operators; all tenants without. An auditor's is its own.
    tenant_id: Option<String>,
}

/// Which rows of a replay.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RowsParams {
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most rows, 50 unless given, at most 500.
    limit: Option<i64>,
}

/// Begins to replay a view up to a moment; the operation's result has its rows, their SHA-256 and what the live view has
/// otherwise.
#[utoipa::path(post, path = "/api/v1/replays", tag = "history", security(("key" = [])), params(ReplayParams),
    request_body = ReplayBody,
    responses((status = 202, body = ReplayOperation), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 503, description = "too many replays run", body = Problem)))]
async fn start_replay(
    State(http): State<Http>,
    Asked(request): Asked,
    query: Params<ReplayParams>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let tenant_id = audited(&request, params(query)?.tenant_id.as_ref())?;
    let (view, at) = read_body(json_body(&headers, &body)?)?;
    let at = match at {
        Some(moment) => {
            http.app.feed.refresh().await.map_err(Rejection::from)?;
            Some(http.app.position_at(moment).await?)
        }
        None => None,
    };
    let place = http.audit_place()?;
    let id = OperationId::from_uuid(http.app.ids.uuid());
    let asked_by = request.caller.tenant_id;
    let asked = ReplayRequest { id, view, tenant_id, at, asked_by };
    let replay = http.replays.start(asked, place, &http.tasks);
    let mut response = (StatusCode::ACCEPTED, Json(begun(&replay))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/operations/{id}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

/// Lists the rows of a replay that has ended well, in the order of tenants and keys.
#[utoipa::path(get, path = "/api/v1/replays/{id}/rows", tag = "history", security(("key" = [])),
    params(("id" = String, Path), RowsParams),
    responses((status = 200, body = List<ReplayedRow>), (status = 404, description = "no replay, or not ended", body = Problem)))]
async fn list_replayed(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    Path(id): Path<String>,
    query: Params<RowsParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let missing = || Rejection::NotFound.naming("finished replay", &id);
    let replay = http.find_replay(&request, &id).ok_or_else(missing)?;
    let ReplayState::Done(found) = replay.watch().borrow().clone() else {
        return Err(missing().into());
    };
    let after = asked.cursor.as_deref().map(read_cursor).transpose()?;
    let page = rows(&found, after, page_limit(asked.limit)?).await?;
    asked.cursor.clone_from(&page.next);
    Ok(paged(page, &uri, &asked))
}

fn read_body(body: Value) -> Result<(Arc<dyn AnyView>, Option<Moment>), Rejection> {
    let ReplayBody { view, at } = BodySchema::of::<ReplayBody>().read(body)?;
    let known = || registered_views().iter().map(|view| view.name()).collect::<Vec<_>>().join(", ");
    let unknown = || Rejection::malformed("/view", "not_offered", format!("the views are {}", known()));
    let at = at.map(|at| match at {
        At::Text(text) => text.parse().map_err(|rejection: Rejection| rejection.in_body()),
        At::Position(position) => Ok(Moment::Position(position)),
    });
    Ok((view_named(&view).ok_or_else(unknown)?, at.transpose()?))
}

impl Http {
    /// Finds a replay that the caller may see.
    pub(super) fn find_replay(&self, request: &Request, id: &str) -> Option<Arc<Replay>> {
        let Caller { tenant_id, role, .. } = &request.caller;
        let may_see = |replay: &Arc<Replay>| *role == Role::Operator || replay.request.asked_by == *tenant_id;
        let replay = self.replays.find(id.parse().ok()?)?;
        (roles::AUDIT.contains(role) && may_see(&replay)).then_some(replay)
    }
}
