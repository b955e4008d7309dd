//! The states of recently used aggregates.
//!
//! An entry is replaced only after the store acknowledged the events behind it, so a cached state is always durable;
//! on a store with several servers it may be old.

use std::any::Any;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tenantry_domain::stream::Decide;

use super::streams::Loaded;
use crate::limits::AGGREGATE_CACHE_BYTES_MAX;
use crate::ports::AggregateKey;

/// What an entry costs beside the events it was folded from, in bytes.
const ENTRY_BYTES: u64 = 256;

const EXPECTED_ENTRY_BYTES: u64 = 2048;

#[derive(Clone)]
struct Entry {
    state: Arc<dyn Any + Send + Sync>,
    sequence: i64,
    bytes: u64,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<AggregateKey, Entry> for ByBytes {
    fn weight(&self, _: &AggregateKey, entry: &Entry) -> u64 {
        entry.bytes + ENTRY_BYTES
    }
}

/// A bounded cache of [`Loaded`] aggregates of every type.
pub(super) struct States(Cache<AggregateKey, Entry, ByBytes>);

impl States {
    pub(super) fn new() -> Self {
        let items =
            usize::try_from(AGGREGATE_CACHE_BYTES_MAX / EXPECTED_ENTRY_BYTES).expect("fits a machine word");
        Self(Cache::with_weighter(items, AGGREGATE_CACHE_BYTES_MAX, ByBytes))
    }

    pub(super) fn get<A: Decide>(&self, stream: &AggregateKey) -> Option<Arc<Loaded<A>>> {
        self.0.get(stream)?.state.downcast().ok()
    }

    pub(super) fn put<A: Decide>(&self, stream: AggregateKey, loaded: Arc<Loaded<A>>) {
        let (sequence, bytes) = (loaded.sequence, loaded.bytes);
        self.0.insert(stream, Entry { state: loaded, sequence, bytes });
    }

    pub(super) fn remove(&self, stream: &AggregateKey) {
        self.0.remove(stream);
    }

    pub(super) fn remove_older(&self, stream: &AggregateKey, sequence: i64) {
        self.0.remove_if(stream, |entry| entry.sequence < sequence);
    }
}
