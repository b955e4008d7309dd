//! Tenantry: an event-sourced backend that provisions customer organizations for partners.
//!
//! Commands append events to a ledger that is never rewritten; projections turn them into views; processes carry work
//! between streams. The rules are in `tenantry_domain`, the views' folds in `tenantry_projections`; here is all that
//! touches the world. `docs/architecture.md` has the map.

pub mod app;
pub mod cli;
pub mod connectors;
pub mod http;
pub mod ledger;
pub mod limits;
pub mod moving;
pub mod ports;
pub mod process;
pub mod projector;
pub mod sealing;
pub mod shutdown;
pub mod store;
pub mod telemetry;
