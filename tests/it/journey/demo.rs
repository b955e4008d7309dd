//! The sample of a demonstration: complete when the server is ready, and made once.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_demonstration_is_ready_with_all_of_its_sample,
    a_restart_makes_nothing_of_the_sample_twice,
    a_store_with_data_of_its_own_takes_no_sample,
);

/// What each start prints after where it answers.
const LINES: [&str; 9] = [
    "ready",
    "partner",
    "provisioning_id",
    "partner_admin",
    "service",
    "auditor",
    "operator",
    "org_admin",
    "organization",
];

/// What the standard template, which asks nobody, makes of the organizations that can be found.
const ASSESSED: [(&str, Result<(), &str>); 14] = [
    ("Example trial", Err("trial_organization")),
    ("Example attached", Err("already_customer")),
    ("Example managed", Ok(())),
    ("Example large", Err("consent_not_allowed")),
    ("Example verified", Err("consent_not_allowed")),
    ("Example claimed", Err("consent_not_allowed")),
    ("Example traded", Err("consent_not_allowed")),
    ("Example active", Ok(())),
    ("Example suspended", Ok(())),
    ("Example unlicensed", Ok(())),
    ("Example orphan", Err("no_administrator")),
    ("Example declined", Err("consent_not_allowed")),
    ("Example superseded", Err("already_customer")),
    ("Example withdrawn", Err("consent_not_allowed")),
];

/// Returns a client with a fresh key of the first partner.
async fn resale(operator: &Client) -> Client {
    let partners = operator.list("/api/v1/partners").await;
    let partner = partners.iter().find(|row| row["name"] == "Example Resale").expect("it is registered");
    let body = json!({ "role": "partner_admin", "partnerId": partner["id"], "name": "of the test" });
    let issued = send(operator.command("IssueKey", &body)).await.expect(200);
    operator.with_key(&text(&issued, "key"))
}

/// Counts rows by what a field says.
async fn counts(client: &Client, list: &str, field: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in client.list(&format!("/api/v1/{list}?limit=500")).await {
        *counts.entry(text(&row, field)).or_default() += 1;
    }
    counts
}

fn expected<const N: usize>(counts: [(&str, usize); N]) -> BTreeMap<String, usize> {
    counts.map(|(name, count)| (name.to_owned(), count)).into()
}

async fn a_demonstration_is_ready_with_all_of_its_sample(store: &Store) {
    let home = Home::new();

    let program = Program::start(store, &home, &["--demo"]).await;

    let operator = program.operator();
    let partner = resale(&operator).await;
    assert_eq!(operator.list("/api/v1/partners").await.len(), 2);
    assert_eq!(counts(&partner, "templates", "kind").await, expected([("sub_realm", 1), ("wholesale", 2)]));
    assert_eq!(
        counts(&partner, "cases", "status").await,
        expected([
            ("deactivated", 1),
            ("lost", 1),
            ("open", 1),
            ("org_failed", 1),
            ("org_ready", 3),
            ("quoting", 2),
            ("won", 1),
        ])
    );
    let customers = [
        ("awaiting_consent", 1),
        ("error", 1),
        ("provisioned", 44),
        ("provisioned_with_errors", 1),
        ("provisioning", 2),
        ("screening", 1),
    ];
    assert_eq!(counts(&partner, "customers", "status").await, expected(customers));
    let quotes = [("accepted", 2), ("approved", 1), ("declined", 1), ("draft", 1), ("submitted", 1)];
    assert_eq!(counts(&partner, "quotes", "state").await, expected(quotes));
    assert_eq!(counts(&partner, "subscriptions", "state").await, expected([("active", 1), ("suspended", 1)]));
    let consents = [("declined", 1), ("granted", 1), ("requested", 1), ("superseded", 1), ("withdrawn", 1)];
    assert_eq!(counts(&partner, "consents", "status").await, expected(consents));
    let invitations = [("accepted", 1), ("revoked", 1), ("sent", 42)];
    assert_eq!(counts(&partner, "invitations", "status").await, expected(invitations));
    assert_eq!(counts(&operator, "meters", "kind").await, expected([("maximum", 1), ("sum", 1)]));
    assess(&operator, &partner).await;
    usage_adds_up(&partner).await;
    assert_sound(store, Some(&operator), &[]).await;
    let (_, said) = program.terminate().await;
    let names: Vec<&str> = said.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, LINES);
}

/// Rehearses an attach of each organization.
async fn assess(operator: &Client, partner: &Client) {
    let templates = partner.list("/api/v1/templates").await;
    let standard = templates.iter().find(|row| row["name"] == "Standard").expect("it is there");
    let organizations = operator.list("/api/v1/organizations?limit=500").await;
    for (name, outcome) in ASSESSED {
        let organization = organizations.iter().find(|row| row["name"] == name);
        let body = json!({
            "provisioningId": standard["provisioningId"], "externalId": "rehearsed",
            "organizationId": organization.unwrap_or_else(|| panic!("there is no {name}"))["id"],
            "packages": ["webex_meetings"],
            "address": { "addressLine1": "1 Example Street", "city": "Lund", "country": "SE" },
        });
        let answer = send(partner.post("/api/v1/commands/AttachExistingOrg?dryRun=true", &body)).await;
        match outcome {
            Ok(()) => assert_eq!(answer.status, 200, "{name}: {}", answer.text),
            Err(code) => assert_eq!(answer.json()["code"], code, "{name}: {}", answer.text),
        }
    }
}

/// Compares what an organization has used by hours, days and months.
async fn usage_adds_up(partner: &Client) {
    let customers = partner.list("/api/v1/customers?limit=500").await;
    let is_sampled = |row: &&Value| row["externalId"].as_str().is_some_and(|id| id.starts_with("sample-"));
    let sampled = customers.iter().filter(is_sampled);
    let organizations: Vec<&Value> = sampled.map(|row| &row["organizationId"]).collect();
    assert_eq!(organizations.len(), 40);
    let sum = async |window: &str, organization: &str| {
        let path = format!("/api/v1/usage?organizationId={organization}&window={window}&limit=500");
        let rows = partner.list(&path).await;
        assert!(rows.iter().all(|row| row["counted"] == true));
        let value = |row: &Value| text(row, "sum").parse::<u64>().expect("it is a whole number");
        rows.iter().map(value).sum::<u64>()
    };
    for organization in organizations {
        let organization = organization.as_str().expect("it has an organization");
        let hours = sum("hour", organization).await;
        assert!(hours > 0, "{organization} has used something");
        assert_eq!(sum("day", organization).await, hours);
        assert_eq!(sum("month", organization).await, hours);
    }
}

async fn a_restart_makes_nothing_of_the_sample_twice(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let operator = program.operator();
    let partner = resale(&operator).await;
    let clock = operator.post("/api/v1/demo/clock", &json!({ "advance": "P15D" }));
    send(clock).await.expect(200);
    until("what is due after 15 days", async || {
        let mailed = partner.list("/api/v1/consents?status=requested").await;
        let expired = partner.list("/api/v1/invitations?status=expired&limit=500").await.len();
        (mailed[0]["mails"] == 2 && expired == 42).then_some(())
    })
    .await;
    let before = operator.lines("/api/v1/events").await;
    program.terminate().await;

    let program = Program::start(store, &home, &["--demo"]).await;

    let after = program.operator().lines("/api/v1/events").await;
    assert_eq!(after[..before.len()], before);
    let new: Vec<String> = after[before.len()..].iter().map(|event| text(event, "type")).collect();
    assert_eq!(new, ["key.issued"; 5], "each start has keys of its own");
    assert_sound(store, Some(&program.operator()), &[]).await;
}

async fn a_store_with_data_of_its_own_takes_no_sample(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let body = json!({ "name": "My Resale", "country": "DE", "region": "eu" });
    send(program.operator().command("RegisterPartner", &body)).await.expect(200);
    program.terminate().await;

    let said = Program::refused(store, &home, &["--demo"]);

    assert!(said.contains("data of its own") && said.contains("--data-dir"), "{said}");
    let program = Program::start(store, &home, &[]).await;
    assert_eq!(program.operator().list("/api/v1/partners").await.len(), 1);
}
