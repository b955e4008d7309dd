//! What ends with somebody's stay, or with a customer, does not come back by itself.

use serde_json::{Value, json};

use super::attach::register;
use super::cases::{PASSWORD, sign_in};
use super::cast::Partner;
use super::client::{send, text};
use super::members::{joined, key_of};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    old_keys_and_sessions_stay_dead_when_their_holder_is_taken_in_again,
    an_open_invitation_ends_with_its_customer,
    a_suspended_partner_ends_a_key_that_has_leaked,
    what_has_happened_is_read_by_its_id,
);

async fn old_keys_and_sessions_stay_dead_when_their_holder_is_taken_in_again(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let organization = register(&operator, "works", &json!({})).await;
    let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let email = "ann@works.example";
    let ann = joined(&operator, &admin, &json!({ "email": email, "role": "org_user" })).await;
    let key = async || key_of(&operator, &organization, "org_user", &json!({ "email": email })).await;
    let old = key().await;
    old.read("/api/v1/projects").await;

    send(admin.command("RemoveMember", &json!({ "userId": ann.user }))).await.expect(200);
    let import = json!({ "members": [{ "email": email, "role": "org_user" }] });
    send(admin.command("ImportMembers", &import)).await.expect(200);

    for client in [&old, &ann.session] {
        assert_eq!(client.get("/api/v1/projects").await.code(401), "unauthenticated");
    }
    key().await.read("/api/v1/projects").await;
    let credentials = json!({ "organizationId": organization, "email": email, "password": PASSWORD });
    assert_eq!(
        sign_in(&operator, &credentials).await.code(401),
        "wrong_credentials",
        "the password went too"
    );

    let partner = Partner::register(&operator, "Example Resale").await;
    let user = json!({ "name": "Sam Seller", "email": "sam@resale.example", "role": "partner_user" });
    let added = send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
    let issue = json!({
        "role": "partner_user", "partnerId": partner.id, "name": "Sam's", "email": "sam@resale.example",
    });
    let issued = async || {
        let issued = send(operator.command("IssueKey", &issue)).await.expect(200);
        operator.with_key(&text(&issued, "key"))
    };
    let old = issued().await;
    let session = sign_in(&operator, &json!({ "key": old.place().1 })).await.expect(200);
    let session = operator.with_key(&text(&session, "token"));
    session.read("/api/v1/customers").await;
    send(partner.admin.command("RemovePartnerUser", &json!({ "userId": added["userId"] }))).await.expect(200);
    let again = send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
    assert_eq!(again["userId"], added["userId"]);
    for client in [&old, &session] {
        assert_eq!(client.get("/api/v1/customers").await.code(401), "unauthenticated");
    }
    issued().await.read("/api/v1/customers").await;
}

async fn an_open_invitation_ends_with_its_customer(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let gone = partner.provisioned(&template, "gone").await;
    let stays = partner.provisioned(&template, "stays").await;

    let removed = json!({ "customerId": gone["id"] });
    let removed = send(partner.service.keyed("RemoveCustomerOrg", "remove", &removed)).await.expect(202);
    partner.service.ended(&text(&removed["operation"], "id")).await;

    let status = |rows: &[Value], customer: &Value| {
        let row = rows.iter().find(|row| row["customerId"] == customer["id"]).expect("it was invited");
        text(row, "status")
    };
    until("the end of the invitation", async || {
        let rows = partner.service.list("/api/v1/invitations").await;
        (status(&rows, &gone) == "revoked").then_some(())
    })
    .await;
    assert_sound(store, Some(&operator), &[]).await;
    let rows = partner.service.list("/api/v1/invitations").await;
    assert_eq!(status(&rows, &stays), "sent");
}

async fn a_suspended_partner_ends_a_key_that_has_leaked(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let issue = json!({ "role": "service", "name": "Leaked" });
    let leaked = send(partner.admin.command("IssueKey", &issue)).await.expect(200);
    send(operator.command("SuspendPartner", &json!({ "partnerId": partner.id }))).await.expect(200);
    assert_eq!(send(partner.admin.command("IssueKey", &issue)).await.code(403), "partner_suspended");

    send(partner.admin.command("RevokeKey", &json!({ "keyId": leaked["id"] }))).await.expect(200);

    let leaked = operator.with_key(&text(&leaked, "key"));
    assert_eq!(leaked.get("/api/v1/customers").await.code(401), "unauthenticated");
}

async fn what_has_happened_is_read_by_its_id(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let head = program.head().await;

    let rows = partner.admin.list(&format!("/api/v1/activity?minPosition={head}")).await;

    assert!(rows.len() > 3, "{rows:?}");
    for row in &rows {
        let shown = partner.admin.read(&format!("/api/v1/activity/{}", text(row, "id"))).await;
        assert_eq!(shown["sentence"], row["sentence"]);
    }
}
