//! Cases, quotes and subscriptions with the verbs of the command line.

use serde_json::{Value, json};

use super::attach::{attach, register};
use super::cases::case;
use super::cast::Partner;
use super::client::{items, send, text};
use super::program::{Home, Program};
use super::quotes::{activated, calling, lines};
use super::verbs::{Where, answered, printed, refused};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_person_sells_from_the_command_line,
    a_person_takes_up_a_failed_case,
    an_operation_that_has_ended_is_told_where_no_view_moves,
    a_person_asks_others_from_the_command_line,
);

fn states(rows: &Value) -> Vec<String> {
    rows["items"].as_array().expect("a list").iter().map(|row| text(row, "state")).collect()
}

async fn a_person_sells_from_the_command_line(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let (seller, approver) = (Where::Server(&partner.admin), Where::Server(&operator));
    let mut body = case(Some(&template));
    body["primaryContact"] = json!({ "name": "Kim Example", "email": "kim@resale.example" });
    let opened = answered(&home, &seller, &["case", "create", "--data", &body.to_string()]);
    let id = text(&opened, "id");
    until("the case", async || {
        let row = answered(&home, &seller, &["case", "show", &id]);
        (row["status"] == "org_ready").then_some(())
    })
    .await;
    activated(&operator, &partner, &answered(&home, &seller, &["case", "show", &id])).await;

    let draft = json!({ "caseId": id, "lines": lines() }).to_string();
    let quote = text(&answered(&home, &seller, &["quote", "create", "--data", &draft]), "id");
    let edit = json!({ "quoteId": quote, "lines": [lines()[1]] }).to_string();
    answered(&home, &seller, &["quote", "submit", &quote]);
    let (code, said) = refused(&home, &approver, &["quote", "reject", &quote]);
    assert!(code == 2 && said.contains("--reason"), "{code}: {said}");
    answered(&home, &approver, &["quote", "reject", &quote, "--reason", "Too cheap"]);
    answered(&home, &seller, &["quote", "edit", "--data", &edit]);
    answered(&home, &seller, &["quote", "submit", &quote]);
    let (code, said) = refused(&home, &seller, &["quote", "approve", &quote]);
    assert!(code == 3 && said.contains("role_forbidden"), "{code}: {said}");
    answered(&home, &approver, &["quote", "approve", &quote]);
    let (code, said) = refused(&home, &seller, &["quote", "accept", &quote]);
    assert!(code == 3 && said.contains("calling_location_missing"), "{code}: {said}");
    let (code, said) = refused(&home, &seller, &["quote", "accept", &quote, "--calling", "{"]);
    assert!(code == 2 && said.contains("--calling is no JSON"), "{code}: {said}");

    let place = calling().to_string();
    let accepted = answered(&home, &seller, &["quote", "accept", &quote, "--calling", &place]);

    let operation = text(&accepted["operation"], "id");
    let ended = answered(&home, &seller, &["operation", "wait", &operation]);
    assert_eq!(ended["state"], "succeeded", "{ended}");
    let subscription = text(&accepted, "subscriptionId");
    answered(&home, &seller, &["subscription", "suspend", &subscription, "--reason", "Unpaid"]);
    let suspended = ["subscription", "list", "--state", "suspended", "--case", &id];
    until("the suspension", async || {
        (states(&answered(&home, &seller, &suspended)) == ["suspended"]).then_some(())
    })
    .await;
    answered(&home, &seller, &["subscription", "resume", &subscription]);
    answered(&home, &seller, &["subscription", "cancel", &subscription, "--reason", "Moved"]);
    until("the end", async || {
        let row = answered(&home, &seller, &["subscription", "show", &subscription]);
        (row["state"] == "cancelled").then_some(())
    })
    .await;
    let table = printed(&home, &seller, &["quote", "list", "-o", "table"]);
    assert!(table.contains("CURRENCY") && table.contains(&quote) && table.contains("accepted"), "{table}");
    let (code, said) = refused(&home, &seller, &["case", "close", &id, "--reason", "Lost"]);
    assert!(code == 3 && said.contains("case_"), "{code}: {said}");
    assert_sound(store, Some(&operator), &[]).await;
}

async fn a_person_takes_up_a_failed_case(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let partner = Partner::register(&program.operator(), "Example Trade").await;
    let seller = Where::Server(&partner.admin);
    let mut body = case(Some(&partner.template().await));
    body["customer"]["companyName"] = json!("Example refused Harbour");
    body["primaryContact"] = json!({ "name": "Kim Example", "email": "kim@resale.example" });
    let opened = answered(&home, &seller, &["case", "create", "--data", &body.to_string()]);
    let id = text(&opened, "id");
    let (code, said) = refused(&home, &seller, &["operation", "wait", &text(&opened["operation"], "id")]);
    assert_eq!(code, 1, "{said}");

    let again = answered(&home, &seller, &["case", "retry", &id]);

    assert_ne!(again["operation"]["id"], opened["operation"]["id"]);
    answered(&home, &seller, &["case", "deactivate", &id]);
    answered(&home, &seller, &["case", "reopen", &id]);
    let closed = answered(&home, &seller, &["case", "close", &id, "--reason", "Went elsewhere"]);
    assert_eq!(text(&closed, "id"), id);
}

async fn an_operation_that_has_ended_is_told_where_no_view_moves(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let asked = partner.customer(&partner.template().await, "ended").await;
    let operation = text(&asked["operation"], "id");
    partner.service.ended(&operation).await;
    program.kill();
    // Nothing takes this into the views until a server runs again.
    let meter = json!({ "name": "calls.minutes", "kind": "sum", "unit": "minutes" }).to_string();
    answered(&home, &Where::Store(store), &["command", "DefineMeter", "--data", &meter]);

    let told = answered(&home, &Where::Store(store), &["operation", "wait", &operation, "--timeout", "60"]);

    assert_eq!(told["state"], "succeeded", "{told}");
}

async fn a_person_asks_others_from_the_command_line(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let seller = Where::Server(&partner.admin);
    let mut body = case(Some(&partner.template().await));
    body["primaryContact"] = json!({ "name": "Kim Example", "email": "kim@resale.example" });
    let first = text(&answered(&home, &seller, &["case", "create", "--data", &body.to_string()]), "id");
    let first = until("the case with its invitation", async || {
        let row = answered(&home, &seller, &["case", "show", &first]);
        (row["status"] == "org_ready" && row["invitationId"].is_string()).then_some(row)
    })
    .await;
    let organization = text(&first, "organizationId");

    let opened = answered(&home, &seller, &["case", "create", "--data", &case(None).to_string()]);
    let id = text(&opened, "id");
    let (code, said) = refused(&home, &seller, &["case", "link", &id]);
    assert!(code == 2 && said.contains("--org"), "{code}: {said}");
    let linked = answered(&home, &seller, &["case", "link", &id, "--org", &organization]);
    let path = format!("/api/v1/cases/{id}?minPosition={}", text(&linked, "position"));
    let row = partner.service.read(&path).await;
    assert_eq!((&row["status"], &row["organizationId"]), (&json!("org_ready"), &json!(organization)));

    let body = json!({ "name": "Robin Seller", "email": "robin@resale.example", "role": "partner_user" });
    let user = text(&send(partner.admin.command("AddPartnerUser", &body)).await.expect(200), "userId");
    let invitation = text(&first, "invitationId");
    answered(&home, &seller, &["invitation", "redirect", &invitation, "--user", &user]);
    let to = |mail: &Value| text(&mail["content"], "to");
    let mail = until("the mail to the other user", async || {
        let mails = answered(&home, &Where::Server(&operator), &["outbox", "list", "--limit", "500"]);
        items(&mails).iter().find(|mail| to(mail) == "robin@resale.example").cloned()
    })
    .await;
    let (code, said) = refused(&home, &seller, &["outbox", "list"]);
    assert!(code == 3 && said.contains("role_forbidden"), "{code}: {said}; {mail}");

    let others = register(&operator, "works", &json!({})).await;
    let body = attach(&partner.template_that_asks().await, &others, "works");
    let attached = send(partner.service.keyed("AttachExistingOrg", "works", &body)).await.expect(202);
    partner.service.ended(&text(&attached["operation"], "id")).await;
    let ask = ["consent", "full-access", &text(&attached, "id")];
    answered(&home, &seller, &ask);
    let (code, said) = refused(&home, &seller, &ask);
    assert!(code == 3, "it is asked for once a day: {code}: {said}");
    assert_sound(store, Some(&operator), &[]).await;
}
