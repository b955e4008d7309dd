//! What a view cannot fold: which tenants are parked, another try, and events that it is to leave out.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::audit::audited;
use super::commands::json_body;
use super::problem::Problem;
use super::projections::no_view;
use super::request::Asked;
use super::views::position;
use crate::app::{BodySchema, Rejection, Request};
use crate::limits::LOG;
use crate::ports::{self, Parked, Skip};
use crate::projector::{Retried, view_named};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .routes(routes!(list_parked))
        .routes(routes!(retry_parked))
        .routes(routes!(skip_event))
}

/// What a view leaves out.
#[derive(Debug, Serialize, ToSchema)]
struct LeftOutList {
    /// Tenants whose events it does not fold for now.
    items: Vec<ParkedTenant>,
    /// Events that it leaves out for good.
    skips: Vec<SkippedEvent>,
}

/// A tenant whose events a view does not fold for now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ParkedTenant {
    view: String,
    generation: i32,
    #[schema(value_type = String)]
    tenant_id: TenantId,
    /// `parked`, or `retrying` once another try was asked for.
    state: &'static str,
    /// Position of the event that could not be folded.
    position: String,
    /// Why.
    error: String,
    parked_at: String,
    /// Who asked last for another try.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// An event that a view leaves out for good.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SkippedEvent {
    position: String,
    #[schema(value_type = String)]
    tenant_id: TenantId,
    asked_by: String,
    reason: String,
    skipped_at: String,
}

/// What is to be tried again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RetryBody {
    /// The tenant; all that are parked without.
    #[serde(default)]
    tenant_id: Option<String>,
    /// Why.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// What is to be left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SkipBody {
    /// Position of the event at which a tenant is parked.
    position: String,
    /// Why; without data about people.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// What was asked for.
#[derive(Debug, Serialize, ToSchema)]
struct RetryAnswer {
    view: String,
    /// Tenants that are tried again.
    tenants: u64,
    /// The generation that is built instead, where rows take in events of several tenants.
    #[serde(skip_serializing_if = "Option::is_none")]
    generation: Option<i32>,
}

/// Lists the tenants that are parked for a view, and the events that it leaves out; for auditors those of their tenant.
#[utoipa::path(get, path = "/api/v1/projections/{name}/parked", tag = "operation", security(("key" = [])),
    params(("name" = String, Path)),
    responses((status = 200, body = LeftOutList), (status = 403, body = Problem), (status = 404, body = Problem)))]
async fn list_parked(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(name): Path<String>,
) -> Result<Json<LeftOutList>, Problem> {
    let tenant_id = audited(&request, None)?;
    let view = view_named(&name).ok_or_else(|| no_view(&name))?.name();
    let ours = |other: TenantId| tenant_id.is_none_or(|tenant_id| tenant_id == other);
    let parked = http.app.views.parked(LOG).await.map_err(Rejection::from)?;
    let skips = http.app.views.skips(LOG).await.map_err(Rejection::from)?;
    let parked = parked.into_iter().filter(|parked| parked.view == view && ours(parked.tenant_id));
    let skips = skips.into_iter().filter(|skip| skip.view == view && ours(skip.tenant_id));
    Ok(Json(LeftOutList {
        items: parked.map(ParkedTenant::from).collect(),
        skips: skips.map(SkippedEvent::from).collect(),
    }))
}

/// Tries again to fold the events of a tenant that is parked for a view, or of all that are.
#[utoipa::path(post, path = "/api/v1/projections/{name}/retry", tag = "operation", security(("key" = [])),
    params(("name" = String, Path)), request_body = RetryBody,
    responses((status = 202, body = RetryAnswer), (status = 400, body = Problem), (status = 404, body = Problem)))]
async fn retry_parked(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<RetryAnswer>), Problem> {
    let body = if body.is_empty() { RetryBody::default() } else { read(json_body(&headers, &body)?)? };
    let invalid = |error: tenantry_domain::ids::InvalidId| {
        Rejection::malformed("/tenantId", "invalid", error.to_string())
    };
    let tenant_id = body.tenant_id.map(|text| text.parse::<TenantId>()).transpose().map_err(invalid)?;
    let view = view_named(&name).ok_or_else(|| no_view(&name))?;
    let retried = http.projector.retry(view.as_ref(), tenant_id, &asked(&request, body.reason)).await;
    Ok(answer(view.name(), retried.map_err(Rejection::from)?))
}

/// Has a view leave out the event at which a tenant is parked, for good, and go on after it.
#[utoipa::path(post, path = "/api/v1/projections/{name}/skip", tag = "operation", security(("key" = [])),
    params(("name" = String, Path)), request_body = SkipBody,
    responses((status = 202, body = RetryAnswer), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "no tenant is parked there", body = Problem)))]
async fn skip_event(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<RetryAnswer>), Problem> {
    let body: SkipBody = read(json_body(&headers, &body)?)?;
    let at = position(Some(&body.position), "/position")?.unwrap_or_default();
    let view = view_named(&name).ok_or_else(|| no_view(&name))?;
    let skipped = http.projector.skip(view.as_ref(), at, &asked(&request, Some(body.reason))).await;
    let skipped = skipped.map_err(Rejection::from)?;
    Ok(answer(view.name(), skipped.ok_or_else(|| Rejection::not_parked(view.name(), at))?))
}

fn read<T: ToSchema + DeserializeOwned>(body: Value) -> Result<T, Rejection> {
    let faults = BodySchema::of::<T>().faults(&body);
    if !faults.is_empty() {
        return Err(Rejection::Malformed(faults));
    }
    serde_json::from_value(body).map_err(|error| Rejection::malformed("", "invalid", error.to_string()))
}

fn asked(request: &Request, reason: Option<String>) -> ports::Asked {
    ports::Asked { by: request.caller.actor.clone(), reason }
}

fn answer(view: &str, retried: Retried) -> (StatusCode, Json<RetryAnswer>) {
    let Retried { tenants, generation } = retried;
    tracing::info!(view, tenants, generation, "what is parked is tried again");
    (StatusCode::ACCEPTED, Json(RetryAnswer { view: view.to_owned(), tenants, generation }))
}

fn time(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

impl From<Parked> for ParkedTenant {
    fn from(parked: Parked) -> Self {
        let state = if parked.is_retried() { "retrying" } else { "parked" };
        let Parked { view, generation, tenant_id, position, error, parked_at, asked_by, reason, .. } = parked;
        let (position, parked_at) = (position.to_string(), time(parked_at));
        Self { view, generation, tenant_id, state, position, error, parked_at, asked_by, reason }
    }
}

impl From<Skip> for SkippedEvent {
    fn from(skip: Skip) -> Self {
        let Skip { position, tenant_id, asked_by, reason, skipped_at, .. } = skip;
        Self { position: position.to_string(), tenant_id, asked_by, reason, skipped_at: time(skipped_at) }
    }
}
