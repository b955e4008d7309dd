//! The command line as people type it: what it prints, what it says, and how it ends.

use std::process::{Command, Output};

use serde_json::Value;

use crate::journey::program::Program;

/// A verb that has run to its end.
pub(crate) struct Run(Output);

impl Run {
    /// Runs a verb through a server.
    pub(crate) fn through(program: &Program, key: &str, verb: &[&str]) -> Self {
        Self::of(command().args(verb).env("TENANTRY_URL", &program.url).env("TENANTRY_KEY", key))
    }

    fn of(command: &mut Command) -> Self {
        Self(command.output().expect("the program runs"))
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
