//! Waiting until a piece of work has ended.

use std::ops::ControlFlow;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use serde_json::Value;

use super::client::{Call, Client};
use super::configuration::Configuration;
use super::failure::Failure;
use super::follow::follow;
use super::{output, verbs};

/// Options of `wait`.
#[derive(Debug, Clone, Args)]
pub(crate) struct WaitOptions {
    /// Its ID
    id: String,
    /// Give up after this many seconds [default: never]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

/// Waits until an operation has ended and shows it; it is a failure if the operation failed.
pub(crate) async fn wait_for_operation(
    configuration: &Configuration,
    options: &WaitOptions,
) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        in_time(options, async || ended(configuration, client, &options.id).await).await
    })
    .await
}

/// Waits until the last operation on a customer has ended and shows it.
pub(crate) async fn wait_for_customer(
    configuration: &Configuration,
    options: &WaitOptions,
) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        // Of what was asked for a moment ago, not of what was before; without a server no view would get there.
        let end = (!client.is_local()).then_some("end");
        let call = Call::get(&["provisioning", &options.id]).query([("minPosition", end)]);
        let (_, row) = client.json(&call).await?;
        let operation = row["operationId"].as_str().context("the customer has no operation")?;
        in_time(options, async || ended(configuration, client, operation).await).await
    })
    .await
}

/// Waits until the work on a billing report has ended and shows it.
pub(crate) async fn wait_for_report(
    configuration: &Configuration,
    options: &WaitOptions,
) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let (_, row) = client.json(&Call::get(&["reports", &options.id])).await?;
        let operation = row["operationId"].as_str().context("the report has no operation")?;
        in_time(options, async || ended(configuration, client, operation).await).await
    })
    .await
}

async fn in_time(
    options: &WaitOptions,
    work: impl AsyncFnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let patience = options.timeout.map_or(Duration::MAX, Duration::from_secs);
    let late = |_| Failure::found(format!("{} has not ended within {patience:?}", options.id));
    tokio::time::timeout(patience, work()).await.map_err(late)?
}

async fn ended(configuration: &Configuration, client: &Client, id: &str) -> Result<(), Failure> {
    let row = follow(client, Call::get(&["operations", id]), |event| {
        let row: Value = serde_json::from_str(&event.data).context("the operation is not JSON")?;
        eprintln!("{}", standing(&row));
        let ended = matches!(state(&row), "succeeded" | "failed" | "cancelled");
        Ok(if ended { ControlFlow::Break(row) } else { ControlFlow::Continue(()) })
    })
    .await?;
    output::one(verbs::format(configuration), &row)?;
    match state(&row) {
        "succeeded" => Ok(()),
        state => Err(Failure::found(format!("operation {id} has {state}"))),
    }
}

fn state(row: &Value) -> &str {
    row["state"].as_str().unwrap_or_default()
}

/// Says in a line how far an operation is.
fn standing(row: &Value) -> String {
    let steps = row["steps"].as_array().map(Vec::as_slice).unwrap_or_default();
    let done = steps.iter().filter(|step| step["state"] == "done").count();
    let waiting = row["waitingFor"].as_str().map(|what| format!(" for {what}")).unwrap_or_default();
    let percent = row["percent"].as_u64().map(|percent| format!(", {percent} %")).unwrap_or_default();
    format!("{}{waiting}: {done} of {} steps done{percent}", state(row), steps.len())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_tells_how_far_an_operation_is() {
        let row = json!({
            "state": "waiting", "waitingFor": "retry", "steps": [{ "state": "done" }, { "state": "retrying" }],
        });
        assert_eq!(standing(&row), "waiting for retry: 1 of 2 steps done");
        let row = json!({ "state": "running", "steps": [{ "state": "running" }], "percent": 40 });
        assert_eq!(standing(&row), "running: 0 of 1 steps done, 40 %");
    }
}
