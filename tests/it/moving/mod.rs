//! Whole stores: carried into another database, and backed up.

mod backup;
mod million;
mod overtaken;
mod refused;
mod schema;
mod whole;

use std::process::{Command, Output};

use serde_json::Value;

use crate::harness::Store;
use crate::journey::program::{Home, WRAPPING_KEY, bare};

/// Makes a home whose servers wrap with the key of the tests, whatever database they are on.
fn home() -> Home {
    let home = Home::new();
    let data = home.path().join("data");
    std::fs::create_dir(&data).expect("a folder can be made");
    std::fs::write(data.join("wrapping.key"), WRAPPING_KEY).expect("a file can be written");
    home
}

/// Makes an empty store on the other kind of database.
async fn other_kind(store: &Store) -> Store {
    match store {
        Store::Sqlite(_) => Store::postgres().await,
        Store::Postgres { .. } => Store::sqlite().await,
    }
}

/// The command line that copies a store.
fn copying(home: &Home, from: &Store, to: &Store) -> Command {
    let mut command = bare(home);
    command.args(["store", "copy", &from.url(), &to.url(), "-o", "json", "--data-dir"]);
    command.arg(home.path().join("data"));
    if let Store::Postgres { .. } = from {
        command.env("TENANTRY_WRAPPING_KEY", WRAPPING_KEY);
    }
    command
}

/// Copies a store to the end.
fn copy(home: &Home, from: &Store, to: &Store) -> Output {
    copying(home, from, to).output().expect("the program starts")
}

/// Returns the tables that a copy has compared, each with the same rows on both sides.
#[track_caller]
fn compared(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", said(output));
    let answer: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let tables = answer["items"].as_array().expect("there are tables").clone();
    for table in &tables {
        assert_eq!(table["sha256"], table["copiedSha256"], "{table}");
        assert_eq!(table["rows"], table["copiedRows"], "{table}");
    }
    tables
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns how many rows of a table were compared.
fn rows(tables: &[Value], name: &str) -> i64 {
    let table = tables.iter().find(|table| table["table"] == name);
    table.and_then(|table| table["rows"].as_i64()).expect("the table was compared")
}
