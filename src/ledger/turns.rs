//! One command at a time for each aggregate of this server.
//!
//! Two servers may still meet on one aggregate; the unique key of its events decides between them.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::limits::TURN_STRIPES;
use crate::ports::AggregateKey;

/// The turns of all aggregates, in stripes: no map to clean up, and a bound on memory.
///
/// A command takes exactly one turn and never a second while it holds one, so turns cannot deadlock.
pub(super) struct Turns {
    stripes: Box<[Arc<Mutex<()>>]>,
    hasher: RandomState,
}

/// The right to decide for an aggregate; given back when dropped.
pub(super) type Turn = OwnedMutexGuard<()>;

impl Turns {
    pub(super) fn new() -> Self {
        Self { stripes: (0..TURN_STRIPES).map(|_| Arc::default()).collect(), hasher: RandomState::new() }
    }

    /// Waits for the turn of an aggregate.
    pub(super) async fn take(&self, stream: &AggregateKey) -> Turn {
        let hash = self.hasher.hash_one(stream);
        let stripes = self.stripes.len() as u64;
        let stripe = usize::try_from(hash % stripes).expect("a stripe's number is small");
        self.stripes[stripe].clone().lock_owned().await
    }
}
