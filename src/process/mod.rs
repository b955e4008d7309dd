//! Runs processes: reads the log for them, keeps their state and tasks, and performs the tasks.

mod provisioning;
mod runner;
mod worker;

pub use runner::ProcessRunner;
pub use worker::Worker;
