//! A partner's callers act for a sub-partner under it, and for nobody else.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::bodies;
use super::cases::case;
use super::cast::Partner;
use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::verbs::{Where, answered, refused};
use crate::harness::{Store, assert_sound};

on_both_databases!(
    r7_a_partner_acts_for_its_sub_partner_in_the_sub_partners_tenant,
    whoever_is_not_the_parent_finds_no_such_partner,
    neither_a_suspended_parent_nor_a_suspended_sub_partner_gains_by_it,
    a_key_of_commands_belongs_to_the_caller_whomever_it_acts_for,
    the_primary_contact_of_a_case_for_a_sub_partner_is_the_caller,
    the_command_line_acts_for_a_sub_partner,
);

const HEADER: &str = "tenantry-on-behalf-of";

/// A partner and one below it.
struct Family {
    parent: Partner,
    sub: Partner,
}

impl Family {
    async fn register(operator: &Client) -> Self {
        let parent = Partner::register(operator, "Example Trade").await;
        let sub = below(operator, &parent.id, "Example Branch").await;
        Self { parent, sub }
    }
}

/// Registers a partner below another one.
async fn below(operator: &Client, parent: &str, name: &str) -> Partner {
    let mut body = bodies::partner(name);
    body["parentId"] = json!(parent);
    let id = text(&send(operator.command("RegisterPartner", &body)).await.expect(200), "id");
    let issue = async |role: &str| {
        let body = json!({ "role": role, "partnerId": id, "name": format!("{role} of {name}") });
        let issued = send(operator.command("IssueKey", &body)).await.expect(200);
        operator.with_key(&text(&issued, "key"))
    };
    let (service, admin, auditor) =
        (issue("service").await, issue("partner_admin").await, issue("auditor").await);
    Partner { id, service, admin, auditor }
}

fn get(client: &Client, path: &str, sub: &str) -> RequestBuilder {
    client.request(Method::GET, path).header(HEADER, sub)
}

async fn r7_a_partner_acts_for_its_sub_partner_in_the_sub_partners_tenant(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;

    let create = parent.service.keyed("CreateTemplate", "template", &bodies::template());
    let created = send(create.header(HEADER, &sub.id)).await.expect(200);

    let head = program.head().await;
    let path = format!("/api/v1/templates?minPosition={head}");
    let seen = send(get(&parent.admin, &path, &sub.id)).await.expect(200);
    assert_eq!(seen["items"][0]["provisioningId"], created["provisioningId"]);
    assert_eq!(
        seen["items"][0]["serviceProviderAdmin"], "admin@resale.example",
        "as the sub-partner sees it"
    );
    assert_eq!(sub.admin.list(&path).await.len(), 1);
    assert_eq!(parent.admin.list(&path).await, Vec::<Value>::new(), "its own are others");
    let events = sub.admin.list("/api/v1/events?type=template.created").await;
    assert_eq!(events[0]["tenantId"], sub.id.as_str());
    assert_eq!(events[0]["onBehalfOf"], sub.id.as_str());
    let keys = parent.admin.list(&format!("/api/v1/keys?minPosition={head}")).await;
    assert!(keys.iter().any(|key| key["id"] == events[0]["actor"]["id"]), "the actor is the caller");
    // Its roles are the same.
    let forbidden = parent.auditor.command("CreateTemplate", &bodies::template()).header(HEADER, &sub.id);
    assert_eq!(send(forbidden).await.code(403), "role_forbidden");
    // What was done by the sub-partner itself names nobody.
    let template = text(&created, "provisioningId");
    let body = bodies::customer(&template, "branch-1");
    let asked = parent.service.keyed("CreateCustomerOrg", "branch-1", &body).header(HEADER, &sub.id);
    let asked = send(asked).await.expect(202);
    sub.service.ended(&text(&asked["operation"], "id")).await;
    let provisioned = sub.admin.list("/api/v1/events?type=customer.provisioned").await;
    assert_eq!(provisioned[0]["onBehalfOf"], sub.id.as_str(), "what follows from it names whom it was for");
    let path = format!("/api/v1/customers/{}", text(&asked, "id"));
    assert_eq!(send(get(&parent.service, &path, &sub.id)).await.status, 200);
    assert_eq!(parent.service.get(&path).await.code(404), "not_found");
    let lines = format!(
        "{}\n",
        json!({ "command": "SetBrandingOverride", "data": { "customerId": asked["id"], "override": true } })
    );
    let many = parent.admin.request(Method::POST, "/api/v1/commands").header(HEADER, &sub.id);
    let many = send(many.header("content-type", "application/x-ndjson").body(lines)).await;
    assert_eq!(many.json()["status"], 200, "{}", many.text);
    assert_sound(store, Some(&operator), &[]).await;
}

async fn whoever_is_not_the_parent_finds_no_such_partner(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;
    let stranger = Partner::register(&operator, "Example Rival").await;
    let grandchild = below(&operator, &sub.id, "Example Counter").await;
    let missing = "ptr_01kpm6f1aqfd7v61bznxez3w6q".to_owned();
    let tried = [
        (&stranger.admin, &sub.id),
        (&sub.admin, &parent.id),
        (&parent.admin, &parent.id),
        (&parent.admin, &stranger.id),
        (&parent.admin, &missing),
        // Direct sub-partners only.
        (&parent.admin, &grandchild.id),
        (&operator, &sub.id),
    ];
    for (client, other) in tried {
        let expected = format!("there is no partner {other}");
        let read = send(get(client, "/api/v1/customers", other)).await;
        assert_eq!((read.code(404).as_str(), &read.json()["detail"]), ("not_found", &json!(expected)));
        let given = client.keyed("CreateTemplate", "x", &bodies::template()).header(HEADER, other);
        let given = send(given).await;
        assert_eq!((given.code(404).as_str(), &given.json()["detail"]), ("not_found", &json!(expected)));
    }
    let unreadable = send(get(&parent.admin, "/api/v1/customers", "ptr_17")).await;
    assert_eq!(unreadable.code(400), "malformed");
    let twice = get(&parent.admin, "/api/v1/customers", &sub.id).header(HEADER, &sub.id);
    assert_eq!(send(twice).await.code(400), "malformed");
}

async fn neither_a_suspended_parent_nor_a_suspended_sub_partner_gains_by_it(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;
    let create = async |name: &str| {
        let mut body = bodies::template();
        body["name"] = json!(name);
        send(parent.service.keyed("CreateTemplate", name, &body).header(HEADER, &sub.id)).await
    };
    for partner in [&parent.id, &sub.id] {
        let named = json!({ "partnerId": partner });
        send(operator.command("SuspendPartner", &named)).await.expect(200);
        let refused = create(partner).await;
        assert_eq!(refused.code(403), "partner_suspended");
        assert!(refused.text.contains(partner.as_str()), "{}", refused.text);
        assert_eq!(send(get(&parent.service, "/api/v1/customers", &sub.id)).await.status, 200, "it reads");
        send(operator.command("ReactivatePartner", &named)).await.expect(200);
    }
    create("Standard").await.expect(200);
}

async fn a_key_of_commands_belongs_to_the_caller_whomever_it_acts_for(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;
    let other = below(&operator, &parent.id, "Example Kiosk").await;
    let create = async |on_behalf_of: Option<&str>| {
        let request = parent.service.keyed("CreateTemplate", "one", &bodies::template());
        send(match on_behalf_of {
            Some(sub) => request.header(HEADER, sub),
            None => request,
        })
        .await
    };

    let first = create(Some(&sub.id)).await;
    first.expect(200);

    assert_eq!(create(Some(&sub.id)).await.repeatable(), first.repeatable());
    assert_eq!(create(None).await.code(422), "idempotency_key_reused");
    assert_eq!(create(Some(&other.id)).await.code(422), "idempotency_key_reused");
    // The sub-partner's own callers have keys of their own.
    let mut body = bodies::template();
    body["name"] = json!("Another");
    send(sub.service.keyed("CreateTemplate", "one", &body)).await.expect(200);
}

async fn the_primary_contact_of_a_case_for_a_sub_partner_is_the_caller(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;
    let issue = json!({ "role": "partner_admin", "name": "Pat Parent", "email": "pat@trade.example" });
    let issued = send(parent.admin.command("IssueKey", &issue)).await.expect(200);
    let pat = operator.with_key(&text(&issued, "key"));
    let create = parent.service.keyed("CreateTemplate", "template", &bodies::template());
    let template = text(&send(create.header(HEADER, &sub.id)).await.expect(200), "provisioningId");
    let mut body = case(Some(&template));
    body.as_object_mut().expect("is an object").remove("primaryContact");

    let asked = send(pat.keyed("CreateCase", "case", &body).header(HEADER, &sub.id)).await.expect(202);

    sub.service.ended(&text(&asked["operation"], "id")).await;
    let mails = operator.list("/api/v1/outbox").await;
    assert_eq!((mails.len(), &mails[0]["content"]["to"]), (1, &json!("pat@trade.example")));
    let row = sub.admin.read(&format!("/api/v1/cases/{}", text(&asked, "id"))).await;
    assert_eq!(row["primaryContact"]["email"], "pat@trade.example");
}

async fn the_command_line_acts_for_a_sub_partner(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let Family { parent, sub } = Family::register(&operator).await;
    let (admin, template) = (Where::Server(&parent.admin), bodies::template().to_string());

    answered(&home, &admin, &["template", "create", "--data", &template, "--on-behalf-of", &sub.id]);

    let events = sub.admin.list("/api/v1/events?type=template.created").await;
    assert_eq!(events[0]["onBehalfOf"], sub.id.as_str());
    let listed = ["customer", "list", "--on-behalf-of", &parent.id];
    assert_eq!(refused(&home, &admin, &listed).0, 4);
}
