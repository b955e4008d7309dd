//! The ledger and the views on SQLite, in one file of one process.

mod backup;
mod batch;
mod connect;
mod copying;
mod copying_sql;
mod erasing;
mod erasing_sql;
mod keys;
mod ledger;
mod parking;
mod past;
mod past_sql;
mod people;
mod people_sql;
mod report_sql;
mod reports;
mod scratch;
mod sql;
mod tasks;
mod view_sql;
mod views;
mod vitals;

pub use backup::{Content, back_up, hold, look_into};
pub use connect::{SqliteStore, file_of, inspect};
pub use ledger::NoOtherServers;
pub use scratch::TemporaryFiles;

/// Returns every statement that the server uses, by name, with the tables of a view put in.
///
/// For looking at their plans; nothing else needs them together.
pub fn statements(view: crate::ports::Generation) -> Vec<(&'static str, String)> {
    [sql::ALL, view_sql::ALL, people_sql::ALL, report_sql::ALL, erasing_sql::ALL, past_sql::ALL]
        .concat()
        .into_iter()
        .map(|(name, text)| (name, super::view_sql::with_table(text, view)))
        .collect()
}

/// Returns the statement that pages through a table that is carried elsewhere, for looking at its plan.
pub fn paging(table: &crate::ports::Table) -> String {
    copying_sql::rows_after(table)
}
