//! Subscriptions over HTTP: packages that come with an accepted quote, and go with the end of the subscription.

use serde_json::{Value, json};
use tenantry::connectors::Simulation;

use super::cast::Partner;
use super::client::{Client, send, text};
use super::in_process::InProcess;
use super::program::{Home, Program};
use super::quotes::{approved, calling, draft, quotable};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r6_an_accepted_quote_equips_the_customer_until_its_subscription_ends,
    a_package_that_comes_under_a_suspended_subscription_is_suspended,
    what_two_subscriptions_order_stays_until_both_have_ended,
    a_subscription_expires_with_its_longest_term,
    a_subscription_ends_with_its_customer,
);

/// Accepts an approved quote, and waits until the customer has what it orders; returns the subscription's ID.
pub(crate) async fn accepted(partner: &Partner, quote: &str, key: &str) -> String {
    let body = json!({ "quoteId": quote, "calling": calling() });
    let answer = send(partner.service.keyed("AcceptQuote", key, &body)).await.expect(202);
    let operation = partner.service.ended(&text(&answer["operation"], "id")).await;
    assert_eq!(
        (&operation["state"], &operation["kind"]),
        (&json!("succeeded"), &json!("accept_quote")),
        "{operation}"
    );
    text(&answer, "subscriptionId")
}

/// Returns the packages of a customer with their limits, by name.
async fn packages(client: &Client, customer: &str, position: &str) -> Vec<(String, Value)> {
    let row = client.read(&format!("/api/v1/customers/{customer}?minPosition={position}")).await;
    let packages = row["packages"].as_array().expect("a list").iter();
    let mut named: Vec<(String, Value)> =
        packages.map(|package| (text(package, "name"), package["limit"].clone())).collect();
    named.sort_by(|one, other| one.0.cmp(&other.0));
    named
}

/// Waits until the licenses that a customer brought to its organization are in these states, by package.
async fn licenses(client: &Client, case: &Value, expected: &[(&str, &str)]) {
    let path = format!("/api/v1/organizations/{}", text(case, "organizationId"));
    until("the licenses", async || {
        let row = client.get(&path).await.expect(200);
        let licenses = row["licenses"].as_array().expect("a list").iter();
        let of_customer = licenses.filter(|license| license["customerId"] == case["customerId"]);
        let mut states: Vec<(String, String)> =
            of_customer.map(|license| (text(license, "package"), text(license, "state"))).collect();
        states.sort_unstable();
        let expected = expected.iter().map(|(package, state)| ((*package).to_owned(), (*state).to_owned()));
        (states == expected.collect::<Vec<_>>()).then_some(())
    })
    .await;
}

async fn r6_an_accepted_quote_equips_the_customer_until_its_subscription_ends(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let customer = text(&case, "customerId");
    let quote = approved(&operator, &partner, &case, "quote").await;

    let subscription = accepted(&partner, &quote, "accept").await;

    let named = json!({ "subscriptionId": subscription });
    let path = format!("/api/v1/subscriptions/{subscription}");
    let row = partner.admin.read(&path).await;
    assert_eq!(
        (&row["state"], &row["total"], &row["quoteId"]),
        (&json!("active"), &json!("48.8"), &json!(quote))
    );
    let head = program.head().await;
    let expected = [("webex_calling".to_owned(), json!(25)), ("webex_meetings".to_owned(), json!(3))];
    assert_eq!(packages(&partner.service, &customer, &head).await, expected);
    licenses(&partner.service, &case, &[("webex_calling", "active"), ("webex_meetings", "active")]).await;

    let suspend = json!({ "subscriptionId": subscription, "reason": "Unpaid" });
    send(partner.admin.keyed("SuspendSubscription", "suspend", &suspend)).await.expect(200);
    licenses(&partner.service, &case, &[("webex_calling", "suspended"), ("webex_meetings", "suspended")])
        .await;
    send(partner.admin.keyed("ResumeSubscription", "resume", &named)).await.expect(200);
    licenses(&partner.service, &case, &[("webex_calling", "active"), ("webex_meetings", "active")]).await;

    let stranger = Partner::register(&operator, "Example Other").await;
    let cancel = json!({ "subscriptionId": subscription, "reason": "Moved" });
    let foreign = send(stranger.admin.keyed("CancelSubscription", "foreign", &cancel)).await;
    assert_eq!(foreign.status, 404, "{}", foreign.text);
    assert_eq!(stranger.admin.get(&path).await.status, 404);
    let cancelled = send(partner.admin.command("CancelSubscription", &cancel)).await.expect(202);
    let operation = partner.service.ended(&text(&cancelled["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    let head = program.head().await;
    assert_eq!(packages(&partner.service, &customer, &head).await, []);
    let row = partner.admin.read(&format!("{path}?minPosition={head}")).await;
    assert_eq!((&row["state"], &row["reason"]), (&json!("cancelled"), &json!("Moved")));
    let late = send(partner.admin.keyed("ResumeSubscription", "late", &named)).await;
    assert_eq!(late.code(409), "subscription_ended");
    assert_sound(store, Some(&operator), &[]).await;
}

async fn a_package_that_comes_under_a_suspended_subscription_is_suspended(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let subscription =
        accepted(&partner, &approved(&operator, &partner, &case, "quote").await, "accept").await;
    let suspend = json!({ "subscriptionId": subscription, "reason": "Unpaid" });
    send(partner.admin.keyed("SuspendSubscription", "suspend", &suspend)).await.expect(200);
    licenses(&partner.service, &case, &[("webex_calling", "suspended"), ("webex_meetings", "suspended")])
        .await;

    for (key, packages) in
        [("less", &["webex_calling"][..]), ("more", &["webex_calling", "webex_meetings", "webex_suite"])]
    {
        let update = json!({ "customerId": case["customerId"], "packages": packages });
        let answer = send(partner.service.keyed("UpdateCustomerOrg", key, &update)).await.expect(202);
        let operation = partner.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(operation["state"], "succeeded", "{operation}");
    }

    let of_nobody = ("webex_suite", "active");
    let suspended = [("webex_calling", "suspended"), ("webex_meetings", "suspended"), of_nobody];
    licenses(&partner.service, &case, &suspended).await;
    let named = json!({ "subscriptionId": subscription });
    send(partner.admin.keyed("ResumeSubscription", "resume", &named)).await.expect(200);
    let active = [("webex_calling", "active"), ("webex_meetings", "active"), of_nobody];
    licenses(&partner.service, &case, &active).await;
    assert_sound(store, Some(&operator), &[]).await;
}

async fn what_two_subscriptions_order_stays_until_both_have_ended(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let customer = text(&case, "customerId");
    let mut subscriptions = Vec::new();
    for key in ["first", "second"] {
        let quote = until("a case that takes another quote", async || {
            let drafted = draft(&partner, &case, key).await;
            (drafted.status == 200).then(|| text(&drafted.json(), "id"))
        })
        .await;
        let named = json!({ "quoteId": quote });
        send(partner.service.keyed("SubmitQuote", &format!("submit-{key}"), &named)).await.expect(200);
        send(operator.command("ApproveQuote", &named)).await.expect(200);
        subscriptions.push(accepted(&partner, &quote, &format!("accept-{key}")).await);
    }
    let both = [("webex_calling".to_owned(), json!(50)), ("webex_meetings".to_owned(), json!(6))];
    assert_eq!(packages(&partner.service, &customer, &program.head().await).await, both);

    for (subscription, left) in subscriptions.iter().zip([2, 0]) {
        let cancel = json!({ "subscriptionId": subscription, "reason": "Moved" });
        let cancelled = partner.admin.keyed("CancelSubscription", subscription, &cancel);
        let operation = text(&send(cancelled).await.expect(202)["operation"], "id");
        assert_eq!(partner.service.ended(&operation).await["state"], "succeeded");
        assert_eq!(packages(&partner.service, &customer, &program.head().await).await.len(), left);
    }
    assert_sound(store, Some(&operator), &[]).await;
}

async fn a_subscription_expires_with_its_longest_term(store: &Store) {
    let home = Home::new();
    let server = InProcess::with_clock(store, &home, Simulation::default(), true).await;
    let operator = server.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let quote = approved(&operator, &partner, &case, "quote").await;
    let subscription = accepted(&partner, &quote, "accept").await;
    let path = format!("/api/v1/subscriptions/{subscription}");
    let state = async || partner.admin.get(&path).await.unless_too_early().map(|row| text(&row, "state"));
    let move_on = async |advance: &str| {
        send(operator.post("/api/v1/demo/clock", &json!({ "advance": advance }))).await.expect(200);
    };

    move_on("P360D").await;
    assert_eq!(state().await.as_deref(), Some("active"));
    move_on("P10D").await;

    until("the end", async || (state().await.as_deref() == Some("expired")).then_some(())).await;
    let operation = text(&partner.admin.read(&path).await, "operationId");
    let operation = partner.service.ended(&operation).await;
    assert_eq!(
        (&operation["state"], &operation["kind"]),
        (&json!("succeeded"), &json!("expire_subscription"))
    );
    let customer = text(&case, "customerId");
    let head = text(&operator.read("/api/v1/projections").await, "position");
    assert_eq!(packages(&partner.service, &customer, &head).await, []);
    assert_sound(store, Some(&operator), &[]).await;
    server.stop().await;
}

async fn a_subscription_ends_with_its_customer(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let quote = approved(&operator, &partner, &case, "quote").await;
    let subscription = accepted(&partner, &quote, "accept").await;

    let remove = json!({ "customerId": case["customerId"] });
    let removed = send(partner.service.keyed("RemoveCustomerOrg", "remove", &remove)).await.expect(202);
    partner.service.ended(&text(&removed["operation"], "id")).await;

    let path = format!("/api/v1/subscriptions/{subscription}");
    until("the end", async || {
        let row = partner.admin.get(&path).await.expect(200);
        (row["state"] == "cancelled").then_some(())
    })
    .await;
    let refused = draft(&partner, &case, "too late").await;
    assert_eq!(refused.code(422), "not_a_customer");
    assert_sound(store, Some(&operator), &[]).await;
}
