//! For auditors: digests of the live views, to be compared with replays.

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use tenantry_domain::tenant::TenantId;
use tokio::sync::OwnedSemaphorePermit;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::projections::no_view;
use super::request::Asked;
use super::views::{Params, min_position, params, tenant};
use crate::app::{Rejection, Request};
use crate::projector::{Digest, digest_of, view_named};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(get_digest))
}

/// Whose rows, and when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DigestParams {
    /// The tenant, for operators; of all tenants without. An auditor's is its own.
    tenant_id: Option<String>,
    /// Wait until the view shows this position; `end` is that of the log now.
    min_position: Option<String>,
}

/// What identifies the rows of a live view.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LiveDigest {
    view: &'static str,
    /// Whose rows they are; all tenants' where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    tenant_id: Option<TenantId>,
    /// Position of the log that they show.
    position: String,
    #[serde(flatten)]
    digest: Digest,
}

impl Http {
    /// Takes a place for a digest or replay, which it holds as long as it runs.
    pub(super) fn audit_place(&self) -> Result<OwnedSemaphorePermit, Rejection> {
        let full =
            || Rejection::Unavailable("too many views are read as a whole; try again later".to_owned());
        self.audits.clone().try_acquire_owned().map_err(|_| full())
    }
}

/// Returns the tenant whose rows a caller may prove, and wants to; `None` for all.
pub(super) fn audited(request: &Request, wanted: Option<&String>) -> Result<Option<TenantId>, Rejection> {
    request.caller.sees(tenant(wanted, "tenantId")?)
}

/// Hashes the rows of a live view, as a replay of the same events would.
#[utoipa::path(get, path = "/api/v1/projections/{name}/digest", tag = "history", security(("key" = [])),
    params(("name" = String, Path), DigestParams),
    responses((status = 200, body = LiveDigest), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 503, description = "the view never rests, or too many are read", body = Problem)))]
async fn get_digest(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(name): Path<String>,
    query: Params<DigestParams>,
) -> Result<Json<LiveDigest>, Problem> {
    let asked = params(query)?;
    let tenant_id = audited(&request, asked.tenant_id.as_ref())?;
    let view = view_named(&name).ok_or_else(|| no_view(&name))?.name();
    http.app.reach(view, min_position(asked.min_position.as_ref())?).await?;
    let _place = http.audit_place()?;
    http.app.progress.refresh().await.map_err(Rejection::from)?;
    let live = http.app.progress.live(view).await.map_err(Rejection::from)?;
    let digest = digest_of(http.app.views.as_ref(), live, tenant_id).await;
    let (position, digest) = digest.map_err(Rejection::from)?;
    Ok(Json(LiveDigest { view, tenant_id, position: position.to_string(), digest }))
}
