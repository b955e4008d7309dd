//! Who asks, read from the headers of a request.

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use axum::http::request::Parts;

use tenantry_domain::ids::PartnerId;

use super::Http;
use super::edge::TrackingId;
use super::problem::Problem;
use crate::app::{Caller, Rejection, Request};

/// The header that names the sub-partner for which a partner's caller acts.
pub(crate) const ON_BEHALF_OF: &str = "Tenantry-On-Behalf-Of";

/// The most characters of an `Idempotency-Key`.
const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;

/// An authenticated request, without its body.
pub(super) struct Asked(pub(super) Request);

impl FromRequestParts<Http> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, http: &Http) -> Result<Self, Problem> {
        let caller = match parts.extensions.get::<Caller>() {
            // Set by a caller inside this process only: the command line on the store itself.
            Some(local) => local.clone(),
            None => http.app.authenticate(bearer(&parts.headers)?).await?,
        };
        let caller = match sub_partner(&parts.headers)? {
            Some(sub) => http.app.on_behalf(caller, sub).await?,
            None => caller,
        };
        let tracking_id = parts.extensions.get::<TrackingId>().map(|id| id.0.clone()).unwrap_or_default();
        Ok(Self(Request {
            caller,
            tracking_id,
            idempotency_key: idempotency_key(&parts.headers)?,
            expected_sequence: expected_sequence(&parts.headers)?,
        }))
    }
}

impl Asked {
    /// A request of somebody who shows no key; the token of a mail may stand for one.
    pub(super) fn without_key(headers: &HeaderMap, tracking: TrackingId) -> Result<Self, Rejection> {
        Ok(Self(Request {
            caller: Caller::token_holder(),
            tracking_id: tracking.0,
            idempotency_key: idempotency_key(headers)?,
            expected_sequence: expected_sequence(headers)?,
        }))
    }
}

fn bearer(headers: &HeaderMap) -> Result<&str, Rejection> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, key) = value.split_once(' ').ok_or(Rejection::Unauthenticated)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(key.trim()) } else { Err(Rejection::Unauthenticated) }
}

/// Returns a header that may be there once: of two, nobody could tell which one counts.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a HeaderValue>, Rejection> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    if values.next().is_some() {
        return Err(Rejection::malformed(
            name,
            "duplicate_field",
            format!("{name} is given twice; give it once"),
        ));
    }
    Ok(first)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Rejection> {
    let Some(value) = single(headers, "Idempotency-Key")? else { return Ok(None) };
    match printable(value) {
        Some(key) if !key.is_empty() && key.len() <= IDEMPOTENCY_KEY_CHARS_MAX => Ok(Some(key.to_owned())),
        _ => {
            let detail = format!(
                "Idempotency-Key must have 1 to {IDEMPOTENCY_KEY_CHARS_MAX} printable ASCII characters"
            );
            Err(Rejection::malformed("Idempotency-Key", "invalid", detail))
        }
    }
}

fn sub_partner(headers: &HeaderMap) -> Result<Option<PartnerId>, Rejection> {
    let Some(value) = single(headers, ON_BEHALF_OF)? else { return Ok(None) };
    let invalid = || {
        let detail = format!("{ON_BEHALF_OF} must be the ID of a partner, which begins with ptr_");
        Rejection::malformed(ON_BEHALF_OF, "invalid", detail)
    };
    value.to_str().ok().and_then(|text| text.parse().ok()).map(Some).ok_or_else(invalid)
}

/// Returns a header's value if it is made of ASCII letters, digits, signs and spaces: no tabs, as in lines of commands.
pub(super) fn printable(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok().filter(|text| text.bytes().all(|byte| matches!(byte, b' '..=b'~')))
}

fn expected_sequence(headers: &HeaderMap) -> Result<Option<i64>, Rejection> {
    let Some(value) = single(headers, "If-Match")? else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    // In quotes, as an ETag is; without them too, as people type it.
    let digits = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let sequence = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()));
    sequence.map(Some).ok_or_else(|| {
        Rejection::malformed(
            "If-Match",
            "invalid",
            "If-Match must be one sequence in quotes, for example \"3\"",
        )
    })
}
