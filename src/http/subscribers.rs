//! Subscribers, whose reader decides what of them is shown.

use axum::extract::{OriginalUri, Path, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tenantry_domain::values::{EmailAddress, InvalidValue};
use tenantry_projections::subscribers::SubscriberRow;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::problem::Problem;
use super::request::Asked;
use super::views::{
    GetParams, List, Params, WithActions, check_filters, paged, params, tenant, when, with_actions,
};
use crate::app::{PageRequest, Rejection};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(list_subscribers)).routes(routes!(get_subscriber))
}

/// What the list of subscribers takes.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SubscriberParams {
    /// Only the subscriber with this e-mail address.
    email: Option<String>,
    /// Only those of this customer.
    customer_id: Option<String>,
    /// Only those in this status.
    status: Option<String>,
    /// Where the page before ended.
    cursor: Option<String>,
    /// The most rows, 50 unless given, at most 500.
    limit: Option<i64>,
    /// Wait until the view shows this position; `end` is that of the log now.
    #[param(value_type = Option<String>)]
    min_position: Option<String>,
    /// Show what was: a position, or a time, then the last position recorded up to it.
    at: Option<String>,
    /// The tenant, for operators.
    tenant: Option<String>,
}

/// Lists the subscribers of a partner's customers; of organizations that only let it provision, in a limited form (R81).
#[utoipa::path(get, path = "/api/v1/subscribers", tag = "reads", params(SubscriberParams),
    summary = "Lists the subscribers of a partner's customers.",
    security(("key" = [])),
    responses((status = 200, body = List<SubscriberRow>), (status = 403, body = Problem)))]
async fn list_subscribers(
    State(http): State<Http>,
    Asked(request): Asked,
    OriginalUri(uri): OriginalUri,
    query: Params<SubscriberParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let invalid = |error: InvalidValue| Rejection::malformed("email", "invalid", error.to_string());
    let email: Option<EmailAddress> = asked.email.as_deref().map(str::parse).transpose().map_err(invalid)?;
    let named = [("customerId", &asked.customer_id), ("status", &asked.status)];
    let filters: Vec<(String, String)> =
        named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))).collect();
    check_filters("subscribers", &filters)?;
    let wanted = PageRequest {
        tenant_id: tenant(asked.tenant.as_ref(), "tenant")?,
        filters,
        cursor: asked.cursor.clone(),
        limit: asked.limit,
        when: when(asked.min_position.as_ref(), asked.at.as_ref())?,
    };
    let page = http.app.subscribers(&request.caller, email.as_ref(), wanted).await?;
    asked.cursor.clone_from(&page.next);
    Ok(paged(page, &uri, &asked))
}

/// Shows a subscriber.
#[utoipa::path(get, path = "/api/v1/subscribers/{id}", tag = "reads",
    summary = "Shows a subscriber.", params(("id" = String, Path), GetParams),
    security(("key" = [])),
    responses((status = 200, body = WithActions<SubscriberRow>), (status = 404, body = Problem)))]
async fn get_subscriber(
    State(http): State<Http>,
    Asked(request): Asked,
    Path(id): Path<String>,
    query: Params<GetParams>,
) -> Result<Response, Problem> {
    let when = params(query)?.when()?;
    let found = http.app.subscriber(&request.caller, &id, when).await;
    let found = found.map_err(|rejection| rejection.naming("subscriber", &id))?;
    with_actions(&http, &request, ("subscribers", &id, when), found).await
}
