//! Why usage is not taken.

use crate::ids::OrganizationId;
use crate::refusal::{Refusal, RefusalKind};
use crate::values::MeterName;

/// Why a command to a stream of usage is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageRefusal {
    /// The organization is no customer of the partner.
    #[error("organization {0} is not a customer of this partner")]
    NotACustomer(OrganizationId),
    /// A record names a project or app ID that the organization does not have.
    #[error("{0} is none of organization {1}")]
    NotOfOrganization(String, OrganizationId),
    /// The clock of the source is ahead, or the time is wrong.
    #[error("the time of the usage is more than five minutes in the future")]
    InTheFuture,
    /// A difference changes nothing of a meter that does not add up.
    #[error("meter {} does not add up: a difference would change nothing of what it comes to", .0.as_str())]
    NotASum(MeterName),
    /// Only a correction takes away.
    #[error("the value of a usage record is negative")]
    Negative,
}

impl Refusal for UsageRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotACustomer(_) => "not_a_customer",
            Self::NotOfOrganization(..) => "not_of_organization",
            Self::InTheFuture => "usage_in_the_future",
            Self::NotASum(_) => "correction_without_effect",
            Self::Negative => "usage_negative",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotACustomer(_)
            | Self::NotOfOrganization(..)
            | Self::InTheFuture
            | Self::NotASum(_)
            | Self::Negative => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::NotACustomer(_) => &["R5", "R29"],
            Self::NotOfOrganization(..) => &["R3"],
            Self::InTheFuture | Self::NotASum(_) | Self::Negative => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::NotACustomer(_) => &["name the organization of one of your customers"],
            Self::NotOfOrganization(..) => &["name a project or app ID that the organization has, or none"],
            Self::InTheFuture => &["set the clock of the source, or wait"],
            Self::NotASum(_) => &["correct meters of the kind sum; of others, send further records"],
            Self::Negative => &["give a correction with CorrectUsage"],
        }
    }
}
