//! Parameters of queries: read, or refused with their names.

use axum::extract::Query;
use serde::Deserialize;
use tenantry_domain::tenant::TenantId;

use crate::app::{BodyFault, MinPosition, Moment, Rejection, When};

/// What paths take that take no parameters: an unknown one is a fault there too.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoParams {}

pub(super) type Params<T> = Result<Query<T>, axum::extract::rejection::QueryRejection>;

pub(super) fn params<T>(query: Params<T>) -> Result<T, Rejection> {
    query.map(|Query(params)| params).map_err(|error| parameter_fault(&error.body_text()))
}

/// Says which parameter is wrong, and how, from what the reader of queries says.
fn parameter_fault(said: &str) -> Rejection {
    let said = said.strip_prefix("Failed to deserialize query string: ").unwrap_or(said);
    let (name, why) = said.split_once(": ").unwrap_or(("query", said));
    let quoted: Vec<&str> = why.split('`').skip(1).step_by(2).collect();
    match (why, quoted.as_slice()) {
        (why, [name, known @ ..]) if why.starts_with("unknown field") => {
            let known = if known.is_empty() {
                "this path takes none".to_owned()
            } else {
                format!("there are {}", known.join(", "))
            };
            let detail = format!("there is no parameter {name}; {known}");
            Rejection::malformed(name, "unknown_field", detail)
        }
        (why, [name]) if why.starts_with("duplicate field") => {
            Rejection::malformed(name, "duplicate_field", format!("{name} is given twice; give it once"))
        }
        (why, [_, known @ ..]) if why.starts_with("unknown variant") => {
            Rejection::malformed(name, "not_offered", format!("{name} is one of {}", known.join(", ")))
        }
        (why, _) if why.contains("digit") || why.contains("integer") || why.contains("number") => {
            Rejection::malformed(name, "wrong_type", format!("{name} is a whole number"))
        }
        (why, _) if why.contains("`true`") => {
            Rejection::malformed(name, "wrong_type", format!("{name} is true or false"))
        }
        (why, _) => Rejection::malformed(name, "invalid", why),
    }
}

pub(super) fn position(text: Option<&String>, name: &str) -> Result<Option<i64>, Rejection> {
    text.map(|text| {
        text.parse().map_err(|_| {
            Rejection::malformed(
                name,
                "invalid",
                format!("{name} is a position, as answers give it; for example 17"),
            )
        })
    })
    .transpose()
}

/// Reads what a view must have reached.
pub(super) fn min_position(text: Option<&String>) -> Result<Option<MinPosition>, Rejection> {
    let invalid = |_| {
        let detail =
            "minPosition is a position, as answers give it, for example 17; or end, the end of the log";
        Rejection::malformed("minPosition", "invalid", detail)
    };
    text.map(|text| text.parse().map_err(invalid)).transpose()
}

/// Reads which moment is wanted: from a position on, or at a moment.
pub(super) fn when(min_position: Option<&String>, at: Option<&String>) -> Result<When, Rejection> {
    let min_position = self::min_position(min_position)?;
    let at = at.map(|text| text.parse::<Moment>()).transpose()?;
    if min_position.is_some() && at.is_some() {
        let detail = "minPosition waits for what is now, at shows what was; give one of them";
        let fault = |name: &str| BodyFault {
            pointer: name.to_owned(),
            code: "not_together",
            detail: detail.to_owned(),
        };
        return Err(Rejection::Malformed(vec![fault("at"), fault("minPosition")]));
    }
    Ok(When { min_position, at })
}

pub(super) fn tenant(text: Option<&String>, name: &str) -> Result<Option<TenantId>, Rejection> {
    let invalid = |_| {
        let detail = format!("{name} is a tenant: an ID that begins with ptr_ or org_, or platform");
        Rejection::malformed(name, "invalid", detail)
    };
    text.map(|text| text.parse().map_err(invalid)).transpose()
}

/// Refuses a range whose end lies before its beginning, naming both.
pub(super) fn forwards<T: PartialOrd>(
    (from, begin): (&str, Option<T>),
    (to, end): (&str, Option<T>),
) -> Result<(), Rejection> {
    if begin.zip(end).is_none_or(|(begin, end)| begin <= end) {
        return Ok(());
    }
    let detail = format!("{from} lies after {to}: nothing can be between them");
    let fault =
        |name: &str| BodyFault { pointer: name.to_owned(), code: "out_of_range", detail: detail.clone() };
    Err(Rejection::Malformed(vec![fault(from), fault(to)]))
}
