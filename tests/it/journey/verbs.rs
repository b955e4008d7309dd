//! The verbs of the command line, each a process of its own.

use std::process::{Command, Output};

use serde_json::Value;

use super::client::Client;
use super::program::{Home, bare, wrapping_key};
use crate::harness::Store;

/// Where a verb works.
pub(crate) enum Where<'a> {
    /// On the store itself.
    Store(&'a Store),
    /// Through a server, with the key of a client.
    Server(&'a Client),
    /// On neither: it has nothing but files.
    Nowhere,
}

/// Runs a verb to its end.
pub(crate) fn run(home: &Home, place: &Where<'_>, arguments: &[&str]) -> Output {
    let mut command: Command = bare(home);
    command.args(arguments);
    match place {
        Where::Store(store) => {
            command.args(["--store", &store.url(), "--data-dir"]).arg(home.path().join("data"));
            if let Some(key) = wrapping_key(store) {
                command.env("TENANTRY_WRAPPING_KEY", key);
            }
        }
        Where::Server(client) => {
            let (url, key) = client.place();
            command.args(["--url", url]).env("TENANTRY_KEY", key);
        }
        Where::Nowhere => {}
    }
    command.output().expect("the program starts")
}

/// Runs a verb that succeeds; returns what it printed.
#[track_caller]
pub(crate) fn printed(home: &Home, place: &Where<'_>, arguments: &[&str]) -> String {
    let output = run(home, place, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}

/// Runs a verb that succeeds; returns the JSON that it printed.
#[track_caller]
pub(crate) fn answered(home: &Home, place: &Where<'_>, arguments: &[&str]) -> Value {
    let printed = printed(home, place, &[arguments, &["-o", "json"]].concat());
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error} in {printed}"))
}

/// Runs a verb that fails; returns its exit code and what it said.
#[track_caller]
pub(crate) fn refused(home: &Home, place: &Where<'_>, arguments: &[&str]) -> (i32, String) {
    let output = run(home, place, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} succeeded: {}", String::from_utf8_lossy(&output.stdout));
    (output.status.code().expect("it was not killed"), said)
}
