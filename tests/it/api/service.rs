//! What a server tells to everybody: health, readiness, metrics, and its own description.

use reqwest::Method;
use reqwest::header::HeaderValue;

use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::send;
use crate::journey::program::{Home, Program};
use crate::journey::waiting::until;

on_both_databases!(
    a_server_tells_how_it_is_without_a_key,
    a_server_describes_itself,
    a_long_answer_is_compressed_for_those_who_take_it,
);

async fn a_server_tells_how_it_is_without_a_key(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    Partner::register(&program.operator(), "Example Resale").await;
    let get = |path| send(program.operator().stranger(Method::GET, path));

    let (health, readiness, metrics) = (get("/healthz").await, get("/readyz").await, get("/metrics").await);

    assert_eq!((health.status, health.text.as_str()), (200, "ok"));
    assert_eq!((readiness.status, readiness.text.as_str()), (200, "ready"));
    assert_eq!(metrics.status, 200);
    for name in ["tenantry_log_position", "tenantry_view_lag_events", "tenantry_http_request_seconds"] {
        until(name, async || get("/metrics").await.text.contains(name).then_some(())).await;
    }
}

async fn a_server_describes_itself(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let get = |path| send(program.operator().stranger(Method::GET, path));

    let document = get("/api/openapi.json").await.expect(200);
    let page = get("/api/docs/").await;

    assert_eq!(document, tenantry::http::document());
    assert_eq!(page.status, 200);
    assert!(page.text.contains("swagger-ui"));
    for path in document["paths"].as_object().expect("there are paths").keys() {
        assert!(path.starts_with('/'), "{path}");
    }
}

async fn a_long_answer_is_compressed_for_those_who_take_it(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let request = program.operator().stranger(Method::GET, "/api/openapi.json");

    let response = request.header("accept-encoding", "gzip").send().await.expect("the server answers");

    assert_eq!(response.headers().get("content-encoding").map(HeaderValue::as_bytes), Some(&b"gzip"[..]));
    let body = response.bytes().await.expect("the body arrives");
    assert!(body.starts_with(&[0x1f, 0x8b]));
}
