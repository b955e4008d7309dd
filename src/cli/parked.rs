//! What views cannot fold: `tenantry projections parked`, `retry` and `skip`.

use clap::Args;
use serde_json::{Value, json};
use tenantry_domain::tenant::TenantId;

use super::client::{Call, Client};
use super::compose::Access;
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::{self, Column, items};
use super::projections::{Which, live};
use super::verbs;
use crate::limits::CLIENT_POLL;

const PARKED: &[Column] = &[
    ("VIEW", "/view"),
    ("TENANT", "/tenantId"),
    ("STATE", "/state"),
    ("POSITION", "/position"),
    ("PARKED", "/parkedAt"),
    ("ERROR", "/error"),
];

/// Options of `retry`.
#[derive(Debug, Clone, Args)]
pub(crate) struct RetryOptions {
    /// The view's name
    name: String,
    /// Only this tenant: a partner's ID, an organization's, or platform [default: all that are parked]
    #[arg(long, visible_alias = "partner", value_name = "ID")]
    tenant: Option<TenantId>,
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Options of `skip`.
#[derive(Debug, Clone, Args)]
pub(crate) struct SkipOptions {
    /// The view's name
    name: String,
    /// Position of the event, as `parked` shows it
    #[arg(long, value_name = "POSITION")]
    position: i64,
    /// Why, for the record; without data about people
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Lists what is parked.
pub(super) async fn show(configuration: &Configuration, which: &Which) -> Result<(), Failure> {
    verbs::reading(configuration, async |client| {
        let mut parked = Vec::new();
        for name in which.names() {
            parked.extend(parked_for(client, name).await?);
        }
        Ok(output::list(verbs::format(configuration), PARKED, &json!({ "items": parked }))?)
    })
    .await
}

impl RetryOptions {
    /// Asks for another try.
    pub(super) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let mut body = json!({});
        if let Some(tenant_id) = self.tenant {
            body["tenantId"] = json!(tenant_id);
        }
        if let Some(reason) = &self.reason {
            body["reason"] = json!(reason);
        }
        let asked =
            |parked: &Value| self.tenant.is_none_or(|tenant_id| parked["tenantId"] == json!(tenant_id));
        settle(configuration, &self.name, "retry", &body, asked).await
    }
}

impl SkipOptions {
    /// Skips.
    pub(super) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let body = json!({ "position": self.position.to_string(), "reason": self.reason });
        let position = body["position"].clone();
        settle(configuration, &self.name, "skip", &body, |parked| parked["position"] == position).await
    }
}

/// Asks for something to be done with what is parked, waits until it was tried, and shows what is parked then.
async fn settle(
    configuration: &Configuration,
    name: &str,
    verb: &str,
    body: &Value,
    asked: impl Fn(&Value) -> bool,
) -> Result<(), Failure> {
    verbs::with_client(configuration, Access::Write, None, async |client| {
        client.run_projector().await?;
        let (_, answer) = client.json(&Call::post(&["projections", name, verb], body.to_string())).await?;
        if answer["tenants"] == 0 {
            eprintln!("nothing is parked for {name}");
        }
        if !answer["generation"].is_null() {
            live(client, name, &answer["generation"]).await?;
        }
        let left = loop {
            let left = parked_for(client, name).await?;
            if left.iter().all(|parked| parked["state"] == "parked") {
                break left;
            }
            tokio::time::sleep(CLIENT_POLL).await;
        };
        output::list(verbs::format(configuration), PARKED, &json!({ "items": left }))?;
        match left.iter().filter(|parked| asked(parked)).count() {
            0 => Ok(()),
            n => Err(Failure::found(format!("{n} tenants are still parked for {name}"))),
        }
    })
    .await
}

async fn parked_for(client: &Client, name: &str) -> Result<Vec<Value>, Failure> {
    let (_, answer) = client.json(&Call::get(&["projections", name, "parked"])).await?;
    Ok(items(&answer).to_vec())
}
