//! The bodies of commands.

use serde_json::{Value, json};

/// A partner.
pub(crate) fn partner(name: &str) -> Value {
    json!({ "name": name, "country": "DE", "region": "eu" })
}

/// An onboarding template.
pub(crate) fn template() -> Value {
    json!({
        "name": "Standard", "kind": "wholesale", "serviceProviderAdmin": "admin@resale.example", "country": "DE",
        "language": "de-DE", "subscription": "S-100", "authentication": { "method": "builtin" },
        "brandName": "Example Voice",
    })
}

/// A customer that calls and meets, with a console for its attendants.
pub(crate) fn customer(provisioning_id: &str, external_id: &str) -> Value {
    let address = json!({
        "addressLine1": "1 Example Street", "city": "Berlin", "zipOrPostalCode": "10115", "country": "DE",
    });
    json!({
        "provisioningId": provisioning_id,
        "externalId": external_id,
        "packages": ["attendant_console", "webex_calling", "webex_meetings"],
        "address": address,
        "customerInfo": { "name": "Example Retail", "primaryEmail": format!("admin@{external_id}.example") },
        "provisioningParameters": {
            "calling": { "location": {
                "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
            } },
            "packages": { "limits": { "webex_calling": 25 } },
        },
    })
}
