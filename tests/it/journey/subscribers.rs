//! Subscribers over HTTP: provisioned, changed, moved from another organization, removed, and many at once.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::attach::register;
use super::bodies;
use super::cases::{acceptance, by_token, mails, token};
use super::cast::Partner;
use super::client::{Client, Reply, send, text};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r63_a_person_is_provisioned_changed_and_removed_and_is_a_member_meanwhile,
    r68_who_calls_has_a_place_and_a_number_of_its_own,
    a_member_of_another_organization_moves_with_the_mails_token,
    of_two_partners_at_once_one_has_the_person,
    r70_r71_an_administrator_keeps_the_level_of_its_customer,
    r81_r106_people_of_an_attached_organization_are_no_administrators_and_shown_in_a_limited_form,
    the_subscribers_of_a_customer_go_with_it,
    two_hundred_people_take_a_hundred_and_fifty_seats,
);

/// A running program, and a partner with a customer that calls and meets.
struct Cast {
    program: Program,
    operator: Client,
    partner: Partner,
    /// The customer.
    customer: String,
    /// Its organization.
    organization: String,
    _home: Home,
}

impl Cast {
    async fn on(store: &Store) -> Self {
        let home = Home::new();
        let program = Program::start(store, &home, &[]).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let template = partner.template().await;
        let customer = text(&partner.provisioned(&template, "customer-17").await, "id");
        let organization = organization_of(&partner, &customer).await;
        Self { program, operator, partner, customer, organization, _home: home }
    }

    async fn provision(&self, body: &Value) -> Reply {
        let key = format!("provision-{}", text(body, "email"));
        send(self.partner.service.keyed("ProvisionSubscriber", &key, body)).await
    }

    /// Gives a command about a subscriber.
    async fn give(&self, command: &str, id: &str, more: &Value) -> Reply {
        let mut body = json!({ "subscriberId": id });
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
        let key = format!("{command}-{id}-{more}");
        send(self.partner.service.keyed(command, &key, &body)).await
    }

    async fn row(&self, id: &str) -> Value {
        self.partner.service.read(&format!("/api/v1/subscribers/{id}")).await
    }

    /// Waits until somebody is a member of an organization, or is none any more.
    async fn is_member(&self, organization: &str, role: Option<&str>, name: &str) {
        until("the membership", async || {
            let path = format!("/api/v1/events?partner={organization}&limit=500");
            let events = self.operator.get(&path).await.unless_too_early()?;
            let now = membership(events["items"].as_array()?, name);
            (now.as_deref() == role).then_some(())
        })
        .await;
    }
}

/// Returns what the member with an ID is after some events.
fn membership(events: &[Value], user: &str) -> Option<String> {
    let of_user = events.iter().filter(|event| event["data"]["userId"] == user);
    let mut role = None;
    for event in of_user {
        match event["type"].as_str() {
            Some("organization.member_added") => role = Some(text(&event["data"], "role")),
            Some("organization.member_removed") => role = None,
            _ => {}
        }
    }
    role
}

async fn organization_of(partner: &Partner, customer: &str) -> String {
    let row = partner.service.read(&format!("/api/v1/customers/{customer}")).await;
    text(&row, "organizationId")
}

/// The head office of a customer.
fn head_office(customer: &str) -> String {
    customer.replace("cust_", "loc_")
}

/// A person who meets.
pub(crate) fn person(customer: &str, email: &str) -> Value {
    json!({
        "customerId": customer, "email": email, "packages": ["webex_meetings"],
        "firstName": "Kim", "lastName": "Caller",
    })
}

/// A person who calls.
pub(crate) fn caller(customer: &str, email: &str, extension: &str) -> Value {
    let mut body = person(customer, email);
    body["packages"] = json!(["webex_calling"]);
    body["locationId"] = json!(head_office(customer));
    body["extension"] = json!(extension);
    body
}

async fn r63_a_person_is_provisioned_changed_and_removed_and_is_a_member_meanwhile(store: &Store) {
    let cast = Cast::on(store).await;
    let body = person(&cast.customer, "Kim@Retail.example");

    let provisioned = cast.provision(&body).await.expect(200);

    assert_eq!(provisioned["status"], "provisioned");
    let id = text(&provisioned, "id");
    let row = cast.row(&id).await;
    assert_eq!((&row["email"], &row["firstName"]), (&json!("Kim@Retail.example"), &json!("Kim")));
    assert_eq!((&row["status"], &row["administrator"]), (&json!("provisioned"), &json!(false)));
    assert_eq!(row.get("emailHash"), None, "a hash is for the server alone");
    let found = |query: &str| format!("/api/v1/subscribers?{query}");
    let same =
        ["email=kim@retail.example".to_owned(), format!("customerId={}&status=provisioned", cast.customer)];
    for query in &same {
        let rows = cast.partner.service.list(&found(query)).await;
        assert!(rows.len() == 1 && rows[0]["id"] == json!(id), "{query}: {rows:?}");
    }
    assert_eq!(cast.partner.service.list(&found("email=somebody@retail.example")).await.len(), 0);
    let auditor = cast.partner.auditor.get(&found("email=kim@retail.example")).await;
    assert_eq!(auditor.code(403), "role_forbidden", "a match would say who it is");
    let shown = cast.partner.auditor.read(&format!("/api/v1/subscribers/{id}")).await;
    assert_eq!(shown["email"], json!({ "personal": "withheld" }));
    let member = member_of(&cast, &cast.organization).await;
    assert_eq!(cast.provision(&body).await.repeatable().0, 200, "the same key, the same answer");
    let again = send(cast.partner.admin.command("ProvisionSubscriber", &body)).await;
    assert_eq!(again.code(409), "email_in_use");

    cast.give("RemoveSubscriber", &id, &json!({})).await.expect(200);

    until("the row that goes", async || {
        let gone = cast.partner.service.get(&format!("/api/v1/subscribers/{id}")).await;
        (gone.status == 404).then_some(())
    })
    .await;
    cast.is_member(&cast.organization, None, &member).await;
    assert_eq!(cast.give("RemoveSubscriber", &id, &json!({})).await.status, 200, "repeated");
    let fresh = send(cast.partner.admin.command("ProvisionSubscriber", &body)).await.expect(200);
    assert_ne!(fresh["id"], json!(id), "the address is free again");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

/// Waits for the newest member of an organization who came with a subscriber; returns the member's ID.
async fn member_of(cast: &Cast, organization: &str) -> String {
    until("the new member", async || {
        let path = format!("/api/v1/events?partner={organization}&type=organization.member_added&limit=500");
        let events = cast.operator.get(&path).await.unless_too_early()?;
        let settled = |event: &&Value| !event["data"]["subscriberId"].is_null();
        events["items"].as_array()?.iter().rfind(settled).map(|event| text(&event["data"], "userId"))
    })
    .await
}

async fn r68_who_calls_has_a_place_and_a_number_of_its_own(store: &Store) {
    let cast = Cast::on(store).await;
    let mut nowhere = caller(&cast.customer, "kim@retail.example", "101");
    nowhere.as_object_mut().expect("is an object").remove("locationId");
    let refused = send(cast.partner.admin.command("ProvisionSubscriber", &nowhere)).await;
    assert_eq!(refused.code(422), "location_missing");
    let kim = cast.provision(&caller(&cast.customer, "kim@retail.example", "101")).await.expect(200);
    let taken = caller(&cast.customer, "lee@retail.example", "101");
    let refused = send(cast.partner.admin.command("ProvisionSubscriber", &taken)).await;
    assert_eq!(refused.code(409), "extension_taken");
    let lee = cast.provision(&person(&cast.customer, "lee@retail.example")).await.expect(200);
    let (kim, lee) = (text(&kim, "id"), text(&lee, "id"));
    let number = json!({ "extension": "102" });
    assert_eq!(cast.give("AssignNumber", &lee, &number).await.code(422), "calling_package_missing");

    cast.give("AssignNumber", &kim, &number).await.expect(200);
    let calls = json!({
        "packages": ["webex_calling", "attendant_console"],
        "locationId": head_office(&cast.customer), "extension": "101",
    });
    let changed = cast.give("ChangeSubscriberPackages", &lee, &calls).await.expect(200);
    cast.give("ChangeSubscriberPackages", &kim, &json!({ "packages": ["webex_meetings"] })).await.expect(200);

    let row = cast
        .partner
        .service
        .read(&format!("/api/v1/subscribers/{lee}?minPosition={}", text(&changed, "position")))
        .await;
    assert_eq!(row["extension"], "101");
    assert_eq!(row["packages"], json!(["webex_calling", "attendant_console"]));
    let head = cast.program.head().await;
    let row = cast.partner.service.read(&format!("/api/v1/subscribers/{kim}?minPosition={head}")).await;
    assert_eq!(
        (row.get("extension"), row.get("locationId")),
        (None, None),
        "who does not call has no number"
    );
    assert_eq!(cast.give("AssignNumber", &kim, &json!({})).await.status, 400, "nothing is named");
}

async fn a_member_of_another_organization_moves_with_the_mails_token(store: &Store) {
    let cast = Cast::on(store).await;
    let before = register(&cast.operator, "works", &json!({})).await;
    let members = json!({ "organizationId": before, "members": [{ "email": "kim@works.example", "role": "org_user" }] });
    send(cast.operator.command("ImportMembers", &members)).await.expect(200);
    let path = format!("/api/v1/events?partner={before}&type=organization.member_added");
    let member = text(&cast.operator.list(&path).await[0]["data"], "userId");

    let reply = cast.provision(&person(&cast.customer, "kim@works.example")).await;

    let asked = reply.expect(202);
    assert_eq!(asked["status"], "pending_user_migration");
    let id = text(&asked, "id");
    let place = format!("/api/v1/subscribers/{id}?minPosition={}", text(&asked, "position"));
    assert_eq!(reply.header("location"), Some(place.as_str()));
    assert_eq!(cast.row(&id).await["status"], "pending_user_migration");
    let in_use = cast.provision(&person(&cast.customer, "Kim@works.example")).await;
    assert_eq!(in_use.code(409), "email_in_use", "one question is enough");
    let first = mailed(&cast, 1).await;
    assert_eq!(
        (&first[0]["content"]["to"], &first[0]["tenantId"]),
        (&json!("kim@works.example"), &json!(cast.partner.id))
    );
    cast.give("SendConsentMove", &id, &json!({})).await.expect(200);
    let mails = mailed(&cast, 2).await;
    let old = token(&first[0]);
    let new = mails.iter().map(token).find(|token| *token != old).expect("another one");
    for invalid in [old.as_str(), "altered", ""] {
        let refused = by_token(&cast.operator, "AcceptMigration", &json!({ "token": invalid })).await;
        assert!([400, 401].contains(&refused.status), "{}", refused.text);
    }

    let moved = by_token(&cast.operator, "AcceptMigration", &json!({ "token": new })).await.expect(200);

    assert_eq!(moved["organizationId"], json!(cast.organization));
    let row = cast
        .partner
        .service
        .read(&format!("/api/v1/subscribers/{id}?minPosition={}", text(&moved, "position")))
        .await;
    assert_eq!(row["status"], "provisioned");
    let here = member_of(&cast, &cast.organization).await;
    cast.is_member(&cast.organization, Some("org_user"), &here).await;
    cast.is_member(&before, None, &member).await;
    let used = by_token(&cast.operator, "AcceptMigration", &json!({ "token": new })).await;
    assert_eq!(used.code(401), "invalid_token");
    assert_eq!(cast.give("SendConsentMove", &id, &json!({ "again": 1 })).await.status, 400);
    let late = send(cast.partner.admin.command("SendConsentMove", &json!({ "subscriberId": id }))).await;
    assert_eq!(late.code(409), "migration_not_pending");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

/// Waits until the person was asked so often; returns the mails.
async fn mailed(cast: &Cast, count: usize) -> Vec<Value> {
    until("the mail that asks to move", async || {
        let sent = mails(&cast.operator, "consent_move").await;
        (sent.len() == count).then_some(sent)
    })
    .await
}

async fn of_two_partners_at_once_one_has_the_person(store: &Store) {
    let cast = Cast::on(store).await;
    let other = Partner::register(&cast.operator, "Another Resale").await;
    let theirs = text(&other.provisioned(&other.template().await, "customer-18").await, "id");
    let (ours, theirs) = (person(&cast.customer, "kim@free.example"), person(&theirs, "kim@free.example"));

    let (one, two) = tokio::join!(
        send(cast.partner.service.keyed("ProvisionSubscriber", "kim", &ours)),
        send(other.service.keyed("ProvisionSubscriber", "kim", &theirs)),
    );

    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
    let refused = if one.status == 409 { one } else { two };
    assert_eq!(refused.code(409), "email_in_use");
    assert!(
        !refused.text.contains("sbr_") && !refused.text.contains("ptr_"),
        "whose it is stays untold: {}",
        refused.text
    );
    let all = cast.operator.list("/api/v1/subscribers").await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0]["email"], json!({ "personal": "withheld" }), "the operator sees no people");
    let (own, foreign) = (
        text(&all[0], "id"),
        if all[0]["partnerId"] == json!(cast.partner.id) { &other } else { &cast.partner },
    );
    let missing = "sbr_01kpm6f1aqfd7v61bznxez3w6q";
    for id in [own.as_str(), missing] {
        assert_eq!(foreign.admin.get(&format!("/api/v1/subscribers/{id}")).await.status, 404);
        let removal = send(foreign.admin.command("RemoveSubscriber", &json!({ "subscriberId": id }))).await;
        assert_eq!(removal.code(404), "not_found");
    }
}

async fn r70_r71_an_administrator_keeps_the_level_of_its_customer(store: &Store) {
    let cast = Cast::on(store).await;
    let admin = "admin@customer-17.example";
    let less = send(cast.partner.admin.command("ProvisionSubscriber", &person(&cast.customer, admin))).await;
    assert_eq!(less.code(422), "administrator_level");
    assert_eq!(less.json()["rules"], json!(["R70"]));

    let provisioned = cast.provision(&caller(&cast.customer, admin, "100")).await.expect(200);

    let id = text(&provisioned, "id");
    assert_eq!(cast.row(&id).await["administrator"], true);
    let member = member_of(&cast, &cast.organization).await;
    cast.is_member(&cast.organization, Some("org_admin"), &member).await;
    let lower = cast.give("ChangeSubscriberPackages", &id, &json!({ "packages": ["webex_meetings"] })).await;
    assert_eq!(lower.code(422), "administrator_downgrade");
    assert_eq!(lower.json()["rules"], json!(["R71"]));
    let path = format!("/api/v1/organizations/{}", cast.organization);
    assert_eq!(cast.operator.read(&path).await["active"], false, "R21: nobody has accepted the terms");
    let invitations = mails(&cast.operator, "invitation").await;
    by_token(&cast.operator, "AcceptInvitation", &acceptance(&token(&invitations[0]))).await.expect(200);
    until("the administrator who has accepted", async || {
        (cast.operator.get(&path).await.unless_too_early()?["active"] == true).then_some(())
    })
    .await;
    cast.give("RemoveSubscriber", &id, &json!({})).await.expect(200);
    // What the person accepted is the person's own.
    assert_sound(store, Some(&cast.operator), &[]).await;
    cast.is_member(&cast.organization, Some("org_admin"), &member).await;
}

async fn r81_r106_people_of_an_attached_organization_are_no_administrators_and_shown_in_a_limited_form(
    store: &Store,
) {
    let cast = Cast::on(store).await;
    let works = register(&cast.operator, "works", &json!({})).await;
    let template = text(&cast.partner.service.list("/api/v1/templates").await[0], "provisioningId");
    let body = super::attach::attach(&template, &works, "works");
    let attached = send(cast.partner.service.keyed("AttachExistingOrg", "works", &body)).await.expect(202);
    let operation = cast.partner.service.ended(&text(&attached["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    let customer = text(&attached, "id");
    let grants = cast.operator.read(&format!("/api/v1/organizations/{works}")).await;
    assert_eq!(grants["partners"][0]["grant"], "provisioning_admin", "R79: {grants}");

    let first = cast.provision(&person(&customer, "new@works.example")).await.expect(200);
    let known = cast.provision(&person(&customer, "admin@works.example")).await.expect(200);

    for answer in [&first, &known] {
        let row = cast.row(&text(answer, "id")).await;
        assert_eq!(row["administrator"], false, "R106");
        assert_eq!((row.get("email"), row.get("firstName"), row.get("lastName")), (None, None, None), "R81");
        assert_eq!(row["packages"], json!(["webex_meetings"]));
    }
    let member = member_of(&cast, &works).await;
    cast.is_member(&works, Some("org_user"), &member).await;
    let rows = cast.partner.admin.list(&format!("/api/v1/subscribers?customerId={customer}")).await;
    assert!(rows.len() == 2 && rows.iter().all(|row| row.get("email").is_none()), "{rows:?}");
    let admins = cast.operator.list("/api/v1/organizations?adminEmail=admin@works.example").await;
    assert_eq!(admins.len(), 1, "who administered it does so still");
    cast.give("RemoveSubscriber", &text(&known, "id"), &json!({})).await.expect(200);
    cast.give("RemoveSubscriber", &text(&first, "id"), &json!({})).await.expect(200);
    assert_sound(store, Some(&cast.operator), &[]).await;
    cast.is_member(&works, None, &member).await;
    let admins = cast.operator.list("/api/v1/organizations?adminEmail=admin@works.example").await;
    assert_eq!(admins.len(), 1, "also without the subscription");
}

async fn the_subscribers_of_a_customer_go_with_it(store: &Store) {
    let cast = Cast::on(store).await;
    for n in 0..3 {
        cast.provision(&person(&cast.customer, &format!("person{n}@retail.example"))).await.expect(200);
    }
    let named = json!({ "customerId": cast.customer });
    let refused = send(cast.partner.admin.command("RemoveCustomerOrg", &named)).await;
    assert_eq!(refused.status, 409, "{}", refused.text);

    let cascade = json!({ "customerId": cast.customer, "cascade": true });
    let removal = send(cast.partner.admin.command("RemoveCustomerOrg", &cascade)).await.expect(202);
    let operation = cast.partner.service.ended(&text(&removal["operation"], "id")).await;

    assert_eq!(operation["state"], "succeeded", "{operation}");
    until("the end of the subscribers", async || {
        cast.partner.service.list("/api/v1/subscribers").await.is_empty().then_some(())
    })
    .await;
    until("the end of their memberships", async || {
        let path = format!("/api/v1/events?partner={}&type=organization.member_removed", cast.organization);
        (cast.operator.list(&path).await.len() == 3).then_some(())
    })
    .await;
    let template = text(&cast.partner.service.list("/api/v1/templates").await[0], "provisioningId");
    let next = text(&cast.partner.provisioned(&template, "customer-18").await, "id");
    let again =
        send(cast.partner.admin.command("ProvisionSubscriber", &person(&next, "person0@retail.example")))
            .await;
    assert_eq!(again.expect(200)["status"], "provisioned", "the address is free again");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn two_hundred_people_take_a_hundred_and_fifty_seats(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let mut body = bodies::customer(&partner.template().await, "crowd");
    body["provisioningParameters"]["packages"] = json!({ "limits": { "webex_meetings": 150 } });
    let customer = text(&partner.provisioned_with(&body).await, "id");
    let line = |n: usize| {
        let data = person(&customer, &format!("person{n}@crowd.example"));
        json!({ "command": "ProvisionSubscriber", "idempotencyKey": format!("crowd-{n}"), "data": data })
            .to_string()
    };
    let lines: Vec<String> = (0..200).map(line).collect();
    let request = partner.service.request(Method::POST, "/api/v1/commands");

    let reply = send(request.header("content-type", "application/x-ndjson").body(lines.join("\n"))).await;

    let answers: Vec<Value> =
        reply.text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let ids: BTreeSet<String> = answers
        .iter()
        .filter(|answer| answer["status"] == 200)
        .map(|answer| text(&answer["answer"], "id"))
        .collect();
    let refused: Vec<&Value> = answers.iter().filter(|answer| answer["status"] == 409).collect();
    let others: Vec<&Value> =
        answers.iter().filter(|answer| ![json!(200), json!(409)].contains(&answer["status"])).collect();
    assert_eq!((answers.len(), ids.len(), refused.len()), (200, 150, 50), "{others:?}");
    for answer in refused {
        assert_eq!(answer["problem"]["code"], "limit_reached", "{answer}");
    }
    let path =
        format!("/api/v1/subscribers?customerId={customer}&limit=500&minPosition={}", program.head().await);
    assert_eq!(partner.service.list(&path).await.len(), 150);
}
