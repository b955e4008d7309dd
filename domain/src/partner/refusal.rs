//! Why a partner says no.

use crate::ids::{PartnerId, UserId};
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to a partner is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartnerRefusal {
    /// The ID is taken by another registration.
    #[error("partner {0} is registered already")]
    AlreadyRegistered(PartnerId),
    /// There is no such partner.
    #[error("there is no such partner")]
    NotFound,
    /// There is no such user.
    #[error("the partner has no user {0}")]
    NoSuchUser(UserId),
    /// The person is a user already, with another name or role.
    #[error("the person is user {0} of the partner already")]
    UserExists(UserId),
    /// The parent does not exist or is suspended.
    #[error("parent partner {0} does not exist or is suspended")]
    ParentUnavailable(PartnerId),
}

impl Refusal for PartnerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyRegistered(_) => "partner_already_registered",
            Self::NotFound => "partner_not_found",
            Self::NoSuchUser(_) => "user_not_found",
            Self::UserExists(_) => "user_exists",
            Self::ParentUnavailable(_) => "parent_unavailable",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyRegistered(_) | Self::UserExists(_) => RefusalKind::Conflict,
            Self::NotFound | Self::NoSuchUser(_) => RefusalKind::NotFound,
            Self::ParentUnavailable(_) => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyRegistered(_) | Self::NotFound | Self::NoSuchUser(_) | Self::UserExists(_) => &[],
            Self::ParentUnavailable(_) => &["R7"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyRegistered(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::NoSuchUser(_) => &["GET /api/v1/users lists the users of the partner"],
            Self::UserExists(_) => &["change the user's role with ChangePartnerUserRole"],
            Self::ParentUnavailable(_) => &["name an active partner, or leave out parentId"],
        }
    }
}
