//! The ledger and the views on SQLite, in one file of one process.

mod batch;
mod connect;
mod keys;
mod ledger;
mod scratch;
mod sql;
mod tasks;
mod view_sql;
mod views;

pub use connect::SqliteStore;
pub use ledger::NoOtherServers;
pub use scratch::TemporaryFiles;
