//! The integration tests: what the store, and later the whole server, promise on both databases.

#[macro_use]
mod harness;
mod store;
