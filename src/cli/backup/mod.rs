//! `tenantry backup` and `tenantry restore`: the embedded store and its keys as one folder.

mod files;
mod manifest;
mod restore;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde_json::json;

use self::files::{keep_private, sync_folder};
use self::manifest::{Manifest, STORE_FILE};
use super::configuration::Configuration;
use super::failure::Failure;
use super::wrapping::{KEY_FILE, find_key, write_secret};
use super::{output, verbs};
use crate::sealing::{KeyRing, WrappingKey};
use crate::store::sqlite;

pub(crate) use restore::RestoreOptions;

/// Options of `backup`.
#[derive(Debug, Clone, Args)]
pub(crate) struct BackupOptions {
    /// The folder to be made; it must not be there yet
    #[arg(value_name = "FOLDER")]
    to: PathBuf,
    /// Leave out the wrapping key, which is kept elsewhere
    #[arg(long)]
    without_key: bool,
}

impl BackupOptions {
    /// Makes the folder, whole or not at all.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let url = embedded_store(configuration)?;
        let Self { to, without_key } = self;
        if to.exists() {
            return Err(Failure::found(format!("{} is there already; name another folder", to.display())));
        }
        let values = &configuration.values;
        let key = (!without_key).then(|| find_key(values.wrapping_key.as_deref(), &[&values.data_dir]));
        let key = key.transpose()?;
        let parent = folder_of(&to);
        std::fs::create_dir_all(parent).with_context(|| format!("make the folder {}", parent.display()))?;
        // Beside its place, so that it can be put there in one step. Only its owner can look into it.
        let unfinished = tempfile::Builder::new()
            .prefix(".backup-")
            .suffix(".unfinished")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent);
        let unfinished = unfinished.with_context(|| format!("make a folder in {}", parent.display()))?;
        let manifest = fill(unfinished.path(), &url, key.as_ref(), configuration).await?;
        std::fs::rename(unfinished.path(), &to).with_context(|| format!("make {}", to.display()))?;
        sync_folder(parent)?;
        if key.is_some() {
            eprintln!(
                "the backup holds the wrapping key: whoever has it can read people's data; --without-key leaves it out"
            );
        }
        let shown = json!({ "folder": to, "position": manifest.position, "madeAt": manifest.made_at,
            "files": manifest.files });
        Ok(output::one(verbs::format(configuration), &shown)?)
    }
}

/// Fills a folder; everything in it is on the disk when this returns.
async fn fill(
    folder: &Path,
    url: &str,
    key: Option<&WrappingKey>,
    configuration: &Configuration,
) -> Result<Manifest, Failure> {
    if !sqlite::file_of(url).map_err(anyhow::Error::from)?.exists() {
        return Err(Failure::found(format!("there is no store at {url}")));
    }
    let file = folder.join(STORE_FILE);
    sqlite::back_up(url, &file).await.map_err(anyhow::Error::from)?;
    keep_private(&file)?;
    let content = sqlite::look_into(&file).await.map_err(anyhow::Error::from)?;
    let mut names = vec![STORE_FILE];
    if let Some(key) = key {
        open_with(key, &content.wrapped_hash_key)?;
        write_secret(&folder.join(KEY_FILE), &key.to_text()).context("write the wrapping key")?;
        names.push(KEY_FILE);
    }
    let manifest = Manifest::of(folder, &names, content.head, &configuration.shown())?;
    manifest.write(folder)?;
    sync_folder(folder)?;
    Ok(manifest)
}

/// Refuses a wrapping key that is not the store's.
fn open_with(key: &WrappingKey, wrapped_hash_key: &str) -> Result<(), Failure> {
    let opened = KeyRing::open(key.clone(), wrapped_hash_key).map(drop);
    Ok(opened.context("the personal data of the store cannot be opened")?)
}

/// Returns the URL of the store, which must be a file of this machine.
fn embedded_store(configuration: &Configuration) -> Result<String, Failure> {
    verbs::refuse_server(configuration)?;
    let url = configuration.values.store();
    if url.starts_with("sqlite:") {
        return Ok(url);
    }
    Err(Failure::Usage(
        "a store on PostgreSQL is backed up and restored by the database itself, with a base backup and archived WAL; \
         docs/operations.md, \"Backup and restore\", says what else to keep"
            .to_owned(),
    ))
}

/// Returns the folder that something is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
