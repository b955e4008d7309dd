//! A subscriber: a person provisioned in a customer with one base package and its add-ons (R63–R71, R106).
//!
//! Provisioned, or pending while somebody of another organization is asked whether to move → provisioned → removed. The
//! customer keeps the seat: limits, numbers and extensions are its own to decide, in the same commit.

mod actions;
mod change;
mod command;
mod decide;
mod equipment;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{Change, CustomerFacts, Provision, SubscriberCommand, Whereabouts};
pub use equipment::{Equipment, EquipmentFault};
pub use event::{
    SubscriberAdded, SubscriberAddressFreed, SubscriberConsentMoveSent, SubscriberEvent,
    SubscriberMigrationAccepted, SubscriberMigrationPending, SubscriberNumberAssigned,
    SubscriberPackagesChanged, SubscriberProvisioned, SubscriberRemoved,
};
pub use refusal::SubscriberRefusal;
pub use request::{
    AcceptMigration, AssignNumber, ChangeSubscriberPackages, ProvisionSubscriber, RemoveSubscriber,
    SendConsentMove,
};
pub use state::{Added, Asking, Subscriber, SubscriberStatus};
