//! Organizations that exist already: one for each finding of the attach assessment, and attaches in every state.

use anyhow::Context;
use serde_json::{Value, json};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::role::{Channel, Role};

use super::hand::{Hand, text};
use super::partners::{Resale, Trade};
use crate::app::Caller;

/// Registers the organizations and asks for the attaches.
pub(super) async fn make(operator: &Hand<'_>, resale: &Resale<'_>, trade: &Trade<'_>) -> anyhow::Result<()> {
    for (name, more) in assessed(resale) {
        register(operator, name, more).await?;
    }
    let shared = register(operator, "traded", json!({})).await?;
    attach(&trade.hand, &trade.standard, "traded", &shared).await?;
    let attached = register(operator, "attached", json!({})).await?;
    attach(&resale.hand, &resale.standard, "attached", &attached).await?;
    for name in ["waiting", "granted", "declined", "superseded", "withdrawn"] {
        let organization = register(operator, name, json!({ "userCount": 120 })).await?;
        let asked = attach(&resale.hand, &resale.asking, name, &organization).await?;
        let key = format!("demo-answer-{name}");
        let customer = json!({ "customerId": text(&asked, "id")? });
        match name {
            "granted" => {
                administrator(operator, &organization)?.give("GrantConsent", &key, customer).await?;
            }
            "declined" => {
                administrator(operator, &organization)?.give("DeclineConsent", &key, customer).await?;
            }
            "superseded" => {
                let partner = json!({ "partnerId": resale.partner_id });
                administrator(operator, &organization)?.give("AddExternalAdmin", &key, partner).await?;
            }
            "withdrawn" => {
                resale.hand.give("WithdrawAttach", &key, customer).await?;
            }
            _ => continue,
        }
        ended(&resale.hand, &asked).await?;
    }
    Ok(())
}

/// The organizations that nobody of the sample attaches: by what the assessment of the first partner finds.
fn assessed(resale: &Resale<'_>) -> Vec<(&'static str, Value)> {
    let license = |state: &str| json!({ "licenses": [{ "package": "webex_meetings", "state": state }] });
    vec![
        ("trial", json!({ "trial": true })),
        ("managed", json!({ "managedBy": [resale.partner_id] })),
        ("large", json!({ "userCount": 100 })),
        ("verified", json!({ "verifiedDomains": ["verified.example"] })),
        ("claimed", json!({ "verifiedDomains": ["claimed.example"], "claimedDomains": ["claimed.example"] })),
        ("active", license("active")),
        ("suspended", license("suspended")),
        ("unlicensed", json!({ "licenses": [] })),
        ("orphan", json!({ "userCount": 100, "adminEmails": [] })),
    ]
}

pub(super) async fn register(operator: &Hand<'_>, name: &str, more: Value) -> anyhow::Result<String> {
    let mut body = json!({
        "name": format!("Example {name}"), "country": "SE", "userCount": 5,
        "adminEmails": [format!("admin@{name}.example")],
        "licenses": [{ "package": "webex_meetings", "state": "active" }],
    });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    let registered =
        operator.give("RegisterOrganization", &format!("demo-organization-{name}"), body).await?;
    text(&registered, "id")
}

/// Asks for an attach, and waits until it is done or waits for consent with its mail handed over; returns the answer.
pub(super) async fn attach(
    hand: &Hand<'_>,
    template: &str,
    name: &str,
    organization: &str,
) -> anyhow::Result<Value> {
    let body = json!({
        "provisioningId": template, "organizationId": organization, "externalId": format!("attached-{name}"),
        "packages": ["webex_meetings"], "label": format!("Our {name} one"),
        "address": { "addressLine1": "1 Example Street", "city": "Lund", "country": "SE" },
    });
    let answer = hand.give("AttachExistingOrg", &format!("demo-attach-{name}"), body).await?;
    let operation = hand.settled(&answer).await?;
    if operation["state"] == "waiting" {
        hand.until("the mail that asks for consent", async || {
            let rows = hand.list("consents").await?;
            let sent = rows.iter().any(|row| row["id"] == operation["id"] && row["mails"] != 0);
            Ok(sent.then_some(()))
        })
        .await?;
    }
    Ok(answer)
}

/// Waits until the work on an attach has ended.
pub(super) async fn ended(hand: &Hand<'_>, answer: &Value) -> anyhow::Result<()> {
    hand.until("the end of an attach", async || {
        let operation = hand.settled(answer).await?;
        Ok((operation["state"] != "waiting").then_some(()))
    })
    .await
}

/// Whoever makes the sample, as an administrator of an organization.
fn administrator<'a>(operator: &Hand<'a>, organization: &str) -> anyhow::Result<Hand<'a>> {
    let organization_id: OrganizationId = organization.parse().context("the ID of an organization")?;
    let caller = Caller {
        tenant_id: organization_id.into(),
        actor: "demo".to_owned(),
        role: Role::OrgAdmin,
        channel: Channel::Hub,
        session: None,
        parent: None,
    };
    Ok(Hand { app: operator.app, caller })
}
