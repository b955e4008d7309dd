//! Everything that can be wrong with a request, and the problem that it is answered with.

use reqwest::Method;
use serde_json::{Value, json};
use tenantry::limits::BODY_BYTES_MAX;

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, send, text};
use crate::journey::program::{Home, Program};

on_both_databases!(
    every_fault_of_a_body_is_named_at_once,
    a_rule_that_refuses_names_itself_and_a_remedy,
    what_cannot_be_found_is_not_found,
    what_is_not_there_is_named_as_it_was_asked_for,
    what_cannot_be_read_is_malformed,
    a_range_that_ends_before_it_begins_is_refused,
    a_method_that_a_path_does_not_know_is_refused_with_those_it_knows,
    a_body_is_json_and_not_too_large,
    nobody_gets_in_without_a_valid_key,
    a_service_sends_its_own_key_of_every_command,
);

/// Returns a problem without what differs from request to request.
fn stable(reply: &Reply) -> Value {
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{}", reply.text);
    let mut problem = reply.json();
    let tracking_id = problem.as_object_mut().and_then(|fields| fields.remove("trackingId"));
    assert_eq!(tracking_id.as_ref().and_then(Value::as_str), reply.header("tracking-id"));
    assert_eq!(problem["status"], reply.status);
    problem
}

async fn every_fault_of_a_body_is_named_at_once(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let body = json!({
        "provisioningId": "no such text", "packages": ["webex_calling", "webex_telepathy"],
        "adress": {}, "address": { "addressLine1": "", "city": 5, "country": "XX" },
        "customerInfo": { "name": " ", "primaryEmail": "nobody@", "language": "German!" },
        "provisioningParameters": { "packages": { "limits": { "webex_calling": -1 } } },
    });

    let reply = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await;

    insta::assert_json_snapshot!("every_fault", stable(&reply));
}

async fn a_rule_that_refuses_names_itself_and_a_remedy(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut body = bodies::customer(&template, "customer-17");
    body["provisioningParameters"].take();

    let reply = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await;

    insta::assert_json_snapshot!("refused_by_a_rule", stable(&reply));
}

async fn what_cannot_be_found_is_not_found(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();

    let command = send(operator.command("CreateCustomer", &json!({}))).await;
    let path = operator.get("/api/v1/customer").await;

    insta::assert_json_snapshot!("unknown_command", stable(&command));
    insta::assert_json_snapshot!("unknown_path", stable(&path));
    let unknown = "cust_01m7yp5x7veej9eg2805wyf7ws";
    for path in [
        format!("/api/v1/customers/{unknown}"),
        "/api/v1/customers/nonsense".to_owned(),
        format!("/api/v1/aggregates/customer/{unknown}"),
        format!("/api/v1/aggregates/nonsense/{unknown}"),
        "/api/v1/operations/nonsense".to_owned(),
    ] {
        assert_eq!(operator.get(&path).await.code(404), "not_found", "{path}");
    }
    for path in ["/api/v1/projections/nonsense/verify", "/api/v1/projections/nonsense/rebuild"] {
        assert_eq!(send(operator.post(path, &json!({}))).await.code(404), "not_found", "{path}");
    }
}

async fn what_is_not_there_is_named_as_it_was_asked_for(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let elsewhere = Partner::register(&program.operator(), "Example Voice").await;
    let template = elsewhere.template().await;
    let foreign = text(&elsewhere.provisioned(&template, "customer-17").await, "id");
    let missing = "cust_01m7yp5x7veej9eg2805wyf7ws";
    let detail = async |path: &str| text(&partner.admin.get(path).await.expect(404), "detail");
    for id in [foreign.as_str(), missing] {
        for path in ["customers", "provisioning", "aggregates/customer"] {
            assert_eq!(detail(&format!("/api/v1/{path}/{id}")).await, format!("there is no customer {id}"));
        }
        let at_first = format!("/api/v1/aggregates/customer/{id}?at=1");
        assert_eq!(detail(&at_first).await, format!("there is no customer {id}"));
    }
    let tenant = format!("there is no tenant {}", elsewhere.id);
    assert_eq!(detail(&format!("/api/v1/customers?tenant={}", elsewhere.id)).await, tenant);
    assert_eq!(detail(&format!("/api/v1/events?partner={}", elsewhere.id)).await, tenant);

    let key = json!({ "keyId": "key_01m7yp5x7veej9eg2805wyf7ws" });
    let revoked = send(partner.admin.command("RevokeKey", &key)).await.expect(404);
    let issue = json!({ "role": "service", "partnerId": elsewhere.id, "name": "A key" });
    let issued = send(partner.admin.command("IssueKey", &issue)).await.expect(404);
    let view = send(program.operator().post("/api/v1/projections/nonsense/verify", &json!({}))).await;

    assert_eq!(revoked["detail"], "there is no key key_01m7yp5x7veej9eg2805wyf7ws");
    assert_eq!(issued["detail"], format!("there is no partner {}", elsewhere.id));
    assert_eq!(view.expect(404)["detail"], "there is no view nonsense");
}

async fn what_cannot_be_read_is_malformed(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;

    let reply = partner.admin.get("/api/v1/customers?limit=many").await;

    insta::assert_json_snapshot!("malformed", stable(&reply));
    for path in [
        "/api/v1/customers?limit=0",
        "/api/v1/customers?limit=501",
        "/api/v1/customers?cursor=nonsense",
        "/api/v1/customers?minPosition=soon",
        "/api/v1/customers?cursor=cGxhdGZvcm0gAA",
        "/api/v1/customers?externalId=%00",
        "/api/v1/customers/%00",
        "/api/v1/aggregates/customer/%00",
        "/api/v1/events?aggregate=a%00b",
        "/api/v1/customers?nonsense=1",
        "/api/v1/customers?tenant=nonsense",
        "/api/v1/customers/nonsense?minPosition=soon",
        "/api/v1/events?limit=501",
        "/api/v1/events?from=start",
        "/api/v1/events?to=end",
        "/api/v1/events?since=yesterday",
        "/api/v1/events?until=tomorrow",
        "/api/v1/events?cursor=nonsense",
        "/api/v1/events?partner=nonsense",
        "/api/v1/events?nonsense=1",
        "/api/v1/aggregates/customer/nonsense?at=noon",
    ] {
        assert_eq!(partner.admin.get(path).await.code(400), "malformed", "{path}");
    }
    let wrong_mode =
        partner.admin.post("/api/v1/commands/CreateTemplate?dryRun=perhaps", &bodies::template());
    assert_eq!(send(wrong_mode).await.code(400), "malformed");
    let odd_sequences = ["\"first\"", "\"3", "3\"", "\"\"3\"\"", "+3", "-3", "*", "\"3\", \"4\"", "W/\"3\""];
    let odd_keys = ["", "a\tb", &"k".repeat(256)];
    for (name, value) in odd_sequences
        .map(|text| ("if-match", text))
        .into_iter()
        .chain(odd_keys.map(|text| ("idempotency-key", text)))
    {
        let command = partner.admin.command("CreateTemplate", &bodies::template()).header(name, value);
        assert_eq!(send(command).await.code(400), "malformed", "{name}: {value}");
    }
}

async fn a_range_that_ends_before_it_begins_is_refused(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let organization = "organizationId=org_01m7yp5x7veej9eg2805wyf7ws";
    for (path, pointers) in [
        ("events?from=10&to=2".to_owned(), ["from", "to"]),
        ("events?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z".to_owned(), ["since", "until"]),
        (format!("usage?{organization}&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"), ["from", "to"]),
    ] {
        let problem = program.operator().get(&format!("/api/v1/{path}")).await.expect(400);

        let errors = problem["errors"].as_array().expect("there are faults");
        let named: Vec<_> = errors.iter().map(|fault| text(fault, "pointer")).collect();
        assert_eq!(named, pointers, "{path}");
    }
    program.operator().read("/api/v1/events?from=2&to=2").await;
}

async fn a_method_that_a_path_does_not_know_is_refused_with_those_it_knows(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;

    let reply = send(program.operator().request(Method::DELETE, "/api/v1/customers")).await;

    insta::assert_json_snapshot!("method_not_allowed", stable(&reply));
    assert_eq!(reply.header("allow"), Some("GET,HEAD"));
}

async fn a_body_is_json_and_not_too_large(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let post = || operator.request(Method::POST, "/api/v1/commands/RegisterPartner");
    let json = || post().header("content-type", "application/json; charset=utf-8");

    let too_large = send(json().body("x".repeat(BODY_BYTES_MAX + 1))).await;
    let plain = send(post().header("content-type", "text/plain").body("{}")).await;
    let broken = send(json().body("{\"name\":")).await;

    assert_eq!(too_large.code(413), "body_too_large");
    assert_eq!(plain.code(415), "unsupported_media_type");
    assert_eq!(broken.code(400), "malformed");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [deep, "[]".to_owned(), "null".to_owned(), String::new()] {
        assert_eq!(send(json().body(body)).await.code(400), "malformed");
    }
    let foreign = json().body(vec![b'"', 0xff, b'"']);
    assert_eq!(send(foreign).await.code(400), "malformed");
}

async fn nobody_gets_in_without_a_valid_key(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let wrong = Client::new(&program.url, "tnt_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

    let reply = wrong.get("/api/v1/customers").await;

    insta::assert_json_snapshot!("unauthenticated", stable(&reply));
    assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    let paths = ["customers", "events", "operations", "projections", "tasks", "commands", "keys", "partners"];
    for path in paths.map(|path| format!("/api/v1/{path}")) {
        assert_eq!(send(wrong.stranger(Method::GET, &path)).await.code(401), "unauthenticated", "{path}");
        assert_eq!(wrong.get(&path).await.code(401), "unauthenticated", "{path}");
    }
    for authorization in ["Bearer", "Bearer ", "Basic dGVuYW50cnk=", "nonsense"] {
        let request = wrong.stranger(Method::GET, "/api/v1/customers").header("authorization", authorization);
        assert_eq!(send(request).await.code(401), "unauthenticated", "{authorization}");
    }
}

async fn a_service_sends_its_own_key_of_every_command(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;

    let reply = send(partner.service.command("CreateTemplate", &bodies::template())).await;

    insta::assert_json_snapshot!("no_key_of_its_own", stable(&reply));
    send(partner.admin.command("CreateTemplate", &bodies::template())).await.expect(200);
}
