//! The HTTP interface, path by path: what it answers, and to whom.

pub(crate) mod actions;
mod batches;
mod faulty;
mod idempotency;
mod matrix;
mod problems;
mod reads;
mod replays;
mod reports;
mod roles;
mod service;
mod tenants;
mod usage;
mod usage_groups;
mod usage_pages;
