//! Why an organization says no.

use super::{Criterion, ManageRefusal};
use crate::ids::{CustomerId, OrganizationId};
use crate::limits::MAILINGS_MAX;
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};
use crate::values::DomainName;

/// Why a command to an organization is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrganizationRefusal {
    /// The ID is taken by an organization with other data.
    #[error("organization {0} exists already with other data")]
    AlreadyExists(OrganizationId),
    /// There is no such organization.
    #[error("there is no such organization")]
    NotFound,
    /// A claimed domain is not verified.
    #[error("domain {} is not verified", .0.as_str())]
    DomainNotVerified(DomainName),
    /// Nobody would administer it any more.
    #[error("the organization would have no administrator")]
    LastAdministrator,
    /// There is no open request of the caller.
    #[error("there is no open request for consent")]
    NoOpenRequest,
    /// The token of a mail was altered, or its request has ended: nothing else is said.
    #[error("invalid token")]
    InvalidToken,
    /// The partner is not attached.
    #[error("this partner has no customer with the organization")]
    NotACustomer,
    /// The partner asked for full access a short while ago.
    #[error("full access was asked for; it can be asked for again in {hours} hours")]
    AskedRecently {
        /// Hours until it can be asked for again, rounded up.
        hours: i64,
    },
    /// The request was mailed as often as it may be.
    #[error("the request was mailed {MAILINGS_MAX} times, the most there may be")]
    MailedEnough,
    /// An attach is refused.
    #[error(transparent)]
    Attach(#[from] AttachRefusal),
    /// A change of its people, projects or app IDs is refused.
    #[error(transparent)]
    Manage(#[from] ManageRefusal),
}

/// Why an attach is refused; see the assessment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachRefusal {
    /// Its first administrator has not accepted yet.
    #[error("the organization is not active")]
    NotActive,
    /// It is on trial.
    #[error("the organization is on trial")]
    Trial,
    /// The partner has it as a customer already.
    #[error("the organization is customer {0} of this partner already")]
    AlreadyCustomer(CustomerId),
    /// Consent is needed and there is nobody to ask.
    #[error("consent is needed, and the organization has no administrator to ask")]
    NoAdministrator,
    /// Consent is needed and the template does not let administrators be asked.
    #[error("consent is needed ({}), and the template does not allow to ask for it", rules_of(.0))]
    ConsentNotAllowed(Vec<Criterion>),
    /// Another attach is under way.
    #[error("another attach of the organization is under way")]
    Reserved,
    /// The organization declined a short while ago.
    #[error("the organization declined; it can be asked again in {days} days")]
    DeclinedRecently {
        /// Days until it can be asked again, rounded up.
        days: i64,
    },
}

fn rules_of(criteria: &[Criterion]) -> String {
    criteria.iter().map(|criterion| criterion.rule()).collect::<Vec<_>>().join(", ")
}

impl Refusal for OrganizationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "organization_exists",
            Self::NotFound => "organization_not_found",
            Self::DomainNotVerified(_) => "domain_not_verified",
            Self::LastAdministrator => "last_administrator",
            Self::NoOpenRequest => "no_open_consent",
            Self::InvalidToken => "invalid_token",
            Self::NotACustomer => "not_a_customer",
            Self::AskedRecently { .. } => "full_access_asked_recently",
            Self::MailedEnough => "mailed_enough",
            Self::Attach(refusal) => refusal.code(),
            Self::Manage(refusal) => refusal.code(),
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_)
            | Self::NoOpenRequest
            | Self::AskedRecently { .. }
            | Self::MailedEnough => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::InvalidToken => RefusalKind::Unauthenticated,
            Self::DomainNotVerified(_) | Self::LastAdministrator | Self::NotACustomer => RefusalKind::Rule,
            Self::Attach(refusal) => refusal.kind(),
            Self::Manage(refusal) => refusal.kind(),
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::DomainNotVerified(_) => &["R75", "R76"],
            Self::Attach(refusal) => refusal.rules(),
            Self::Manage(refusal) => refusal.rules(),
            Self::AlreadyExists(_)
            | Self::NotFound
            | Self::LastAdministrator
            | Self::NoOpenRequest
            | Self::InvalidToken
            | Self::NotACustomer
            | Self::MailedEnough => &[],
            Self::AskedRecently { .. } => &["R82"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::DomainNotVerified(_) => &["verify the domain first"],
            Self::LastAdministrator => &[
                "make another member an administrator first, with AssignRole",
                "with ImportMembers, name another administrator in the same command",
            ],
            Self::NoOpenRequest => &["GET /api/v1/consents lists the open requests"],
            Self::NotACustomer => &["attach the organization first"],
            Self::AskedRecently { .. } | Self::MailedEnough => &["talk to the organization's administrators"],
            Self::Attach(refusal) => refusal.remedies(),
            Self::Manage(refusal) => refusal.remedies(),
            Self::InvalidToken => &["have the request sent again, and follow the link of the newest mail"],
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
        }
    }
}

impl Refusal for AttachRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotActive => "organization_not_active",
            Self::Trial => "trial_organization",
            Self::AlreadyCustomer(_) => "already_customer",
            Self::NoAdministrator => "no_administrator",
            Self::ConsentNotAllowed(_) => "consent_not_allowed",
            Self::Reserved => "attach_under_way",
            Self::DeclinedRecently { .. } => "consent_declined_recently",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyCustomer(_) | Self::Reserved | Self::DeclinedRecently { .. } => {
                RefusalKind::Conflict
            }
            Self::NotActive | Self::Trial | Self::NoAdministrator | Self::ConsentNotAllowed(_) => {
                RefusalKind::Rule
            }
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::Trial => &["R105"],
            Self::NoAdministrator => &["R73"],
            Self::ConsentNotAllowed(_) => &["R73", "R74", "R75", "R76", "R85", "R104"],
            Self::NotActive | Self::AlreadyCustomer(_) | Self::Reserved | Self::DeclinedRecently { .. } => {
                &[]
            }
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::NotActive => &["let its first administrator accept the invitation"],
            Self::Trial => &["let the organization buy the service first, or create a new organization"],
            Self::AlreadyCustomer(_) => &["work with that customer"],
            Self::NoAdministrator => &["let the operator enter an administrator of the organization"],
            // D4
            Self::ConsentNotAllowed(_) => &[
                "name a template that has allowAdminInviteOnAttach",
                "let an administrator of the organization add the partner as an external administrator with full rights",
            ],
            Self::Reserved => &["wait until that attach has ended"],
            Self::DeclinedRecently { .. } => &["talk to the organization's administrators"],
        }
    }
}
