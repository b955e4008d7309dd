//! Connections, migrations, and the refusal of settings under which an acknowledged command could be lost.

use postgres_es::PostgresEventRepository;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection, PgPool};
use tokio::sync::Mutex;

use super::copying_sql::FORMAT_NOW;
use super::sql;
use crate::limits::{COMMIT_PATIENCE, CONNECTION_WAIT, LEASE_MS, READ_CONNECTIONS_MAX};
use crate::ports::StoreFault;
use crate::store::copied::is_half;
use crate::store::inspection::{Inspection, known};
use crate::store::rows::fault;

/// The oldest PostgreSQL that the statements are checked on.
const VERSION_MIN: i32 = 150_000;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// A store on PostgreSQL.
pub struct PostgresStore {
    pub(super) pool: PgPool,
    pub(super) options: PgConnectOptions,
    /// The committer's own connection; `None` until it is needed, and again after it broke.
    pub(super) writer: Mutex<Option<PgConnection>>,
    pub(super) streams: PostgresEventRepository,
}

impl PostgresStore {
    /// Connects, and refuses a server on which a commit may not be durable.
    pub async fn connect(url: &str) -> Result<Self, StoreFault> {
        let options = url
            .parse::<PgConnectOptions>()
            .map_err(fault("read the store's URL"))?
            .application_name("tenantry")
            .options([
                ("synchronous_commit", "on"),
                ("default_transaction_isolation", r"read\ committed"),
                // Our statements touch few rows; to compile one costs more than to run it.
                ("jit", "off"),
                // A server that stands still within a transaction would hold what another is to take over.
                ("idle_in_transaction_session_timeout", &LEASE_MS.to_string()),
            ]);
        let pool = PgPoolOptions::new()
            .max_connections(READ_CONNECTIONS_MAX)
            .acquire_timeout(CONNECTION_WAIT)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await
            .map_err(fault("connect"))?;
        refuse_unsafe(&pool).await?;
        let streams = PostgresEventRepository::new(pool.clone()).with_tables(sql::STREAMS, "no_snapshots");
        Ok(Self { pool, options, writer: Mutex::default(), streams })
    }

    /// Brings the schema up to date; returns the versions that were applied.
    pub async fn migrate(&self) -> Result<Vec<i64>, StoreFault> {
        let before = self.applied().await?;
        MIGRATIONS
            .run(&self.pool)
            .await
            .map_err(|source| StoreFault::Unavailable { doing: "migrate", source: source.into() })?;
        Ok(self.applied().await?.into_iter().filter(|version| !before.contains(version)).collect())
    }

    async fn applied(&self) -> Result<Vec<i64>, StoreFault> {
        let known: Option<String> = sqlx::query_scalar(sql::MIGRATIONS_TABLE)
            .fetch_one(&self.pool)
            .await
            .map_err(fault("read migrations"))?;
        if known.is_none() {
            return Ok(Vec::new());
        }
        sqlx::query_scalar(sql::MIGRATIONS_APPLIED)
            .fetch_all(&self.pool)
            .await
            .map_err(fault("read migrations"))
    }

    /// Connects the committer. A statement that it has given up ends on the server as well.
    pub(super) async fn connect_writer(&self) -> Result<PgConnection, StoreFault> {
        let patience_ms = COMMIT_PATIENCE.as_millis().to_string();
        let options = self.options.clone().options([("statement_timeout", patience_ms)]);
        PgConnection::connect_with(&options).await.map_err(fault("connect"))
    }
}

/// Asks a database about itself, whatever state it is in.
pub async fn inspect(url: &str) -> Result<Inspection, StoreFault> {
    let mut connection = PgConnection::connect(url).await.map_err(fault("connect"))?;
    let (version, fsync, full_page_writes, _, replica): (i32, String, String, String, bool) =
        sqlx::query_as(sql::SETTINGS)
            .fetch_one(&mut connection)
            .await
            .map_err(fault("read the server's settings"))?;
    Ok(Inspection {
        database: format!("PostgreSQL {}.{}", version / 10_000, version % 10_000),
        settings: format!("fsync {fsync}, full_page_writes {full_page_writes}, replica {replica}"),
        durable: fsync == "on" && full_page_writes == "on" && !replica,
        being_copied: sqlx::query_scalar(FORMAT_NOW)
            .fetch_optional(&mut connection)
            .await
            .unwrap_or_default()
            .is_some_and(is_half),
        // Where nothing was ever applied there is no such table.
        applied: sqlx::query_as(sql::SCHEMA_STEPS).fetch_all(&mut connection).await.unwrap_or_default(),
        known: known(&MIGRATIONS),
    })
}

async fn refuse_unsafe(pool: &PgPool) -> Result<(), StoreFault> {
    let (version, fsync, full_page_writes, synchronous_commit, replica): (i32, String, String, String, bool) =
        sqlx::query_as(sql::SETTINGS).fetch_one(pool).await.map_err(fault("read the server's settings"))?;
    let refuse = |reason: String| Err(StoreFault::Unsafe(reason));
    if version < VERSION_MIN {
        return refuse(format!("PostgreSQL 15 or later is needed, this is {}", version / 10_000));
    }
    if replica {
        return refuse("the server is a replica and cannot write; connect to the primary".to_owned());
    }
    if fsync != "on" {
        return refuse("fsync is off, so a crash can lose acknowledged commands; set fsync = on".to_owned());
    }
    if full_page_writes != "on" {
        let reason = "full_page_writes is off, so a crash can tear pages; set full_page_writes = on";
        return refuse(reason.to_owned());
    }
    if synchronous_commit != "on" {
        return refuse(format!(
            "synchronous_commit is {synchronous_commit} on this connection; it must be on"
        ));
    }
    Ok(())
}
