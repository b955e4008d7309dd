//! The terms and conditions that a person accepts before becoming a member (R21).

use serde::Serialize;
use utoipa::ToSchema;

/// A document in one of its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Names document and version; what `acceptedTerms` lists.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The version, which is the day from which it holds.
    pub version: &'static str,
}

/// Every document that is to be accepted, as it is now.
pub const CURRENT: &[Terms] = &[
    Terms { id: "terms-of-service@2026-01-01", title: "Terms of service", version: "2026-01-01" },
    Terms { id: "privacy-policy@2026-01-01", title: "Privacy policy", version: "2026-01-01" },
];

/// Returns the documents that are not among the accepted ones.
pub fn missing(accepted: &[String]) -> Vec<&'static str> {
    CURRENT.iter().map(|terms| terms.id).filter(|id| !accepted.iter().any(|one| one == id)).collect()
}
