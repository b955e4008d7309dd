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
/// A command takes one turn, or two at once in the order of their stripes, and never another while it holds one, so turns
/// cannot deadlock.
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
        self.stripes[self.stripe(stream)].clone().lock_owned().await
    }

    /// Waits for the turns of two aggregates; they may share one.
    pub(super) async fn take_two(&self, one: &AggregateKey, other: &AggregateKey) -> Vec<Turn> {
        let mut stripes = vec![self.stripe(one), self.stripe(other)];
        stripes.sort_unstable();
        stripes.dedup();
        let mut turns = Vec::with_capacity(stripes.len());
        for stripe in stripes {
            turns.push(self.stripes[stripe].clone().lock_owned().await);
        }
        turns
    }

    fn stripe(&self, stream: &AggregateKey) -> usize {
        let hash = self.hasher.hash_one(stream);
        let stripes = self.stripes.len() as u64;
        usize::try_from(hash % stripes).expect("a stripe's number is small")
    }
}
