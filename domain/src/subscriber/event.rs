//! What happened to a subscriber.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Equipment;
use crate::ids::{CustomerId, OrganizationId, PartnerId, SubscriberId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::values::{EmailAddress, Language, Name};

/// A person who was provisioned in a customer, or is about to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberAdded {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The partner.
    pub partner_id: PartnerId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// Keyed hash of the address, the same in all tenants.
    pub email_hash: String,
    /// First name of the person.
    pub first_name: Personal<Name>,
    /// Last name of the person.
    pub last_name: Personal<Name>,
    /// What the person has.
    #[serde(flatten)]
    pub equipment: Equipment,
    /// Whether the person administers the organization (R106).
    pub administrator: bool,
}

/// A person was provisioned; see [`SubscriberAdded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SubscriberProvisioned(pub SubscriberAdded);

/// A person of another organization is asked whether to move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberMigrationPending {
    /// The person.
    #[serde(flatten)]
    pub added: SubscriberAdded,
    /// Name of the customer, for the mail.
    pub customer_name: Name,
    /// The name that the mail carries (R48).
    pub brand_name: Name,
    /// Language of the mail.
    pub language: Language,
    /// Which of its mails this is about; only the last one's token is valid.
    pub mailing: u32,
}

/// The person is asked again; the token sent before is void.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberConsentMoveSent {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Which of its mails.
    pub mailing: u32,
}

/// The person agreed to move, and is provisioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberMigrationAccepted {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
}

/// A subscriber has other packages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberPackagesChanged {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
    /// What the person has from now on.
    #[serde(flatten)]
    pub equipment: Equipment,
}

/// A subscriber is called by another number, or from another location.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberNumberAssigned {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
    /// What the person has from now on.
    #[serde(flatten)]
    pub equipment: Equipment,
}

/// The person was erased: nobody is found by the address here any more, and whoever has it can be provisioned again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberAddressFreed {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
}

/// A subscriber was removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriberRemoved {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whether it went with its customer.
    pub with_customer: bool,
}

impl PersonalSlots for SubscriberAdded {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.email);
        visit(&mut self.first_name);
        visit(&mut self.last_name);
    }
}

impl PersonalSlots for SubscriberProvisioned {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        self.0.visit_slots(visit);
    }
}

impl PersonalSlots for SubscriberMigrationPending {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        self.added.visit_slots(visit);
    }
}

impl PersonalSlots for SubscriberConsentMoveSent {}
impl PersonalSlots for SubscriberMigrationAccepted {}
impl PersonalSlots for SubscriberPackagesChanged {}
impl PersonalSlots for SubscriberNumberAssigned {}
impl PersonalSlots for SubscriberAddressFreed {}
impl PersonalSlots for SubscriberRemoved {}

crate::events! {
    /// The events of a subscriber.
    pub enum SubscriberEvent {
        /// See [`SubscriberProvisioned`].
        Provisioned(Box<SubscriberProvisioned>) = "subscriber.provisioned", "1";
        /// See [`SubscriberMigrationPending`].
        MigrationPending(Box<SubscriberMigrationPending>) = "subscriber.migration_pending", "1";
        /// See [`SubscriberConsentMoveSent`].
        ConsentMoveSent(SubscriberConsentMoveSent) = "subscriber.consent_move_sent", "1";
        /// See [`SubscriberMigrationAccepted`].
        MigrationAccepted(SubscriberMigrationAccepted) = "subscriber.migration_accepted", "1";
        /// See [`SubscriberPackagesChanged`].
        PackagesChanged(SubscriberPackagesChanged) = "subscriber.packages_changed", "1";
        /// See [`SubscriberNumberAssigned`].
        NumberAssigned(SubscriberNumberAssigned) = "subscriber.number_assigned", "1";
        /// See [`SubscriberAddressFreed`].
        AddressFreed(SubscriberAddressFreed) = "subscriber.address_freed", "1";
        /// See [`SubscriberRemoved`].
        Removed(SubscriberRemoved) = "subscriber.removed", "1";
    }
}
