//! `tenantry migrate`: brings a store up to date.

use serde_json::json;

use super::compose::{Access, Server};
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::{self, Format};
use super::verbs;

/// Brings the store up to date and says what was done.
pub(crate) async fn migrate(configuration: &Configuration) -> Result<(), Failure> {
    let server = Server::open(&configuration.settings(), Access::Write).await?;
    let applied = server.migrated.clone();
    server.tasks.stop().await;
    server.committing.stop().await;
    let format = verbs::format(configuration);
    if format != Format::Table {
        return Ok(output::one(format, &json!({ "applied": applied }))?);
    }
    let versions: Vec<String> = applied.iter().map(|version| format!("{version:04}")).collect();
    let said = if versions.is_empty() {
        "up to date".to_owned()
    } else {
        format!("applied {}", versions.join(", "))
    };
    Ok(output::text(&said)?)
}
