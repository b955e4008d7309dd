//! Requests with every kind of fault: each is told field, fault and remedy, and stores nothing.

mod attaches;
mod bodies;
mod clock;
mod deals;
mod headers;
mod parameters;
mod people;
mod strangers;
mod usage;

use std::collections::BTreeMap;

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use self::deals::Deals;
use crate::harness::{Raw, Store, assert_sound};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, send, text};
use crate::journey::program::{Home, Program};
use crate::journey::waiting::until;

on_both_databases!(
    a_faulty_body_is_told_what_is_wrong_and_stores_nothing,
    a_faulty_header_is_told_what_is_wrong_and_stores_nothing,
    a_faulty_parameter_is_told_what_is_wrong_and_stores_nothing,
    faulty_usage_is_told_what_is_wrong_and_stores_nothing,
    a_faulty_request_about_people_is_told_what_is_wrong_and_stores_nothing,
    a_faulty_request_about_attaches_is_told_what_is_wrong_and_stores_nothing,
    a_faulty_move_of_the_clock_is_told_what_is_wrong_and_stores_nothing,
    what_belongs_to_another_tenant_looks_like_what_does_not_exist,
);

/// What is to come of a faulty request.
enum Told {
    /// A problem with this status.
    Problem(u16),
    /// An answer that turns each record or line down by itself.
    InParts,
}

/// A faulty request.
struct Case {
    name: String,
    request: RequestBuilder,
    told: Told,
    /// The methods that the answer must name.
    allow: Option<&'static str>,
}

fn case(name: impl Into<String>, status: u16, request: RequestBuilder) -> Case {
    Case { name: name.into(), request, told: Told::Problem(status), allow: None }
}

fn in_parts(name: impl Into<String>, request: RequestBuilder) -> Case {
    Case { name: name.into(), request, told: Told::InParts, allow: None }
}

/// Partners with a customer, a template and keys of every kind, on a server where nothing else goes on.
struct World {
    operator: Client,
    partner: Partner,
    stranger: Partner,
    provisioning_id: String,
    customer: String,
    operation: String,
    organization: String,
    revoked: Client,
    expired: Client,
    deals: Deals,
}

impl World {
    async fn set_up(program: &Program) -> Self {
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let stranger = Partner::register(&operator, "Another Resale").await;
        let provisioning_id = partner.template().await;
        let asked = partner.provisioned(&provisioning_id, "customer-17").await;
        let customer = text(&asked, "id");
        let row = partner.service.read(&format!("/api/v1/customers/{customer}")).await;
        let meter = json!({ "name": "calls.minutes", "kind": "sum", "unit": "minutes" });
        send(operator.command("DefineMeter", &meter)).await.expect(200);
        let (id, revoked) = issue(&operator, &partner.id, None).await;
        send(operator.command("RevokeKey", &json!({ "keyId": id }))).await.expect(200);
        let (_, expired) = issue(&operator, &partner.id, Some(in_a_second())).await;
        until("the end of a key", async || {
            (expired.get("/api/v1/commands").await.status == 401).then_some(())
        })
        .await;
        let (operation, organization) = (text(&asked["operation"], "id"), text(&row, "organizationId"));
        let deals = Deals::set_up(&operator, &partner, &provisioning_id).await;
        Self {
            operator,
            partner,
            stranger,
            provisioning_id,
            customer,
            operation,
            organization,
            revoked,
            expired,
            deals,
        }
    }

    /// A command of the partner's service, with a key that no other has used.
    fn command(&self, name: &str, body: &Value) -> RequestBuilder {
        self.partner.service.keyed(name, "faulty", body)
    }

    /// A command whose body is no value, but bytes.
    fn bytes(&self, name: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
        let path = format!("/api/v1/commands/{name}");
        let request = self.partner.admin.request(Method::POST, &path);
        request.header("content-type", "application/json").body(body)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.operator.request(Method::GET, path)
    }
}

async fn issue(operator: &Client, partner: &str, expires_at: Option<String>) -> (String, Client) {
    let body =
        json!({ "role": "partner_admin", "partnerId": partner, "name": "Short", "expiresAt": expires_at });
    let issued = send(operator.command("IssueKey", &body)).await.expect(200);
    (text(&issued, "id"), operator.with_key(&text(&issued, "key")))
}

#[expect(clippy::disallowed_methods, reason = "the program under test looks at the clock of the machine")]
fn in_a_second() -> String {
    (jiff::Timestamp::now() + jiff::SignedDuration::from_secs(1)).to_string()
}

async fn a_faulty_body_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_bodies", told(store, bodies::cases).await);
}

async fn a_faulty_header_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_headers", told(store, headers::cases).await);
}

async fn a_faulty_parameter_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_parameters", told(store, parameters::cases).await);
}

async fn faulty_usage_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_usage", told(store, usage::cases).await);
}

async fn a_faulty_request_about_people_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_people", told(store, people::cases).await);
}

async fn a_faulty_request_about_attaches_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    insta::assert_json_snapshot!("faulty_attaches", told(store, attaches::cases).await);
}

async fn a_faulty_move_of_the_clock_is_told_what_is_wrong_and_stores_nothing(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let partner = program.operator().with_key(&program.printed("partner_admin").await);
    program.printed("organization").await;
    let cases = clock::cases(&program.operator(), &partner);
    insta::assert_json_snapshot!("faulty_clock", told_each(store, cases).await);
}

async fn what_belongs_to_another_tenant_looks_like_what_does_not_exist(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    strangers::assert_alike(&World::set_up(&program).await).await;
}

/// Sends each request and returns what it was told, by its name.
async fn told(store: &Store, cases: fn(&World) -> Vec<Case>) -> BTreeMap<String, Value> {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let world = World::set_up(&program).await;
    assert_sound(store, Some(&world.operator), &[]).await;
    let said = told_each(store, cases(&world)).await;
    assert_sound(store, Some(&world.operator), &[]).await;
    said
}

/// Sends each request to a quiet server, and returns what it was told.
async fn told_each(store: &Store, cases: Vec<Case>) -> BTreeMap<String, Value> {
    let mut raw = store.raw().await;
    let before = stored(&mut raw).await;
    let mut said = BTreeMap::new();
    for Case { name, request, told, allow } in cases {
        let reply = send(request).await;
        assert_eq!(reply.header("allow"), allow, "{name}");
        match told {
            Told::Problem(status) => assert_is_a_whole_problem(&name, &reply, status),
            Told::InParts => assert_turns_all_parts_down(&name, &reply),
        }
        assert_eq!(stored(&mut raw).await, before, "{name} has stored something");
        assert!(said.insert(without_ids(&name), stable(&reply)).is_none(), "{name} is there twice");
    }
    said
}

/// Counts what a command can leave behind.
async fn stored(raw: &mut Raw) -> Vec<i64> {
    let mut counts = vec![raw.number("select head from logs").await];
    for table in [
        "events",
        "commands",
        "claims",
        "person_keys",
        "tenants",
        "tasks",
        "credentials",
        "sessions",
        "outbox",
    ] {
        counts.push(raw.number(&format!("select count(*) from {table}")).await);
    }
    counts
}

fn assert_is_a_whole_problem(name: &str, reply: &Reply, status: u16) {
    assert_eq!(reply.status, status, "{name}: {}", reply.text);
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{name}");
    let problem = reply.json();
    assert_eq!(problem["trackingId"].as_str(), reply.header("tracking-id"), "{name}");
    assert_eq!(problem["status"], status, "{name}");
    assert_ne!(problem["detail"], "", "{name}");
    assert!(problem["remedies"].as_array().is_some_and(|remedies| !remedies.is_empty()), "{name}: {problem}");
    let faults = problem["errors"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(status == 400, !faults.is_empty(), "{name}: {problem}");
    assert!(faults.iter().all(|fault| fault["detail"] != "" && fault["code"] != ""), "{name}: {problem}");
}

fn assert_turns_all_parts_down(name: &str, reply: &Reply) {
    assert_eq!(reply.status, 200, "{name}: {}", reply.text);
    for part in parts(reply) {
        assert_eq!(part["accepted"].as_u64().unwrap_or(0), 0, "{name}: {part}");
        assert!(part["answer"].is_null(), "{name}: {part}");
        let turned_down =
            part["refused"].as_array().cloned().unwrap_or_else(|| vec![part["problem"].clone()]);
        assert!(turned_down.iter().all(|problem| problem["remedies"][0].is_string()), "{name}: {part}");
    }
}

/// Returns an answer, or each line of one.
fn parts(reply: &Reply) -> Vec<Value> {
    let lines = serde_json::Deserializer::from_str(&reply.text).into_iter();
    lines.map(|line| line.unwrap_or_else(|error| panic!("{error} in {}", reply.text))).collect()
}

/// Returns what was said, without what differs from run to run.
fn stable(reply: &Reply) -> Value {
    let mut said = parts(reply);
    for part in &mut said {
        for problem in [true, false] {
            let place = if problem { &mut part["problem"] } else { &mut *part };
            if let Value::Object(fields) = place {
                fields.retain(|name, value| {
                    !["trackingId", "position"].contains(&name.as_str()) && !value.is_null()
                });
            }
        }
    }
    let mut said: Vec<Value> =
        serde_json::from_str(&without_ids(&json!(said).to_string())).expect("it was JSON before");
    if said.len() == 1 { said.remove(0) } else { Value::Array(said) }
}

fn without_ids(text: &str) -> String {
    let text = ids(text).into_iter().fold(text.to_owned(), |text, id| {
        let prefix = id.split('_').next().unwrap_or_default();
        text.replace(&id, &format!("{prefix}_…"))
    });
    provisioning_ids(&text).into_iter().fold(text.clone(), |text, id| text.replace(&id, "MD…"))
}

/// Returns the provisioning IDs in a text: UUIDs of our time in base64.
fn provisioning_ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 48 && word.starts_with("MD")).map(str::to_owned).collect()
}

/// Returns the IDs in a text: a prefix, and a UUID in base32.
fn ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .filter(|word| word.split_once('_').is_some_and(|(_, id)| id.len() == 26))
        .map(str::to_owned)
        .collect()
}
