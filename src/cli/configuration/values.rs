//! The values of the configuration, read and checked.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::ids::PartnerId;
use tenantry_domain::values::Country;

use crate::cli::output::Format;
use crate::telemetry::LogFormat;

/// Who provisions organizations and licenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlatformKind {
    /// This program itself.
    Embedded,
    /// This program, slow and failing as configured.
    Simulated,
    /// Another one, over HTTP; not there yet, so it is not offered.
    #[value(skip)]
    Http,
}

/// The values of all keys; see [`super::keys`] for their defaults.
#[derive(Clone, Deserialize)]
pub(crate) struct Values {
    pub(crate) listen: SocketAddr,
    pub(crate) public_url: Option<String>,
    store: Option<String>,
    pub(crate) data_dir: PathBuf,
    pub(crate) logs: u32,
    pub(crate) demo: bool,
    pub(crate) platform: PlatformKind,
    pub(crate) simulated_delay_ms: u64,
    pub(crate) simulated_transient_percent: u8,
    pub(crate) simulated_refused: Vec<Package>,
    pub(crate) offered_countries: Vec<Country>,
    pub(crate) consent_days: u8,
    pub(crate) wrapping_key: Option<String>,
    pub(crate) operator_key: Option<String>,
    pub(crate) log_format: LogFormat,
    pub(crate) log_level: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) on_behalf_of: Option<PartnerId>,
    pub(crate) output: Option<Format>,
}

impl Values {
    /// Returns the URL of the store: the configured one, or the file in the data folder.
    pub(crate) fn store(&self) -> String {
        let embedded = || format!("sqlite:{}", self.data_dir.join("ledger.db").display());
        self.store.clone().unwrap_or_else(embedded)
    }
}
