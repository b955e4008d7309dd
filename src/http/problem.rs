//! Problems (RFC 9457): one shape for everything that goes wrong.

use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tenantry_domain::refusal::RefusalKind;
use utoipa::ToSchema;

use crate::app::{BodyFault, Rejection};
use crate::limits::{BATCH_BYTES_MAX, BODY_BYTES_MAX};

/// A problem, `application/problem+json`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Problem {
    /// Names the kind of problem; `docs/api.md` lists the codes at its end.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The status in words.
    pub(super) title: String,
    /// The HTTP status.
    pub(super) status: u16,
    /// What was wrong, and with what.
    pub(super) detail: String,
    /// The path that was asked.
    pub(super) instance: String,
    /// Stable code in snake case.
    pub(super) code: String,
    /// The tracking ID of the request.
    pub(super) tracking_id: String,
    /// The rules that refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rules: Vec<String>,
    /// What the caller can do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) remedies: Vec<String>,
    /// Every fault of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) errors: Vec<BodyFault>,
    /// The seconds after which the same request may go through, for the header `Retry-After`.
    #[serde(skip)]
    pub(super) retry_after: Option<u64>,
}

impl Problem {
    /// Makes a problem; path and tracking ID are filled in at the edge.
    pub(super) fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:tenantry:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: String::new(),
            code: code.to_owned(),
            tracking_id: String::new(),
            rules: Vec::new(),
            remedies: Vec::new(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// Adds what the caller can do about it.
    pub(super) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedies.push(remedy.into());
        self
    }

    /// Says where it arose: the path that was asked, and the tracking ID of the request.
    pub(super) fn at(self, path: &str, tracking_id: &str) -> Self {
        Self { instance: path.to_owned(), tracking_id: tracking_id.to_owned(), ..self }
    }

    /// Describes an error that a library answered with a status alone.
    pub(super) fn of_status(status: StatusCode) -> Self {
        let (code, detail, remedy) = match status {
            StatusCode::PAYLOAD_TOO_LARGE => {
                ("body_too_large", "the body is larger than this path takes", LESS.as_str())
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                "unsupported_media_type",
                "the body is not of a media type that this path takes",
                "send Content-Type: application/json",
            ),
            StatusCode::BAD_REQUEST => {
                ("malformed", "the request cannot be read", "compare it with /api/docs")
            }
            _ => ("failed", "the request failed", "compare it with /api/docs"),
        };
        Self::new(status, code, detail).remedy(remedy)
    }

    /// Writes the problem as an answer.
    pub(super) fn answer(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(self).expect("a problem is JSON");
        let mut response =
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// What can be done about a request that comes too early.
const AFTER_A_WHILE: &str = "send the same request again, after the seconds in Retry-After";

/// What can be done about a body that is too large.
static LESS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "send less: at most {} MiB, or {} MiB of many commands",
        BODY_BYTES_MAX >> 20,
        BATCH_BYTES_MAX >> 20
    )
});

/// Names the place of a fault with it; a fault of the whole body has none.
fn said_of(fault: &BodyFault) -> String {
    let BodyFault { pointer, detail, .. } = fault;
    if detail.contains(pointer.as_str()) { detail.clone() } else { format!("{pointer}: {detail}") }
}

/// A problem on its way to the edge, where it learns its path and tracking ID.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let said = rejection.to_string();
        match rejection {
            Rejection::Malformed(errors) => {
                let detail = errors.iter().map(said_of).collect::<Vec<_>>().join("; ");
                let problem = Self::new(StatusCode::BAD_REQUEST, "malformed", detail);
                Self { errors, ..problem }.remedy("mend each fault in errors, and send the request again")
            }
            Rejection::Unauthenticated => Self {
                remedies: vec!["send Authorization: Bearer with a valid key".to_owned()],
                ..Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", said)
            },
            Rejection::NotFound | Rejection::Missing(_) => {
                Self::new(StatusCode::NOT_FOUND, "not_found", said)
                    .remedy("check the ID, and that the access key is one of its tenant")
            }
            Rejection::Refused(refused) => {
                let status = match refused.kind {
                    RefusalKind::Conflict => StatusCode::CONFLICT,
                    RefusalKind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
                    RefusalKind::Forbidden => StatusCode::FORBIDDEN,
                    RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
                    RefusalKind::NotFound => StatusCode::NOT_FOUND,
                };
                let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
                Self {
                    rules: owned(refused.rules),
                    remedies: owned(refused.remedies),
                    errors: refused.faults,
                    ..Self::new(status, refused.code, refused.detail)
                }
            }
            Rejection::AnotherSequence(_) => Self {
                remedies: vec!["read the object again and send its present sequence in If-Match".to_owned()],
                ..Self::new(StatusCode::PRECONDITION_FAILED, "another_sequence", said)
            },
            Rejection::NotYet => Self {
                remedies: vec!["ask again, or leave out minPosition".to_owned()],
                ..Self::new(StatusCode::GATEWAY_TIMEOUT, "not_yet", said)
            },
            Rejection::TooMany { seconds } => Self {
                retry_after: Some(seconds),
                ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", said)
            }
            .remedy(AFTER_A_WHILE),
            Rejection::Unavailable(_) => Self {
                retry_after: Some(1),
                ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", said)
            }
            .remedy(AFTER_A_WHILE),
            Rejection::Broken(_) => {
                let detail =
                    "the server met a fault that it does not understand; the tracking ID finds it in its log";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail)
                    .remedy("give the tracking ID to whoever runs the server")
            }
        }
    }
}

/// The body is not of the media type that a path takes.
pub(super) fn not_of_type(wanted: &str) -> Problem {
    let detail = format!("this path takes {wanted}");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
        .remedy(format!("send the body as Content-Type: {wanted}"))
}

pub(super) async fn no_such_path() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "not_found",
        "there is nothing at this path; /api/docs lists what there is",
    )
    .remedy("check the path: its version, its words, and that no slash is at its end")
}

pub(super) async fn no_such_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this path does not know that method")
        .remedy("use a method that the header Allow names")
}

/// Answers for a handler that panicked: a defect, which the log names and the caller cannot mend.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(super) fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = said, "a handler has panicked");
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "broken",
        "the server has a defect; the tracking ID finds it in its log",
    )
    .remedy("give the tracking ID to whoever runs the server")
    .into_response()
}
