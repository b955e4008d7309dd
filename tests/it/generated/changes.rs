//! One event of every type on the way of a customer that is changed, screened or removed.

use serde_json::{Value, json};
use tenantry_domain::customer::CustomerEvent;
use tenantry_domain::ids::{LocationId, SubscriberId, SubscriptionId};
use tenantry_domain::organization::OrganizationEvent;
use tenantry_domain::screening_list::ScreeningListEvent;
use uuid::Uuid;

use super::journeys::{customer, operation, organization, partner, sample, with};
use super::samples::{Sample, address};

/// Returns the samples.
pub(super) fn samples() -> Vec<Sample> {
    [screenings(), changes(), removals(), steps(), places()].concat()
}

fn event(name: &str, more: &Value) -> Sample {
    let base = json!({ "customerId": customer(), "operationId": operation() });
    sample::<CustomerEvent>(&format!("customer.{name}"), &with(base, more))
}

fn errors() -> Value {
    json!([{ "code": 4001, "description": "no numbers left" }])
}

fn subscription() -> Value {
    json!(SubscriptionId::from_uuid(Uuid::from_u128(30)))
}

fn place() -> Value {
    json!({ "organizationId": organization() })
}

fn screenings() -> Vec<Sample> {
    let list = json!({ "entries": [{ "country": "DE", "name": "Example Denied" }] });
    let started = json!({
        "partnerId": partner(), "name": "Example Denied, Inc.", "country": "DE", "listedName": "Example Denied",
    });
    vec![
        sample::<ScreeningListEvent>("screening_list.set", &list),
        event("screening_started", &started),
        event("screening_cleared", &json!({})),
        event("screening_refused", &json!({ "reason": "on a list of the authorities" })),
    ]
}

fn changes() -> Vec<Sample> {
    let requested = json!({
        "partnerId": partner(), "organizationId": organization(), "externalId": "customer-18",
        "label": "Works", "address": address(), "packages": ["webex_calling"], "limits": { "webex_calling": 25 },
        "location": {
            "name": "Head Office", "address": address(), "timezone": "Europe/Berlin", "language": "de_de",
            "emergencyLocationIdentifier": "floor-2",
        },
        "meetingsTimezone": "Europe/Berlin", "provision": ["webex_calling"], "remove": ["webex_meetings"],
        "licenseIds": { "webex_meetings": ["lic_1"] },
        "subscription": { "id": subscription(), "lines": { "webex_calling": 25 } },
    });
    let failed = json!({ "package": "webex_meetings", "error": errors()[0] });
    vec![
        event("update_requested", &requested),
        event("package_removed", &json!({ "package": "webex_meetings" })),
        event("package_removal_failed", &failed),
        event("updated", &place()),
        event("updated_with_errors", &with(place(), &json!({ "errors": errors() }))),
        event("update_failed", &json!({ "status": "provisioned", "errors": errors() })),
    ]
}

fn removals() -> Vec<Sample> {
    let requested = json!({
        "partnerId": partner(), "organizationId": organization(), "externalId": "customer-17", "cascade": true,
        "remove": ["webex_meetings"], "licenseIds": { "webex_meetings": ["lic_1"] },
    });
    let released =
        json!({ "organizationId": organization(), "partnerId": partner(), "customerId": customer() });
    vec![
        event("removal_requested", &requested),
        event("removed", &with(place(), &json!({ "subscriptionIds": [subscription()] }))),
        event("removal_failed", &json!({ "status": "provisioned", "errors": errors() })),
        sample::<OrganizationEvent>("organization.customer_released", &released),
    ]
}

fn steps() -> Vec<Sample> {
    let skipped = json!({ "step": "remove_package:webex_meetings", "licenseIds": ["lic_1"], "reason": "the platform has lost it" });
    vec![
        event("step_skipped", &with(place(), &skipped)),
        event("operation_cancelled", &json!({ "reason": "the customer asked for it" })),
    ]
}

/// An event of a customer that is not part of any work.
fn aside(name: &str, more: &Value) -> Sample {
    let base = json!({ "customerId": customer(), "organizationId": organization() });
    sample::<CustomerEvent>(&format!("customer.{name}"), &with(base, more))
}

fn places() -> Vec<Sample> {
    let base = json!({ "subscriberId": SubscriberId::from_uuid(Uuid::from_u128(31)) });
    let before = with(base.clone(), &json!({ "packages": ["webex_meetings"] }));
    let location = LocationId::from_uuid(Uuid::from_u128(32));
    let seat = with(
        base,
        &json!({
            "packages": ["webex_calling", "attendant_console"], "locationId": location,
            "phoneNumber": "+4930123456", "extension": "1001",
        }),
    );
    let office = json!({
        "name": "Works", "address": address(), "timezone": "Europe/Berlin", "language": "de_de",
        "emergencyLocationIdentifier": "floor-2",
    });
    let numbers = json!({ "numbers": ["+4930123456"] });
    let sealed = json!({ "sealed": "XC20P.per_00000000000000000000000001.1.bm90IGEgcmVhbCBjaXBoZXJ0ZXh0" });
    let assist = json!({
        "partnerId": partner(), "contactName": sealed, "contactEmail": sealed, "notes": sealed,
    });
    vec![
        aside("location_added", &json!({ "locationId": location, "location": office })),
        aside("location_removed", &json!({ "locationId": location })),
        aside("numbers_added", &with(numbers.clone(), &json!({ "locationId": location }))),
        aside("numbers_removed", &numbers),
        aside("setup_assist_requested", &assist),
        aside("seat_taken", &json!({ "seat": seat })),
        aside("seat_changed", &json!({ "seat": seat, "before": before })),
        aside("seat_released", &json!({ "seat": seat })),
    ]
}
