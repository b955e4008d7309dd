//! A template after its creation: edited, retired, and what customers keep of it.

use serde_json::{Value, json};

use super::bodies;
use super::cast::Partner;
use super::client::{Reply, send, text};
use super::program::{Home, Program};
use crate::harness::{Store, assert_sound};

on_both_databases!(
    an_edit_holds_for_new_customers_alone,
    a_retired_template_leaves_its_name_and_its_place_as_default,
    of_two_edits_at_once_both_hold_one_after_the_other,
);

/// The settings of a template, as an edit gives them.
fn edit(provisioning_id: &str, more: &Value) -> Value {
    let mut body = bodies::template();
    let fields = body.as_object_mut().expect("is an object");
    fields.remove("kind");
    fields.insert("provisioningId".to_owned(), json!(provisioning_id));
    fields.extend(more.as_object().expect("is an object").clone());
    body
}

async fn edited(partner: &Partner, provisioning_id: &str, more: &Value) -> Reply {
    send(partner.admin.command("EditTemplate", &edit(provisioning_id, more))).await
}

async fn an_edit_holds_for_new_customers_alone(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let before = partner.provisioned(&template, "customer-17").await;

    let answer = edited(&partner, &template, &json!({ "name": "Large", "brandName": "Example Large" })).await;

    assert_eq!(answer.expect(200)["provisioningId"], json!(template), "R54: it never changes");
    let row = partner.admin.list(&format!("/api/v1/templates?minPosition={}", program.head().await)).await;
    assert_eq!((&row[0]["name"], &row[0]["brandName"]), (&json!("Large"), &json!("Example Large")));
    let after = partner.provisioned(&template, "customer-18").await;
    for (customer, brand) in [(&before, "Example Voice"), (&after, "Example Large")] {
        let path = format!("/api/v1/aggregates/customer/{}", text(customer, "id"));
        let state = partner.admin.read(&path).await;
        assert_eq!(state["state"]["requested"]["settings"]["brandName"], brand, "R35");
    }
    // The name before is free again, and the new one is taken.
    let named = |name: &str| {
        let mut body = bodies::template();
        body["name"] = json!(name);
        body
    };
    let taken = send(partner.admin.command("CreateTemplate", &named("large"))).await;
    assert_eq!(taken.code(409), "template_name_taken");
    send(
        partner
            .admin
            .command("CreateTemplate", &named(bodies::template()["name"].as_str().expect("it has one"))),
    )
    .await
    .expect(200);
    let other = Partner::register(&operator, "Example Trade").await;
    assert_eq!(edited(&other, &template, &json!({})).await.status, 404);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn a_retired_template_leaves_its_name_and_its_place_as_default(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    edited(&partner, &template, &json!({ "default": true })).await.expect(200);
    let retire = json!({ "provisioningId": template });

    for _ in 0..2 {
        send(partner.admin.command("RetireTemplate", &retire)).await.expect(200);
    }

    let customer = bodies::customer(&template, "customer-17");
    let refused = send(partner.service.keyed("CreateCustomerOrg", "retired", &customer)).await;
    assert_eq!(refused.code(422), "template_retired");
    assert_eq!(edited(&partner, &template, &json!({})).await.code(422), "template_retired");
    let mut again = bodies::template();
    again["default"] = json!(true);
    send(partner.admin.command("CreateTemplate", &again)).await.expect(200);
    let rows = partner.admin.list(&format!("/api/v1/templates?minPosition={}", program.head().await)).await;
    let shown: Vec<_> = rows.iter().map(|row| (row["retired"].clone(), row["default"].clone())).collect();
    assert_eq!(shown, [(json!(true), json!(false)), (json!(false), json!(true))]);
}

async fn of_two_edits_at_once_both_hold_one_after_the_other(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;

    let names: Vec<String> = (0..8).map(|n| format!("Name {n}")).collect();
    let edits =
        names.iter().map(async |name| edited(&partner, &template, &json!({ "name": name })).await.status);
    let answers = futures::future::join_all(edits).await;

    assert!(answers.contains(&200), "{answers:?}");
    assert!(answers.iter().all(|status| [200, 409].contains(status)), "{answers:?}");
    let row = partner.admin.list(&format!("/api/v1/templates?minPosition={}", program.head().await)).await;
    let last = text(&row[0], "name");
    // Of all names only the last is taken.
    for name in &names {
        let mut body = bodies::template();
        body["name"] = json!(name);
        let expected = if *name == last { 409 } else { 200 };
        assert_eq!(send(partner.admin.command("CreateTemplate", &body)).await.status, expected, "{name}");
    }
}
