//! The views of Tenantry: pure folds from recorded events to rows, one file for each view.
//!
//! A view sees events in the order of their positions, each once. Storage, checkpoints and rebuilds are the projector's
//! in the root package.

#![warn(clippy::wildcard_enum_match_arm)]

mod recorded;
mod view;

pub use recorded::Recorded;
pub use view::{FoldError, RowKey, View};
