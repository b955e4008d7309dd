//! A store as it lies there: its settings, its schema, its keys, its readers.

use super::checks::{Check, clock, parked, readers, schema};
use crate::app::error_chain;
use crate::cli::compose::{Access, Server};
use crate::cli::configuration::Configuration;
use crate::cli::failure::Failure;
use crate::cli::wrapping::key_file;
use crate::limits::{LOG, PAGE_ROWS_MAX};
use crate::store::{Inspection, postgres, sqlite};
use std::os::unix::fs::PermissionsExt;

/// Looks at the store of the configuration.
pub(super) async fn look(configuration: &Configuration) -> Vec<Check> {
    let url = configuration.values.store();
    let embedded = url.starts_with("sqlite:");
    let inspection = match inspected(&url, embedded).await {
        Ok(inspection) => inspection,
        Err(check) => return vec![check],
    };
    let mut found =
        vec![Check::ok("store", format!("{} answers", inspection.database)), settings(&inspection)];
    found.push(schema(&inspection.applied, &inspection.known));
    if embedded {
        found.extend(key_permissions(configuration));
    }
    if inspection.being_copied {
        let remedy = "give the same `tenantry store copy` again, which goes on where it broke off";
        found.push(Check::fail("copy", "it is being copied from another store and not whole yet", remedy));
    } else if inspection.applied == inspection.known {
        found.extend(inside(configuration).await);
    }
    found
}

async fn inspected(url: &str, embedded: bool) -> Result<Inspection, Check> {
    let asked = if embedded { sqlite::inspect(url).await } else { postgres::inspect(url).await.map(Some) };
    match asked {
        Ok(Some(inspection)) => Ok(inspection),
        Ok(None) => {
            let remedy = "`tenantry serve` or `tenantry migrate` makes one; or mend --store";
            Err(Check::warn("store", format!("there is no store at {url} yet"), remedy))
        }
        Err(fault) => {
            let remedy =
                "start the database, look at the file and who owns it, or mend --store and its password";
            Err(Check::fail("store", error_chain(&fault), remedy))
        }
    }
}

fn settings(inspection: &Inspection) -> Check {
    if inspection.durable {
        Check::ok("settings", inspection.settings.clone())
    } else {
        let remedy = "a commit may be lost under these: docs/operations.md says what each must be";
        Check::fail("settings", inspection.settings.clone(), remedy)
    }
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
    let read = async {
        Ok((app.ledger.head(LOG).await?, app.views.checkpoints(LOG).await?, app.views.parked(LOG).await?))
    };
    let (head, known, left_out) = match read.await {
        Ok(read) => read,
        Err(fault) => return vec![unread(&fault)],
    };
    let mut found = vec![clock(app.clock.now_us(), head.recorded_at)];
    found.extend(readers(&known, head.position));
    found.extend(parked(&left_out));
    found
}

async fn of_tasks(server: &Server) -> Check {
    let open = match server.http.app.tasks.open_tasks(LOG, None, PAGE_ROWS_MAX).await {
        Ok(open) => open,
        Err(fault) => return unread(&fault),
    };
    let more = if open.len() as i64 == PAGE_ROWS_MAX { " or more" } else { "" };
    match open.iter().filter(|task| task.last_error.is_some()).count() {
        0 => Check::ok("tasks", format!("{}{more} are open", open.len())),
        failed => {
            let found = format!("{failed} of {}{more} open ones failed and will be tried again", open.len());
            Check::warn("tasks", found, "see why: `tenantry tasks list`")
        }
    }
}

fn unread(fault: &crate::ports::StoreFault) -> Check {
    Check::fail("store", fault.to_string(), "look at the store; its own log says more")
}
