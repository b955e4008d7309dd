//! Faults of usage: of a body, which is then turned down whole, and of records, each of which is turned down by itself.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tenantry::limits::USAGE_RECORDS_MAX;

use super::{Case, World, case, in_parts};

const SINGLE: &str = "application/cloudevents+json";
const BATCH: &str = "application/cloudevents-batch+json";

pub(super) fn cases(world: &World) -> Vec<Case> {
    [bodies(world), records(world)].into_iter().flatten().collect()
}

fn hand_in(world: &World, media_type: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    let request = world.partner.service.request(Method::POST, "/api/v1/usage");
    request.header("content-type", media_type).body(body)
}

fn record(world: &World) -> Value {
    json!({
        "specversion": "1.0", "id": "call-1", "source": "switch-1", "type": "calls.minutes",
        "subject": world.organization, "time": "2026-01-31T10:15:00Z", "data": { "value": "12.5" },
    })
}

fn bodies(world: &World) -> Vec<Case> {
    let many = json!(vec![json!({}); USAGE_RECORDS_MAX + 1]).to_string();
    vec![
        case("a body that is no JSON", 400, hand_in(world, SINGLE, "{")),
        case("a batch that is no array", 400, hand_in(world, BATCH, record(world).to_string())),
        case("too many records", 400, hand_in(world, BATCH, many)),
        case("a field that stands twice", 400, hand_in(world, SINGLE, r#"{"id":"1","id":"2"}"#)),
        case("a role that meters nothing", 403, {
            let request = world.partner.auditor.request(Method::POST, "/api/v1/usage");
            request.header("content-type", SINGLE).body(record(world).to_string())
        }),
        case("an unknown field of a correction", 400, {
            let body = json!({ "organizationId": world.organization, "meter": "calls.minutes", "amount": 3 });
            world.command("CorrectUsage", &body)
        }),
        case(
            "a meter without a kind",
            400,
            world.operator.command("DefineMeter", &json!({ "name": "x", "unit": "y" })),
        ),
        case("a meter that is another already", 409, {
            let meter = json!({ "name": "calls.minutes", "kind": "maximum", "unit": "minutes" });
            world.operator.command("DefineMeter", &meter)
        }),
    ]
}

fn records(world: &World) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (field, value) in [
        ("specversion", json!("0.3")),
        ("specversion", json!(1.0)),
        ("id", json!("")),
        ("id", json!("x".repeat(129))),
        ("source", json!("a\0b")),
        ("type", json!("Calls Minutes")),
        ("subject", json!("org_nonsense")),
        ("subject", json!(world.customer)),
        ("subject", json!("org_01m7yp5x7veej9eg2805wyf7ws")),
        ("time", json!("31.01.2026")),
        ("time", json!("2026-01-31T10:15:00")),
        ("time", json!("2999-01-31T10:15:00Z")),
        ("time", json!("9999-12-31T23:59:59Z")),
        ("data", json!({ "value": 12.5 })),
        ("data", json!({ "value": "1e5" })),
        ("data", json!({ "value": "a lot" })),
        ("data", json!({ "value": "-1" })),
        ("data", json!({ "value": "0.1234567" })),
        ("data", json!({ "value": "9".repeat(33) })),
        ("data", json!({ "value": "1", "package": "webex_telepathy" })),
        ("data", json!({ "value": "1", "unit": "minutes" })),
        ("data", json!("12.5")),
    ] {
        let mut wrong = record(world);
        wrong[field] = value.clone();
        let shown = value.to_string().replace(&world.customer, "a customer").replace('\0', "0");
        let shown: String = shown.chars().take(40).collect();
        cases.push(in_parts(format!("{field} {shown}"), hand_in(world, SINGLE, wrong.to_string())));
    }
    for field in ["specversion", "id", "source", "type", "subject", "time", "data"] {
        let mut wrong = record(world);
        wrong.as_object_mut().expect("it is an object").remove(field);
        cases.push(in_parts(format!("no {field}"), hand_in(world, BATCH, json!([wrong]).to_string())));
    }
    let all = json!([null, [], "text", 5, {}]).to_string();
    cases.push(in_parts("records that are no objects", hand_in(world, BATCH, all)));
    cases
}
