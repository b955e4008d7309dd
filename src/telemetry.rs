//! Logs of the process, on standard error.

use std::io::IsTerminal;

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The level is neither a level nor a filter such as `info,sqlx=warn`.
#[derive(Debug, thiserror::Error)]
#[error("not a log level or filter")]
pub struct InvalidLevel(#[from] tracing_subscriber::filter::ParseError);

/// Starts logging; a process that logs already goes on as it does.
pub fn start_logging(format: LogFormat, level: &str) -> Result<(), InvalidLevel> {
    let filter = EnvFilter::builder().parse(level)?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Tests start several servers in one process; the first one's subscriber stays.
    drop(match format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    });
    Ok(())
}
