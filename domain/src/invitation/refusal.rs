//! Why an invitation says no.

use crate::ids::InvitationId;
use crate::limits::MAILINGS_MAX;
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to an invitation is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefusal {
    /// The ID is taken by another invitation.
    #[error("invitation {0} exists already")]
    AlreadyExists(InvitationId),
    /// There is no such invitation for the caller.
    #[error("there is no such invitation")]
    NotFound,
    /// It was accepted or taken back.
    #[error("the invitation was {0} already")]
    Ended(&'static str),
    /// It was mailed as often as it may be.
    #[error("the invitation was mailed {MAILINGS_MAX} times, the most there may be")]
    MailedEnough,
    /// The token was altered, used or taken back, or it expired: nothing else is said.
    #[error("invalid token")]
    InvalidToken,
    /// Not all terms are accepted.
    #[error("these terms are not accepted: {}", .0.join(", "))]
    TermsNotAccepted(Vec<&'static str>),
    /// The invitation is not for somebody of the partner.
    #[error("only the invitation of a case's primary contact can go to another user of the partner")]
    NotRedirectable,
}

impl Refusal for InvitationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "invitation_exists",
            Self::NotFound => "invitation_not_found",
            Self::Ended(_) => "invitation_ended",
            Self::MailedEnough => "mailed_enough",
            Self::InvalidToken => "invalid_token",
            Self::TermsNotAccepted(_) => "terms_not_accepted",
            Self::NotRedirectable => "invitation_not_redirectable",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) | Self::Ended(_) | Self::MailedEnough => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::InvalidToken => RefusalKind::Unauthenticated,
            Self::TermsNotAccepted(_) | Self::NotRedirectable => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::TermsNotAccepted(_) => &["R21"],
            Self::NotRedirectable => &["R16"],
            Self::AlreadyExists(_)
            | Self::NotFound
            | Self::Ended(_)
            | Self::MailedEnough
            | Self::InvalidToken => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::TermsNotAccepted(_) => &["accept every document that GET /api/v1/terms lists"],
            Self::MailedEnough => &["talk to the person; the last mail stays valid until it expires"],
            Self::InvalidToken => &["have the invitation sent again, and follow the link of the newest mail"],
            Self::Ended(_) => &[
                "GET /api/v1/invitations shows how it ended",
                "where nobody administers the organization yet, the operator names somebody with ImportMembers",
            ],
            Self::NotRedirectable => {
                &["send it again with ResendInvitation, or take it back with RevokeInvitation"]
            }
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
        }
    }
}
