//! The store contract: the same promises on SQLite and on PostgreSQL.

mod away;
mod batches;
mod beside;
mod broken_off;
mod claims;
mod clusters;
mod cqrs;
mod generations;
mod idempotency;
mod immutability;
mod order;
mod parking;
mod personal;
mod persons;
mod plans;
mod properties;
mod races;
mod readers;
mod safety;
mod servers;
