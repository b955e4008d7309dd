//! A fresh store for one test: a folder for SQLite, a database of its own for PostgreSQL.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;
use tenantry::store::postgres::PostgresStore;
use tenantry::store::sqlite::{NoOtherServers, SqliteStore};

use super::raw::Raw;
use super::server::{Opening, Server};

/// Tells apart the databases of one test program.
static DATABASES: AtomicU32 = AtomicU32::new(1);

/// The store of one test.
pub(crate) enum Store {
    /// A file in a folder that goes away with the test.
    Sqlite(TempDir),
    /// A database on the server that the environment names.
    Postgres {
        /// Its name.
        name: String,
    },
}

impl Store {
    /// Makes an empty store on SQLite.
    #[expect(clippy::unused_async, reason = "both databases are made alike")]
    pub(crate) async fn sqlite() -> Self {
        Self::Sqlite(TempDir::new().expect("a temporary folder can be made"))
    }

    /// Makes an empty store on PostgreSQL.
    pub(crate) async fn postgres() -> Self {
        let name = format!("it_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut connection = connect(&application_url()).await;
        sqlx::raw_sql(&format!("create database {name}"))
            .execute(&mut connection)
            .await
            .expect("the role may create databases");
        Self::Postgres { name }
    }

    /// Makes another empty store on the same kind of database.
    pub(crate) async fn another(&self) -> Self {
        match self {
            Self::Sqlite(_) => Self::sqlite().await,
            Self::Postgres { .. } => Self::postgres().await,
        }
    }

    /// Drops the database; what a failed test leaves goes with the throw-away server.
    pub(crate) async fn close(self) {
        let Self::Postgres { name } = self else { return };
        let mut connection = connect(&application_url()).await;
        drop(
            sqlx::raw_sql(&format!("drop database if exists {name} with (force)"))
                .execute(&mut connection)
                .await,
        );
    }

    /// Returns the URL under which a server opens the store.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}", folder.path().join("tenantry.db").display()),
            Self::Postgres { name } => with_database(&application_url(), name),
        }
    }

    /// Returns the folder of the store's file.
    pub(crate) fn folder(&self) -> PathBuf {
        match self {
            Self::Sqlite(folder) => folder.path().to_owned(),
            Self::Postgres { name } => panic!("{name} is not a file"),
        }
    }

    /// Opens a server with the store's own key and a clock that runs forwards.
    pub(crate) async fn server(&self) -> Server {
        self.open(Opening::default()).await.expect("the store opens")
    }

    /// Opens as many servers as the database allows: two on PostgreSQL, one on SQLite.
    pub(crate) async fn servers(&self) -> Vec<Server> {
        match self {
            Self::Sqlite(_) => vec![self.server().await],
            Self::Postgres { .. } => vec![self.server().await, self.server().await],
        }
    }

    /// Opens a server.
    pub(crate) async fn open(&self, opening: Opening) -> anyhow::Result<Server> {
        match self {
            Self::Sqlite(_) => {
                let store = Arc::new(SqliteStore::open(&self.url()).await?);
                store.migrate().await?;
                Server::over(store, Arc::new(NoOtherServers), opening).await
            }
            Self::Postgres { .. } => {
                let store = Arc::new(PostgresStore::connect(&self.url()).await?);
                store.migrate().await?;
                let hints = Arc::new(store.hints());
                Server::over(store, hints, opening).await
            }
        }
    }

    /// Opens a connection of our own, with the settings that a stranger would have.
    pub(crate) async fn raw(&self) -> Raw {
        match self {
            Self::Sqlite(_) => {
                Raw::Sqlite(SqliteConnection::connect(&self.url()).await.expect("the file opens"))
            }
            Self::Postgres { .. } => Raw::Postgres(connect(&self.url()).await),
        }
    }

    /// Opens a connection with every right that the database knows.
    pub(crate) async fn raw_superuser(&self) -> Raw {
        match self {
            Self::Sqlite(_) => self.raw().await,
            Self::Postgres { name } => Raw::Postgres(connect(&with_database(&superuser_url(), name)).await),
        }
    }
}

async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("PostgreSQL takes connections")
}

fn application_url() -> String {
    variable("TENANTRY_TEST_POSTGRES_URL")
}

fn superuser_url() -> String {
    variable("TENANTRY_TEST_POSTGRES_SUPERUSER_URL")
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("PostgreSQL is needed: run scripts/test, or scripts/postgres with cargo test")
    })
}

/// Replaces the last part of a URL, which names the database.
fn with_database(url: &str, name: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("the URL names a database");
    format!("{server}/{name}")
}
