//! The command line, and the composition root: the only place that names concrete stores and connectors.

pub mod compose;
mod demo;
mod serve;

pub use demo::make_sample;
pub use serve::{ServeOptions, serve};
