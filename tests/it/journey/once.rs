//! What was asked for is there once: customers, cases, organizations, invitations and mails.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tenantry_domain::limits::CONSENT_USERS_MIN;

use super::cast::Partner;
use super::client::{Client, send, text};
use super::crash::distinct;
use super::load::consent_token;
use super::waiting::until;
use crate::harness::Acknowledged;

/// Consents to the attaches that nobody has answered, and waits until all work that commands began has succeeded.
pub(crate) async fn assert_all_work_succeeds(
    operator: &Client,
    partner: &Partner,
    acknowledged: &[Acknowledged],
) {
    for told in acknowledged {
        let answer = told.reply.json();
        let Some(operation) = answer["operation"]["id"].as_str() else { continue };
        let place = format!("/api/v1/operations/{operation}");
        let operation = until("the end of an operation", async || {
            let row = partner.service.get(&place).await.unless_too_early()?;
            if row["waitingFor"] == "consent" {
                consent(operator, partner, &text(&told.body, "organizationId")).await;
            }
            matches!(row["state"].as_str(), Some("succeeded" | "failed" | "cancelled")).then_some(row)
        })
        .await;
        assert_eq!(operation["state"], "succeeded", "{} under {}: {operation}", told.command, told.key);
    }
}

/// Consents in the name of an organization's administrator; whoever did so before makes this one late.
async fn consent(operator: &Client, partner: &Partner, organization: &str) {
    let mails = operator.list("/api/v1/outbox?limit=500").await;
    let Some(token) = consent_token(&mails, organization) else { return };
    let granted = send(partner.service.command("GrantConsent", &json!({ "token": token }))).await;
    assert!(matches!(granted.status, 200 | 401), "{}", granted.text);
}

/// Asserts that the partner has what these commands asked for, each thing once, and that each mail was sent once.
pub(crate) async fn assert_each_is_there_once(
    operator: &Client,
    partner: &Partner,
    acknowledged: &[Acknowledged],
) {
    let ids = |command: &str| -> BTreeSet<String> {
        let told = acknowledged.iter().filter(|told| told.command == command);
        told.map(|told| text(&told.reply.json(), "id")).collect()
    };
    let list = async |name: &str| partner.service.list(&format!("/api/v1/{name}?limit=500")).await;
    let (customers, cases, invitations) =
        (list("customers").await, list("cases").await, list("invitations").await);

    assert_eq!(distinct(&cases, "id"), ids("CreateCase"));
    assert!(cases.iter().all(|case| case["status"] == "org_ready"), "{cases:?}");
    let (opened, asked): (Vec<Value>, Vec<Value>) =
        customers.iter().cloned().partition(|row| row["origin"] == "case");
    let expected = &ids("CreateCustomerOrg") | &ids("AttachExistingOrg");
    assert_eq!(distinct(&asked, "id"), expected);
    assert!(asked.iter().all(|row| row["status"] == "provisioned"), "{asked:?}");
    assert_eq!(distinct(&opened, "id"), distinct(&cases, "customerId"));

    let organizations = operator.list("/api/v1/organizations?limit=500").await;
    let taken = distinct(&customers, "organizationId");
    // A caller may have come no further than to enter an organization.
    assert_eq!(distinct(&organizations, "id"), &taken | &ids("RegisterOrganization"));
    for row in organizations.iter().filter(|row| taken.contains(&text(row, "id"))) {
        let partners = row["partners"].as_array().expect("it is a list");
        assert_eq!((partners.len(), &partners[0]["partnerId"]), (1, &json!(partner.id)), "{row}");
    }

    // Whose organization is new is invited; whose was there before is asked, or hears nothing (R78).
    let made: BTreeSet<String> = customers
        .iter()
        .filter(|row| row["origin"] != "attached")
        .map(|row| text(row, "organizationId"))
        .collect();
    assert_eq!(distinct(&invitations, "organizationId"), made);
    assert!(invitations.iter().all(|row| row["status"] == "sent"), "{invitations:?}");
    let many = |told: &&Acknowledged| {
        told.command == "RegisterOrganization" && told.body["userCount"] == CONSENT_USERS_MIN
    };
    let consulted = acknowledged.iter().filter(many).map(|told| text(&told.reply.json(), "id"));
    let attached = distinct(&asked, "organizationId");
    let consulted: BTreeSet<String> = consulted.filter(|id| attached.contains(id)).collect();
    let consents = list("consents").await;
    assert_eq!(distinct(&consents, "organizationId"), consulted);
    assert!(consents.iter().all(|row| row["status"] == "granted"), "{consents:?}");

    let mails = operator.list("/api/v1/outbox?limit=500").await;
    distinct(&mails, "messageId");
    for (kind, tenants) in [("invitation", made), ("consent", consulted)] {
        let of_kind: Vec<Value> = mails.iter().filter(|mail| mail["kind"] == kind).cloned().collect();
        assert_eq!(distinct(&of_kind, "tenantId"), tenants, "mails of {kind}");
    }
}
