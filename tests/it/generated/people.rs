//! One event of every type on the way of a subscriber.

use serde_json::{Value, json};
use tenantry_domain::ids::{LocationId, SubscriberId};
use tenantry_domain::subscriber::SubscriberEvent;
use uuid::Uuid;

use super::journeys::{customer, organization, partner, sample, sealed, with};
use super::samples::Sample;

fn event(name: &str, more: &Value) -> Sample {
    let base =
        json!({ "subscriberId": SubscriberId::from_uuid(Uuid::from_u128(31)), "customerId": customer() });
    sample::<SubscriberEvent>(&format!("subscriber.{name}"), &with(base, more))
}

fn equipment() -> Value {
    json!({
        "packages": ["webex_calling", "attendant_console"],
        "locationId": LocationId::from_uuid(Uuid::from_u128(32)),
        "phoneNumber": "+4930123456", "extension": "1001",
    })
}

/// Returns the samples.
pub(super) fn samples() -> Vec<Sample> {
    let person = json!({
        "partnerId": partner(), "organizationId": organization(), "email": sealed(), "emailHash": "an-hmac",
        "firstName": sealed(), "lastName": sealed(), "administrator": true,
    });
    let added = with(person, &equipment());
    let asking = json!({
        "customerName": "Example Retail", "brandName": "Example Voice", "language": "de", "mailing": 1,
    });
    let place = json!({ "organizationId": organization() });
    vec![
        event("provisioned", &added),
        event("migration_pending", &with(added, &asking)),
        event("consent_move_sent", &json!({ "mailing": 2 })),
        event("migration_accepted", &place),
        event("packages_changed", &equipment()),
        event("number_assigned", &equipment()),
        event("address_freed", &json!({})),
        event("removed", &with(place, &json!({ "withCustomer": true }))),
    ]
}
