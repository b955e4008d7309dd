//! Executes a command on one stream: turn, state, decision, commit.

use std::sync::Arc;

use cqrs_es::persist::SerializedEvent;
use cqrs_es::{AggregateError, CqrsFramework};
use tenantry_domain::limits::AGGREGATE_EVENTS_MAX;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;

use super::cache::States;
use super::command_store::{CommandStore, Envelope, Outcome, Slot};
use super::committer::Committer;
use super::load::{self, stream_types};
use super::turns::Turns;
use crate::limits::LOG;
use crate::ports::{AggregateKey, ClaimTaken, CommandKey, CommandRecord, Ids, Ledger, StoreFault};
use crate::sealing::Persons;

/// A state of an aggregate, and how far it was folded.
#[derive(Debug, Clone)]
pub struct Loaded<A> {
    /// The state; the default if there is no such stream.
    pub state: A,
    /// Its last sequence; 0 if there is no such stream.
    pub sequence: i64,
    /// Whose it is; `None` if there is no such stream.
    pub tenant_id: Option<TenantId>,
    /// Bytes of the events behind it.
    pub bytes: u64,
}

impl<A: Default> Default for Loaded<A> {
    fn default() -> Self {
        Self { state: A::default(), sequence: 0, tenant_id: None, bytes: 0 }
    }
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError<R: std::error::Error> {
    /// A rule refused, on state that was current.
    #[error(transparent)]
    Refused(R),
    /// The decision rests on state that may be old: decide again, on fresh state.
    #[error("the state has moved on")]
    OldState,
    /// A value belongs to another aggregate.
    #[error("{} is taken by {}", .0.kind, .0.holder)]
    Taken(ClaimTaken),
    /// The stream is not at the sequence that the caller expected.
    #[error("the stream is at sequence {0}")]
    AnotherSequence(i64),
    /// The stream has as many events as one may have; however new the state, there is no room.
    #[error("{} {} has {AGGREGATE_EVENTS_MAX} events, the most that one object may have", .0.aggregate_type, .0.aggregate_id)]
    Full(AggregateKey),
    /// Too many commands wait already: nothing was written.
    #[error("too many commands wait already")]
    Overloaded,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] StoreFault),
}

/// The streams of a store.
pub struct Streams {
    ledger: Arc<dyn Ledger>,
    pub(super) persons: Arc<Persons>,
    pub(super) ids: Arc<dyn Ids>,
    pub(super) committer: Committer,
    pub(super) turns: Turns,
    pub(super) states: States,
}

impl Streams {
    /// Opens the streams of a ledger.
    pub fn new(
        ledger: Arc<dyn Ledger>,
        persons: Arc<Persons>,
        ids: Arc<dyn Ids>,
        committer: Committer,
    ) -> Self {
        Self { ledger, persons, ids, committer, turns: Turns::new(), states: States::new() }
    }

    /// Returns the state of an aggregate, from the cache unless it must be `fresh`.
    ///
    /// A stream of another tenant than `tenant` looks like a missing one; `None` asks for any tenant's.
    pub async fn state<A: Decide>(
        &self,
        tenant: Option<TenantId>,
        aggregate_id: &str,
        fresh: bool,
    ) -> Result<Arc<Loaded<A>>, StoreFault> {
        let stream = AggregateKey { aggregate_type: A::TYPE, aggregate_id: aggregate_id.to_owned() };
        if !fresh && let Some(cached) = self.states.get::<A>(&stream) {
            let visible = tenant.is_none() || cached.tenant_id == tenant;
            return Ok(if visible { cached } else { Arc::default() });
        }
        self.load(&stream, tenant).await
    }

    pub(super) async fn ledger_events(
        &self,
        stream: &AggregateKey,
    ) -> Result<Vec<SerializedEvent>, StoreFault> {
        self.ledger.load(LOG, stream).await
    }

    pub(super) async fn load<A: Decide>(
        &self,
        stream: &AggregateKey,
        tenant: Option<TenantId>,
    ) -> Result<Arc<Loaded<A>>, StoreFault> {
        let mark = self.states.mark();
        let events = self.ledger_events(stream).await?;
        let loaded = Arc::new(load::fold::<A>(&self.persons, tenant, events).await?);
        if loaded.sequence > 0 {
            self.states.put_loaded(stream, loaded.clone(), mark);
        }
        Ok(loaded)
    }

    /// Decides a command and appends its events, all or nothing.
    ///
    /// With `fresh` the decision is made on state loaded for it; without, a decision other than an append answers
    /// [`ExecuteError::OldState`] when it was made on cached state (INV-REFUSAL).
    pub async fn execute<A: Decide>(
        &self,
        aggregate_id: &str,
        command: A::Command,
        mut envelope: Envelope,
        fresh: bool,
    ) -> Result<Outcome, ExecuteError<A::Error>> {
        let slot = Slot::<A>::default();
        envelope.empties = A::empties(&command);
        let store = CommandStore::new(self, envelope, fresh, &slot);
        let result = CqrsFramework::new(store, vec![], ()).execute(aggregate_id, command).await;
        match result {
            Ok(()) => Ok(slot.into_outcome()),
            Err(AggregateError::UserError(refusal)) => {
                Err(if slot.was_cached() { ExecuteError::OldState } else { ExecuteError::Refused(refusal) })
            }
            Err(error) => Err(slot.into_error(&error)),
        }
    }

    /// Finds the record of a command among those in memory.
    pub fn find_recent(&self, key: &CommandKey) -> Option<CommandRecord> {
        self.committer.find_recent(key)
    }

    /// Keeps records of the store in memory, for commands that are about to be repeated.
    pub fn recall(&self, found: Vec<(CommandKey, CommandRecord)>) {
        for (key, record) in found {
            self.committer.recall(key, record);
        }
    }

    /// Tells whether the state of an aggregate is in memory.
    pub fn holds<A: Decide>(&self, aggregate_id: &str) -> bool {
        let stream = AggregateKey { aggregate_type: A::TYPE, aggregate_id: aggregate_id.to_owned() };
        self.states.get::<A>(&stream).is_some()
    }

    /// Decides a command on fresh state and writes nothing: the events that would follow.
    pub async fn rehearse<A: Decide>(
        &self,
        tenant: TenantId,
        aggregate_id: &str,
        command: A::Command,
    ) -> Result<(i64, Vec<A::Event>), ExecuteError<A::Error>> {
        let loaded = self.state::<A>(Some(tenant), aggregate_id, true).await?;
        let events = loaded.state.decide(command).map_err(ExecuteError::Refused)?;
        Ok((loaded.sequence, events))
    }

    /// Drops every cached state of a tenant of which somebody was erased.
    pub fn forget_tenant(&self, tenant_id: TenantId) {
        self.states.remove_tenant(tenant_id);
    }

    /// Drops a cached state that is older than an event of its stream.
    pub fn forget_older(&self, event: &Recorded) {
        let known = stream_types().into_iter().find(|(name, _)| *name == event.aggregate_type);
        let Some((aggregate_type, _)) = known else { return };
        let stream = AggregateKey { aggregate_type, aggregate_id: event.aggregate_id.clone() };
        self.states.remove_older(&stream, event.sequence);
    }
}
