//! How far readers are behind, as the metrics tell it.

use serde_json::json;

use super::bodies;
use super::cast::Partner;
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(a_view_that_nobody_moves_shows_how_old_its_next_event_is);

mod postgres_only {
    use super::an_open_transaction_shows_its_age;

    on_one_database!(postgres: an_open_transaction_shows_its_age);
}

async fn a_view_that_nobody_moves_shows_how_old_its_next_event_is(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let take =
        "update projections set fence = fence + 1, lease_owner = 'nobody', lease_until = 99999999999999
        where name = 'templates'";
    store.raw().await.execute(take).await.expect("the view is there");

    partner.service.keyed("CreateTemplate", "one", &bodies::template()).send().await.expect("it answers");

    until("an age", async || {
        (gauge(&program, "tenantry_view_lag_seconds{view=\"templates\"}").await? > 0.0).then_some(())
    })
    .await;
    for reader in
        ["view_lag_seconds{view=\"history\"}", "process_lag_seconds{process=\"provision_customer\"}"]
    {
        until("no age", async || {
            (gauge(&program, &format!("tenantry_{reader}")).await? == 0.0).then_some(())
        })
        .await;
    }
    let free = "update projections set lease_until = 0 where name = 'templates'";
    store.raw().await.execute(free).await.expect("the view is there");
    until("no age any more", async || {
        (gauge(&program, "tenantry_view_lag_seconds{view=\"templates\"}").await? == 0.0).then_some(())
    })
    .await;
    assert_eq!(partner.service.list("/api/v1/templates").await[0]["name"], json!("Standard"));
}

async fn an_open_transaction_shows_its_age(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let mut raw = store.raw().await;
    raw.execute("begin; select 1").await.expect("the database answers");

    until("an age of seconds", async || {
        (gauge(&program, "tenantry_store_oldest_transaction_seconds").await? > 1.0).then_some(())
    })
    .await;
    raw.execute("rollback").await.expect("the database answers");
    until("no age", async || {
        (gauge(&program, "tenantry_store_oldest_transaction_seconds").await? < 1.0).then_some(())
    })
    .await;
}

/// Returns the value of a metric, once there is one.
async fn gauge(program: &Program, name: &str) -> Option<f64> {
    let metrics = program.operator().get("/metrics").await.text;
    metrics.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
}
