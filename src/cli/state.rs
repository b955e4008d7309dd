//! `tenantry state`: one aggregate, now or then.

use clap::Args;

use super::client::Call;
use super::configuration::Configuration;
use super::failure::Failure;
use super::{output, verbs};

/// Options of `state`.
#[derive(Debug, Clone, Args)]
pub(crate) struct StateOptions {
    /// The kind of aggregate, for example customer
    #[arg(value_name = "TYPE")]
    aggregate_type: String,
    /// Its ID
    id: String,
    /// The moment: a position, or a time such as 2026-01-31T12:00:00Z [default: now]
    #[arg(long, value_name = "POSITION|TIME")]
    at: Option<String>,
}

impl StateOptions {
    /// Shows the state.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let call =
            Call::get(&["aggregates", &self.aggregate_type, &self.id]).query([("at", self.at.as_deref())]);
        verbs::reading(configuration, async |client| {
            let (_, state) = client.json(&call).await?;
            Ok(output::one(verbs::format(configuration), &state)?)
        })
        .await
    }
}
