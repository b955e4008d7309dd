//! Why a quote says no.

use jiff::Timestamp;

use super::{LineFault, LineFaults, QuoteState};
use crate::case::CaseRefusal;
use crate::catalogue::Package;
use crate::customer::CountryNotOffered;
use crate::ids::{OrganizationId, QuoteId};
use crate::refusal::{LOOK_AGAIN, PlacedFault, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to a quote is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteRefusal {
    /// The ID is taken by another quote.
    #[error("quote {0} exists already")]
    AlreadyExists(QuoteId),
    /// There is no such quote.
    #[error("there is no such quote")]
    NotFound,
    /// The case does not go on, or has no organization.
    #[error(transparent)]
    Case(#[from] CaseRefusal),
    /// The organization of the case has no administrator yet (D10).
    #[error("organization {0} is not active: its first administrator has not accepted yet")]
    OrganizationNotActive(OrganizationId),
    /// The organization of the case is the partner's no more.
    #[error("organization {0} is not a customer of this partner any more")]
    NotACustomer(OrganizationId),
    /// The lines do not go together.
    #[error("{0}")]
    Lines(LineFaults),
    /// Nobody can call without a place to call from.
    #[error("package {0} needs a place to call from, and the customer has none")]
    LocationMissing(Package),
    /// The service is not offered where the place to call from is.
    #[error(transparent)]
    CountryNotOffered(#[from] CountryNotOffered),
    /// Its end has passed.
    #[error("the quote could be accepted until {0}")]
    Past(Timestamp),
    /// Its end is too far away.
    #[error("{0} is more than a year ahead")]
    TooLong(Timestamp),
    /// R103, D7
    #[error("the customer is the partner's own organization, which is changed through the API only")]
    ApiOnly,
    /// It was submitted, and is frozen.
    #[error("quote {0} is {state} and frozen", state = .1.as_str())]
    Frozen(QuoteId, QuoteState),
    /// It has not come that far.
    #[error("quote {0} is {state}", state = .1.as_str())]
    NotYet(QuoteId, QuoteState),
    /// It has come to its end.
    #[error("quote {0} is {state}", state = .1.as_str())]
    Settled(QuoteId, QuoteState),
}

impl Refusal for QuoteRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "quote_exists",
            Self::NotFound => "quote_not_found",
            Self::Case(refusal) => refusal.code(),
            Self::OrganizationNotActive(_) => "organization_not_active",
            Self::NotACustomer(_) => "not_a_customer",
            Self::Lines(_) => "quote_lines_invalid",
            Self::LocationMissing(_) => "calling_location_missing",
            Self::CountryNotOffered(refusal) => refusal.code(),
            Self::Past(_) => "quote_past",
            Self::TooLong(_) => "quote_too_long",
            Self::ApiOnly => "api_only",
            Self::Frozen(..) => "quote_frozen",
            Self::NotYet(..) => "quote_not_yet",
            Self::Settled(..) => "quote_settled",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) | Self::Frozen(..) | Self::NotYet(..) | Self::Settled(..) => {
                RefusalKind::Conflict
            }
            Self::NotFound => RefusalKind::NotFound,
            Self::Case(refusal) => refusal.kind(),
            Self::CountryNotOffered(refusal) => refusal.kind(),
            Self::OrganizationNotActive(_)
            | Self::NotACustomer(_)
            | Self::Lines(_)
            | Self::LocationMissing(_)
            | Self::Past(_)
            | Self::TooLong(_)
            | Self::ApiOnly => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::Case(refusal) => refusal.rules(),
            Self::CountryNotOffered(refusal) => refusal.rules(),
            Self::OrganizationNotActive(_) => &["R28"],
            Self::LocationMissing(_) => &["R89"],
            Self::ApiOnly => &["R103", "D7"],
            Self::NotACustomer(_)
            | Self::Lines(_)
            | Self::Past(_)
            | Self::TooLong(_)
            | Self::Frozen(..)
            | Self::NotYet(..)
            | Self::Settled(..) => &["R6"],
            Self::AlreadyExists(_) | Self::NotFound => &[],
        }
    }

    fn faults(&self) -> Vec<PlacedFault> {
        match self {
            Self::Lines(LineFaults(faults)) => faults.iter().map(LineFault::placed).collect(),
            Self::AlreadyExists(_)
            | Self::NotFound
            | Self::Case(_)
            | Self::OrganizationNotActive(_)
            | Self::NotACustomer(_)
            | Self::LocationMissing(_)
            | Self::CountryNotOffered(_)
            | Self::Past(_)
            | Self::TooLong(_)
            | Self::ApiOnly
            | Self::Frozen(..)
            | Self::NotYet(..)
            | Self::Settled(..) => Vec::new(),
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::Case(refusal) => refusal.remedies(),
            Self::CountryNotOffered(refusal) => refusal.remedies(),
            Self::OrganizationNotActive(_) => {
                &["let its first administrator accept the invitation; ResendInvitation sends it again"]
            }
            Self::NotACustomer(_) => &["open another case"],
            Self::Lines(_) => &["mend every fault that is named, and send the lines again"],
            Self::LocationMissing(_) => &["give calling.location"],
            Self::Past(_) => &[
                "give a later validUntil; a draft takes one with EditQuote",
                "decline the quote and draft another one",
            ],
            Self::TooLong(_) => &["give an earlier validUntil"],
            Self::ApiOnly => &["give the command with an access key"],
            Self::Frozen(..) => &["have the operator reject it, or decline it and draft another one"],
            Self::NotYet(..) => &["a quote is submitted, approved by the operator, and then accepted"],
            Self::Settled(..) => &["draft another quote"],
        }
    }
}
