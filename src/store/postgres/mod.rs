//! The ledger and the views on PostgreSQL.

mod connect;
mod keys;
mod ledger;
mod sql;
mod tasks;
mod view_sql;
mod views;

pub use connect::PostgresStore;
