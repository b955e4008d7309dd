//! What a backup says of itself.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::files::{hashed, write_private};
use crate::cli::configuration::Shown;
use crate::cli::wrapping::KEY_FILE;
use crate::connectors::SystemClock;
use crate::ports::{Clock, Head};

/// The name of the store's file in a backup.
pub(super) const STORE_FILE: &str = "ledger.db";

const MANIFEST_FILE: &str = "manifest.json";

/// The form of backups that this program makes and reads.
const VERSION: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Manifest {
    /// The form of the backup.
    version: u32,
    /// The version of the program that made it.
    program: String,
    /// When it was made.
    pub(super) made_at: Timestamp,
    /// Position of the last event in it.
    pub(super) position: String,
    /// When that was recorded.
    recorded_at: Timestamp,
    /// The files in it, besides the manifest.
    pub(super) files: Vec<Listed>,
    /// The configuration of the one who made it, secrets hidden: for people.
    configuration: Value,
}

/// A file of a backup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) name: String,
    bytes: u64,
    pub(super) sha256: String,
}

impl Manifest {
    /// Describes the files in a folder.
    pub(super) fn of(
        folder: &Path,
        names: &[&str],
        head: Head,
        configuration: &[Shown],
    ) -> anyhow::Result<Self> {
        let listed = |name: &&str| {
            let (bytes, sha256) = hashed(&folder.join(name))?;
            anyhow::Ok(Listed { name: (*name).to_owned(), bytes, sha256 })
        };
        Ok(Self {
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: Timestamp::from_microsecond(SystemClock.now_us())?,
            position: head.position.to_string(),
            recorded_at: Timestamp::from_microsecond(head.recorded_at)?,
            files: names.iter().map(listed).collect::<Result<_, _>>()?,
            configuration: json!(configuration),
        })
    }

    /// Writes it beside the files.
    pub(super) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        write_private(&folder.join(MANIFEST_FILE), format!("{text}\n").as_bytes())
    }

    /// Reads it and holds every file against it.
    pub(super) fn checked(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(MANIFEST_FILE);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{}: {} is no backup", path.display(), folder.display()))?;
        let version = serde_json::from_str::<Value>(&text).ok().and_then(|all| all["version"].as_u64());
        if version != Some(VERSION.into()) {
            bail!("{} is not of the form {VERSION} that this program reads", path.display());
        }
        let manifest: Self =
            serde_json::from_str(&text).with_context(|| format!("read {}", path.display()))?;
        for file in &manifest.files {
            let known = [STORE_FILE, KEY_FILE].contains(&file.name.as_str());
            ensure!(known, "{} lists a file that no backup has: {}", path.display(), file.name);
            let found = hashed(&folder.join(&file.name))?;
            let same = found == (file.bytes, file.sha256.clone());
            ensure!(same, "{} in {} is not what the manifest says", file.name, folder.display());
        }
        ensure!(manifest.file(STORE_FILE).is_some(), "{} lists no {STORE_FILE}", path.display());
        Ok(manifest)
    }

    /// Finds a file.
    pub(super) fn file(&self, name: &str) -> Option<&Listed> {
        self.files.iter().find(|file| file.name == name)
    }
}
