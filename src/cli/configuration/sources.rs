//! Where values come from: defaults, the file, the environment, flags.

use std::collections::BTreeMap;

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::keys::{KEYS, Key};

/// What the names of environment variables begin with.
const PREFIX: &str = "TENANTRY_";

/// The environment variable that names the file itself.
const FILE_VARIABLE: &str = "TENANTRY_CONFIG";

/// Names of the sources, as figment carries them along with each value.
pub(super) const DEFAULT: &str = "default";
pub(super) const ENVIRONMENT: &str = "environment";
pub(super) const FLAG: &str = "flag";

/// Values of one source.
pub(super) struct Given {
    source: &'static str,
    values: Dict,
}

impl Given {
    /// The values of keys of which nothing is said.
    pub(super) fn defaults() -> Self {
        let given = |key: &Key| Some((key.name.to_owned(), key.read(key.default?)));
        Self { source: DEFAULT, values: KEYS.iter().filter_map(given).collect() }
    }

    /// What the environment says; an empty variable says nothing.
    pub(super) fn by_environment(variables: &Environment) -> Self {
        let given = |key: &Key| {
            let text = variables.0.get(&variable(key.name))?;
            Some((key.name.to_owned(), key.read(text)))
        };
        Self { source: ENVIRONMENT, values: KEYS.iter().filter_map(given).collect() }
    }

    /// What the flags say.
    pub(super) fn by_flags(values: Dict) -> Self {
        Self { source: FLAG, values }
    }
}

impl Provider for Given {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.source)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// The variables of the environment that are meant for this program.
#[derive(Debug, Clone, Default)]
pub(crate) struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Reads the environment of this process.
    pub(crate) fn of_process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect()
    }

    /// Returns the path that it names for the file.
    pub(super) fn file(&self) -> Option<&str> {
        self.0.get(FILE_VARIABLE).map(String::as_str)
    }

    /// Returns the variables that no key reads.
    pub(super) fn unknown(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).filter(|name| *name != FILE_VARIABLE && !is_known(name)).collect()
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(variables: I) -> Self {
        let ours = |(name, value): &(String, String)| name.starts_with(PREFIX) && !value.trim().is_empty();
        Self(variables.into_iter().filter(ours).collect())
    }
}

/// Returns the name of the environment variable of a key.
pub(super) fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase())
}

fn is_known(variable: &str) -> bool {
    variable.strip_prefix(PREFIX).is_some_and(|name| Key::named(&name.to_lowercase()).is_some())
}

/// Returns what options that were given say, as values of their keys.
pub(super) fn flags(options: &impl serde::Serialize) -> Result<Dict, Box<figment::Error>> {
    let value = Value::serialize(options).map_err(Box::new)?;
    Ok(value.into_dict().expect("options are a struct, so they are a table"))
}
