//! The ledger and the views on PostgreSQL.

mod connect;
mod keys;
mod ledger;
mod sql;

pub use connect::PostgresStore;
