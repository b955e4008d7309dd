//! `tenantry doctor`: looks at configuration, store, schema and clock, and says what to do.

mod checks;
mod server;
mod store;

use clap::Args;
use serde_json::{Value, json};

use self::checks::{Check, Level};
use super::configuration::Configuration;
use super::failure::Failure;
use super::output::{self, Column, Format};
use super::verbs;

const CONFIGURATION: &[Column] = &[("KEY", "/key"), ("VALUE", "/value"), ("ORIGIN", "/origin")];

const CHECKS: &[Column] =
    &[("LEVEL", "/level"), ("CHECK", "/name"), ("FOUND", "/found"), ("REMEDY", "/remedy")];

/// Options of `doctor`.
#[derive(Debug, Clone, Args)]
pub(crate) struct DoctorOptions {}

impl DoctorOptions {
    /// Shows the configuration and all findings; a finding that stops work is a failure.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let mut found = vec![Check::ok("version", format!("tenantry {}", env!("CARGO_PKG_VERSION")))];
        found.extend(of_configuration(configuration));
        found.extend(match &configuration.values.url {
            Some(url) => server::look(configuration, url).await,
            None => store::look(configuration).await,
        });
        show(configuration, &found)?;
        let failed = found.iter().filter(|check| check.level == Level::Fail).count();
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::found(format!("{failed} of {} checks fail", found.len())))
        }
    }
}

fn of_configuration(configuration: &Configuration) -> Vec<Check> {
    let file = configuration.file.as_ref().map_or_else(
        || "no file; tenantry.toml is read where it is there".to_owned(),
        |file| format!("read from {}", file.display()),
    );
    let unknown = configuration.unknown_variables().into_iter().map(|variable| {
        Check::warn("configuration", format!("nothing reads {variable}"), "unset it, or mend its name")
    });
    [Check::ok("configuration", file)].into_iter().chain(unknown).collect()
}

fn show(configuration: &Configuration, found: &[Check]) -> Result<(), Failure> {
    let values = json!(configuration.shown());
    let checks = json!(found);
    let rows = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match verbs::format(configuration) {
        Format::Table => {
            output::text(&output::table(CONFIGURATION, &rows(&values)))?;
            output::text("")?;
            output::text(&output::table(CHECKS, &rows(&checks)))?;
        }
        Format::Json => {
            output::one(Format::Json, &json!({ "configuration": values, "checks": checks }))?;
        }
        Format::Ndjson => output::lines(&[rows(&values), rows(&checks)].concat())?,
    }
    Ok(())
}
