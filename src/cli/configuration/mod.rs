//! The configuration: flags over environment over file over defaults, each value with its origin.

mod keys;
mod sources;
mod values;

use std::fmt;
use std::path::{Path, PathBuf};

use figment::providers::{Format as _, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Metadata, Provider, Source};
use serde::Serialize;
use tenantry_domain::customer::OfferedCountries;

use self::keys::{KEYS, Key, Kind};
use self::sources::{DEFAULT, ENVIRONMENT, FLAG, Given, variable};
use super::compose::Settings;
use super::failure::Failure;
use crate::connectors::Simulation;

pub(crate) use self::sources::Environment;
pub(crate) use self::values::{PlatformKind, Values};

/// The file that is read unless another is named.
const FILE: &str = "tenantry.toml";

/// The configuration of this process.
pub(crate) struct Configuration {
    pub(crate) values: Values,
    /// The file that was read.
    pub(crate) file: Option<PathBuf>,
    figment: Figment,
    environment: Environment,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    File(PathBuf),
    Environment(String),
    Flag(String),
}

/// A value as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Shown {
    key: &'static str,
    value: String,
    origin: String,
}

impl Configuration {
    /// Reads the configuration; `file` is the one that a flag names.
    pub(crate) fn load(
        file: Option<&Path>,
        environment: Environment,
        options: &impl Serialize,
    ) -> Result<Self, Failure> {
        let named = file.or(environment.file().map(Path::new));
        if let Some(missing) = named.filter(|path| !path.is_file()) {
            return Err(Failure::Usage(format!("there is no configuration file {}", missing.display())));
        }
        let file = named.or(Some(Path::new(FILE)).filter(|path| path.is_file())).map(Path::to_owned);
        let flags = sources::flags(options).map_err(|error| said(&error))?;
        let mut figment = Figment::from(Given::defaults());
        if let Some(path) = &file {
            let toml = Toml::file_exact(path);
            refuse_unknown(path, &toml)?;
            figment = figment.merge(toml);
        }
        let figment = figment.merge(Given::by_environment(&environment)).merge(Given::by_flags(flags));
        let values: Values = figment.extract().map_err(|error| said(&error))?;
        check(&values)?;
        Ok(Self { values, file, figment, environment })
    }

    /// Returns what a server is put together from.
    pub(crate) fn settings(&self) -> Settings {
        let values = &self.values;
        let simulation = match values.platform {
            PlatformKind::Embedded | PlatformKind::Http => None,
            PlatformKind::Simulated => Some(Simulation {
                delay: std::time::Duration::from_millis(values.simulated_delay_ms),
                transient_percent: values.simulated_transient_percent,
                refused: values.simulated_refused.clone(),
            }),
        };
        let countries = values.offered_countries.as_slice();
        Settings {
            store: values.store(),
            data_dir: values.data_dir.clone(),
            wrapping_key: values.wrapping_key.clone(),
            simulation,
            // A server that listens knows better what to say where nothing is configured.
            public_url: values.public_url.clone().unwrap_or_else(|| format!("http://{}", values.listen)),
            movable_clock: values.demo,
            consent_days: values.consent_days,
            offered: if countries.is_empty() {
                OfferedCountries::All
            } else {
                OfferedCountries::Only(countries.into())
            },
        }
    }

    /// Returns where the value of a key comes from.
    pub(crate) fn origin(&self, name: &str) -> Origin {
        self.figment.find_metadata(name).map_or(Origin::Default, |metadata| origin(metadata, name))
    }

    /// Returns every value with its origin, secrets hidden.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        let shown = |key: &Key| {
            let value = self.figment.find_value(key.name).ok();
            let value = match (key.name, key.kind, value) {
                ("store", _, _) => without_password(&self.values.store()),
                (_, _, None) => String::new(),
                (_, Kind::Secret, Some(_)) => "(hidden)".to_owned(),
                (_, _, Some(value)) => plain(&value),
            };
            let origin = if value.is_empty() { String::new() } else { self.origin(key.name).to_string() };
            Shown { key: key.name, value, origin }
        };
        KEYS.iter().map(shown).collect()
    }

    /// Returns the environment variables that look like ours and that nothing reads.
    pub(crate) fn unknown_variables(&self) -> Vec<&str> {
        self.environment.unknown()
    }
}

fn origin(metadata: &Metadata, name: &str) -> Origin {
    match (&*metadata.name, &metadata.source) {
        (FLAG, _) => Origin::Flag(format!("--{}", name.replace('_', "-"))),
        (ENVIRONMENT, _) => Origin::Environment(variable(name)),
        (_, Some(Source::File(path))) => Origin::File(path.clone()),
        _ => Origin::Default,
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str(DEFAULT),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// Refuses keys that nothing would read: a typing error must not leave a default in place unseen.
fn refuse_unknown(path: &Path, toml: &impl Provider) -> Result<(), Failure> {
    let unread = |error| Failure::Usage(format!("{}: {error}", path.display()));
    let profiles = toml.data().map_err(unread)?;
    let named = profiles.values().flat_map(Dict::keys);
    match named.into_iter().find(|name| Key::named(name).is_none()) {
        None => Ok(()),
        Some(name) => Err(Failure::Usage(format!(
            "{} has an unknown key {name}; the nearest is {}",
            path.display(),
            Key::nearest(name)
        ))),
    }
}

fn check(values: &Values) -> Result<(), Failure> {
    let refuse = |text: &str| Err(Failure::Usage(text.to_owned()));
    if values.logs != 1 {
        return refuse("logs must be 1: a store has one log for now");
    }
    let store = without_password(&values.store());
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| store.starts_with(scheme)) {
        return Err(Failure::Usage(format!("the store must be sqlite:FILE or postgres://…, not {store}")));
    }
    if values.platform == PlatformKind::Http {
        return refuse("there is no platform over HTTP yet; use embedded or simulated");
    }
    if !(1..=90).contains(&values.consent_days) {
        return refuse("consent_days is from 1 to 90");
    }
    if values.simulated_transient_percent > 100 {
        return refuse("simulated_transient_percent is from 0 to 100");
    }
    Ok(())
}

/// Says of each value that does not fit where it stands and what was expected.
fn said(error: &figment::Error) -> Failure {
    let each = error.clone().into_iter().map(|error| {
        let name = error.path.first().cloned().unwrap_or_default();
        let place = error.metadata.as_ref().map(|metadata| origin(metadata, &name).to_string());
        let place = place.map(|place| format!(" (from {place})")).unwrap_or_default();
        let name = error.path.join(".");
        format!("{name}{}{}{place}", if name.is_empty() { "" } else { ": " }, error.kind)
    });
    Failure::Usage(each.collect::<Vec<_>>().join("; "))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(_, text) => text.clone(),
        Value::Bool(_, switch) => switch.to_string(),
        Value::Num(_, number) => number.to_u128().map(|number| number.to_string()).unwrap_or_default(),
        Value::Array(_, items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Char(..) | Value::Empty(..) | Value::Dict(..) => String::new(),
    }
}

/// Hides the password that the URL of a database may carry.
pub(crate) fn without_password(url: &str) -> String {
    match reqwest::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            parsed.set_password(Some("hidden")).expect("a URL that has a password can have another");
            parsed.into()
        }
        Ok(_) | Err(_) => url.to_owned(),
    }
}

#[cfg(test)]
mod tests;
