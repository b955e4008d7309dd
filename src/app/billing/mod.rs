//! Billing reports: their files, built from the ledger, and the links by which they are fetched.

mod build;
mod counting;
mod fetch;
mod written;

pub use build::{BuiltReport, TooLarge};
