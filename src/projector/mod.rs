//! Applies the views' folds to their tables, page by page, under a lease.

mod digest;
mod fields;
mod fold;
mod lag;
mod moment_events;
mod moments;
mod parking;
mod progress;
mod replays;
mod runner;
mod scratch;
mod verify;
mod views;

pub use digest::{Digest, Hasher, canonical, digest_of};
pub use fields::Fields;
pub use fold::LeftOut;
pub use lag::sample_lags;
pub use moments::{Looking, MomentFault, Moments, Sources};
pub use parking::Retried;
pub use progress::Progress;
pub use replays::{Replay, ReplayRequest, ReplayState, Replayed, Replays};
pub use runner::Projector;
pub use scratch::ScratchCopy;
pub use verify::{Comparison, Verdict, compare, verify};
pub use views::{AnyView, registered_views, view_named};
