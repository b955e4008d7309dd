//! The wrapping key of a store: configured, or kept in the data folder of an embedded one.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::compose::{Access, Settings};
use crate::ports::{Ids, KeyStore};
use crate::sealing::{KeyRing, WrappingKey};

/// The name of the file that holds the wrapping key of an embedded store.
pub(super) const KEY_FILE: &str = "wrapping.key";

/// Returns where the wrapping key of an embedded store is kept.
pub(super) fn key_file(data_dir: &Path) -> PathBuf {
    data_dir.join(KEY_FILE)
}

/// Refuses a store that several servers share as long as no wrapping key is configured for all of them.
pub(super) fn refuse_without_key(settings: &Settings) -> anyhow::Result<()> {
    if settings.wrapping_key.is_none() && !settings.store.starts_with("sqlite:") {
        bail!(
            "a store on PostgreSQL needs a wrapping key, the same for all its servers: set TENANTRY_WRAPPING_KEY to \
             the key under which the store was made; only for a new store make one: openssl rand -base64 32 | \
             tr '+/' '-_' | tr -d '='"
        );
    }
    Ok(())
}

/// Opens the keys of a store; fails when it was made with another wrapping key.
///
/// An embedded store must be held by now: two processes that each made a key would lock each other out.
pub(super) async fn open_ring(
    settings: &Settings,
    access: Access,
    keys: &dyn KeyStore,
    ids: &dyn Ids,
) -> anyhow::Result<KeyRing> {
    let path = key_file(&settings.data_dir);
    let (wrapping, made_now) = match &settings.wrapping_key {
        Some(text) => (WrappingKey::from_text(text)?, false),
        None => own_key(&path, access, ids)?,
    };
    // A look alone never decides which key a store has.
    let proposed = (access == Access::Write).then(|| KeyRing::propose(&wrapping, ids));
    let wrapped = keys.wrapped_hash_key(proposed.as_deref()).await;
    let opened = wrapped.map(|wrapped| KeyRing::open(wrapping, &wrapped));
    if made_now && !matches!(opened, Ok(Ok(_))) {
        // It would be taken for the store's key from now on.
        std::fs::remove_file(&path).with_context(|| format!("remove {}", path.display()))?;
    }
    let opened = opened?;
    if opened.is_err() && made_now {
        bail!(
            "{} is missing: this store was made with a wrapping key, and its personal data cannot be opened without; \
             restore the file, or name the folder it is in with --data-dir",
            path.display()
        );
    }
    let place = if settings.wrapping_key.is_some() {
        "the configured key".into()
    } else {
        path.display().to_string()
    };
    opened.with_context(|| format!("the personal data of this store cannot be opened with {place}"))
}

/// Finds the wrapping key of a store that is there: the configured one, or the one in a folder.
pub(super) fn find_key(configured: Option<&str>, folders: &[&Path]) -> anyhow::Result<WrappingKey> {
    if let Some(text) = configured {
        return Ok(WrappingKey::from_text(text)?);
    }
    let Some(path) = folders.iter().map(|folder| key_file(folder)).find(|path| path.exists()) else {
        bail!(
            "the wrapping key of the store is needed: set TENANTRY_WRAPPING_KEY, or name the folder of its {KEY_FILE} \
             with --data-dir"
        );
    };
    let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    WrappingKey::from_text(&text).with_context(|| format!("the key in {}", path.display()))
}

/// Reads the wrapping key from the data folder, making it on the first start; tells whether it did.
fn own_key(path: &Path, access: Access, ids: &dyn Ids) -> anyhow::Result<(WrappingKey, bool)> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            let key =
                WrappingKey::from_text(&text).with_context(|| format!("the key in {}", path.display()))?;
            return Ok((key, false));
        }
        Err(error) if error.kind() == ErrorKind::NotFound && access == Access::Write => {}
        Err(error) => {
            let needed = "read the wrapping key of the store; --data-dir names the folder it is in";
            return Err(error).with_context(|| format!("{}: {needed}", path.display()));
        }
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
    let key = WrappingKey::new(ids.secret());
    write_secret(path, &key.to_text()).with_context(|| format!("write the key to {}", path.display()))?;
    Ok((key, true))
}

/// Writes a file that only its owner can read, whole or not at all; it is on the disk when this returns.
pub(super) fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    for folder in path.ancestors().skip(1).take(2) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
