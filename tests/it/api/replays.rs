//! Replays over HTTP: an operation with rows, their SHA-256 and the difference to the live view.

use serde_json::{Value, json};
use tenantry::connectors::Simulation;
use tenantry::limits::AUDITS_RUNNING_MAX;

use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, items, send, text};
use crate::journey::in_process::InProcess;
use crate::journey::program::{Home, Program};
use crate::journey::replay::{settled, two_partners_at_work};
use crate::journey::waiting::until;

on_both_databases!(
    a_replay_has_rows_a_digest_and_no_difference_to_an_honest_view,
    a_replay_at_an_earlier_moment_shows_what_has_changed_since,
    a_spoilt_row_is_found,
    a_replay_is_for_operators_and_for_the_auditors_who_asked,
    the_rows_of_a_replay_come_in_pages,
    a_server_that_has_its_fill_of_replays_says_when_to_come_again,
);

async fn a_replay_has_rows_a_digest_and_no_difference_to_an_honest_view(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let events = program.operator().lines("/api/v1/events").await;
    for view in tenantry::projector::registered_views() {
        for reader in [&program.operator(), &partner.auditor] {
            let live = reader.read(&format!("/api/v1/projections/{}/digest", view.name())).await;

            let result = replayed(reader, "", &json!({ "view": view.name() })).await;

            assert_eq!((&result["sha256"], &result["rows"]), (&live["sha256"], &live["rows"]), "{result}");
            assert_eq!(result["position"], live["position"]);
            assert_eq!(result["difference"]["count"], 0, "{result}");
            let shown = result["items"].as_array().map(|rows| rows.len() as u64);
            assert_eq!(shown, live["rows"].as_u64());
        }
    }
    assert_eq!(program.operator().lines("/api/v1/events").await, events, "a replay is a read");
}

async fn a_replay_at_an_earlier_moment_shows_what_has_changed_since(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, template) = two_partners_at_work(&program).await;
    let path = "/api/v1/projections/customers/digest";
    let (then, head) = (partner.auditor.read(path).await, program.head().await);
    let later = partner.provisioned(&template, "customer-later").await;
    until("all views", async || settled(&program).await.then_some(())).await;

    let number: i64 = head.parse().expect("is a number");
    let at_position = replayed(&partner.auditor, "", &json!({ "view": "customers", "at": number })).await;
    let last = program.operator().list(&format!("/api/v1/events?from={head}&to={head}")).await;
    let time = text(&last[0], "recordedAt");
    let at_time = replayed(&partner.auditor, "", &json!({ "view": "customers", "at": time })).await;

    assert_eq!(at_position["sha256"], then["sha256"]);
    assert_eq!(at_position["position"], json!(head));
    assert_eq!(at_position["difference"]["count"], 1);
    assert_eq!(at_position["difference"]["keys"], json!([format!("{} {}", partner.id, text(&later, "id"))]));
    assert_eq!(at_time, at_position);
}

async fn a_spoilt_row_is_found(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let row = &partner.service.list("/api/v1/customers").await[0];
    let spoil = format!("update view_customers_1 set doc = '{{}}' where row_key = '{}'", text(row, "id"));
    store.raw().await.execute(&spoil).await.expect("the row is there");

    let result = replayed(&partner.auditor, "", &json!({ "view": "customers" })).await;

    assert_eq!(result["difference"]["keys"], json!([format!("{} {}", partner.id, text(row, "id"))]));
    let live = partner.auditor.read("/api/v1/projections/customers/digest").await;
    assert_ne!(live["sha256"], result["sha256"]);
}

async fn a_replay_is_for_operators_and_for_the_auditors_who_asked(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let operator = program.operator();
    let other = Partner::register(&operator, "Third Resale").await;
    until("all views", async || settled(&program).await.then_some(())).await;
    let body = json!({ "view": "customers" });
    for refused in [&partner.admin, &partner.service] {
        assert_eq!(start(refused, "", &body).await.code(403), "role_forbidden");
    }
    let foreign = format!("?tenantId={}", partner.id);
    assert_eq!(start(&other.auditor, &foreign, &body).await.code(404), "not_found");
    assert_eq!(start(&operator, "", &json!({ "view": "nothing" })).await.code(400), "malformed");
    assert_eq!(
        start(&operator, "", &json!({ "view": "customers", "at": "soon" })).await.code(400),
        "malformed"
    );
    assert_eq!(start(&operator, "", &json!({ "name": "customers" })).await.code(400), "malformed");

    let started = start(&partner.auditor, "", &body).await;
    let operation = text(&started.expect(202), "id");
    let path = format!("/api/v1/operations/{operation}");
    assert_eq!(started.header("location"), Some(path.as_str()));
    let ended = partner.auditor.ended(&operation).await;

    let rows = format!("/api/v1/replays/{operation}/rows");
    for unseeing in [&other.auditor, &other.admin, &partner.admin, &partner.service] {
        assert_eq!(unseeing.get(&path).await.code(404), "not_found");
    }
    assert_eq!(other.auditor.get(&rows).await.code(404), "not_found");
    assert_eq!(partner.admin.get(&rows).await.code(403), "role_forbidden");
    assert_eq!(operator.read(&path).await, ended);
    assert!(
        ended["result"]["items"]
            .as_array()
            .expect("are rows")
            .iter()
            .all(|row| row["tenantId"] == json!(partner.id))
    );
    assert_eq!(replayed(&operator, &foreign, &body).await, ended["result"]);
    assert_eq!(replayed(&other.auditor, "", &body).await["rows"], 0);
    // Whoever waits by a stream hears of the end.
    let mut stream = partner.auditor.stream(&path, None).await;
    let last = stream.next().await.expect("it is shown as it is");
    assert_eq!((last.data, stream.next().await.is_none()), (ended, true));
}

async fn the_rows_of_a_replay_come_in_pages(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, _) = two_partners_at_work(&program).await;
    let started = start(&partner.auditor, "", &json!({ "view": "history" })).await;
    let operation = text(&started.expect(202), "id");
    let ended = partner.auditor.ended(&operation).await;

    let (mut found, mut next) = (Vec::new(), Some(format!("/api/v1/replays/{operation}/rows?limit=3")));
    while let Some(path) = next {
        let page = partner.auditor.get(&path).await;
        let rows = items(&page.expect(200)).to_vec();
        assert!((1..=3).contains(&rows.len()));
        found.extend(rows);
        next = page.next_page();
    }

    assert!(found.len() > 6);
    assert_eq!(json!(found), ended["result"]["items"]);
}

async fn a_server_that_has_its_fill_of_replays_says_when_to_come_again(store: &Store) {
    let home = Home::new();
    let server = InProcess::start(store, &home, Simulation::default()).await;
    let (operator, body) = (server.operator(), json!({ "view": "keys" }));
    let places = server
        .http()
        .audits
        .clone()
        .acquire_many_owned(u32::try_from(AUDITS_RUNNING_MAX).expect("a limit is small"))
        .await;

    let full = start(&operator, "", &body).await;
    let digest = operator.get("/api/v1/projections/keys/digest").await;

    assert_eq!(full.code(503), "unavailable");
    assert!(full.header("retry-after").is_some());
    assert_eq!(digest.code(503), "unavailable");
    drop(places);
    replayed(&operator, "", &body).await;
    server.stop().await;
}

async fn start(reader: &Client, query: &str, body: &Value) -> Reply {
    send(reader.post(&format!("/api/v1/replays{query}"), body)).await
}

async fn replayed(reader: &Client, query: &str, body: &Value) -> Value {
    let started = start(reader, query, body).await.expect(202);
    assert_eq!((&started["kind"], &started["state"]), (&json!("replay"), &json!("running")));
    let ended = reader.ended(&text(&started, "id")).await;
    assert_eq!(ended["state"], "succeeded", "{ended}");
    ended["result"].clone()
}
