//! Files that are on the disk, that only their owner reads, and that are what they were.

use std::fs::{File, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::Context;
use sha2::{Digest, Sha256};

/// Bytes that are read at a time.
const CHUNK_BYTES: usize = 1024 * 1024;

/// Lets only the owner read a file, and sees that it is on the disk.
pub(super) fn keep_private(path: &Path) -> anyhow::Result<()> {
    let kept = std::fs::set_permissions(path, Permissions::from_mode(0o600));
    kept.and_then(|()| File::open(path)?.sync_all()).with_context(|| format!("keep {}", path.display()))
}

/// Sees that the names in a folder are on the disk.
pub(super) fn sync_folder(path: &Path) -> anyhow::Result<()> {
    let synced = File::open(path).and_then(|folder| folder.sync_all());
    synced.with_context(|| format!("sync {}", path.display()))
}

/// Writes a new file that only its owner reads; it is on the disk when this returns.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = private(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.with_context(|| format!("write {}", path.display()))
}

/// Copies a file to one that only its owner reads, over what an earlier try left; returns the SHA-256 of what it wrote.
pub(super) fn copy_private(from: &Path, to: &Path) -> anyhow::Result<String> {
    let mut file = private(to).with_context(|| format!("write {}", to.display()))?;
    let hash = each_chunk(from, |chunk| file.write_all(chunk))?;
    file.sync_all().with_context(|| format!("sync {}", to.display()))?;
    Ok(hash)
}

/// Returns the length of a file and its SHA-256 in hexadecimal digits.
pub(super) fn hashed(path: &Path) -> anyhow::Result<(u64, String)> {
    let mut bytes = 0;
    let hash = each_chunk(path, |chunk| {
        bytes += chunk.len() as u64;
        Ok(())
    })?;
    Ok((bytes, hash))
}

fn each_chunk(path: &Path, mut take: impl FnMut(&[u8]) -> std::io::Result<()>) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut read_all = || -> std::io::Result<()> {
        let mut file = File::open(path)?;
        loop {
            let read = file.read(&mut chunk)?;
            if read == 0 {
                return Ok(());
            }
            hash.update(&chunk[..read]);
            take(&chunk[..read])?;
        }
    };
    read_all().with_context(|| format!("read {}", path.display()))?;
    Ok(format!("{:x}", hash.finalize()))
}

fn private(path: &Path) -> std::io::Result<File> {
    File::options().write(true).create(true).truncate(true).mode(0o600).open(path)
}
