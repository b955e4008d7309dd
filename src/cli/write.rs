//! Commands from the command line: their data, their idempotency key, their answer.

#![expect(clippy::doc_markdown, reason = "clap shows these docs to people as they are")]

use std::io::Read;
use std::sync::Arc;

use axum::http::HeaderName;
use clap::Args;
use serde_json::{Map, Value};
use tenantry_domain::ids::PartnerId;

use super::client::{Call, Client};
use super::compose::Access;
use super::configuration::Configuration;
use super::failure::Failure;
use super::{output, verbs};
use crate::connectors::{SystemClock, SystemIds};
use crate::ports::Ids;

/// The data of a command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Data {
    /// The command's data: JSON, @FILE, or @- for standard input
    #[arg(long, value_name = "JSON|@FILE|@-")]
    data: String,
}

/// How a command is given.
#[derive(Debug, Clone, Args)]
pub(crate) struct Mode {
    /// Decide, write nothing, and show the events that would follow
    #[arg(long)]
    dry_run: bool,
    /// The command's key: sent again with the same data, it is done once [default: a fresh one]
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// Act as an administrator of this partner; only on the store itself
    #[arg(long, value_name = "PARTNER")]
    as_partner: Option<PartnerId>,
}

/// Options of `command`.
#[derive(Debug, Clone, Args)]
pub(crate) struct CommandOptions {
    /// The command's name, for example RegisterPartner
    name: String,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    mode: Mode,
}

/// Options of a noun's `create`.
#[derive(Debug, Clone, Args)]
pub(crate) struct CreateOptions {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    mode: Mode,
}

/// Options of a verb about one thing.
#[derive(Debug, Clone, Args)]
pub(crate) struct OneOptions {
    /// Its ID
    id: String,
    #[command(flatten)]
    mode: Mode,
}

/// Options of a verb about one thing that may say why.
#[derive(Debug, Clone, Args)]
pub(crate) struct WhyOptions {
    #[command(flatten)]
    one: OneOptions,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Options of a verb about one thing that says why.
#[derive(Debug, Clone, Args)]
pub(crate) struct BecauseOptions {
    #[command(flatten)]
    one: OneOptions,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl OneOptions {
    /// Gives a command whose data names the thing in a field; shows its answer.
    pub(crate) async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        field: &str,
    ) -> Result<(), Failure> {
        WhyOptions { one: self, reason: None }.run(configuration, name, field).await
    }
}

impl OneOptions {
    /// Gives a command whose data names the thing in a field, with a further field whose value may lie in a file.
    pub(crate) async fn with(
        self,
        configuration: &Configuration,
        name: &str,
        field: &str,
        more: Option<(&str, String)>,
    ) -> Result<(), Failure> {
        let mut body = Map::from_iter([(field.to_owned(), Value::String(self.id))]);
        if let Some((further, data)) = more {
            let value = serde_json::from_slice(&Data { data }.read()?)
                .map_err(|error| Failure::Usage(format!("--{further} is no JSON: {error}")))?;
            body.insert(further.to_owned(), value);
        }
        self.mode.run(configuration, name, Value::Object(body).to_string().into_bytes()).await
    }
}

impl WhyOptions {
    /// Gives a command whose data names the thing in a field; shows its answer.
    pub(crate) async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        field: &str,
    ) -> Result<(), Failure> {
        let Self { one: OneOptions { id, mode }, reason } = self;
        let mut body = Map::from_iter([(field.to_owned(), Value::String(id))]);
        body.extend(reason.map(|reason| ("reason".to_owned(), Value::String(reason))));
        let data = Data { data: Value::Object(body).to_string() };
        CreateOptions { data, mode }.run(configuration, name).await
    }
}

impl BecauseOptions {
    /// Gives a command whose data names the thing in a field; shows its answer.
    pub(crate) async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        field: &str,
    ) -> Result<(), Failure> {
        WhyOptions { one: self.one, reason: Some(self.reason) }.run(configuration, name, field).await
    }
}

impl CommandOptions {
    /// Gives the command and shows its answer.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let Self { name, data, mode } = self;
        CreateOptions { data, mode }.run(configuration, &name).await
    }
}

impl CreateOptions {
    /// Gives the noun's command and shows its answer.
    pub(crate) async fn run(self, configuration: &Configuration, name: &str) -> Result<(), Failure> {
        let body = self.data.read()?;
        self.mode.run(configuration, name, body).await
    }
}

impl Data {
    fn read(&self) -> Result<Vec<u8>, Failure> {
        let unreadable =
            |error: std::io::Error| Failure::Usage(format!("cannot read {}: {error}", self.data));
        match self.data.strip_prefix('@') {
            None => Ok(self.data.clone().into_bytes()),
            Some("-") => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
                Ok(bytes)
            }
            Some(file) => std::fs::read(file).map_err(unreadable),
        }
    }
}

impl Mode {
    /// Gives a command with a client of its own and shows its answer.
    pub(crate) async fn run(
        self,
        configuration: &Configuration,
        name: &str,
        body: Vec<u8>,
    ) -> Result<(), Failure> {
        let access = if self.dry_run { Access::Read } else { Access::Write };
        verbs::with_client(configuration, access, self.as_partner, async |client| {
            let answer = self.give(client, name, body).await?;
            output::one(verbs::format(configuration), &answer)?;
            Ok(())
        })
        .await
    }

    /// Gives a command as these options say.
    async fn give(&self, client: &Client, name: &str, body: Vec<u8>) -> Result<Value, Failure> {
        let key = self.idempotency_key.clone().unwrap_or_else(fresh_key);
        if self.dry_run {
            let call = command(name, body, &key).query([("dryRun", Some("true"))]);
            return client.json(&call).await.map(|(_, answer)| answer);
        }
        let answer = give(client, name, body, &key).await;
        if answer.as_ref().is_err_and(Failure::leaves_open_what_happened) {
            eprintln!(
                "whether it was done is unknown; sent again with --idempotency-key {key} it is done once"
            );
        }
        answer
    }
}

/// Gives a command and returns its answer.
pub(crate) async fn give(
    client: &Client,
    name: &str,
    body: impl Into<Vec<u8>>,
    key: &str,
) -> Result<Value, Failure> {
    let answer = client.json(&command(name, body, key)).await;
    match &answer {
        Ok(_) => {
            if let Some(said) = client.afterwards() {
                eprintln!("{said}");
            }
        }
        Err(Failure::Problem(problem)) if client.is_local() && problem.code == "role_forbidden" => {
            eprintln!("--as-partner PARTNER acts as an administrator of a partner");
        }
        Err(_) => {}
    }
    answer.map(|(_, answer)| answer)
}

fn command(name: &str, body: impl Into<Vec<u8>>, key: &str) -> Call {
    Call::post(&["commands", name], body).header(HeaderName::from_static("idempotency-key"), key)
}

/// Returns a key that no command has yet.
pub(crate) fn fresh_key() -> String {
    SystemIds::new(Arc::new(SystemClock)).uuid().to_string()
}
