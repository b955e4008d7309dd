//! Cases that fail and are retried, and cases that are put aside and reopened.

use serde_json::{Value, json};

use super::cases::{acceptance, by_token, case, mails, token};
use super::cast::Partner;
use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::quotes::invited;
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r15_a_case_that_failed_is_taken_up_again_and_nothing_is_made_twice,
    a_case_of_a_denied_party_fails_until_the_list_is_another_one,
    the_invitation_of_a_case_that_is_put_aside_is_void_and_another_one_comes_with_its_reopening,
    a_case_that_is_put_aside_at_once_ends_soundly,
);

async fn status(client: &Client, case: &str, wanted: &str) -> Value {
    until(wanted, async || {
        let row = client.get(&format!("/api/v1/cases/{case}")).await.unless_too_early()?;
        (row["status"] == wanted).then_some(row)
    })
    .await
}

async fn r15_a_case_that_failed_is_taken_up_again_and_nothing_is_made_twice(store: &Store) {
    let home = Home::new();
    // The platform of a demonstration refuses this name.
    let program = Program::start(store, &home, &["--demo"]).await;
    let partner = Partner::register(&program.operator(), "Example Trade").await;
    let mut body = case(Some(&partner.template().await));
    body["customer"]["companyName"] = json!("Example refused Harbour");
    let asked = send(partner.service.keyed("CreateCase", "case", &body)).await.expect(202);
    let id = text(&asked, "id");
    let named = json!({ "caseId": id });
    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "failed", "{operation}");
    let row = status(&partner.service, &id, "org_failed").await;
    assert_eq!((row["errors"].as_array().map(Vec::len), row.get("organizationId")), (Some(1), None));
    let early = json!({ "caseId": id, "lines": super::quotes::lines() });
    assert_eq!(send(partner.service.keyed("DraftQuote", "early", &early)).await.code(409), "case_not_ready");

    program.kill();
    let program = Program::start(store, &home, &[]).await;
    let partner = partner.at(&program);
    let again = send(partner.service.keyed("RetryCase", "retry", &named)).await.expect(202);

    let operation = partner.service.ended(&text(&again["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    let row = status(&partner.service, &id, "org_ready").await;
    assert_eq!(row["errors"], json!([]));
    let repeated = send(partner.service.keyed("RetryCase", "retry", &named)).await.expect(202);
    assert_eq!(repeated["operation"]["id"], again["operation"]["id"]);
    assert_eq!(send(partner.service.keyed("RetryCase", "ready", &named)).await.code(409), "not_failed");
    let operator = program.operator();
    let sent = mails(&operator, "invitation").await;
    let to_us = sent.iter().filter(|mail| mail["tenantId"] == row["organizationId"]);
    assert_eq!(to_us.count(), 1);
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 1);
}

async fn a_case_of_a_denied_party_fails_until_the_list_is_another_one(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let body = case(Some(&partner.template().await));
    let (name, country) = (&body["customer"]["companyName"], &body["customer"]["country"]);
    let list = json!({ "entries": [{ "name": name, "country": country }] });
    send(operator.command("SetScreeningList", &list)).await.expect(200);

    let asked = send(partner.service.keyed("CreateCase", "case", &body)).await.expect(202);

    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!((&operation["state"], &operation["errors"][0]["code"]), (&json!("failed"), &json!(451)));
    assert!(partner.service.list("/api/v1/organizations").await.is_empty(), "nothing was made for it");
    send(operator.command("SetScreeningList", &json!({ "entries": [] }))).await.expect(200);
    let named = json!({ "caseId": asked["id"] });
    let again = send(partner.service.keyed("RetryCase", "retry", &named)).await.expect(202);
    let operation = partner.service.ended(&text(&again["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    assert_sound(store, Some(&operator), &[]).await;
}

async fn the_invitation_of_a_case_that_is_put_aside_is_void_and_another_one_comes_with_its_reopening(
    store: &Store,
) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = invited(&partner, &partner.template().await, "case").await;
    let named = json!({ "caseId": case["id"] });
    let first = token(&mails(&operator, "invitation").await[0]);
    let aside = json!({ "caseId": case["id"], "reason": "On holiday" });

    send(partner.service.keyed("DeactivateCase", "aside", &aside)).await.expect(200);

    let path = format!("/api/v1/invitations/{}", text(&case, "invitationId"));
    until("the revoked invitation", async || {
        let row = partner.service.get(&path).await.expect(200);
        (row["status"] == "revoked").then_some(())
    })
    .await;
    let refused = by_token(&partner.service, "AcceptInvitation", &acceptance(&first)).await;
    assert_eq!(refused.code(401), "invalid_token");
    let row = status(&partner.service, &text(&case, "id"), "deactivated").await;
    assert_eq!((&row["statusBefore"], &row["reason"]), (&json!("org_ready"), &json!("On holiday")));
    assert_eq!(row["organizationId"], case["organizationId"], "the organization stays");

    send(partner.service.keyed("ReopenCase", "reopen", &named)).await.expect(200);

    let row = status(&partner.service, &text(&case, "id"), "org_ready").await;
    assert_ne!(row["invitationId"], case["invitationId"]);
    let second = until("the other mail", async || {
        let sent = mails(&operator, "invitation").await;
        (sent.len() == 2).then(|| token(&sent[0]))
    })
    .await;
    by_token(&partner.service, "AcceptInvitation", &acceptance(&second)).await.expect(200);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn a_case_that_is_put_aside_at_once_ends_soundly(store: &Store) {
    let home = Home::new();
    let slow = ["--platform", "simulated", "--simulated-delay-ms", "300"];
    let program = Program::start(store, &home, &slow).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let asked = send(partner.service.keyed("CreateCase", "case", &case(Some(&template)))).await.expect(202);
    let named = json!({ "caseId": asked["id"] });

    send(partner.service.keyed("DeactivateCase", "aside", &named)).await.expect(200);

    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "failed", "{operation}");
    assert_eq!(operator.list("/api/v1/outbox").await.len(), 0, "nobody is invited");
    until("no task", async || operator.list("/api/v1/tasks").await.is_empty().then_some(())).await;
    send(partner.service.keyed("ReopenCase", "reopen", &named)).await.expect(200);
    status(&partner.service, &text(&asked, "id"), "org_failed").await;
    let again = send(partner.service.keyed("RetryCase", "retry", &named)).await.expect(202);
    let operation = partner.service.ended(&text(&again["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    assert_eq!(operator.list("/api/v1/organizations").await.len(), 1, "no orphan is left");
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 1);
    assert_eq!(operator.list("/api/v1/outbox").await.len(), 1);
    assert_sound(store, Some(&operator), &[]).await;
}
