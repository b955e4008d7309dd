//! From a decision to durable events: turns, cache, group commit, and the feed of what was committed.
//!
//! Knows streams and positions; what an event means is known in `domain`, how it is stored in `store`.

mod beside;
mod cache;
mod command_store;
mod committer;
mod feed;
mod load;
mod recent;
mod streams;
mod together;
mod turns;
mod uses;

pub use beside::Beside;
pub use command_store::{Envelope, Outcome};
pub use committer::{CommitError, Committed, Committer};
pub use feed::{Feed, FeedReader};
pub use load::{fold_json, fold_sealed, known_events, load_as, payload_schemas, stream_types};
pub use streams::{ExecuteError, Loaded, Streams};
