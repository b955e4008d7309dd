//! The command line, and the composition root: the only place that names concrete stores and connectors.

mod arguments;
mod asked;
mod backup;
mod client;
pub mod compose;
mod configuration;
mod customers;
mod demo;
mod doctor;
mod events;
mod export;
mod failure;
mod follow;
mod keys;
mod metering;
mod migrate;
mod nouns;
mod operations;
mod output;
mod parked;
mod people;
mod places;
mod projections;
mod read;
mod replay;
mod sales;
mod serve;
mod shell;
mod state;
mod store;
mod subscribers;
mod upkeep;
mod verbs;
mod wrapping;
mod write;

use std::process::ExitCode;

use clap::Parser;
use serde_json::json;

use self::arguments::{Arguments, Everywhere, TasksVerb, Verb};
use self::configuration::{Configuration, Environment};
use self::failure::Failure;
use crate::telemetry::start_logging;

pub use demo::make_sample;
pub use serve::{ServeOptions, serve};

/// The level of logs while serving, and the one of other verbs.
const LEVELS: [&str; 2] = ["info", "warn"];

/// Does what the command line of this process says.
///
/// The runtime starts here and not in the binary: all asynchronous code is then compiled with this crate, in parallel.
#[tokio::main]
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match done(arguments).await {
        Ok(()) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            if let Some(remedy) = failure.remedy() {
                eprintln!("  remedy: {remedy}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

async fn done(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { everywhere, verb } = arguments;
    // These need no configuration, and work where there is a broken one.
    let verb = match verb {
        Verb::Completions { shell } => return shell::complete(shell),
        Verb::Man { verb } => return shell::manual(&verb),
        verb => verb,
    };
    let configuration = configure(&everywhere, &verb)?;
    match verb {
        Verb::Serve(_) => Ok(serve(ServeOptions::of(&configuration)).await?),
        Verb::Migrate => migrate::migrate(&configuration).await,
        Verb::Key(verb) => verb.run(&configuration).await,
        Verb::Command(options) => options.run(&configuration).await,
        Verb::Case(verb) => verb.run(&configuration).await,
        Verb::Quote(verb) => verb.run(&configuration).await,
        Verb::Subscriber(verb) => verb.run(&configuration).await,
        Verb::Subscription(verb) => verb.run(&configuration).await,
        Verb::Usage(verb) => verb.run(&configuration).await,
        Verb::Report(verb) => verb.run(&configuration).await,
        Verb::Outbox(verb) => verb.run(&configuration).await,
        Verb::Consent(verb) => verb.run(&configuration).await,
        Verb::Invitation(verb) => verb.run(&configuration).await,
        Verb::Screening(verb) => verb.run(&configuration).await,
        Verb::Customer(verb) => verb.run(&configuration).await,
        Verb::Location(verb) => verb.run(&configuration).await,
        Verb::Number(verb) => verb.run(&configuration).await,
        Verb::Template(verb) => verb.run(&configuration).await,
        Verb::Partner(verb) => verb.run(&configuration).await,
        Verb::Org(verb) => verb.run(&configuration).await,
        Verb::Operation(verb) => verb.run(&configuration).await,
        Verb::Events(verb) => verb.run(&configuration).await,
        Verb::State(options) => options.run(&configuration).await,
        Verb::Replay(options) => options.run(&configuration).await,
        Verb::Projections(verb) => verb.run(&configuration).await,
        Verb::Tasks(TasksVerb::List(options)) => projections::list_tasks(&configuration, &options).await,
        Verb::Tasks(TasksVerb::Retry(task)) => projections::retry_task(&configuration, &task).await,
        Verb::Store(verb) => verb.run(&configuration).await,
        Verb::Backup(options) => options.run(&configuration).await,
        Verb::Restore(options) => options.run(&configuration).await,
        Verb::Doctor(options) => options.run(&configuration).await,
        Verb::Completions { .. } | Verb::Man { .. } => Ok(()),
    }
}

/// Reads the configuration and starts logging as it says.
fn configure(everywhere: &Everywhere, verb: &Verb) -> Result<Configuration, Failure> {
    let file = everywhere.config.as_deref();
    let environment = Environment::of_process();
    let (options, level) = match verb {
        Verb::Serve(flags) => (merged(everywhere, flags), LEVELS[0]),
        _ => (json!(everywhere), LEVELS[1]),
    };
    let configuration = Configuration::load(file, environment, &options)?;
    let values = &configuration.values;
    let level = values.log_level.as_deref().unwrap_or(level);
    start_logging(values.log_format, level)
        .map_err(|error| Failure::Usage(format!("log_level {level}: {error}")))?;
    Ok(configuration)
}

/// Puts the options of a verb beside those of every verb.
fn merged(everywhere: &Everywhere, flags: &arguments::ServeFlags) -> serde_json::Value {
    let (mut all, flags) = (json!(everywhere), json!(flags));
    if let (Some(all), serde_json::Value::Object(flags)) = (all.as_object_mut(), flags) {
        all.extend(flags);
    }
    all
}
