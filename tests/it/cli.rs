//! The command line as people type it: what it prints, what it says, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::harness::Store;
use crate::journey::program::{Home, Program, wrapping_key};

on_both_databases!(
    a_command_on_the_store_itself_says_truly_what_follows,
    what_a_key_lacks_is_named_by_its_flag,
);

/// A verb that has run to its end.
pub(crate) struct Run(Output);

impl Run {
    /// Runs a verb through a server.
    pub(crate) fn through(program: &Program, key: &str, verb: &[&str]) -> Self {
        Self::of(command().args(verb).env("TENANTRY_URL", &program.url).env("TENANTRY_KEY", key))
    }

    /// Runs a verb on the store itself.
    fn on(store: &Store, home: &Home, verb: &[&str]) -> Self {
        Self::of(&mut on(store, home, verb))
    }

    fn of(command: &mut Command) -> Self {
        Self(command.output().expect("the program runs"))
    }

    /// Returns how it ended.
    pub(crate) fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    /// Returns what it said beside what it printed.
    fn said(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Returns what it printed, as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.0.stdout).unwrap_or_else(|error| panic!("{error} in {:?}", self.0))
    }
}

/// The program, knowing nothing of the surroundings in which the tests run.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tenantry"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TENANTRY_")) {
        command.env_remove(name);
    }
    command
}

fn on(store: &Store, home: &Home, verb: &[&str]) -> Command {
    let mut command = command();
    command.args(verb).args(["--store", &store.url(), "--data-dir"]).arg(home.path().join("data"));
    command.env("TENANTRY_LOG_LEVEL", "error");
    if let Some(key) = wrapping_key(store) {
        command.env("TENANTRY_WRAPPING_KEY", key);
    }
    command
}

async fn a_command_on_the_store_itself_says_truly_what_follows(store: &Store) {
    let run = Run::on(store, &Home::new(), &["key", "create", "--role", "operator"]);

    let follows = match store {
        Store::Sqlite(_) => "when a server runs on it",
        Store::Postgres { .. } => "on the servers that run on it",
    };
    assert_eq!(run.code(), Some(0));
    assert!(run.said().contains(follows), "{}", run.said());
}

async fn what_a_key_lacks_is_named_by_its_flag(store: &Store) {
    let home = Home::new();

    let no_partner = Run::on(store, &home, &["key", "create", "--role", "service"]);
    let no_address = Run::on(store, &home, &["key", "create", "--role", "operator", "--email", "nobody@"]);

    assert_eq!(no_partner.code(), Some(3));
    assert!(no_partner.said().contains("name --partner"), "{}", no_partner.said());
    assert!(!no_partner.said().contains("partnerId"), "{}", no_partner.said());
    assert_eq!(no_address.code(), Some(2));
    assert!(no_address.said().contains("--email: "), "{}", no_address.said());
}

#[test]
fn what_is_away_comes_with_a_remedy_and_an_exit_code_of_its_own() {
    let run = Run::of(command().args(["partner", "list", "--url", "http://127.0.0.1:1", "--key", "any"]));

    assert_eq!(run.code(), Some(5));
    assert!(run.said().contains("remedy: start a server"), "{}", run.said());
}

#[test]
fn a_form_that_events_do_not_have_is_refused() {
    let run = Run::of(command().args(["events", "export", "-o", "table"]));

    assert_eq!(run.code(), Some(2));
    assert!(run.said().contains("--format"), "{}", run.said());
}

#[test]
fn a_platform_that_is_not_there_is_not_offered() {
    let run = Run::of(command().args(["serve", "--platform", "http"]));

    assert_eq!(run.code(), Some(2));
    assert!(run.said().contains("[possible values: embedded, simulated]"), "{}", run.said());
}

/// The store and the file belong to SQLite: on PostgreSQL the key is configured.
mod embedded {
    use super::{a_sample_comes_with_one_operator_key, a_wrapping_key_that_is_missing_is_called_so};

    on_one_database!(
        sqlite: a_sample_comes_with_one_operator_key, a_wrapping_key_that_is_missing_is_called_so
    );
}

async fn a_sample_comes_with_one_operator_key(store: &Store) {
    let home = Home::new();
    let serve = ["serve", "--demo", "--listen", "127.0.0.1:0"];
    let mut child = on(store, &home, &serve)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let printed = BufReader::new(child.stdout.take().expect("it is piped"));

    let mut lines = printed.lines().map_while(Result::ok);
    let key = lines.find(|line| line.starts_with("operator "));
    child.kill().expect("our child can be killed");
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is text");
    child.wait().expect("it is our child");

    assert!(key.is_some(), "{said}");
    assert!(!said.contains("tnt_"), "{said}");
}

async fn a_wrapping_key_that_is_missing_is_called_so(store: &Store) {
    let home = Home::new();
    assert_eq!(Run::on(store, &home, &["migrate"]).code(), Some(0));
    let file = home.path().join("data/wrapping.key");
    std::fs::remove_file(&file).expect("it was made");

    let run = Run::on(store, &home, &["serve", "--listen", "127.0.0.1:0"]);

    assert_eq!(run.code(), Some(1));
    assert!(run.said().contains(&format!("{} is missing", file.display())), "{}", run.said());
    assert!(!file.exists(), "a key that opens nothing would be in the way of the right one");
}
