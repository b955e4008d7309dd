//! `tenantry store copy`: carries a whole store into another one.

use std::path::Path;

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::compose::PROCESSES;
use super::configuration::{Configuration, without_password};
use super::failure::Failure;
use super::output::{self, Column};
use super::verbs;
use super::wrapping::{find_key, key_file};
use crate::moving::{Compared, Copy, CopyFault, Stage, may_take};
use crate::ports::{CopySource, CopyTarget, Identity, Standing};
use crate::sealing::{KeyRing, WrappingKey};
use crate::store::postgres::{self, PostgresStore};
use crate::store::sqlite::{self, SqliteStore};

const COMPARED: &[Column] = &[
    ("TABLE", "/table"),
    ("ROWS", "/rows"),
    ("SHA-256", "/sha256"),
    ("COPIED ROWS", "/copiedRows"),
    ("COPIED SHA-256", "/copiedSha256"),
];

/// What can be done with whole stores.
#[derive(Debug, Subcommand)]
pub(crate) enum StoreVerb {
    /// Copy a store that nobody uses into an empty one, of the same or the other kind of database, and compare all rows
    Copy(CopyOptions),
}

/// Options of `store copy`.
#[derive(Debug, Clone, Args)]
pub(crate) struct CopyOptions {
    /// URL of the store to be copied, sqlite:FILE or postgres://…; stop every server on it first
    #[arg(value_name = "FROM")]
    from: String,
    /// URL of the copy; an empty database, or a file that is not there. Given again, a copy that broke off goes on
    #[arg(value_name = "TO")]
    to: String,
}

impl StoreVerb {
    /// Does it.
    pub(crate) async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        verbs::refuse_server(configuration)?;
        match self {
            Self::Copy(options) => options.run(configuration).await,
        }
    }
}

impl CopyOptions {
    async fn run(self, configuration: &Configuration) -> Result<(), Failure> {
        let Self { from, to } = self;
        let source = source(&from).await?;
        let identity = Copy::source(source.as_ref()).await.map_err(said)?;
        let wrapping = key_of(configuration, &from)?;
        open_with(&wrapping, &identity)?;
        let target = target(&to, &identity).await?;
        let bar = ProgressBar::new(0).with_style(style());
        let copy = Copy {
            from: source.as_ref(),
            to: target.as_ref(),
            processes: &PROCESSES,
            progress: &|stage, table, done, of| show(&bar, stage, table, done, of),
        };
        let compared = copy.run().await.map_err(said);
        bar.finish_and_clear();
        let compared = compared?;
        output::list(verbs::format(configuration), COMPARED, &json!({ "items": compared }))?;
        refuse_unequal(&compared)?;
        check_opens(target.as_ref(), &wrapping).await?;
        eprintln!("{}", farewell(configuration, &from, &to));
        Ok(())
    }
}

/// Opens the store to be copied, so that nobody else writes to it.
async fn source(url: &str) -> Result<Box<dyn CopySource>, Failure> {
    let inspection =
        if is_embedded(url)? { sqlite::inspect(url).await } else { postgres::inspect(url).await.map(Some) };
    let url_shown = without_password(url);
    let Some(inspection) = inspection.map_err(anyhow::Error::from)? else {
        return Err(Failure::found(format!("there is no store at {url_shown}")));
    };
    if inspection.applied != inspection.known {
        return Err(Failure::found(format!(
            "the schema of {url_shown} is not the one of this program; bring it up to date first, with `tenantry migrate`"
        )));
    }
    Ok(if is_embedded(url)? {
        Box::new(SqliteStore::open(url).await.map_err(anyhow::Error::from)?)
    } else {
        Box::new(PostgresStore::connect(url).await.map_err(anyhow::Error::from)?)
    })
}

/// Opens the store that is to be the copy; one that is something else is refused before anything of it is touched.
async fn target(url: &str, identity: &Identity) -> Result<Box<dyn CopyTarget>, Failure> {
    let fault = anyhow::Error::from;
    if !is_embedded(url)? {
        let store = PostgresStore::connect(url).await.map_err(fault)?;
        may_take(&store.standing().await.map_err(fault)?, identity).map_err(said)?;
        store.migrate().await.map_err(fault)?;
        return Ok(Box::new(store));
    }
    if sqlite::file_of(url).map_err(fault)?.exists() {
        let standing = SqliteStore::open_read_only(url).map_err(fault)?.standing().await.map_err(fault)?;
        may_take(&standing, identity).map_err(said)?;
    }
    let store = SqliteStore::open(url).await.map_err(fault)?;
    store.migrate().await.map_err(fault)?;
    Ok(Box::new(store))
}

/// Tells whether a URL names a file; one that names no store is refused.
fn is_embedded(url: &str) -> Result<bool, Failure> {
    if url.starts_with("sqlite:") {
        return Ok(true);
    }
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        return Ok(false);
    }
    let shown = without_password(url);
    Err(Failure::Usage(format!("a store is sqlite:FILE or postgres://…, not {shown}")))
}

/// Finds the wrapping key of the source: a file of it may lie beside its own, whatever the data folder is.
fn key_of(configuration: &Configuration, from: &str) -> Result<WrappingKey, Failure> {
    let values = &configuration.values;
    let file =
        if is_embedded(from)? { Some(sqlite::file_of(from).map_err(anyhow::Error::from)?) } else { None };
    let beside = file.as_deref().and_then(Path::parent);
    let folders: Vec<&Path> = beside.into_iter().chain([values.data_dir.as_path()]).collect();
    Ok(find_key(values.wrapping_key.as_deref(), &folders)?)
}

fn open_with(wrapping: &WrappingKey, identity: &Identity) -> Result<(), Failure> {
    let opened = KeyRing::open(wrapping.clone(), &identity.wrapped_hash_key);
    let said = "the wrapping key goes with the store: give the one that the source was made with";
    Ok(opened.map(drop).context(said)?)
}

/// Proves that the copy opens with the key that opens its source.
async fn check_opens(target: &dyn CopyTarget, wrapping: &WrappingKey) -> Result<(), Failure> {
    match target.standing().await.map_err(anyhow::Error::from)? {
        Standing::Whole(identity) => open_with(wrapping, &identity),
        Standing::Empty | Standing::BeingCopied(_) => Err(Failure::found("the copy is not whole")),
    }
}

fn refuse_unequal(compared: &[Compared]) -> Result<(), Failure> {
    let unequal = compared.iter().filter(|table| !table.is_equal()).map(|table| table.table);
    let unequal: Vec<&str> = unequal.collect();
    if unequal.is_empty() {
        return Ok(());
    }
    Err(Failure::found(format!(
        "{} differ: the copy stays closed; begin anew, with a target in which there is nothing",
        unequal.join(", ")
    )))
}

/// Says what is to be done with the keys, and with the store that was copied.
fn farewell(configuration: &Configuration, from: &str, to: &str) -> String {
    let values = &configuration.values;
    let key = if values.wrapping_key.is_some() {
        "start the servers of the copy with the same TENANTRY_WRAPPING_KEY".to_owned()
    } else if to.starts_with("sqlite:") {
        format!(
            "put a copy of {} into the data folder of the copy, for its owner alone",
            key_file_of(from, values)
        )
    } else {
        format!(
            "start each server of the copy with TENANTRY_WRAPPING_KEY set to the text in {}, and keep that text",
            key_file_of(from, values)
        )
    };
    format!(
        "the copy is whole, and its wrapping key opens it.\n- {key}\n- its views are filled when a server starts\n- start \
         no server on {} any more: both would do the same work",
        without_password(from)
    )
}

fn key_file_of(from: &str, values: &super::configuration::Values) -> String {
    let file = sqlite::file_of(from).ok();
    let beside = file.as_deref().and_then(Path::parent).map(key_file).filter(|path| path.exists());
    beside.unwrap_or_else(|| key_file(&values.data_dir)).display().to_string()
}

fn said(fault: CopyFault) -> Failure {
    match fault {
        CopyFault::Store(fault) => Failure::from(anyhow::Error::from(fault)),
        CopyFault::SourceInUse => Failure::Unreachable(fault.into()),
        CopyFault::NoSource(_) | CopyFault::SourceMoved | CopyFault::OtherStore | CopyFault::Complete => {
            Failure::Failed(fault.into())
        }
    }
}

fn show(bar: &ProgressBar, stage: Stage, table: &'static str, done: i64, of: i64) {
    let doing = match stage {
        Stage::Copying => "copy",
        Stage::Comparing => "compare",
    };
    bar.set_message(format!("{doing} {table}"));
    bar.set_length(of.unsigned_abs());
    bar.set_position(done.unsigned_abs());
}

/// Rows that are done, of those there are; shown on a terminal only.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} rows").expect("the template is well-formed")
}
