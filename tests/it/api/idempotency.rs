//! Commands that are sent again, at once, or against an expected state.

use futures::future::join_all;
use serde_json::json;

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{items, send, text};
use crate::journey::program::{Home, Program};

on_both_databases!(
    a_repeated_command_is_answered_as_the_first_time,
    a_key_that_was_used_for_another_command_is_refused,
    a_command_that_is_sent_many_times_at_once_is_carried_out_once,
    callers_with_the_same_key_of_a_command_do_not_meet,
    a_refused_command_is_decided_again_when_it_is_repeated,
    a_secret_is_shown_in_the_first_answer_only,
    an_external_id_belongs_to_one_customer,
    a_template_name_belongs_to_one_template_whatever_its_case,
    of_many_customers_with_one_external_id_one_is_made,
    an_expected_sequence_that_does_not_hold_stops_a_command,
);

async fn a_repeated_command_is_answered_as_the_first_time(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let body = bodies::customer(&template, "customer-17");
    let first = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await;
    partner.service.ended(&text(&first.expect(202)["operation"], "id")).await;

    // The same JSON in other words: the order of fields and the white space do not matter.
    let spaced = serde_json::to_string_pretty(&body).expect("is JSON");
    let again = send(partner.service.keyed("CreateCustomerOrg", "key", &body).body(spaced)).await;

    assert_eq!(again.repeatable(), first.repeatable());
    assert_eq!(again.header("tenantry-position"), first.header("tenantry-position"));
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 1);
}

async fn a_key_that_was_used_for_another_command_is_refused(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let body = bodies::customer(&template, "customer-17");
    let first = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await.expect(202);
    let mut changed = body.clone();
    changed["customerInfo"]["name"] = json!("Example Bakery");

    let other_body = send(partner.service.keyed("CreateCustomerOrg", "key", &changed)).await;
    let other_command = send(partner.service.keyed("CreateTemplate", "key", &bodies::template())).await;

    assert_eq!(other_body.code(422), "idempotency_key_reused");
    assert_eq!(other_command.code(422), "idempotency_key_reused");
    let path = format!("/api/v1/customers?minPosition={}", text(&first, "position"));
    assert_eq!(partner.service.list(&path).await.len(), 1);
}

async fn a_command_that_is_sent_many_times_at_once_is_carried_out_once(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let body = bodies::customer(&template, "customer-17");
    let request = || send(partner.service.keyed("CreateCustomerOrg", "key", &body));

    let replies = join_all((0..8).map(|_| request())).await;

    let first = &replies[0];
    assert_eq!(first.status, 202, "{}", first.text);
    for reply in &replies {
        assert_eq!(reply.repeatable(), first.repeatable());
    }
    partner.service.ended(&text(&first.json()["operation"], "id")).await;
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 1);
}

async fn callers_with_the_same_key_of_a_command_do_not_meet(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;

    let one =
        send(partner.service.keyed("CreateCustomerOrg", "key", &bodies::customer(&template, "one"))).await;
    let two =
        send(partner.admin.keyed("CreateCustomerOrg", "key", &bodies::customer(&template, "two"))).await;

    assert_ne!(one.expect(202)["id"], two.expect(202)["id"]);
}

async fn a_refused_command_is_decided_again_when_it_is_repeated(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut body = bodies::customer(&template, "customer-17");
    body["packages"] = json!(["attendant_console"]);
    let refused = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await;
    assert_eq!(refused.code(422), "package_base_missing");

    // The refusal left no record, so the key is free.
    let mended =
        send(partner.service.keyed("CreateCustomerOrg", "key", &bodies::customer(&template, "customer-17")))
            .await;

    mended.expect(202);
}

async fn a_secret_is_shown_in_the_first_answer_only(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let body = json!({ "role": "operator", "name": "A second operator" });

    let first = send(operator.keyed("IssueKey", "key", &body)).await.expect(200);
    let again = send(operator.keyed("IssueKey", "key", &body)).await.expect(200);

    assert!(text(&first, "key").len() > 40);
    assert_eq!(again["key"], json!(null));
    assert_eq!(again["alreadyShown"], true);
    assert_eq!(again["id"], first["id"]);
    operator.with_key(&text(&first, "key")).read("/api/v1/partners").await;
}

async fn an_external_id_belongs_to_one_customer(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let other = Partner::register(&program.operator(), "Another Resale").await;
    let template = partner.template().await;
    let asked = partner.customer(&template, "customer-17").await;
    let body = bodies::customer(&template, "customer-17");

    let taken = send(partner.service.keyed("CreateCustomerOrg", "another-key", &body)).await;
    let rehearsed = send(partner.service.post("/api/v1/commands/CreateCustomerOrg?dryRun=true", &body)).await;

    for reply in [taken, rehearsed] {
        assert_eq!(reply.code(409), "external_id_taken");
        assert!(text(&reply.json(), "detail").contains(&text(&asked, "id")), "{}", reply.text);
    }
    // Another partner numbers its customers as it likes.
    let template = other.template().await;
    assert_ne!(other.customer(&template, "customer-17").await["id"], asked["id"]);
}

async fn a_template_name_belongs_to_one_template_whatever_its_case(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    partner.template().await;
    let mut body = bodies::template();
    body["name"] = json!("STANDARD");

    let taken = send(partner.service.keyed("CreateTemplate", "another-key", &body)).await;

    assert_eq!(taken.code(409), "template_name_taken");
}

async fn of_many_customers_with_one_external_id_one_is_made(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let body = bodies::customer(&template, "customer-17");
    let keys: Vec<String> = (0..8).map(|n| format!("key-{n}")).collect();

    let replies =
        join_all(keys.iter().map(|key| send(partner.service.keyed("CreateCustomerOrg", key, &body)))).await;

    let (made, others): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 202);
    assert_eq!(made.len(), 1);
    for other in others {
        assert_eq!(other.code(409), "external_id_taken");
        assert!(text(&other.json(), "detail").contains(&text(&made[0].json(), "id")), "{}", other.text);
    }
}

async fn an_expected_sequence_that_does_not_hold_stops_a_command(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let body = json!({ "role": "operator", "name": "A second operator" });
    let issued = send(operator.command("IssueKey", &body)).await.expect(200);
    let revoke = json!({ "keyId": issued["id"] });

    let early = send(operator.command("RevokeKey", &revoke).header("if-match", "\"2\"")).await;
    let bare = send(operator.command("RevokeKey", &revoke).header("if-match", "2")).await;
    let right = send(operator.command("RevokeKey", &revoke).header("if-match", "\"1\"")).await;
    let late = send(operator.command("RevokeKey", &revoke).header("if-match", "\"1\"")).await;

    assert_eq!(early.code(412), "another_sequence");
    assert_eq!(bare.code(412), "another_sequence", "people leave out the quotes");
    assert_eq!(right.expect(200)["sequence"], 2);
    assert_eq!(late.code(412), "another_sequence");
    let revoked = operator.with_key(&text(&issued, "key"));
    assert_eq!(revoked.get("/api/v1/partners").await.code(401), "unauthenticated");
    let events = operator.read("/api/v1/events?type=key.revoked").await;
    assert_eq!(items(&events).len(), 1);
}
