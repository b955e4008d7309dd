//! Applies the views' folds to their tables, page by page, under a lease.

mod fields;
mod progress;
mod runner;
mod verify;
mod views;

pub use fields::Fields;
pub use progress::Progress;
pub use runner::Projector;
pub use verify::{Verdict, verify};
pub use views::{AnyView, registered_views, view_named};
