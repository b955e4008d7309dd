//! Copies of the file, made while a server writes to it, and a look into a copy that nobody has open.

use std::fs::File;
use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::connect::{MIGRATIONS, lock, open_options};
use super::{copying_sql, sql};
use crate::limits::LOG;
use crate::ports::{Head, StoreFault};
use crate::store::SchemaStep;
use crate::store::inspection::known;
use crate::store::rows::{checked_meta, fault};

/// What a copy of the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where its log ends.
    pub head: Head,
    /// Its hash key, sealed under the wrapping key.
    pub wrapped_hash_key: String,
    /// The steps of the schema that were applied.
    pub applied: Vec<SchemaStep>,
    /// Those that this program has.
    pub known: Vec<SchemaStep>,
}

/// Writes what a store holds at this moment to a new file, through a connection that cannot write to the store.
///
/// A server may write meanwhile. What was erased before is not in the copy: free pages are left out.
pub async fn back_up(url: &str, to: &Path) -> Result<(), StoreFault> {
    let doing = "copy the file";
    let (options, _) = open_options(url)?;
    let mut connection = options.read_only(true).connect().await.map_err(fault(doing))?;
    let to = to.to_str().ok_or_else(|| StoreFault::Unsafe(format!("{} is no text", to.display())))?;
    sqlx::query(sql::VACUUM_INTO).bind(to).execute(&mut connection).await.map_err(fault(doing))?;
    Ok(())
}

/// Looks into a copy that no process has open; nothing is made beside it.
pub async fn look_into(path: &Path) -> Result<Content, StoreFault> {
    let doing = "look into the copy";
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let mut connection = options.connect().await.map_err(fault(doing))?;
    let found: String =
        sqlx::query_scalar(sql::QUICK_CHECK).fetch_one(&mut connection).await.map_err(fault(doing))?;
    if found != "ok" {
        return Err(StoreFault::Corrupt(format!("{}: {found}", path.display())));
    }
    let meta = sqlx::query_as(copying_sql::META).fetch_one(&mut connection).await.map_err(fault(doing))?;
    let (position, recorded_at) =
        sqlx::query_as(sql::HEAD).bind(LOG).fetch_one(&mut connection).await.map_err(fault(doing))?;
    let applied = sqlx::query_as(sql::SCHEMA_STEPS).fetch_all(&mut connection).await.map_err(fault(doing))?;
    Ok(Content {
        head: Head { position, recorded_at },
        wrapped_hash_key: checked_meta(meta)?,
        applied,
        known: known(&MIGRATIONS),
    })
}

/// Keeps every process from opening a file for writing, also one that is not there yet, until it is dropped.
pub fn hold(path: &Path) -> Result<File, StoreFault> {
    lock(path)
}
