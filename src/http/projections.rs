//! For operators: how far the views are, rebuild and verification, and the tasks that are open.

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::request::Asked;
use super::views::{NoParams, Params, link_next, params, set_position};
use crate::app::Rejection;
use crate::limits::LOG;
use crate::ports::TaskSummary;
use crate::projector::{Verdict, verify, view_named};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .routes(routes!(list_projections))
        .routes(routes!(rebuild_projection))
        .routes(routes!(verify_projection))
        .routes(routes!(list_tasks))
        .routes(routes!(retry_task))
}

/// A view or process, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReaderStatus {
    name: String,
    generation: i32,
    /// `live`, `building` or `failed`.
    state: &'static str,
    position: String,
    /// Events between its position and the end of the log.
    lag: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Readers {
    items: Vec<ReaderStatus>,
    position: String,
}

/// Which tasks are wanted.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TaskParams {
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most tasks, 50 unless given, at most 500.
    limit: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OpenTasks {
    items: Vec<TaskSummary>,
}

/// Lists views and processes with their checkpoints.
#[utoipa::path(get, path = "/api/v1/projections", tag = "operation", security(("key" = [])),
    responses((status = 200, body = Readers), (status = 403, body = Problem)))]
async fn list_projections(
    State(http): State<Http>,
    Asked(_): Asked,
    query: Params<NoParams>,
) -> Result<Response, Problem> {
    params(query)?;
    let head = http.app.ledger.head(LOG).await.map_err(Rejection::from)?.position;
    let checkpoints = http.app.views.checkpoints(LOG).await.map_err(Rejection::from)?;
    let items = checkpoints
        .into_iter()
        .map(|checkpoint| ReaderStatus {
            name: checkpoint.name,
            generation: checkpoint.generation,
            state: checkpoint.state.as_str(),
            position: checkpoint.position.to_string(),
            lag: (head - checkpoint.position).max(0),
            error: checkpoint.error,
        })
        .collect();
    let mut response = Json(Readers { items, position: head.to_string() }).into_response();
    set_position(&mut response, &head.to_string());
    Ok(response)
}

/// Fills a new generation of a view beside the live one, and switches to it once it has caught up.
#[utoipa::path(post, path = "/api/v1/projections/{name}/rebuild", tag = "operation", security(("key" = [])),
    params(("name" = String, Path)), responses((status = 202, body = serde_json::Value), (status = 404, body = Problem)))]
async fn rebuild_projection(
    State(http): State<Http>,
    Asked(_): Asked,
    Path(name): Path<String>,
    query: Params<NoParams>,
) -> Result<Response, Problem> {
    params(query)?;
    let view = view_named(&name).ok_or_else(|| no_view(&name))?;
    let generation = http.projector.rebuild(view.as_ref()).await.map_err(Rejection::from)?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "name": name, "generation": generation }))).into_response())
}

pub(super) fn no_view(name: &str) -> Rejection {
    Rejection::NotFound.naming("view", name)
}

/// Replays the log into a scratch copy of a view and compares every row.
#[utoipa::path(post, path = "/api/v1/projections/{name}/verify", tag = "operation", security(("key" = [])),
    params(("name" = String, Path)), responses((status = 200, body = Verdict), (status = 404, body = Problem)))]
async fn verify_projection(
    State(http): State<Http>,
    Asked(_): Asked,
    Path(name): Path<String>,
    query: Params<NoParams>,
) -> Result<Json<Verdict>, Problem> {
    params(query)?;
    let view = view_named(&name).ok_or_else(|| no_view(&name))?;
    let live = http.app.progress.live(view.name()).await.map_err(Rejection::from)?;
    let scratch = http.scratch.open().await.map_err(Rejection::from)?;
    let (ledger, views) = (http.app.ledger.as_ref(), http.app.views.as_ref());
    let verdict = verify(ledger, views, live, view, scratch.into()).await;
    Ok(Json(verdict.map_err(Rejection::from)?))
}

/// Lists the tasks that are not done.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "operation", params(TaskParams), security(("key" = [])),
    responses((status = 200, body = OpenTasks), (status = 403, body = Problem)))]
async fn list_tasks(
    State(http): State<Http>,
    Asked(_): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<TaskParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let (items, next) = http.app.open_tasks(asked.cursor.as_deref(), asked.limit).await?;
    let mut response = Json(OpenTasks { items }).into_response();
    if next.is_some() {
        asked.cursor = next;
        link_next(&mut response, &uri, &asked);
    }
    Ok(response)
}

/// Tries a task again now that has failed, instead of after its pause.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/retry", tag = "operation", security(("key" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = TaskSummary), (status = 404, body = Problem)))]
async fn retry_task(
    State(http): State<Http>,
    Asked(_): Asked,
    Path(id): Path<String>,
    query: Params<NoParams>,
) -> Result<Json<TaskSummary>, Problem> {
    params(query)?;
    Ok(Json(http.app.hasten_task(&id).await?))
}
