//! Connections: exactly one that writes, in exactly one process; readers are read-only.
//!
//! That discipline also keeps clear of the WAL-reset fault of SQLite before 3.51.3, which needs two writers.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlite_es::SqliteEventRepository;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, SqlitePool};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use super::copying_sql::FORMAT_NOW;
use super::sql;
use crate::limits::{CONNECTION_WAIT, SQLITE_READERS_MAX, SQLITE_WAL_PAGES, SQLITE_WRITER_CACHE_KIB};
use crate::ports::StoreFault;
use crate::store::copied::is_half;
use crate::store::inspection::{Inspection, known};
use crate::store::rows::fault;

pub(super) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// A store on SQLite.
pub struct SqliteStore {
    pub(super) readers: SqlitePool,
    writer: Mutex<Place>,
    pub(super) streams: SqliteEventRepository,
    options: SqliteConnectOptions,
    /// Held as long as the store is open for writing.
    lock: Option<File>,
    /// The folder of a scratch store, which goes with it.
    folder: Option<TempDir>,
}

impl SqliteStore {
    /// Opens a file for writing, creating it and its folder if they are not there.
    ///
    /// Refuses with [`StoreFault::InUse`] while another process has it open for writing.
    pub async fn open(url: &str) -> Result<Self, StoreFault> {
        let (options, path) = open_options(url)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| unavailable(e.into()))?;
        }
        let lock = lock(&path)?;
        let connection = connect_writer(options.clone().create_if_missing(true)).await?;
        Ok(Self::with_readers(options, Some(connection), Some(lock)))
    }

    /// Opens a file for reading only, whoever writes to it.
    pub fn open_read_only(url: &str) -> Result<Self, StoreFault> {
        let (options, path) = open_options(url)?;
        if !path.exists() {
            let missing = format!(
                "there is no store at {}; `tenantry serve` or `tenantry migrate` makes one",
                path.display()
            );
            return Err(unavailable(missing.into()));
        }
        Ok(Self::with_readers(options, None, None))
    }

    fn with_readers(
        options: SqliteConnectOptions,
        writer: Option<SqliteConnection>,
        lock: Option<File>,
    ) -> Self {
        let readers = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS_MAX)
            .acquire_timeout(CONNECTION_WAIT)
            .test_before_acquire(false)
            .connect_lazy_with(options.clone().read_only(true));
        let streams = SqliteEventRepository::new(readers.clone()).with_tables(sql::STREAMS, "no_snapshots");
        Self {
            readers,
            writer: Mutex::new(Place { connection: writer, unclean: false }),
            streams,
            options,
            lock,
            folder: None,
        }
    }

    /// Ties the life of a temporary folder to the store.
    pub(super) fn keep(&mut self, folder: TempDir) {
        self.folder = Some(folder);
    }

    /// Brings the schema up to date; returns the versions that were applied.
    pub async fn migrate(&self) -> Result<Vec<i64>, StoreFault> {
        let mut writer = self.write().await?;
        let before = applied(&mut writer).await?;
        MIGRATIONS
            .run_direct(&mut *writer)
            .await
            .map_err(|source| StoreFault::Unavailable { doing: "migrate", source: source.into() })?;
        let after = applied(&mut writer).await?;
        Ok(after.into_iter().filter(|version| !before.contains(version)).collect())
    }

    /// Takes the one write connection.
    pub(super) async fn write(&self) -> Result<Writer<'_>, StoreFault> {
        let mut place = self.writer.lock().await;
        if self.lock.is_none() {
            return Err(StoreFault::InUse("it was opened for reading only".to_owned()));
        }
        if place.connection.is_none() {
            place.connection = Some(connect_writer(self.options.clone()).await?);
        }
        let mut writer = Writer(place);
        if writer.0.unclean {
            writer.clean_up().await?;
        }
        Ok(writer)
    }
}

struct Place {
    connection: Option<SqliteConnection>,
    /// Whether a caller may have left a transaction or a setting behind: it failed, or went away half-way.
    unclean: bool,
}

/// The write connection, while somebody has it.
pub(super) struct Writer<'a>(MutexGuard<'a, Place>);

impl Writer<'_> {
    /// Says that what follows may leave something behind until [`Writer::is_clean`] is said.
    pub(super) fn may_leave_traces(&mut self) {
        self.0.unclean = true;
    }

    /// Says that nothing was left behind.
    pub(super) fn is_clean(&mut self) {
        self.0.unclean = false;
    }

    /// Ends an open transaction and restores the settings; a connection that cannot even do that is closed.
    async fn clean_up(&mut self) -> Result<(), StoreFault> {
        let rolled_back = sqlx::query(sql::ROLLBACK_IF_OPEN).execute(&mut **self).await;
        let restored = sqlx::query(sql::ERASE_WHAT_IS_DELETED).execute(&mut **self).await;
        if let Some(error) = rolled_back.err().filter(|error| !is_idle(error)).or(restored.err()) {
            self.0.connection = None;
            self.0.unclean = false;
            return Err(fault("clean the connection")(error));
        }
        self.0.unclean = false;
        Ok(())
    }
}

impl std::ops::Deref for Writer<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.0.connection.as_ref().expect("it was put there when it was taken")
    }
}

impl std::ops::DerefMut for Writer<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.0.connection.as_mut().expect("it was put there when it was taken")
    }
}

fn is_idle(error: &sqlx::Error) -> bool {
    error.to_string().contains("no transaction is active")
}

/// Returns the file that a URL names.
pub fn file_of(url: &str) -> Result<PathBuf, StoreFault> {
    Ok(open_options(url)?.1)
}

/// Reads a URL: how its file is opened, and which it is.
pub(super) fn open_options(url: &str) -> Result<(SqliteConnectOptions, PathBuf), StoreFault> {
    let options = SqliteConnectOptions::from_str(url).map_err(fault("read the store's URL"))?;
    let path = options.get_filename().to_owned();
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreFault::Unsafe("a store in memory is lost with its process; name a file".to_owned()));
    }
    let options = options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("recursive_triggers", "on")
        .pragma("secure_delete", "on")
        .busy_timeout(CONNECTION_WAIT)
        .disable_statement_logging();
    Ok((options, path))
}

/// Takes the lock file beside a store; the operating system gives it back when the process ends, however it ends.
pub(super) fn lock(path: &Path) -> Result<File, StoreFault> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&name)
        .map_err(|e| unavailable(e.into()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreFault::InUse(format!(
            "another process has {} open for writing; go through its server with --url, or stop it",
            path.display()
        ))),
        Err(TryLockError::Error(error)) => Err(unavailable(error.into())),
    }
}

fn unavailable(source: Box<dyn std::error::Error + Send + Sync>) -> StoreFault {
    StoreFault::Unavailable { doing: "open the file", source }
}

/// Asks a file about itself, whoever writes to it; `None` if it is not there.
pub async fn inspect(url: &str) -> Result<Option<Inspection>, StoreFault> {
    let options = SqliteConnectOptions::from_str(url).map_err(fault("read the store's URL"))?.read_only(true);
    if !options.get_filename().exists() {
        return Ok(None);
    }
    let mut connection = options.connect().await.map_err(fault("open the file"))?;
    let (version, journal_mode): (String, String) =
        sqlx::query_as(sql::VERSION).fetch_one(&mut connection).await.map_err(fault("read the settings"))?;
    Ok(Some(Inspection {
        database: format!("SQLite {version}"),
        settings: format!("journal mode {journal_mode}"),
        durable: journal_mode == "wal",
        being_copied: sqlx::query_scalar(FORMAT_NOW)
            .fetch_optional(&mut connection)
            .await
            .unwrap_or_default()
            .is_some_and(is_half),
        // Where nothing was ever applied there is no such table.
        applied: sqlx::query_as(sql::SCHEMA_STEPS).fetch_all(&mut connection).await.unwrap_or_default(),
        known: known(&MIGRATIONS),
    }))
}

async fn connect_writer(options: SqliteConnectOptions) -> Result<SqliteConnection, StoreFault> {
    let options = options
        .pragma("cache_size", format!("-{SQLITE_WRITER_CACHE_KIB}"))
        .pragma("wal_autocheckpoint", SQLITE_WAL_PAGES.to_string());
    let mut connection = options.connect().await.map_err(fault("open the file"))?;
    refuse_unsafe(&mut connection).await?;
    Ok(connection)
}

async fn refuse_unsafe(connection: &mut SqliteConnection) -> Result<(), StoreFault> {
    let (journal_mode, synchronous, recursive_triggers): (String, i64, i64) =
        sqlx::query_as(sql::SETTINGS).fetch_one(connection).await.map_err(fault("read the settings"))?;
    if journal_mode != "wal" {
        return Err(StoreFault::Unsafe(format!(
            "its journal mode is {journal_mode} and cannot be made wal; put the file on a local disk"
        )));
    }
    if synchronous != 2 || recursive_triggers != 1 {
        return Err(StoreFault::Unsafe(
            "synchronous = full and recursive_triggers = on do not hold".to_owned(),
        ));
    }
    Ok(())
}

async fn applied(connection: &mut SqliteConnection) -> Result<Vec<i64>, StoreFault> {
    let tables: i64 = sqlx::query_scalar(sql::MIGRATIONS_TABLE)
        .fetch_one(&mut *connection)
        .await
        .map_err(fault("read migrations"))?;
    if tables == 0 {
        return Ok(Vec::new());
    }
    sqlx::query_scalar(sql::MIGRATIONS_APPLIED).fetch_all(connection).await.map_err(fault("read migrations"))
}
