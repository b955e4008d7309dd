//! Organizations and users, whose reader decides what of them is shown.

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::values::EmailAddress;
use tenantry_projections::app_ids::AppIdRow;
use tenantry_projections::organizations::OrganizationRow;
use tenantry_projections::projects::ProjectRow;
use tenantry_projections::users::UserRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::request::Asked;
use super::views::{GetParams, List, NoParams, Params, WithActions, paged, params, when, with_actions};
use crate::app::{FoundOrganization, PageRequest, Rejection, Request, ShownBranding};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new()
        .routes(routes!(list_organizations))
        .routes(routes!(get_organization))
        .routes(routes!(get_branding))
        .routes(routes!(list_users))
        .routes(routes!(list_projects))
        .routes(routes!(list_app_ids))
}

/// What the list of organizations takes.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OrganizationParams {
    /// The e-mail address of an administrator; finds organizations of anybody, with few fields.
    admin_email: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most rows, 50 unless given, at most 500.
    limit: Option<i64>,
    /// Wait until the view shows this position; `end` is that of the log now.
    #[param(value_type = Option<String>)]
    min_position: Option<String>,
    /// Show what was: a position, or a time, then the last position recorded up to it.
    at: Option<String>,
}

/// Organizations that were found.
#[derive(Serialize, ToSchema)]
struct Found {
    items: Vec<FoundOrganization>,
}

/// Lists organizations: all for operators, those of its customers for a partner, the own one for its people.
#[utoipa::path(get, path = "/api/v1/organizations", tag = "reads", params(OrganizationParams),
    summary = "Lists organizations, or finds some by an administrator's address.",
    security(("key" = [])),
    responses((status = 200, body = List<OrganizationRow>), (status = 403, body = Problem)))]
async fn list_organizations(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<OrganizationParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let when = when(asked.min_position.as_ref(), asked.at.as_ref())?;
    if let Some(address) = &asked.admin_email {
        let email: EmailAddress =
            address.parse().map_err(|error: tenantry_domain::values::InvalidValue| {
                Rejection::malformed("adminEmail", "invalid", error.to_string())
            })?;
        if when.at.is_some() {
            let detail =
                "by an administrator's address organizations are found as they are now; leave at out";
            return Err(Rejection::malformed("at", "not_together", detail).into());
        }
        let items = http.app.find_by_administrator(&request, &email, when.min_position).await?;
        return Ok(Json(Found { items }).into_response());
    }
    let wanted =
        PageRequest { cursor: asked.cursor.clone(), limit: asked.limit, when, ..PageRequest::default() };
    let page = http.app.organizations(&request.caller, wanted).await?;
    asked.cursor.clone_from(&page.next);
    if asked.at.is_some() {
        asked.at = Some(page.position.to_string());
    }
    Ok(paged(page, &uri, &asked))
}

/// Shows an organization to its people, to partners whose customer it is or that have access, and to operators.
#[utoipa::path(get, path = "/api/v1/organizations/{id}", tag = "reads",
    summary = "Shows an organization.", params(("id" = String, Path), GetParams),
    security(("key" = [])),
    responses((status = 200, body = WithActions<OrganizationRow>), (status = 404, body = Problem)))]
async fn get_organization(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(id): Path<String>,
    query: Params<GetParams>,
) -> Result<Response, Problem> {
    let when = params(query)?.when()?;
    let found = http.app.organization(&request.caller, &id, when).await;
    let found = found.map_err(|rejection| rejection.naming("organization", &id))?;
    with_actions(&http, &request, ("organizations", &id, when), found).await
}

/// Shows whose branding the people of a customer see, for its partner (R110, R111).
#[utoipa::path(get, path = "/api/v1/customers/{id}/branding", tag = "reads",
    summary = "Shows the branding that the people of a customer see.", params(("id" = String, Path)),
    security(("key" = [])),
    responses((status = 200, body = ShownBranding), (status = 404, body = Problem)))]
async fn get_branding(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(id): Path<String>,
    query: Params<NoParams>,
) -> Result<Json<ShownBranding>, Problem> {
    params(query)?;
    let found = http.app.branding(&request.caller, &id).await;
    Ok(Json(found.map_err(|rejection| rejection.naming("customer", &id))?))
}

/// What the lists of users, projects and app IDs take.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UserParams {
    /// The organization: a partner names one that it may look into; the caller's own without.
    organization_id: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most rows, 50 unless given, at most 500.
    limit: Option<i64>,
    /// Wait until the view shows this position; `end` is that of the log now.
    #[param(value_type = Option<String>)]
    min_position: Option<String>,
}

impl UserParams {
    fn wanted(&self) -> Result<(Option<OrganizationId>, PageRequest), Rejection> {
        let organization_id = self.organization_id.as_ref().map(|text| text.parse());
        let organization_id =
            organization_id.transpose().map_err(|error: tenantry_domain::ids::InvalidId| {
                Rejection::malformed("organizationId", "invalid", error.to_string())
            })?;
        let page = PageRequest {
            cursor: self.cursor.clone(),
            limit: self.limit,
            when: when(self.min_position.as_ref(), None)?,
            ..PageRequest::default()
        };
        Ok((organization_id, page))
    }
}

/// Lists the users of a partner, or the members of an organization. A partner with less than full access to an
/// organization sees its members in a limited form (R81).
#[utoipa::path(get, path = "/api/v1/users", tag = "reads", params(UserParams),
    summary = "Lists the users of a partner, or the members of an organization.",
    security(("key" = [])),
    responses((status = 200, body = List<UserRow>), (status = 404, body = Problem)))]
async fn list_users(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<UserParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let (organization_id, wanted) = asked.wanted()?;
    let page = http.app.users(&request.caller, organization_id, wanted).await?;
    asked.cursor.clone_from(&page.next);
    Ok(paged(page, &uri, &asked))
}

/// Lists the projects of an organization.
#[utoipa::path(get, path = "/api/v1/projects", tag = "reads", params(UserParams),
    summary = "Lists the projects of an organization.", security(("key" = [])),
    responses((status = 200, body = List<ProjectRow>), (status = 404, body = Problem)))]
async fn list_projects(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<UserParams>,
) -> Result<Response, Problem> {
    belongings(&http, &request, &uri, "projects", query).await
}

/// Lists the app IDs of an organization.
#[utoipa::path(get, path = "/api/v1/app-ids", tag = "reads", params(UserParams),
    summary = "Lists the app IDs of an organization.", security(("key" = [])),
    responses((status = 200, body = List<AppIdRow>), (status = 404, body = Problem)))]
async fn list_app_ids(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<UserParams>,
) -> Result<Response, Problem> {
    belongings(&http, &request, &uri, "app_ids", query).await
}

async fn belongings(
    http: &Http,
    request: &Request,
    uri: &Uri,
    view: &'static str,
    query: Params<UserParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let (organization_id, wanted) = asked.wanted()?;
    let page = http.app.belongings(view, &request.caller, organization_id, wanted).await?;
    asked.cursor.clone_from(&page.next);
    Ok(paged(page, uri, &asked))
}
