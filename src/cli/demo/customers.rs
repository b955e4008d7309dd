//! Customers of the sample with organizations of their own.

use futures::stream::{self, StreamExt, TryStreamExt};
use serde_json::{Value, json};

use super::hand::text;
use super::partners::Resale;
use crate::connectors::UNITS_MAX;
use crate::limits::BATCH_LINES_RUNNING_MAX;

/// Where the customers are.
const PLACES: [&str; 8] = ["Harbour", "Market", "Garden", "River", "Mill", "Castle", "Station", "Forest"];

/// What the customers do.
const TRADES: [&str; 5] = ["Bakery", "Clinic", "Logistics", "Press", "School"];

/// What the customers get, one after the other.
const PACKAGES: [&[&str]; 4] =
    [&["webex_calling"], &["webex_meetings"], &["webex_calling", "webex_meetings"], &["webex_suite"]];

/// A customer that is there.
pub(super) struct Customer {
    /// Its organization.
    pub(super) organization: String,
    /// What it gets.
    pub(super) packages: &'static [&'static str],
}

/// Makes a customer of each trade in each place; returns those whose work has succeeded.
pub(super) async fn make(resale: &Resale<'_>) -> anyhow::Result<Vec<Customer>> {
    let hand = &resale.hand;
    let names = PLACES.iter().flat_map(|place| TRADES.iter().map(move |trade| format!("{place} {trade}")));
    let asked = names.enumerate().map(|(n, name)| async move {
        let body = customer(n, &name, &resale.standard);
        hand.give("CreateCustomerOrg", &format!("demo-customer-{n}"), body).await
    });
    let asked: Vec<Value> = stream::iter(asked).buffered(BATCH_LINES_RUNNING_MAX).try_collect().await?;
    let (mut customers, mut ids) = (Vec::with_capacity(asked.len()), Vec::with_capacity(asked.len()));
    for (n, answer) in asked.iter().enumerate() {
        let operation = hand.settled(answer).await?;
        // A simulated platform may have refused.
        if operation["state"] == "succeeded" {
            let organization = text(&operation["result"], "organizationId")?;
            customers.push(Customer { organization, packages: packages(n) });
            ids.push(text(answer, "id")?);
        }
    }
    ids.push(with_errors(resale).await?);
    hand.invited(&ids).await?;
    Ok(customers)
}

/// Makes a customer that gets one of its packages only; returns its ID.
async fn with_errors(resale: &Resale<'_>) -> anyhow::Result<String> {
    let hand = &resale.hand;
    let mut body = customer(2, "Example Arena", &resale.standard);
    body["externalId"] = json!("too-large");
    let limits = json!({ "webex_meetings": UNITS_MAX + 1 });
    body["provisioningParameters"]["packages"] = json!({ "limits": limits });
    let asked = hand.give("CreateCustomerOrg", "demo-customer-too-large", body).await?;
    hand.settled(&asked).await?;
    text(&asked, "id")
}

fn packages(n: usize) -> &'static [&'static str] {
    PACKAGES[n % PACKAGES.len()]
}

pub(super) fn customer(n: usize, name: &str, provisioning_id: &str) -> Value {
    let address = json!({
        "addressLine1": format!("{} Example Street", n + 1), "city": "Berlin", "zipOrPostalCode": "10115",
        "country": "DE",
    });
    let location = json!({
        "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
    });
    json!({
        "provisioningId": provisioning_id, "externalId": format!("sample-{n}"),
        "packages": packages(n), "address": address,
        "customerInfo": { "name": name, "primaryEmail": format!("admin@sample-{n}.example") },
        "provisioningParameters": { "calling": { "location": location } },
    })
}
