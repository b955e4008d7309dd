//! Why a subscription says no.

use super::SubscriptionState;
use crate::ids::SubscriptionId;
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to a subscription is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionRefusal {
    /// The ID is taken by the subscription of another quote.
    #[error("subscription {0} exists already")]
    AlreadyExists(SubscriptionId),
    /// There is no such subscription.
    #[error("there is no such subscription")]
    NotFound,
    /// It has come to its end.
    #[error("subscription {0} is {state}", state = .1.as_str())]
    Ended(SubscriptionId, SubscriptionState),
}

impl Refusal for SubscriptionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "subscription_exists",
            Self::NotFound => "subscription_not_found",
            Self::Ended(..) => "subscription_ended",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) | Self::Ended(..) => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::Ended(..) => &["R6"],
            Self::AlreadyExists(_) | Self::NotFound => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::Ended(..) => &["draft another quote under the customer's case"],
        }
    }
}
