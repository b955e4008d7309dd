//! The read models: lists with filters and cursors, and single rows.

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{ETAG, LINK};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenantry_projections::activity::ActivityRow;
use tenantry_projections::cases::CaseRow;
use tenantry_projections::consents::ConsentRow;
use tenantry_projections::customers::CustomerRow;
use tenantry_projections::invitations::InvitationRow;
use tenantry_projections::keys::KeyRow;
use tenantry_projections::locations::LocationRow;
use tenantry_projections::numbers::NumberRow;
use tenantry_projections::partners::PartnerRow;
use tenantry_projections::provisioning::ProvisioningRow;
use tenantry_projections::quotes::QuoteRow;
use tenantry_projections::screenings::ScreeningRow;
use tenantry_projections::subscriptions::SubscriptionRow;
use tenantry_projections::templates::TemplateRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
pub(super) use super::parameters::{
    NoParams, Params, forwards, min_position, params, position, tenant, when,
};
use super::problem::Problem;
use super::request::Asked;
use crate::app::{Action, BodyFault, Page, PageRequest, Rejection, Request, When};
use crate::projector::view_named;

/// What lists take besides their filters.
#[derive(Debug, Default, Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListParams {
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
    /// Only rows with this external ID.
    external_id: Option<String>,
    /// Only rows in this status.
    status: Option<String>,
    /// Only rows in this state.
    state: Option<String>,
    /// Only rows of this case.
    case_id: Option<String>,
    /// Only rows of this customer.
    customer_id: Option<String>,
}

/// What single rows take.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct GetParams {
    /// Wait until the view shows this position; `end` is that of the log now.
    #[param(value_type = Option<String>)]
    pub(super) min_position: Option<String>,
    /// Show what was: a position, or a time, then the last position recorded up to it.
    pub(super) at: Option<String>,
}

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T> {
    items: Vec<T>,
    /// Position of the log that the page shows.
    position: String,
}

impl GetParams {
    pub(super) fn when(&self) -> Result<When, Rejection> {
        when(self.min_position.as_ref(), self.at.as_ref())
    }
}

impl ListParams {
    fn request(&self) -> Result<PageRequest, Rejection> {
        let named = [
            ("externalId", &self.external_id),
            ("status", &self.status),
            ("state", &self.state),
            ("caseId", &self.case_id),
            ("customerId", &self.customer_id),
        ];
        Ok(PageRequest {
            tenant_id: tenant(self.tenant.as_ref(), "tenant")?,
            filters: named
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
                .collect(),
            cursor: self.cursor.clone(),
            limit: self.limit,
            when: when(self.min_position.as_ref(), self.at.as_ref())?,
        })
    }
}

/// Fields by which lists are filtered, where their rows have them.
const FILTERS: [&str; 5] = ["externalId", "status", "state", "caseId", "customerId"];

/// Refuses a filter that no row can match: on a field that the rows have not, or by a value that it never has.
pub(super) fn check_filters(view: &str, filters: &[(String, String)]) -> Result<(), Rejection> {
    if filters.is_empty() {
        return Ok(());
    }
    let fields = view_named(view).map(|view| view.fields()).unwrap_or_default();
    let faults = filters.iter().filter_map(|(name, value)| {
        let (code, detail) = match fields.get(name) {
            Some(Some(values)) if !values.contains(value) => {
                ("not_offered", format!("{name} is one of {}", values.join(", ")))
            }
            Some(_) => return None,
            None => {
                let known: Vec<&str> =
                    FILTERS.into_iter().filter(|name| fields.contains_key(*name)).collect();
                let known = if known.is_empty() { "no field".to_owned() } else { known.join(" and ") };
                (
                    "unknown_field",
                    format!("the rows of {view} have no {name}; this list is filtered by {known}"),
                )
            }
        };
        Some(BodyFault { pointer: name.clone(), code, detail })
    });
    let faults: Vec<BodyFault> = faults.collect();
    if faults.is_empty() { Ok(()) } else { Err(Rejection::Malformed(faults)) }
}

/// Returns a page of a view.
pub(super) async fn list(
    http: &Http,
    request: &Request,
    uri: &axum::http::Uri,
    view: &'static str,
    query: Params<ListParams>,
) -> Result<Response, Problem> {
    let mut asked = params(query)?;
    let wanted = asked.request()?;
    check_filters(view, &wanted.filters)?;
    let page = http.app.list(view, &request.caller, wanted).await?;
    asked.cursor.clone_from(&page.next);
    if asked.at.is_some() {
        asked.at = Some(page.position.to_string());
    }
    Ok(paged(page, uri, &asked))
}

/// Shapes a page; `asked` are the parameters of the next one, if there is one.
pub(super) fn paged(page: Page, uri: &axum::http::Uri, asked: &impl Serialize) -> Response {
    let Page { items, position, next } = page;
    let mut response = Json(json!({ "items": items, "position": position.to_string() })).into_response();
    if next.is_some() {
        link_next(&mut response, uri, asked);
    }
    set_position(&mut response, &position.to_string());
    response
}

/// Names the next page, whose parameters `asked` are.
pub(super) fn link_next(response: &mut Response, uri: &axum::http::Uri, asked: &impl Serialize) {
    let query = serde_urlencoded::to_string(asked).unwrap_or_default();
    set(response, LINK, &format!("<{}?{query}>; rel=\"next\"", uri.path()));
}

/// Returns a row of a view.
pub(super) async fn get(
    http: &Http,
    request: &Request,
    view: &'static str,
    key: &str,
    query: Params<GetParams>,
) -> Result<Response, Problem> {
    let when = params(query)?.when()?;
    let found = http.app.get(view, &request.caller, key, when).await;
    let found = found.map_err(|rejection| rejection.naming(one_of(view), key))?;
    with_actions(http, request, (view, key, when), found).await
}

/// A single row, with what the caller may do with it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WithActions<T> {
    #[serde(flatten)]
    row: T,
    /// The commands to it that the caller's role may give, and whether each would go through now; absent where it is
    /// only looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<Action>>,
}

/// Shapes a row of a view, and tells what the caller may do with it; with what was nothing can be done.
pub(super) async fn with_actions(
    http: &Http,
    request: &Request,
    (view, key, when): (&'static str, &str, When),
    (mut item, position): (Value, i64),
) -> Result<Response, Problem> {
    if when.at.is_none()
        && let Some(actions) = http.app.actions(&request.caller, view, key, &item).await?
    {
        item["actions"] = json!(actions);
    }
    Ok(shown((item, position)))
}

/// Shapes a row, with the sequence that a command may expect of it.
fn shown((item, position): (Value, i64)) -> Response {
    let sequence = item.get("sequence").and_then(Value::as_i64);
    let mut response = Json(item).into_response();
    if let Some(sequence) = sequence {
        set(&mut response, ETAG, &format!("\"{sequence}\""));
    }
    set_position(&mut response, &position.to_string());
    response
}

/// Returns what a row of a view is called.
fn one_of(view: &str) -> &str {
    match view {
        // A row of it stands for its customer, whose ID it has.
        "provisioning" => "customer",
        view => view.strip_suffix('s').unwrap_or(view),
    }
}

/// Says in the header up to which position an answer shows the log.
pub(super) fn set_position(response: &mut Response, position: &str) {
    set(response, HeaderName::from_static("tenantry-position"), position);
}

fn set(response: &mut Response, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().insert(name, value);
    }
}

macro_rules! view_routes {
    ($($list:ident $get:ident $view:literal $path:literal $one:literal $row:ty, $doc:literal, $one_doc:literal;)*) => {
        pub(super) fn routes() -> OpenApiRouter<Http> {
            OpenApiRouter::new()$(.routes(routes!($list)).routes(routes!($get)))*
        }

        $(
            #[doc = concat!("Lists ", $doc, ".")]
            #[utoipa::path(get, path = $path, summary = concat!("Lists ", $doc, "."), tag = "reads",
                params(ListParams), security(("key" = [])),
                responses((status = 200, body = List<$row>), (status = 403, body = Problem),
                    (status = 504, description = "the view is not there yet", body = Problem)))]
            async fn $list(
                State(http): State<Http>,
                Asked(request): Asked,
                OriginalUri(uri): OriginalUri,
                query: Params<ListParams>,
            ) -> Result<Response, Problem> {
                list(&http, &request, &uri, $view, query).await
            }

            #[doc = concat!("Shows ", $one_doc, ".")]
            #[utoipa::path(get, path = $one, summary = concat!("Shows ", $one_doc, "."), tag = "reads",
                params(("id" = String, Path), GetParams),
                security(("key" = [])), responses((status = 200, body = WithActions<$row>), (status = 404, body = Problem)))]
            async fn $get(
                State(http): State<Http>,
                Asked(request): Asked,
                Path(id): Path<String>,
                query: Params<GetParams>,
            ) -> Result<Response, Problem> {
                get(&http, &request, $view, &id, query).await
            }
        )*
    };
}

view_routes! {
    list_customers get_customer "customers" "/api/v1/customers" "/api/v1/customers/{id}"
        CustomerRow, "the customers of a partner", "a customer";
    list_provisioning get_provisioning "provisioning" "/api/v1/provisioning" "/api/v1/provisioning/{id}"
        ProvisioningRow, "where provisioning stands, by customer",
        "where the provisioning of a customer stands";
    list_templates get_template "templates" "/api/v1/templates" "/api/v1/templates/{id}"
        TemplateRow, "the onboarding templates of a partner", "an onboarding template";
    list_partners get_partner "partners" "/api/v1/partners" "/api/v1/partners/{id}"
        PartnerRow, "the partners", "a partner";
    list_cases get_case "cases" "/api/v1/cases" "/api/v1/cases/{id}"
        CaseRow, "the cases of a partner", "a case";
    list_quotes get_quote "quotes" "/api/v1/quotes" "/api/v1/quotes/{id}"
        QuoteRow, "the quotes of a partner", "a quote";
    list_subscriptions get_subscription "subscriptions" "/api/v1/subscriptions" "/api/v1/subscriptions/{id}"
        SubscriptionRow, "the subscriptions of a partner's customers", "a subscription";
    list_consents get_consent "consents" "/api/v1/consents" "/api/v1/consents/{id}"
        ConsentRow, "the requests for consent", "a request for consent";
    list_invitations get_invitation "invitations" "/api/v1/invitations" "/api/v1/invitations/{id}"
        InvitationRow, "the invitations", "an invitation";
    list_screenings get_screening "screenings" "/api/v1/screenings" "/api/v1/screenings/{id}"
        ScreeningRow, "the customers that are like a denied party",
        "the screening of a customer";
    list_activity get_activity "activity" "/api/v1/activity" "/api/v1/activity/{id}"
        ActivityRow, "what happened, in sentences, the newest first",
        "a thing that happened, in a sentence";
    list_locations get_location "locations" "/api/v1/locations" "/api/v1/locations/{id}"
        LocationRow, "the places that customers' people call from", "a place to call from";
    list_numbers get_number "numbers" "/api/v1/numbers" "/api/v1/numbers/{id}"
        NumberRow, "the telephone numbers of customers", "a telephone number of a customer";
    list_keys get_key "keys" "/api/v1/keys" "/api/v1/keys/{id}"
        KeyRow, "the access keys", "an access key";
}
