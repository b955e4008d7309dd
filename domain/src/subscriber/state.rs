//! What a subscriber is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Equipment, SubscriberAdded, SubscriberCommand, SubscriberEvent, SubscriberRefusal};
use crate::ids::{CustomerId, OrganizationId, PartnerId, SubscriberId};
use crate::personal::Personal;
use crate::stream;
use crate::values::{EmailAddress, Language, Name};

/// A subscriber; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subscriber {
    /// `None` until the person is provisioned or asked to move.
    pub added: Option<Added>,
}

/// A subscriber that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// Its ID.
    pub id: SubscriberId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub status: SubscriberStatus,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address, the same in all tenants; empty once the person is erased.
    pub email_hash: String,
    /// First name of the person.
    pub first_name: Personal<Name>,
    /// Last name of the person.
    pub last_name: Personal<Name>,
    /// What the person has.
    pub equipment: Equipment,
    /// Whether the person administers the organization.
    pub administrator: bool,
    /// What the mail that asks the person to move needs, if there was one.
    pub asking: Option<Asking>,
}

/// How a person is asked to move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asking {
    /// Name of the customer.
    pub customer_name: Name,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Language of mails.
    pub language: Language,
    /// The last mail; only that one's token is valid.
    pub mailing: u32,
}

/// How far a subscriber is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberStatus {
    /// The person has its packages.
    Provisioned,
    /// The person belongs to another organization and has not agreed to move yet.
    PendingUserMigration,
    /// It is gone.
    Removed,
}

impl SubscriberStatus {
    /// Returns its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisioned => "provisioned",
            Self::PendingUserMigration => "pending_user_migration",
            Self::Removed => "removed",
        }
    }
}

impl Added {
    fn new(event: SubscriberAdded, status: SubscriberStatus, asking: Option<Asking>) -> Self {
        Self {
            id: event.subscriber_id,
            partner_id: event.partner_id,
            customer_id: event.customer_id,
            organization_id: event.organization_id,
            status,
            email: event.email,
            email_hash: event.email_hash,
            first_name: event.first_name,
            last_name: event.last_name,
            equipment: event.equipment,
            administrator: event.administrator,
            asking,
        }
    }

    /// Tells whether it is still there.
    pub fn is_there(&self) -> bool {
        match self.status {
            SubscriberStatus::Provisioned | SubscriberStatus::PendingUserMigration => true,
            SubscriberStatus::Removed => false,
        }
    }

    fn apply(&mut self, event: SubscriberEvent) {
        match event {
            SubscriberEvent::Provisioned(_) | SubscriberEvent::MigrationPending(_) => {}
            SubscriberEvent::ConsentMoveSent(event) => {
                if let Some(asking) = &mut self.asking {
                    asking.mailing = event.mailing;
                }
            }
            SubscriberEvent::MigrationAccepted(_) => self.status = SubscriberStatus::Provisioned,
            SubscriberEvent::PackagesChanged(event) => self.equipment = event.equipment,
            SubscriberEvent::NumberAssigned(event) => self.equipment = event.equipment,
            SubscriberEvent::AddressFreed(_) => self.email_hash.clear(),
            SubscriberEvent::Removed(_) => self.status = SubscriberStatus::Removed,
        }
    }
}

impl Aggregate for Subscriber {
    const TYPE: &'static str = "subscriber";
    type Command = SubscriberCommand;
    type Event = SubscriberEvent;
    type Error = SubscriberRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: SubscriberCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), SubscriberRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: SubscriberEvent) {
        if let SubscriberEvent::Provisioned(event) = event {
            self.added = Some(Added::new(event.0, SubscriberStatus::Provisioned, None));
        } else if let SubscriberEvent::MigrationPending(event) = event {
            let event = *event;
            let asking = Asking {
                customer_name: event.customer_name,
                brand_name: event.brand_name,
                language: event.language,
                mailing: event.mailing,
            };
            self.added = Some(Added::new(event.added, SubscriberStatus::PendingUserMigration, Some(asking)));
        } else if let Some(added) = &mut self.added {
            added.apply(event);
        }
    }
}
