//! A store on which nothing goes on: every reader is at the end of the log, and no task is to be done.

use serde_json::json;
use tenantry::projector::registered_views;

use super::{Client, Store};
use crate::harness::Raw;
use crate::journey::client::{Reply, send, text};
use crate::journey::waiting::until;

/// Tasks that are due or were begun; a timer that waits for its time is neither.
const TO_DO: &str = "select count(*) from tasks where attempts > 0 or not_before <= ";

/// Waits until there is nothing to do, and nothing has happened while that was looked up.
pub(super) async fn wait_until_quiet(store: &Store, operator: &Client) {
    let mut raw = store.raw().await;
    until("a quiet store", async || {
        let before = head(operator).await;
        let readers = operator.list("/api/v1/projections").await;
        for reader in &readers {
            assert!(reader["state"] != "failed" && reader["error"].is_null(), "{reader}");
        }
        let all_at_the_head = readers.iter().all(|reader| reader["lag"] == 0);
        let to_do = to_do(&mut raw).await;
        (all_at_the_head && to_do == 0 && head(operator).await == before).then_some(())
    })
    .await;
}

async fn to_do(raw: &mut Raw) -> i64 {
    let now_ms = match raw {
        Raw::Sqlite(_) => "cast(unixepoch('subsec') * 1000 as integer)",
        Raw::Postgres(_) => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
    };
    raw.number(&format!("{TO_DO}{now_ms}")).await
}

/// Returns where the log ends.
pub(super) async fn head(operator: &Client) -> String {
    text(&operator.read("/api/v1/projections").await, "position")
}

/// Asserts that every view that the program has equals its replay up to the end of the log.
pub(super) async fn assert_views_equal_their_replay(operator: &Client) {
    let head = head(operator).await;
    for view in registered_views() {
        let path = format!("/api/v1/projections/{}/verify", view.name());
        let verdict: Reply = send(operator.post(&path, &json!({}))).await;
        let verdict = verdict.expect(200);
        assert_eq!(verdict["differences"], json!([]), "{verdict}");
        assert_eq!(verdict["position"], json!(head), "{verdict}");
    }
}
