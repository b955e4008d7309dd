//! Why a subscriber says no.

use super::EquipmentFault;
use crate::customer::CustomerRefusal;
use crate::ids::SubscriberId;
use crate::limits::MAILINGS_MAX;
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};

/// Why a command to a subscriber is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubscriberRefusal {
    /// The ID is taken by another subscriber.
    #[error("subscriber {0} exists already")]
    AlreadyExists(SubscriberId),
    /// There is no such subscriber.
    #[error("there is no such subscriber")]
    NotFound,
    /// The customer takes nobody, or no change, from whoever asks.
    #[error(transparent)]
    Customer(#[from] CustomerRefusal),
    /// What the person is to have does not go together.
    #[error(transparent)]
    Equipment(#[from] EquipmentFault),
    /// The person is a subscriber already; whose is not told.
    #[error("the e-mail address belongs to a subscriber already")]
    EmailInUse,
    /// An administrator has at least what the customer was created with (R70).
    #[error("an administrator has at least the package level that the customer was created with")]
    BelowCreation,
    /// An administrator keeps what it has (R71).
    #[error("the package level of an administrator is not lowered")]
    Lowered,
    /// Somebody else changed the subscriber at the same time.
    #[error("subscriber {0} was changed at the same time")]
    ChangedMeanwhile(SubscriberId),
    /// Nobody is asked to move.
    #[error("subscriber {0} does not wait for the person to move")]
    NotPending(SubscriberId),
    /// The person was asked as often as may be.
    #[error("the person was asked {MAILINGS_MAX} times, the most there may be")]
    MailedEnough,
    /// The token was altered or used, or another one has taken its place: nothing else is said.
    #[error("invalid token")]
    InvalidToken,
}

impl Refusal for SubscriberRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "subscriber_exists",
            Self::NotFound => "subscriber_not_found",
            Self::Customer(refusal) => refusal.code(),
            Self::Equipment(fault) => match fault {
                EquipmentFault::Duplicate(_) => "package_duplicate",
                EquipmentFault::NotForSubscribers(_) => "package_not_for_subscribers",
                EquipmentFault::BasePackages(_) => "one_base_package",
                EquipmentFault::BaseMissing(_) => "package_base_missing",
                EquipmentFault::LocationMissing(_) => "location_missing",
                EquipmentFault::NumberMissing(_) => "number_or_extension_missing",
                EquipmentFault::CallingMissing => "calling_package_missing",
            },
            Self::EmailInUse => "email_in_use",
            Self::BelowCreation => "administrator_level",
            Self::Lowered => "administrator_downgrade",
            Self::ChangedMeanwhile(_) => "subscriber_changed",
            Self::NotPending(_) => "migration_not_pending",
            Self::MailedEnough => "mailed_enough",
            Self::InvalidToken => "invalid_token",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_)
            | Self::EmailInUse
            | Self::ChangedMeanwhile(_)
            | Self::NotPending(_)
            | Self::MailedEnough => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::Customer(refusal) => refusal.kind(),
            Self::Equipment(_) | Self::BelowCreation | Self::Lowered => RefusalKind::Rule,
            Self::InvalidToken => RefusalKind::Unauthenticated,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::Customer(refusal) => refusal.rules(),
            Self::Equipment(fault) => match fault {
                EquipmentFault::Duplicate(_)
                | EquipmentFault::NotForSubscribers(_)
                | EquipmentFault::BasePackages(_)
                | EquipmentFault::BaseMissing(_) => &["R67"],
                EquipmentFault::LocationMissing(_)
                | EquipmentFault::NumberMissing(_)
                | EquipmentFault::CallingMissing => &["R68"],
            },
            Self::EmailInUse => &["R67"],
            Self::BelowCreation => &["R70"],
            Self::Lowered => &["R71"],
            Self::AlreadyExists(_)
            | Self::NotFound
            | Self::ChangedMeanwhile(_)
            | Self::NotPending(_)
            | Self::MailedEnough
            | Self::InvalidToken => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::Customer(refusal) => refusal.remedies(),
            Self::Equipment(fault) => match fault {
                EquipmentFault::Duplicate(_) => &["name each package once"],
                EquipmentFault::NotForSubscribers(_) | EquipmentFault::BasePackages(_) => &[
                    "name one of webex_calling, webex_meetings, webex_suite, webex_voice, cx_essentials and \
                     webex_calling_standard",
                ],
                EquipmentFault::BaseMissing(_) => {
                    &["name a base package that the add-on works with, or leave the add-on out"]
                }
                EquipmentFault::LocationMissing(_) => {
                    &["give locationId; GET /api/v1/locations lists the customer's"]
                }
                EquipmentFault::NumberMissing(_) => &["give phoneNumber or extension"],
                EquipmentFault::CallingMissing => {
                    &["leave locationId, phoneNumber and extension out, or name a calling package"]
                }
            },
            Self::EmailInUse => &[
                "GET /api/v1/subscribers?email= finds a subscriber of your own; change that one",
                "let the other provider remove the person first",
            ],
            Self::BelowCreation | Self::Lowered => &["choose a base package of the same level or above"],
            Self::ChangedMeanwhile(_) => &["send the command again"],
            Self::NotPending(_) => &["GET /api/v1/subscribers/{id} shows how far it is"],
            Self::MailedEnough => &["talk to the person; the last mail stays valid"],
            Self::InvalidToken => &["have the mail sent again, and follow the link of the newest one"],
        }
    }
}
