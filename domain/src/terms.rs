//! The terms and conditions that a person accepts before becoming a member (R21).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A document in one of its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// Names document and version; what `acceptedTerms` lists.
    pub id: &'static str,
    /// Names the document, whatever its version.
    #[serde(skip)]
    pub document: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The version, which is the day from which it holds.
    pub version: &'static str,
}

/// Every document that is to be accepted, as it is now.
pub const CURRENT: &[Terms] = &[
    Terms {
        id: "terms-of-service@2026-01-01",
        document: "terms-of-service",
        title: "Terms of service",
        version: "2026-01-01",
    },
    Terms {
        id: "privacy-policy@2026-01-01",
        document: "privacy-policy",
        title: "Privacy policy",
        version: "2026-01-01",
    },
];

/// A document in the version in which somebody has accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AcceptedTerms {
    /// The document.
    pub document: String,
    /// Its version.
    pub version: String,
}

impl AcceptedTerms {
    /// Reads the ID of a document in a version.
    pub fn of(id: &str) -> Option<Self> {
        let (document, version) = id.split_once('@')?;
        Some(Self { document: document.to_owned(), version: version.to_owned() })
    }

    /// Returns the ID of the document in this version.
    pub fn id(&self) -> String {
        format!("{}@{}", self.document, self.version)
    }
}

impl From<&Terms> for AcceptedTerms {
    fn from(terms: &Terms) -> Self {
        Self { document: terms.document.to_owned(), version: terms.version.to_owned() }
    }
}

/// Returns the documents that are not among the accepted ones.
pub fn missing(accepted: &[String]) -> Vec<&'static str> {
    CURRENT.iter().map(|terms| terms.id).filter(|id| !accepted.iter().any(|one| one == id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_document_and_version() {
        for terms in CURRENT {
            assert_eq!(AcceptedTerms::of(terms.id), Some(terms.into()));
            assert_eq!(AcceptedTerms::from(terms).id(), terms.id);
        }
        assert_eq!(AcceptedTerms::of("terms-of-service"), None);
    }
}
