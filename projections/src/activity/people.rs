//! Sentences about subscribers: without their names and addresses.

use tenantry_domain::subscriber::{Equipment, SubscriberAdded, SubscriberEvent};

fn packages(equipment: &Equipment) -> String {
    equipment.packages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The number is the customer's, and so may be named.
fn reached(equipment: &Equipment) -> String {
    let number = equipment.phone_number.as_ref().map(|number| format!("number {}", number.as_str()));
    let extension = equipment.extension.as_ref().map(|extension| format!("extension {}", extension.as_str()));
    number.into_iter().chain(extension).collect::<Vec<_>>().join(", ")
}

fn administers(added: &SubscriberAdded) -> &'static str {
    if added.administrator { " as an administrator" } else { "" }
}

pub(super) fn subscriber(event: SubscriberEvent) -> String {
    match event {
        SubscriberEvent::Provisioned(body) => {
            format!(
                "A subscriber was provisioned{} with {}.",
                administers(&body.0),
                packages(&body.0.equipment)
            )
        }
        SubscriberEvent::MigrationPending(body) => format!(
            "A person of another organization is asked to become a subscriber{} with {}.",
            administers(&body.added),
            packages(&body.added.equipment)
        ),
        SubscriberEvent::ConsentMoveSent(body) => {
            format!("The person was asked again to move, with mail {}.", body.mailing)
        }
        SubscriberEvent::MigrationAccepted(_) => "The person agreed to move, and is provisioned.".to_owned(),
        SubscriberEvent::PackagesChanged(body) => {
            format!("The subscriber has {} from now on.", packages(&body.equipment))
        }
        SubscriberEvent::NumberAssigned(body) => {
            format!("The subscriber is reached by {} from now on.", reached(&body.equipment))
        }
        SubscriberEvent::AddressFreed(_) => {
            "The person was erased, and the address is free again.".to_owned()
        }
        SubscriberEvent::Removed(body) if body.with_customer => {
            "The subscriber went with its customer.".to_owned()
        }
        SubscriberEvent::Removed(_) => "The subscriber was removed.".to_owned(),
    }
}
