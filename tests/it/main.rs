//! The integration tests: what the store, and the whole server, promise on both databases.

#[macro_use]
mod harness;
mod api;
mod architecture;
mod cli;
mod generated;
mod journey;
mod moving;
mod rules;
mod store;
