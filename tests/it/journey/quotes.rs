//! Quotes over HTTP: from a case whose organization is active to an acceptance, a decline or an end in time.

use serde_json::{Value, json};
use tenantry::connectors::Simulation;

use super::cases::{acceptance, by_token, case, mails, token};
use super::cast::Partner;
use super::client::{Client, Reply, send, text};
use super::in_process::InProcess;
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_quote_is_submitted_rejected_edited_approved_and_accepted,
    r28_a_quote_waits_for_the_first_administrator_and_for_the_one_before,
    a_quote_expires_at_its_end_and_frees_its_case,
    quotes_are_for_the_partner_and_the_operator_alone,
    nothing_goes_on_under_a_case_that_is_put_aside_or_lost,
);

/// Lines of meetings and calls.
pub(crate) fn lines() -> Value {
    json!([
        { "package": "webex_meetings", "quantity": 3, "unitPrice": "12.10", "currency": "EUR", "termMonths": 1 },
        { "package": "webex_calling", "quantity": 25, "unitPrice": "0.5", "currency": "EUR", "termMonths": 12 },
    ])
}

/// A place to call from.
pub(crate) fn calling() -> Value {
    let address = json!({ "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" });
    json!({ "location": {
        "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
    } })
}

/// Opens a case with an organization, and waits until the invitation is sent; returns the case.
pub(crate) async fn invited(partner: &Partner, template: &str, key: &str) -> Value {
    let asked = send(partner.service.keyed("CreateCase", key, &case(Some(template)))).await.expect(202);
    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    partner.service.read(&format!("/api/v1/cases/{}", text(&asked, "id"))).await
}

/// Lets the primary contact of a case accept, and waits until its customer is active (D10).
pub(crate) async fn activated(operator: &Client, partner: &Partner, case: &Value) {
    let organization = text(case, "organizationId");
    let sent = mails(operator, "invitation").await;
    let mail = sent.iter().find(|mail| mail["tenantId"] == organization.as_str()).expect("it was sent");
    by_token(&partner.service, "AcceptInvitation", &acceptance(&token(mail))).await.expect(200);
    let path = format!("/api/v1/customers/{}", text(case, "customerId"));
    until("the active customer", async || {
        let row = partner.service.get(&path).await.expect(200);
        (row["status"] == "provisioned").then_some(())
    })
    .await;
}

/// Opens a case whose organization is active; returns the case.
pub(crate) async fn quotable(operator: &Client, partner: &Partner, template: &str, key: &str) -> Value {
    let case = invited(partner, template, key).await;
    activated(operator, partner, &case).await;
    case
}

/// Drafts a quote under a case.
pub(crate) async fn draft(partner: &Partner, case: &Value, key: &str) -> Reply {
    let body = json!({ "caseId": case["id"], "lines": lines() });
    send(partner.service.keyed("DraftQuote", key, &body)).await
}

/// Drafts, submits and approves a quote; returns its ID.
pub(crate) async fn approved(operator: &Client, partner: &Partner, case: &Value, key: &str) -> String {
    let quote = text(&draft(partner, case, key).await.expect(200), "id");
    let named = json!({ "quoteId": quote });
    let submit = partner.service.keyed("SubmitQuote", &format!("submit-{key}"), &named);
    send(submit).await.expect(200);
    send(operator.command("ApproveQuote", &named)).await.expect(200);
    quote
}

async fn a_quote_is_submitted_rejected_edited_approved_and_accepted(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let service = &partner.service;
    let quote = text(&draft(&partner, &case, "quote").await.expect(200), "id");
    let again = draft(&partner, &case, "quote").await.expect(200);
    assert_eq!(text(&again, "id"), quote, "the same key is the same quote");
    let named = json!({ "quoteId": quote });
    let path = format!("/api/v1/quotes/{quote}");
    let row = service.read(&path).await;
    assert_eq!(
        (&row["state"], &row["total"], &row["currency"]),
        (&json!("draft"), &json!("48.8"), &json!("EUR"))
    );
    assert_eq!((&row["lines"][0]["amount"], &row["customerId"]), (&json!("36.3"), &case["customerId"]));

    assert_eq!(send(operator.command("ApproveQuote", &named)).await.code(409), "quote_not_yet");
    send(service.keyed("SubmitQuote", "submit", &named)).await.expect(200);
    let edit = json!({ "quoteId": quote, "lines": lines() });
    assert_eq!(send(service.keyed("EditQuote", "frozen", &edit)).await.code(409), "quote_frozen");
    let reject = json!({ "quoteId": quote, "reason": "Too dear" });
    assert_eq!(send(service.keyed("RejectQuote", "reject", &reject)).await.code(403), "role_forbidden");
    send(operator.command("RejectQuote", &reject)).await.expect(200);
    let row = service.read(&format!("{path}?minPosition={}", program.head().await)).await;
    assert_eq!((&row["state"], &row["reason"]), (&json!("draft"), &json!("Too dear")));

    let mut edit = edit;
    edit["lines"][0]["unitPrice"] = json!("10");
    send(service.keyed("EditQuote", "edit", &edit)).await.expect(200);
    send(service.keyed("SubmitQuote", "submit again", &named)).await.expect(200);
    send(operator.command("ApproveQuote", &named)).await.expect(200);
    let refused = send(service.keyed("AcceptQuote", "nowhere", &named)).await;
    assert_eq!(refused.code(422), "calling_location_missing");
    let accept = json!({ "quoteId": quote, "calling": calling() });
    let accepted = send(service.keyed("AcceptQuote", "accept", &accept)).await.expect(202);
    let subscription = text(&accepted, "subscriptionId");
    assert!(subscription.starts_with("sbn_"));

    let path = format!("/api/v1/cases/{}", text(&case, "id"));
    let won = until("the won case", async || {
        let row = service.get(&path).await.expect(200);
        (row["status"] == "won").then_some(row)
    })
    .await;
    assert_eq!(won["wonBy"], json!(quote));
    let row = service.read(&format!("/api/v1/quotes/{quote}?minPosition={}", program.head().await)).await;
    assert_eq!((&row["state"], &row["total"]), (&json!("accepted"), &json!("42.5")));
    assert_eq!(row["subscriptionId"], json!(subscription));
    let decline = send(service.keyed("DeclineQuote", "late", &named)).await;
    assert_eq!(decline.code(409), "quote_settled");
    // The case is won and takes further quotes.
    let next = until("another quote", async || {
        let drafted = draft(&partner, &case, "next").await;
        (drafted.status == 200).then(|| drafted.json())
    })
    .await;
    let listed =
        service.list(&format!("/api/v1/quotes?minPosition={}&state=draft", program.head().await)).await;
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &next["id"]));
    assert_sound(store, Some(&operator), &[]).await;
}

async fn r28_a_quote_waits_for_the_first_administrator_and_for_the_one_before(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let open = send(partner.service.keyed("CreateCase", "open", &case(None))).await.expect(200);
    assert_eq!(draft(&partner, &open, "no organization").await.code(409), "case_not_ready");
    let case = invited(&partner, &partner.template().await, "case").await;
    assert_eq!(draft(&partner, &case, "too early").await.code(422), "organization_not_active");
    activated(&operator, &partner, &case).await;

    let faulty = json!({ "caseId": case["id"], "lines": [
        { "package": "webex_meetings", "quantity": 1, "unitPrice": "1", "currency": "EUR", "termMonths": 1 },
        { "package": "webex_meetings", "quantity": 1, "unitPrice": "1", "currency": "SEK", "termMonths": 1 },
        { "package": "attendant_console", "quantity": 1, "unitPrice": "1", "currency": "EUR", "termMonths": 1 },
    ] });
    let refused = send(partner.service.keyed("DraftQuote", "faulty", &faulty)).await;
    assert_eq!(refused.code(422), "quote_lines_invalid");
    let detail = text(&refused.json(), "detail");
    assert!(detail.contains("line 2: package") && detail.contains("line 2: the currency"), "{detail}");
    assert!(detail.contains("line 3: add-on attendant_console"), "{detail}");
    let errors = refused.json()["errors"].as_array().cloned().unwrap_or_default();
    let told: Vec<(String, String)> =
        errors.iter().map(|error| (text(error, "pointer"), text(error, "code"))).collect();
    let expected = [
        ("/lines/1/package", "duplicate"),
        ("/lines/1/currency", "another_currency"),
        ("/lines/2/package", "base_package_missing"),
    ];
    assert_eq!(told, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    let mut malformed = faulty.clone();
    malformed["lines"][0]["unitPrice"] = json!(12.5);
    malformed["lines"][1]["currency"] = json!("Euro");
    malformed["lines"][2]["quantity"] = json!(0);
    let problem = send(partner.service.keyed("DraftQuote", "malformed", &malformed)).await.expect(400);
    let mut places: Vec<&str> = problem["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|fault| fault["pointer"].as_str())
        .collect();
    places.dedup();
    assert_eq!(places, ["/lines/0/unitPrice", "/lines/1/currency", "/lines/2/quantity"]);

    let rehearsal = json!({ "caseId": case["id"], "lines": lines() });
    let rehearsed = partner.service.post("/api/v1/commands/DraftQuote?dryRun=true", &rehearsal);
    assert_eq!(send(rehearsed).await.expect(200)["events"][0]["type"], "quote.drafted");
    let first = text(&draft(&partner, &case, "first").await.expect(200), "id");
    assert_eq!(draft(&partner, &case, "second").await.code(409), "quote_open");
    let lost = json!({ "caseId": case["id"], "reason": "Bought elsewhere" });
    assert_eq!(send(partner.service.keyed("CloseCase", "too early", &lost)).await.code(409), "quote_open");
    let decline = json!({ "quoteId": first, "reason": "Too dear" });
    send(partner.service.keyed("DeclineQuote", "decline", &decline)).await.expect(200);
    let second = draft(&partner, &case, "second").await.expect(200);
    // Declining the first again frees nothing of the second.
    send(partner.service.keyed("DeclineQuote", "again", &decline)).await.expect(200);
    assert_eq!(draft(&partner, &case, "third").await.code(409), "quote_open");
    let row = until("a case with quotes", async || {
        let row = partner.service.get(&format!("/api/v1/cases/{}", text(&case, "id"))).await.expect(200);
        (row["status"] == "quoting").then_some(row)
    })
    .await;
    assert_eq!(row["id"], case["id"]);
    let head = program.head().await;
    let of_case = format!("/api/v1/quotes?caseId={}&state=draft&minPosition={head}", text(&case, "id"));
    let drafts = partner.service.list(&of_case).await;
    assert_eq!((drafts.len(), &drafts[0]["id"]), (1, &second["id"]));
}

async fn a_quote_expires_at_its_end_and_frees_its_case(store: &Store) {
    let home = Home::new();
    let server = InProcess::with_clock(store, &home, Simulation::default(), true).await;
    let operator = server.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let quote = approved(&operator, &partner, &case, "quote").await;

    send(operator.post("/api/v1/demo/clock", &json!({ "advance": "P30D" }))).await.expect(200);

    let accept = json!({ "quoteId": quote, "calling": calling() });
    let refused = send(partner.service.keyed("AcceptQuote", "late", &accept)).await;
    assert!(
        ["quote_past", "quote_settled"].contains(&text(&refused.json(), "code").as_str()),
        "{}",
        refused.text
    );
    let row = until("the end of the quote", async || {
        let row = partner.service.get(&format!("/api/v1/quotes/{quote}")).await.expect(200);
        (row["state"] == "expired").then_some(row)
    })
    .await;
    assert_eq!(row.get("subscriptionId"), None);
    draft(&partner, &case, "another").await.expect(200);
    assert_sound(store, Some(&operator), &[]).await;
    server.stop().await;
}

async fn quotes_are_for_the_partner_and_the_operator_alone(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let stranger = Partner::register(&operator, "Example Other").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let quote = approved(&operator, &partner, &case, "quote").await;
    let path = format!("/api/v1/quotes/{quote}");
    let issue =
        json!({ "role": "org_admin", "organizationId": case["organizationId"], "name": "Its administrator" });
    let issued = send(operator.command("IssueKey", &issue)).await.expect(200);
    let administrator = operator.with_key(&text(&issued, "key"));

    // R25, R26
    for list in ["quotes", "subscriptions"] {
        assert_eq!(administrator.get(&format!("/api/v1/{list}")).await.code(403), "role_forbidden");
    }
    assert_eq!(stranger.service.get(&path).await.code(404), "not_found");
    assert_eq!(stranger.service.list("/api/v1/quotes").await.len(), 0);
    let accept = json!({ "quoteId": quote, "calling": calling() });
    let foreign = send(stranger.service.keyed("AcceptQuote", "foreign", &accept)).await;
    assert_eq!(foreign.code(404), "not_found");
    let foreign = draft(&stranger, &case, "foreign").await;
    assert_eq!(foreign.status, 404, "{}", foreign.text);
    assert_eq!(send(operator.command("AcceptQuote", &accept)).await.code(403), "role_forbidden");
    assert_eq!(send(partner.auditor.command("AcceptQuote", &accept)).await.code(403), "role_forbidden");
    assert_eq!(partner.auditor.get(&path).await.status, 200);
    let approved = operator.list("/api/v1/quotes?state=approved").await;
    assert_eq!((approved.len(), &approved[0]["id"]), (1, &json!(quote)));

    send(operator.command("SuspendPartner", &json!({ "partnerId": partner.id }))).await.expect(200);

    assert_eq!(partner.service.get(&path).await.status, 200);
    let suspended = send(partner.service.keyed("AcceptQuote", "suspended", &accept)).await;
    assert_eq!(suspended.code(403), "partner_suspended");
}

async fn nothing_goes_on_under_a_case_that_is_put_aside_or_lost(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let quote = approved(&operator, &partner, &case, "quote").await;
    let service = &partner.service;
    let of_case = json!({ "caseId": case["id"] });
    let accept = json!({ "quoteId": quote, "calling": calling() });

    send(service.keyed("DeactivateCase", "aside", &of_case)).await.expect(200);

    assert_eq!(
        send(service.keyed("AcceptQuote", "accept aside", &accept)).await.code(409),
        "case_deactivated"
    );
    let decline = json!({ "quoteId": quote });
    send(service.keyed("DeclineQuote", "decline", &decline)).await.expect(200);
    assert_eq!(draft(&partner, &case, "draft aside").await.code(409), "case_deactivated");
    send(service.keyed("ReopenCase", "reopen", &of_case)).await.expect(200);
    let lost = json!({ "caseId": case["id"], "reason": "Bought elsewhere" });
    send(service.keyed("CloseCase", "close", &lost)).await.expect(200);
    assert_eq!(draft(&partner, &case, "draft lost").await.code(409), "case_closed");
    send(service.keyed("CloseCase", "close again", &lost)).await.expect(200);
    assert_eq!(send(service.keyed("ReopenCase", "lost", &of_case)).await.status, 200, "nothing to reopen");
    let path = format!("/api/v1/cases/{}?minPosition={}", text(&case, "id"), program.head().await);
    let row = service.read(&path).await;
    assert_eq!((&row["status"], &row["reason"]), (&json!("lost"), &json!("Bought elsewhere")));
    assert_sound(store, Some(&operator), &[]).await;
}
