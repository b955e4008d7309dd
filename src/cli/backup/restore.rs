//! `tenantry restore`: a store made anew from a backup.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::json;

use super::files::{copy_private, sync_folder};
use super::manifest::{Manifest, STORE_FILE};
use super::{embedded_store, folder_of, open_with};
use crate::cli::configuration::{Configuration, Values};
use crate::cli::failure::Failure;
use crate::cli::wrapping::{KEY_FILE, find_key, key_file, write_secret};
use crate::cli::{output, verbs};
use crate::sealing::WrappingKey;
use crate::store::sqlite;

/// Options of `restore`.
#[derive(Debug, Clone, Args)]
pub(crate) struct RestoreOptions {
    /// The folder that `tenantry backup` made
    #[arg(value_name = "FOLDER")]
    from: PathBuf,
}

impl RestoreOptions {
    /// Puts store and wrapping key in their places; the store comes last, and whole.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let url = embedded_store(configuration)?;
        let path = sqlite::file_of(&url).map_err(anyhow::Error::from)?;
        refuse_existing(&path)?;
        let manifest = Manifest::checked(&self.from)?;
        let key = key_of(&self.from, &manifest, &configuration.values)?;
        check(&self.from.join(STORE_FILE), &manifest, &key).await?;
        let folder = folder_of(&path);
        std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
        let held = sqlite::hold(&path).map_err(anyhow::Error::from)?;
        refuse_existing(&path)?;
        let unfinished = with_ending(&path, ".unfinished");
        let written = copy_private(&self.from.join(STORE_FILE), &unfinished)?;
        if manifest.file(STORE_FILE).is_none_or(|file| file.sha256 != written) {
            return Err(Failure::found("the backup has changed while it was read"));
        }
        check(&unfinished, &manifest, &key).await?;
        let kept = keep_key(&key, &configuration.values)?;
        std::fs::rename(&unfinished, &path).with_context(|| format!("make {}", path.display()))?;
        sync_folder(folder)?;
        drop(held);
        let Manifest { position, made_at, .. } = &manifest;
        let shown = json!({ "store": url, "position": position, "madeAt": made_at, "wrappingKey": kept });
        Ok(output::one(verbs::format(configuration), &shown)?)
    }
}

/// Refuses a place where a store is, or what is left of one: a log of another file would be read into this one.
fn refuse_existing(path: &Path) -> Result<(), Failure> {
    let endings = ["", "-wal", "-shm", "-journal"];
    let there = endings.map(|ending| with_ending(path, ending)).into_iter().find(|path| path.exists());
    let Some(there) = there else { return Ok(()) };
    Err(Failure::found(format!(
        "{} is there, and nothing is overwritten: move it away, or name another place with --data-dir or --store",
        there.display()
    )))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Finds the wrapping key: in the backup, or where a server would look for it.
fn key_of(from: &Path, manifest: &Manifest, values: &Values) -> anyhow::Result<WrappingKey> {
    let configured = values.wrapping_key.as_deref();
    if configured.is_none() && manifest.file(KEY_FILE).is_some() {
        return find_key(None, &[from]);
    }
    find_key(configured, &[&values.data_dir])
}

/// Looks whether a file is the store that the manifest tells of, and whether this program and this key open it.
async fn check(file: &Path, manifest: &Manifest, key: &WrappingKey) -> Result<(), Failure> {
    let content = sqlite::look_into(file).await.map_err(anyhow::Error::from)?;
    if content.head.position.to_string() != manifest.position {
        return Err(Failure::found(format!("{} does not end where the manifest says", file.display())));
    }
    if content.applied.iter().any(|step| !content.known.contains(step)) {
        return Err(Failure::found("the backup was made by a newer program: use that one, or a newer one"));
    }
    open_with(key, &content.wrapped_hash_key)
}

/// Puts the key where a server finds it; returns where that is.
fn keep_key(key: &WrappingKey, values: &Values) -> anyhow::Result<String> {
    if values.wrapping_key.is_some() {
        return Ok("the configured one".to_owned());
    }
    let path = key_file(&values.data_dir);
    if path.exists() {
        let found = find_key(None, &[&values.data_dir])?;
        ensure!(
            found.to_text() == key.to_text(),
            "{} is the key of another store, and nothing is overwritten: move it away",
            path.display()
        );
    } else {
        let folder = &values.data_dir;
        std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
        write_secret(&path, &key.to_text()).with_context(|| format!("write {}", path.display()))?;
    }
    Ok(path.display().to_string())
}
