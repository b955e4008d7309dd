//! Faults of bodies: what is no JSON, what is of no right kind, and what a rule refuses.

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use super::{Case, World, case, in_parts};
use crate::journey::bodies;
use tenantry::limits::{BATCH_LINES_MAX, BODY_BYTES_MAX};

pub(super) fn cases(world: &World) -> Vec<Case> {
    [unreadable(world), wrong_values(world), refused(world), lines(world)].into_iter().flatten().collect()
}

/// Returns a body with another value at a place.
pub(super) fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer begins with a slash");
    body.pointer_mut(parent).expect("the parent is there")[name] = value;
    body
}

pub(super) fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().expect("it is an object").remove(field);
    body
}

fn unreadable(world: &World) -> Vec<Case> {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let texts: [(&str, Vec<u8>); 11] = [
        ("no body", Vec::new()),
        ("an unfinished body", b"{\"name\":".to_vec()),
        ("single quotes", b"{'name':'Standard'}".to_vec()),
        ("two values", b"{} {}".to_vec()),
        ("a byte that is no UTF-8", b"{\"name\":\"\xff\"}".to_vec()),
        ("half of a surrogate pair", b"{\"name\":\"\\ud800\"}".to_vec()),
        ("a character 0 between values", b"{\"name\":\0\"Standard\"}".to_vec()),
        ("a control character in a text", b"{\"name\":\"a\nb\"}".to_vec()),
        ("deep nesting", deep.into_bytes()),
        ("a number beyond all numbers", b"{\"name\":1e999}".to_vec()),
        ("not a number", b"{\"name\":NaN}".to_vec()),
    ];
    let mut cases: Vec<Case> =
        texts.into_iter().map(|(name, text)| case(name, 400, world.bytes("CreateTemplate", text))).collect();
    let twice = br#"{"name":"One","name":"Two","authentication":{"method":"saml","method":"builtin"}}"#;
    cases.push(case("fields that stand twice", 400, world.bytes("CreateTemplate", &twice[..])));
    for (name, value) in [("an array", json!([])), ("null", json!(null)), ("a text", json!("Standard"))] {
        cases.push(case(format!("{name} for an object"), 400, world.command("CreateTemplate", &value)));
    }
    let long = "x".repeat(BODY_BYTES_MAX + 1);
    cases.push(case("a body that is too large", 413, world.bytes("CreateTemplate", long)));
    cases
}

fn wrong_values(world: &World) -> Vec<Case> {
    let customer = |pointer: &str, value: Value| {
        let body = with(bodies::customer(&world.provisioning_id, "customer-18"), pointer, value);
        world.command("CreateCustomerOrg", &body)
    };
    let template = |pointer: &str, value: Value| {
        world.command("CreateTemplate", &with(bodies::template(), pointer, value))
    };
    let key = |pointer: &str, value: Value| {
        let body = json!({ "role": "service", "name": "A key" });
        world.partner.admin.command("IssueKey", &with(body, pointer, value))
    };
    let location = "/provisioningParameters/calling/location";
    let limit = "/provisioningParameters/packages/limits/webex_calling";
    let wrong: Vec<(&str, RequestBuilder)> = vec![
        ("a number for a text", template("/name", json!(5))),
        ("a text for a switch", template("/default", json!("yes"))),
        ("null for what is required", template("/name", Value::Null)),
        ("an unknown field", template("/brandname", json!("Example Voice"))),
        ("an unknown field like no other", template("/quux", json!(1))),
        ("an unknown field deep inside", customer("/address/strasse", json!("1 Example Street"))),
        (
            "several faults at once",
            world.command("CreateTemplate", &json!({ "name": "", "kind": "retail", "nam": 1 })),
        ),
        ("a name of 201 characters", template("/name", json!("x".repeat(201)))),
        ("a blank name", template("/name", json!(" \t "))),
        ("a character 0 in a name", template("/name", json!("a\0b"))),
        ("an unknown kind", template("/kind", json!("retail"))),
        ("an unknown country", template("/country", json!("XX"))),
        ("a country in small letters", template("/country", json!("de"))),
        ("a country of three letters", template("/country", json!("DEU"))),
        ("an unknown language", template("/language", json!("German!"))),
        ("an address without a domain", template("/serviceProviderAdmin", json!("admin@"))),
        ("an address of two", template("/serviceProviderAdmin", json!("a@b.example, c@d.example"))),
        (
            "an address of 300 characters",
            template("/serviceProviderAdmin", json!("a".repeat(290) + "@b.example")),
        ),
        ("an unknown sign-in method", template("/authentication/method", json!("magic"))),
        ("an ID of another kind", key("/partnerId", json!(world.customer))),
        ("an ID that is cut short", key("/partnerId", json!("ptr_01m7"))),
        ("an unknown role", key("/role", json!("emperor"))),
        ("a date for a time", key("/expiresAt", json!("2030-01-31"))),
        ("a time without a zone", key("/expiresAt", json!("2030-01-31T12:00:00"))),
        ("a time that there is not", key("/expiresAt", json!("2030-02-30T12:00:00Z"))),
        ("a time after all times", key("/expiresAt", json!("9999-12-31T23:59:59Z"))),
        ("a time as a number", key("/expiresAt", json!(1_900_000_000))),
        ("no provisioning ID", customer("/provisioningId", json!("no such text"))),
        ("a provisioning ID that is none", customer("/provisioningId", json!("A".repeat(48)))),
        ("an external ID of 129 characters", customer("/externalId", json!("x".repeat(129)))),
        ("a line of 51 characters", customer("/address/addressLine1", json!("x".repeat(51)))),
        ("an unknown time zone", customer(&format!("{location}/timezone"), json!("Europe/Nowhere"))),
        ("a time zone that is a path", customer(&format!("{location}/timezone"), json!("../../etc/passwd"))),
        ("an unknown package", customer("/packages", json!(["webex_telepathy"]))),
        ("no packages", customer("/packages", json!([]))),
        ("packages that are no list", customer("/packages", json!("webex_calling"))),
        ("a limit below zero", customer(limit, json!(-1))),
        ("a limit of a half", customer(limit, json!(0.5))),
        ("a limit beyond all limits", customer(limit, json!(99_999_999_999_u64))),
        ("a limit written with a point", customer(limit, json!(25.0))),
    ];
    wrong.into_iter().map(|(name, request)| case(name, 400, request)).collect()
}

fn refused(world: &World) -> Vec<Case> {
    let customer = bodies::customer(&world.provisioning_id, "customer-18");
    let changed = |pointer: &str, value: Value| {
        world.command("CreateCustomerOrg", &with(customer.clone(), pointer, value))
    };
    let reused = with(bodies::template(), "/name", json!("Another"));
    let of_other = with(bodies::template(), "/authentication", json!({ "method": "saml" }));
    let admin = |body: &Value| world.partner.admin.command("IssueKey", body);
    let past = json!({ "role": "service", "name": "A key", "expiresAt": "2020-01-31T12:00:00Z" });
    vec![
        case("a key that was used", 422, world.partner.service.keyed("CreateTemplate", "template", &reused)),
        case("a template's name that is taken", 409, world.command("CreateTemplate", &bodies::template())),
        case("an external ID that is taken", 409, changed("/externalId", json!("customer-17"))),
        case(
            "a provisioning ID of no template",
            422,
            changed("/provisioningId", json!("MDE5ZTAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw")),
        ),
        case("a package twice", 422, changed("/packages", json!(["webex_calling", "webex_calling"]))),
        case("an add-on without its base", 422, changed("/packages", json!(["attendant_console"]))),
        case(
            "calling without a location",
            422,
            world.command("CreateCustomerOrg", &without(customer.clone(), "provisioningParameters")),
        ),
        case("a sign-in method without its provider", 422, world.command("CreateTemplate", &of_other)),
        case("a key that has expired before", 422, admin(&past)),
        case("a key of a role that a partner has none of", 403, {
            admin(&json!({ "role": "org_admin", "name": "A key" }))
        }),
        case("a role without its tenant", 422, {
            world.operator.command("IssueKey", &json!({ "role": "org_admin", "name": "A key" }))
        }),
        case("a role above one's own", 403, world.command("RegisterPartner", &bodies::partner("Own"))),
        case("a missing key to revoke", 404, {
            let missing = json!({ "keyId": "key_01m7yp5x7veej9eg2805wyf7ws" });
            world.partner.admin.command("RevokeKey", &missing)
        }),
        case("an unknown command", 404, world.command("CreateTemplates", &json!({}))),
        case("a command in small letters", 404, world.command("createtemplate", &json!({}))),
    ]
}

fn lines(world: &World) -> Vec<Case> {
    let many = |body: String| {
        let request = world.partner.service.request(reqwest::Method::POST, "/api/v1/commands");
        request
            .header("content-type", "application/x-ndjson")
            .header("idempotency-key", "faulty-lines")
            .body(body)
    };
    let bad = [
        "{".to_owned(),
        json!({ "command": "CreateTemplates", "data": {} }).to_string(),
        json!({ "command": "CreateTemplate" }).to_string(),
        json!({ "comand": "CreateTemplate", "data": {}, "idempotencyKey": "" }).to_string(),
        json!({ "command": "CreateTemplate", "data": { "name": 5 } }).to_string(),
        r#"{"command":"CreateTemplate","command":"CreateTemplate","data":{}}"#.to_owned(),
        json!({ "command": "RevokeKey", "data": { "keyId": { "fromLine": 9, "field": "id" } } }).to_string(),
        json!({ "command": "CreateCustomerOrg", "data": { "provisioningId": { "fromLine": 1, "field": "id" } } }).to_string(),
        "\"text\"".to_owned(),
        "[".repeat(1000),
    ];
    vec![
        in_parts("lines that are all bad", many(bad.join("\n"))),
        case("too many lines", 400, many("{}\n".repeat(BATCH_LINES_MAX + 1))),
        case("many commands with a sequence", 400, many(String::new()).header("if-match", "\"1\"")),
    ]
}
