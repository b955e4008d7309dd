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
    /// Show what has changed since this moment instead, field by field
    #[arg(long, value_name = "POSITION|TIME")]
    diff: Option<String>,
}

impl StateOptions {
    /// Shows the state.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let (kind, id, at) = (&*self.aggregate_type, &*self.id, self.at.as_deref());
        let call = match self.diff.as_deref() {
            None => Call::get(&["aggregates", kind, id]).query([("at", at)]),
            Some(from) => {
                Call::get(&["aggregates", kind, id, "diff"]).query([("from", Some(from)), ("to", at)])
            }
        };
        verbs::reading(configuration, async |client| {
            let (_, state) = client.json(&call).await?;
            Ok(output::one(verbs::format(configuration), &state)?)
        })
        .await
    }
}
