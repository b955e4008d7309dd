//! The states of recently used aggregates.
//!
//! An entry is replaced only after the store acknowledged the events behind it, so a cached state is always durable;
//! on a store with several servers it may be old.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

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
    tenant_id: Option<TenantId>,
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
pub(super) struct States {
    entries: Cache<AggregateKey, Entry, ByBytes>,
    /// Counts the events that old states were dropped for.
    dropped_for: AtomicU64,
    /// Counts the erasures that open values were dropped for.
    erasures: AtomicU64,
}

impl States {
    pub(super) fn new() -> Self {
        let items =
            usize::try_from(AGGREGATE_CACHE_BYTES_MAX / EXPECTED_ENTRY_BYTES).expect("fits a machine word");
        let entries = Cache::with_weighter(items, AGGREGATE_CACHE_BYTES_MAX, ByBytes);
        Self { entries, dropped_for: AtomicU64::new(0), erasures: AtomicU64::new(0) }
    }

    pub(super) fn get<A: Decide>(&self, stream: &AggregateKey) -> Option<Arc<Loaded<A>>> {
        self.entries.get(stream)?.state.downcast().ok()
    }

    fn put<A: Decide>(&self, stream: AggregateKey, loaded: Arc<Loaded<A>>) {
        let (sequence, tenant_id, bytes) = (loaded.sequence, loaded.tenant_id, loaded.bytes);
        self.entries.insert(stream, Entry { state: loaded, sequence, tenant_id, bytes });
    }

    /// Keeps a state that was decided on after `erasures`, unless somebody was erased meanwhile of whom it may hold
    /// open values.
    pub(super) fn put_decided<A: Decide>(
        &self,
        stream: &AggregateKey,
        loaded: Arc<Loaded<A>>,
        erasures: u64,
    ) {
        self.put(stream.clone(), loaded);
        if self.erasures() != erasures {
            self.remove(stream);
        }
    }

    /// Returns a mark of the erasures so far, to be taken before a state is read.
    pub(super) fn erasures(&self) -> u64 {
        self.erasures.load(Ordering::SeqCst)
    }

    /// Drops every state of a tenant: they hold open values of somebody who was erased.
    pub(super) fn remove_tenant(&self, tenant_id: TenantId) {
        self.dropped_for.fetch_add(1, Ordering::SeqCst);
        self.erasures.fetch_add(1, Ordering::SeqCst);
        self.entries.retain(|_, entry| entry.tenant_id != Some(tenant_id));
    }

    pub(super) fn remove(&self, stream: &AggregateKey) {
        self.entries.remove(stream);
    }

    pub(super) fn remove_older(&self, stream: &AggregateKey, sequence: i64) {
        self.dropped_for.fetch_add(1, Ordering::SeqCst);
        self.entries.remove_if(stream, |entry| entry.sequence < sequence);
    }

    /// Returns a mark of what has been dropped so far, to be taken before a state is loaded.
    pub(super) fn mark(&self) -> u64 {
        self.dropped_for.load(Ordering::SeqCst)
    }

    /// Keeps a state that was loaded after `mark`, unless events came by meanwhile that it may lack.
    pub(super) fn put_loaded<A: Decide>(&self, stream: &AggregateKey, loaded: Arc<Loaded<A>>, mark: u64) {
        self.put(stream.clone(), loaded);
        if self.mark() != mark {
            self.remove(stream);
        }
    }
}
