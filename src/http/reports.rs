//! Billing reports: the list, single ones with a link to their file, and the file.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde::{Deserialize, Serialize};
use tenantry_projections::reports::ReportRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::request::Asked;
use super::usage::SHEET;
use super::views::{self, GetParams, List, ListParams, Params, WithActions, params};

const VIEW: &str = "reports";

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_reports)).routes(routes!(get_report)).routes(routes!(get_file))
}

/// A billing report, with a link to its file once it is there.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LinkedReport {
    #[serde(flatten)]
    row: ReportRow,
    /// Where the file is fetched, without a key.
    download_url: Option<String>,
    /// Until when.
    #[schema(value_type = Option<String>, format = DateTime)]
    download_expires_at: Option<String>,
}

/// Lists the billing reports of a partner.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reads", params(ListParams), security(("key" = [])),
    responses((status = 200, body = List<ReportRow>), (status = 403, body = Problem)))]
async fn list_reports(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<ListParams>,
) -> Result<Response, Problem> {
    views::list(&http, &request, &uri, VIEW, query).await
}

/// Shows a billing report, with a fresh link to its file.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reads", params(("id" = String, Path), GetParams),
    security(("key" = [])),
    responses((status = 200, body = WithActions<LinkedReport>), (status = 404, body = Problem)))]
async fn get_report(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(id): Path<String>,
    query: Params<GetParams>,
) -> Result<Response, Problem> {
    let when = params(query)?.when()?;
    let found = http.app.get(VIEW, &request.caller, &id, when).await;
    let (mut row, position) = found.map_err(|rejection| rejection.naming("report", &id))?;
    // What was has no file of its own.
    if when.at.is_none() {
        http.app.link_report(&mut row);
    }
    views::with_actions(&http, &request, (VIEW, &id, when), (row, position)).await
}

/// What a link to a file carries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FileParams {
    /// The token of the link.
    token: Option<String>,
}

/// Fetches the file of a billing report; the token of the link is enough.
#[utoipa::path(get, path = "/api/v1/reports/{id}/file", tag = "reads", params(("id" = String, Path), FileParams),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 401, body = Problem)))]
async fn get_file(
    State(http): State<Http>,
    Path(id): Path<String>,
    query: Params<FileParams>,
) -> Result<Response, Problem> {
    let token = params(query)?.token.unwrap_or_default();
    let report = http.app.linked_report(&id, &token).await?;
    let tag = format!("\"{}\"", report.sha256.as_deref().unwrap_or_default());
    let name = format!("attachment; filename=\"{id}.csv\"");
    let parts = stream::try_unfold(0, move |part| {
        let (http, report) = (http.clone(), report.clone());
        async move {
            let found = http.app.report_part(&report, part).await?;
            Ok::<_, crate::app::Rejection>(found.map(|text| (text, part + 1)))
        }
    });
    let headers = [
        (CONTENT_TYPE, SHEET),
        (ETAG, tag.as_str()),
        (CONTENT_DISPOSITION, name.as_str()),
        // The link is a secret for as long as it is valid.
        (CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, Body::from_stream(parts)).into_response())
}
