//! Faults of headers, methods and paths.

use reqwest::Method;
use serde_json::json;

use super::{Case, World, case};
use crate::journey::bodies;

pub(super) fn cases(world: &World) -> Vec<Case> {
    [keys(world), sequences(world), access(world), types(world), methods(world), resumptions(world)]
        .into_iter()
        .flatten()
        .collect()
}

fn keys(world: &World) -> Vec<Case> {
    let command = || world.partner.admin.command("CreateTemplate", &bodies::template());
    let long = "k".repeat(256);
    let wrong: [(&str, &[u8]); 4] = [
        ("an empty idempotency key", b""),
        ("an idempotency key of 256 characters", long.as_bytes()),
        ("an idempotency key that is not ASCII", "schlüssel".as_bytes()),
        ("a tab in an idempotency key", b"one\ttwo"),
    ];
    let mut cases: Vec<Case> = wrong
        .into_iter()
        .map(|(name, key)| case(name, 400, command().header("idempotency-key", key)))
        .collect();
    let twice = command().header("idempotency-key", "one").header("idempotency-key", "two");
    cases.push(case("two idempotency keys", 400, twice));
    let service = world.partner.service.command("CreateTemplate", &bodies::template());
    cases.push(case("a service without an idempotency key", 400, service));
    cases
}

fn sequences(world: &World) -> Vec<Case> {
    let command = || world.command("CreateTemplate", &bodies::template());
    let mut cases: Vec<Case> =
        ["first", "*", "\"1\", \"2\"", "W/\"1\"", "\"1.5\"", "\"99999999999999999999\"", "é"]
            .into_iter()
            .map(|value| {
                case(format!("If-Match {value}"), 400, command().header("if-match", value.as_bytes()))
            })
            .collect();
    cases.push(case("two If-Match", 400, command().header("if-match", "\"0\"").header("if-match", "\"1\"")));
    let fresh = with_name("Fresh");
    let another = world.command("CreateTemplate", &fresh).header("if-match", "\"7\"");
    cases.push(case("If-Match of another sequence", 412, another));
    cases
}

fn with_name(name: &str) -> serde_json::Value {
    let mut body = bodies::template();
    body["name"] = json!(name);
    body
}

fn access(world: &World) -> Vec<Case> {
    let get = || world.operator.stranger(Method::GET, "/api/v1/customers");
    let unknown = "Bearer tnt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    let mut cases: Vec<Case> =
        ["Bearer", "Bearer ", "Basic dGVuYW50cnk=", "nonsense", unknown, "Bearer schlüssel"]
            .into_iter()
            .map(|value| {
                case(format!("Authorization {value}"), 401, get().header("authorization", value.as_bytes()))
            })
            .collect();
    cases.push(case("no access key", 401, get()));
    let revoke = json!({ "keyId": "key_01m7yp5x7veej9eg2805wyf7ws" });
    cases.push(case("a revoked access key", 401, world.revoked.command("RevokeKey", &revoke)));
    cases.push(case("an expired access key", 401, world.expired.command("RevokeKey", &revoke)));
    let auditor = world.partner.auditor.command("CreateTemplate", &bodies::template());
    cases.push(case("a role that may only read", 403, auditor));
    for (role, path) in
        [("partner_admin", "partners"), ("service", "events"), ("auditor", "keys"), ("service", "tasks")]
    {
        let reader = match role {
            "partner_admin" => &world.partner.admin,
            "auditor" => &world.partner.auditor,
            _ => &world.partner.service,
        };
        let request = reader.request(Method::GET, &format!("/api/v1/{path}"));
        cases.push(case(format!("{path} for the role {role}"), 403, request));
    }
    cases
}

fn types(world: &World) -> Vec<Case> {
    let post = |path: &str, media_type: &str| {
        let request = world.partner.admin.request(Method::POST, path);
        request.header("content-type", media_type).body("{}")
    };
    vec![
        case("a command as text", 415, post("/api/v1/commands/CreateTemplate", "text/plain")),
        case(
            "a command as a form",
            415,
            post("/api/v1/commands/CreateTemplate", "application/x-www-form-urlencoded"),
        ),
        case("many commands as text", 415, post("/api/v1/commands", "text/plain")),
        case("usage as JSON", 415, post("/api/v1/usage", "application/json")),
    ]
}

fn methods(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for (method, path, allowed) in [
        (Method::DELETE, "customers", "GET,HEAD"),
        (Method::PUT, "templates/nonsense", "GET,HEAD"),
        (Method::GET, "commands/CreateTemplate", "POST"),
        (Method::PATCH, "usage", "GET,HEAD,POST"),
        (Method::GET, "projections/customers/verify", "POST"),
    ] {
        let request = world.operator.request(method.clone(), &format!("/api/v1/{path}"));
        let mut case = case(format!("{method} {path}"), 405, request);
        case.allow = Some(allowed);
        cases.push(case);
    }
    for path in [
        "/api/v1/customer",
        "/api/v2/customers",
        "/api/v1/customers/",
        "/api",
        "/api/v1/projections/none/verify",
    ] {
        let method = if path.ends_with("verify") { Method::POST } else { Method::GET };
        cases.push(case(format!("nothing at {path}"), 404, world.operator.request(method, path)));
    }
    cases
}

fn resumptions(world: &World) -> Vec<Case> {
    let stream = || world.get("/api/v1/events").header("accept", "text/event-stream");
    ["last", "1.5", "99999999999999999999", "é"]
        .into_iter()
        .map(|id| case(format!("Last-Event-ID {id}"), 400, stream().header("last-event-id", id.as_bytes())))
        .collect()
}
