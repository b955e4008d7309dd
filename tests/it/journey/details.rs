//! What a request must hold, what follows from the way it came in, and what a partner sees of its customers.

use serde_json::{Value, json};

use super::attach::{attach, register};
use super::bodies;
use super::cases::{case, sign_in};
use super::cast::Partner;
use super::client::{send, text};
use super::program::{Home, Program};
use crate::harness::Store;

on_both_databases!(
    every_detail_of_a_case_is_needed,
    every_part_of_an_attach_is_needed,
    somebody_signed_in_attests_the_location_of_an_attach,
    the_way_in_is_kept_and_never_said_by_the_caller,
    a_partner_sees_the_organizations_of_all_its_customers,
);

/// A body without one of its fields.
fn without(body: &Value, part: &str, field: &str) -> Value {
    let mut body = body.clone();
    let part = body.pointer_mut(part).and_then(Value::as_object_mut).expect("is an object");
    part.remove(field).expect("it has the field");
    body
}

/// R12
async fn every_detail_of_a_case_is_needed(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let whole = case(None);
    for (part, field) in [
        ("", "customer"),
        ("", "createCustomerOrg"),
        ("/customer", "companyName"),
        ("/customer", "contactName"),
        ("/customer", "contactEmail"),
        ("/customer", "country"),
        ("/customer", "address"),
    ] {
        let body = without(&whole, part, field);
        let refused = send(partner.service.keyed("CreateCase", field, &body)).await;
        assert_eq!(refused.expect(400)["errors"][0]["pointer"], format!("{part}/{field}"), "{field}");
    }
    send(partner.service.keyed("CreateCase", "whole", &whole)).await.expect(200);
}

/// R86, R100
async fn every_part_of_an_attach_is_needed(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let organization = register(&program.operator(), "works", &json!({})).await;
    let whole = attach(&partner.template().await, &organization, "works");
    for field in ["provisioningId", "packages", "organizationId", "externalId", "address"] {
        let body = without(&whole, "", field);
        let refused = send(partner.service.keyed("AttachExistingOrg", field, &body)).await;
        assert_eq!(refused.expect(400)["errors"][0]["pointer"], format!("/{field}"));
    }
    send(partner.service.keyed("AttachExistingOrg", "whole", &whole)).await.expect(202);
}

/// R101, D14
async fn somebody_signed_in_attests_the_location_of_an_attach(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let organization = register(&program.operator(), "works", &json!({})).await;
    let mut body = attach(&partner.template().await, &organization, "works");
    let session = sign_in(&partner.admin, &json!({ "key": partner.admin.place().1 })).await.expect(200);
    let person = partner.admin.with_key(&text(&session, "token"));

    let refused = send(person.command("AttachExistingOrg", &body)).await;

    assert_eq!(refused.code(422), "attestation_missing");
    body["attestation"] = json!(true);
    send(person.command("AttachExistingOrg", &body)).await.expect(202);
}

/// R31, R32, R94, D7
async fn the_way_in_is_kept_and_never_said_by_the_caller(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let session = sign_in(&partner.admin, &json!({ "key": partner.admin.place().1 })).await.expect(200);
    let person = partner.admin.with_key(&text(&session, "token"));
    let mut body = bodies::customer(&template, "by-hand");
    body["attestation"] = json!(true);
    let mut said = body.clone();
    said["channel"] = json!("api");
    assert_eq!(send(person.command("CreateCustomerOrg", &said)).await.status, 400, "nobody says the channel");

    let by_hand = send(person.command("CreateCustomerOrg", &body)).await.expect(202);
    let by_machine = partner.customer(&template, "by-machine").await;

    for (asked, channel) in [(&by_hand, "hub"), (&by_machine, "api")] {
        partner.service.ended(&text(&asked["operation"], "id")).await;
        let path = format!("/api/v1/events?aggregate={}", text(asked, "id"));
        let channels: Vec<_> =
            partner.admin.list(&path).await.iter().map(|event| text(event, "channel")).collect();
        assert_eq!(channels[0], channel);
        assert!(channels[1..].iter().all(|channel| channel == "system"), "{channels:?}");
    }
}

/// R4, R29
async fn a_partner_sees_the_organizations_of_all_its_customers(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let other = Partner::register(&operator, "Another Resale").await;
    let template = partner.template().await;
    for external_id in ["customer-1", "customer-2", "customer-3"] {
        partner.provisioned(&template, external_id).await;
    }
    other.provisioned(&other.template().await, "foreign").await;

    let customers = partner.service.list("/api/v1/customers").await;
    let seen = partner.service.list("/api/v1/organizations").await;

    let ids = |rows: &[Value], field: &str| {
        let mut ids: Vec<_> = rows.iter().map(|row| text(row, field)).collect();
        ids.sort();
        ids
    };
    assert_eq!(seen.len(), 3);
    assert_eq!(ids(&seen, "id"), ids(&customers, "organizationId"));
    assert!(seen.iter().all(|row| row["name"] == "Example Retail"), "R29");
}
