//! A store as it lies there: its settings, its schema, its keys, its readers.

use std::os::unix::fs::PermissionsExt;
use std::str::FromStr;

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::checks::{Check, Migration, clock, readers, schema};
use crate::cli::compose::{Access, Server};
use crate::cli::configuration::Configuration;
use crate::cli::failure::Failure;
use crate::cli::wrapping::key_file;
use crate::limits::{LOG, PAGE_ROWS_MAX};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

const SQLITE_SETTINGS: &str = "select sqlite_version(), journal_mode from pragma_journal_mode";

const POSTGRES_SETTINGS: &str = "
select current_setting('server_version'), current_setting('fsync'), current_setting('full_page_writes'),
    pg_is_in_recovery()";

const MIGRATIONS_APPLIED: &str =
    "select version, checksum from _sqlx_migrations where success order by version";

/// Looks at the store of the configuration.
pub(super) async fn look(configuration: &Configuration) -> Vec<Check> {
    let url = configuration.values.store();
    let embedded = url.starts_with("sqlite:");
    let looked = if embedded { on_sqlite(&url).await } else { on_postgres(&url).await };
    let (mut found, applied) = match looked {
        Ok(looked) => looked,
        Err(found) => return vec![found],
    };
    let migrator = if embedded { &SQLITE } else { &POSTGRES };
    let known: Vec<Migration> =
        migrator.iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect();
    let schema = schema(&applied, &known);
    let usable = applied == known;
    found.push(schema);
    if embedded {
        found.extend(key_permissions(configuration));
    }
    if usable {
        found.extend(inside(configuration).await);
    }
    found
}

type Looked = Result<(Vec<Check>, Vec<Migration>), Check>;

async fn on_sqlite(url: &str) -> Looked {
    let wrong =
        |error: sqlx::Error| Check::fail("store", error.to_string(), "look at the file and who owns it");
    let options = SqliteConnectOptions::from_str(url).map_err(wrong)?.read_only(true);
    if !options.get_filename().exists() {
        let found = format!("there is no store at {} yet", options.get_filename().display());
        let check =
            Check::warn("store", found, "`tenantry serve` or `tenantry migrate` makes one; or mend --store");
        return Err(check);
    }
    let mut connection = SqliteConnection::connect_with(&options).await.map_err(wrong)?;
    let (version, journal): (String, String) =
        sqlx::query_as(SQLITE_SETTINGS).fetch_one(&mut connection).await.map_err(wrong)?;
    let settings = match journal.as_str() {
        "wal" => Check::ok("settings", "journal mode wal"),
        other => {
            let remedy = "put the file on a local disk; the next start sets wal";
            Check::warn("settings", format!("journal mode {other}"), remedy)
        }
    };
    let applied = sqlx::query_as(MIGRATIONS_APPLIED).fetch_all(&mut connection).await.unwrap_or_default();
    Ok((vec![Check::ok("store", format!("SQLite {version} opens it")), settings], applied))
}

async fn on_postgres(url: &str) -> Looked {
    let wrong = |error: sqlx::Error| {
        Check::fail("store", error.to_string(), "start the database, or mend --store and its password")
    };
    let mut connection = PgConnection::connect(url).await.map_err(wrong)?;
    let (version, fsync, full_page_writes, replica): (String, String, String, bool) =
        sqlx::query_as(POSTGRES_SETTINGS).fetch_one(&mut connection).await.map_err(wrong)?;
    let settings = if replica {
        Check::fail("settings", "the server is a replica", "connect to the primary")
    } else if fsync != "on" || full_page_writes != "on" {
        let found = format!("fsync {fsync}, full_page_writes {full_page_writes}");
        Check::fail("settings", found, "set both on: a crash can lose acknowledged commands")
    } else {
        Check::ok("settings", "fsync on, full_page_writes on")
    };
    let applied = sqlx::query_as(MIGRATIONS_APPLIED).fetch_all(&mut connection).await.unwrap_or_default();
    Ok((vec![Check::ok("store", format!("PostgreSQL {version} answers")), settings], applied))
}

/// Looks who else can read the wrapping key that an embedded store keeps in its folder.
fn key_permissions(configuration: &Configuration) -> Option<Check> {
    let path = key_file(&configuration.values.data_dir);
    let mode = std::fs::metadata(&path).ok()?.permissions().mode();
    let of_others = mode & 0o077;
    if of_others == 0 {
        return Some(Check::ok("wrapping key", format!("{} is its owner's alone", path.display())));
    }
    let found = format!("others can read {} (mode {:o})", path.display(), mode & 0o777);
    Some(Check::warn("wrapping key", found, "chmod 600 the file"))
}

/// Looks at what the store holds, with its keys.
async fn inside(configuration: &Configuration) -> Vec<Check> {
    let server = match Server::open(&configuration.settings(), Access::Read).await {
        Ok(server) => server,
        Err(error) => {
            let remedy = "give the wrapping key that the store was made with, or its --data-dir";
            return vec![Check::fail("keys", Failure::from(error).to_string(), remedy)];
        }
    };
    let mut found = vec![Check::ok("keys", "the wrapping key opens the store")];
    found.extend(of_log(&server).await);
    found.push(of_tasks(&server).await);
    server.tasks.stop().await;
    server.committing.stop().await;
    found
}

async fn of_log(server: &Server) -> Vec<Check> {
    let app = &server.http.app;
    let read = async { Ok((app.ledger.head(LOG).await?, app.views.checkpoints(LOG).await?)) };
    let (head, known) = match read.await {
        Ok(read) => read,
        Err(fault) => return vec![unread(&fault)],
    };
    let mut found = vec![clock(app.clock.now_us(), head.recorded_at)];
    found.extend(readers(&known, head.position));
    found
}

async fn of_tasks(server: &Server) -> Check {
    let open = match server.http.app.tasks.open_tasks(LOG, PAGE_ROWS_MAX).await {
        Ok(open) => open,
        Err(fault) => return unread(&fault),
    };
    match open.iter().filter(|task| task.last_error.is_some()).count() {
        0 => Check::ok("tasks", format!("{} are open", open.len())),
        failed => {
            let found = format!("{failed} of {} open ones failed and will be tried again", open.len());
            Check::warn("tasks", found, "see why: `tenantry tasks list`")
        }
    }
}

fn unread(fault: &crate::ports::StoreFault) -> Check {
    Check::fail("store", fault.to_string(), "look at the store; its own log says more")
}
