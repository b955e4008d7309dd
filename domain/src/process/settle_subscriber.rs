//! Carries a subscriber to the organizations: asks whoever must move, makes the person a member, and lets it go again
//! (R63, R106).

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::event::EventSet;
use crate::ids::{OrganizationId, SubscriberId};
use crate::personal::Personal;
use crate::subscriber::SubscriberEvent;
use crate::values::{EmailAddress, Language, Name};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct SettleSubscriber;

/// The mail that asks a person to move.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveMail {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// Name of the customer.
    pub customer_name: Name,
    /// First name of the person.
    pub first_name: Personal<Name>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// The name that the mail carries.
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
}

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum SubscriberTask {
    /// Ask the person to move.
    MailMove {
        /// The subscriber.
        subscriber_id: SubscriberId,
        /// Which of its mails.
        mailing: u32,
    },
    /// Make the person a member of the customer's organization.
    SettleMember {
        /// The subscriber.
        subscriber_id: SubscriberId,
    },
    /// End the person's memberships of other organizations.
    LeaveOthers {
        /// The subscriber.
        subscriber_id: SubscriberId,
    },
    /// End the membership that the subscriber brought.
    UnsettleMember {
        /// The subscriber.
        subscriber_id: SubscriberId,
        /// The organization.
        organization_id: OrganizationId,
    },
}

impl SubscriberTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MailMove { .. } => "mail_move",
            Self::SettleMember { .. } => "settle_member",
            Self::LeaveOthers { .. } => "leave_others",
            Self::UnsettleMember { .. } => "unsettle_member",
        }
    }
}

impl Process for SettleSubscriber {
    const NAME: &'static str = "settle_subscriber";
    const EVENTS: &'static [&'static str] = SubscriberEvent::NAMES;

    type State = ();
    type Event = SubscriberEvent;
    type Task = SubscriberTask;

    fn react((): (), event: &SubscriberEvent) -> Reaction<(), SubscriberTask> {
        let tasks = match event {
            SubscriberEvent::Provisioned(body) => {
                vec![SubscriberTask::SettleMember { subscriber_id: body.0.subscriber_id }]
            }
            SubscriberEvent::MigrationPending(body) => {
                let (subscriber_id, mailing) = (body.added.subscriber_id, body.mailing);
                vec![SubscriberTask::MailMove { subscriber_id, mailing }]
            }
            SubscriberEvent::ConsentMoveSent(body) => {
                let (subscriber_id, mailing) = (body.subscriber_id, body.mailing);
                vec![SubscriberTask::MailMove { subscriber_id, mailing }]
            }
            SubscriberEvent::MigrationAccepted(body) => {
                let subscriber_id = body.subscriber_id;
                vec![
                    SubscriberTask::SettleMember { subscriber_id },
                    SubscriberTask::LeaveOthers { subscriber_id },
                ]
            }
            SubscriberEvent::Removed(body) => {
                let (subscriber_id, organization_id) = (body.subscriber_id, body.organization_id);
                vec![SubscriberTask::UnsettleMember { subscriber_id, organization_id }]
            }
            SubscriberEvent::PackagesChanged(_)
            | SubscriberEvent::NumberAssigned(_)
            | SubscriberEvent::AddressFreed(_) => vec![],
        };
        Reaction { state: None, tasks }
    }
}
