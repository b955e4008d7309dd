//! What belongs to another partner does not exist.

use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::program::{Home, Program};
use crate::journey::waiting::until;

on_both_databases!(
    what_belongs_to_another_partner_is_not_found,
    lists_hold_nothing_of_another_partner,
    commands_reach_nothing_of_another_partner,
);

async fn what_belongs_to_another_partner_is_not_found(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let owner = Partner::register(&program.operator(), "Example Resale").await;
    let stranger = Partner::register(&program.operator(), "Another Resale").await;
    let template = owner.template().await;
    let asked = owner.provisioned(&template, "customer-17").await;
    let customer = text(&asked, "id");
    let templates = until("the owner's template", async || {
        let templates = owner.admin.list("/api/v1/templates").await;
        (!templates.is_empty()).then_some(templates)
    });
    let template = text(&templates.await[0], "id");
    let operation = text(&asked["operation"], "id");
    for path in [
        format!("customers/{customer}"),
        format!("provisioning/{customer}"),
        format!("operations/{operation}"),
        format!("templates/{template}"),
        format!("aggregates/customer/{customer}"),
        format!("aggregates/customer/{customer}?at=1"),
        format!("aggregates/onboarding_template/{template}"),
        format!("aggregates/partner/{}", owner.id),
        format!("events?partner={}", owner.id),
        format!("customers?tenant={}", owner.id),
    ] {
        let path = format!("/api/v1/{path}");
        // What there is and what there is not look alike.
        assert_eq!(stranger.admin.get(&path).await.code(404), "not_found", "{path}");
        if !path.ends_with("at=1") {
            owner.admin.read(&path).await;
        }
    }
}

async fn lists_hold_nothing_of_another_partner(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let owner = Partner::register(&program.operator(), "Example Resale").await;
    let stranger = Partner::register(&program.operator(), "Another Resale").await;
    let template = owner.template().await;
    let asked = owner.provisioned(&template, "customer-17").await;
    let customer = text(&asked, "id");
    for path in [
        "customers".to_owned(),
        "provisioning".to_owned(),
        "operations".to_owned(),
        "templates".to_owned(),
        "customers?externalId=customer-17".to_owned(),
        format!("events?aggregate={customer}"),
    ] {
        let path = format!("/api/v1/{path}");
        assert_eq!(stranger.admin.list(&path).await, Vec::<Value>::new(), "{path}");
        assert!(!owner.admin.list(&path).await.is_empty(), "{path}");
    }
    let keys = stranger.admin.list("/api/v1/keys").await;
    assert!(keys.iter().all(|key| key["tenant"] == json!(stranger.id)), "{keys:?}");
    let events = stranger.admin.lines("/api/v1/events").await;
    assert!(events.iter().all(|event| event["tenantId"] == json!(stranger.id)), "{events:?}");
}

async fn commands_reach_nothing_of_another_partner(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let owner = Partner::register(&program.operator(), "Example Resale").await;
    let stranger = Partner::register(&program.operator(), "Another Resale").await;
    let template = owner.template().await;
    let keys = until("the owner's keys", async || {
        let keys = owner.admin.list("/api/v1/keys").await;
        (!keys.is_empty()).then_some(keys)
    });
    let key = text(&keys.await[0], "id");

    let body = bodies::customer(&template, "customer-17");
    let with_foreign_template = send(stranger.service.keyed("CreateCustomerOrg", "key", &body)).await;
    let foreign_key = send(stranger.admin.command("RevokeKey", &json!({ "keyId": key }))).await;
    let issue = json!({ "role": "partner_admin", "name": "Mine", "partnerId": owner.id });
    let into_foreign_tenant = send(stranger.admin.command("IssueKey", &issue)).await;

    assert_eq!(with_foreign_template.code(422), "template_missing");
    assert_eq!(foreign_key.code(404), "not_found");
    assert_eq!(into_foreign_tenant.code(404), "not_found");
    owner.service.read("/api/v1/customers").await;
}
