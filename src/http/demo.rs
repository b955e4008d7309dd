//! The clock of a demonstration, which can be moved ahead.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Http;
use super::commands::json_body;
use super::problem::Problem;
use super::request::Asked;
use crate::app::{BodySchema, Rejection};

pub(super) fn routes() -> OpenApiRouter<Http> {
    OpenApiRouter::new().routes(routes!(move_clock))
}

/// How far the clock is moved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// An ISO 8601 duration, for example `P7D` or `PT1H`.
    #[schema(example = "P7D")]
    advance: String,
}

/// What the clock shows.
#[derive(Debug, Serialize, ToSchema)]
struct Shown {
    /// The time.
    #[schema(value_type = String, format = DateTime)]
    now: jiff::Timestamp,
}

/// The most that one request moves the clock: a year.
const ADVANCE_US_MAX: i64 = 366 * 24 * 60 * 60 * 1_000_000;

/// Moves the clock of a demonstration ahead: what is due until then is done. Only with `--demo`.
#[utoipa::path(post, path = "/api/v1/demo/clock", tag = "service",
    summary = "Moves the clock of a demonstration ahead.", request_body = Advance,
    security(("key" = [])),
    responses((status = 200, body = Shown), (status = 403, body = Problem),
        (status = 404, description = "the server is no demonstration", body = Problem)))]
async fn move_clock(
    State(http): State<Http>,
    Asked(_): Asked,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Shown>, Problem> {
    let clock = http.clock.as_ref().ok_or_else(|| {
        let detail = "the clock of this server cannot be moved: it is no demonstration";
        Problem::new(StatusCode::NOT_FOUND, "not_found", detail).remedy("start the server with --demo")
    })?;
    let faulty = || {
        let detail = "advance is a duration of at most a year, for example P7D or PT1H";
        Rejection::malformed("/advance", "invalid", detail)
    };
    let Advance { advance } = BodySchema::of::<Advance>().read(json_body(&headers, &body)?)?;
    let advance: jiff::Span = advance.parse().map_err(|_| faulty())?;
    let days = jiff::SpanRelativeTo::days_are_24_hours();
    let by = advance.to_duration(days).map_err(|_| faulty())?;
    let by_us = i64::try_from(by.as_micros()).map_err(|_| faulty())?;
    if !(0..=ADVANCE_US_MAX).contains(&by_us) {
        return Err(faulty().into());
    }
    let now_us = clock.advance(by_us).ok_or_else(|| {
        let detail = "the clock of a demonstration goes at most ten years ahead in all";
        Rejection::malformed("/advance", "out_of_range", detail)
    })?;
    let now = jiff::Timestamp::from_microsecond(now_us).unwrap_or(jiff::Timestamp::MAX);
    Ok(Json(Shown { now }))
}
