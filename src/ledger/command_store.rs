//! The event store that one command runs against.
//!
//! `CqrsFramework` knows only an aggregate ID and answers nothing; so each command gets a framework of its own over a
//! store that carries the command's envelope in, and its outcome out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use cqrs_es::{AggregateContext, AggregateError, DomainEvent, EventEnvelope, EventStore};
use tenantry_domain::event::{EventSet, Metadata, metadata};
use tenantry_domain::ids::EventId;
use tenantry_domain::limits::{AGGREGATE_EVENTS_MAX, AGGREGATE_RESERVE_EVENTS_MAX};
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::beside::Beside;
use super::committer::{CommitError, Committed};
use super::load::has_slots;
use super::streams::{ExecuteError, Loaded, Streams};
use super::turns::Turn;
use crate::ports::{
    AggregateKey, ClaimKey, CommandKey, CommandRecord, NewClaim, NewCommand, NewEvent, NewTenant, StoreFault,
};
use crate::sealing::{NewPersons, PersonKeys};

/// What a command carries besides its data.
pub struct Envelope {
    /// Under which it is recorded.
    pub key: CommandKey,
    /// HMAC of its name and body.
    pub fingerprint: [u8; 32],
    /// Its name.
    pub command_type: &'static str,
    /// Tenant of the stream.
    pub tenant_id: TenantId,
    /// Whether the aggregate's ID was made for this command: then there is nothing to load.
    pub creates: bool,
    /// The sequence that the caller expects.
    pub expected_sequence: Option<i64>,
    /// Who, when, why: on every event, beside the event's own ID.
    pub metadata: Metadata,
    /// What the caller is answered, without sequence and position; IDs only.
    pub answer: serde_json::Map<String, serde_json::Value>,
    /// Claims to take.
    pub claims: Vec<NewClaim>,
    /// Claims to give up.
    pub releases: Vec<ClaimKey>,
    /// Persons first met by it.
    pub new_persons: NewPersons,
    /// Keys of the persons that its events name.
    pub keys: PersonKeys,
    /// The tenant that it brings into being.
    pub tenant: Option<NewTenant>,
    /// Whether there is room for it in a full stream; its stream says so.
    pub empties: bool,
    /// What it means to a second stream, with the turns of both.
    pub beside: Option<Beside>,
}

/// What became of a command.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was carried out.
    Committed {
        /// The answer, without the position.
        answer: String,
        /// Position of the log after it.
        position: i64,
    },
    /// It, or another with its key, was carried out before.
    Replayed(CommandRecord),
}

/// Where the store leaves what the framework cannot return.
pub(super) struct Slot<A: Decide>(Mutex<Left<A>>);

struct Left<A: Decide> {
    cached: bool,
    outcome: Option<Outcome>,
    error: Option<ExecuteError<A::Error>>,
}

impl<A: Decide> Default for Slot<A> {
    fn default() -> Self {
        Self(Mutex::new(Left { cached: false, outcome: None, error: None }))
    }
}

impl<A: Decide> Slot<A> {
    fn with<T>(&self, set: impl FnOnce(&mut Left<A>) -> T) -> T {
        set(&mut self.0.lock().expect("nothing panics while it holds the slot"))
    }

    /// Leaves an error and returns the one that makes the framework stop.
    fn stop(&self, error: ExecuteError<A::Error>) -> AggregateError<A::Error> {
        self.with(|left| left.error = Some(error));
        AggregateError::AggregateConflict
    }

    pub(super) fn was_cached(&self) -> bool {
        self.with(|left| left.cached)
    }

    pub(super) fn into_outcome(self) -> Outcome {
        self.with(|left| left.outcome.take()).expect("a successful commit leaves its outcome")
    }

    pub(super) fn into_error(self, error: &AggregateError<A::Error>) -> ExecuteError<A::Error> {
        self.with(|left| left.error.take())
            .unwrap_or_else(|| ExecuteError::Fault(StoreFault::Corrupt(error.to_string())))
    }
}

/// An event store for one command.
pub(super) struct CommandStore<'a, A: Decide> {
    streams: &'a Streams,
    envelope: Mutex<Option<Envelope>>,
    tenant_id: TenantId,
    creates: bool,
    expected_sequence: Option<i64>,
    /// Whether the turn is with the envelope already.
    has_turn: bool,
    fresh: bool,
    slot: &'a Slot<A>,
}

impl<'a, A: Decide> CommandStore<'a, A> {
    pub(super) fn new(streams: &'a Streams, envelope: Envelope, fresh: bool, slot: &'a Slot<A>) -> Self {
        let Envelope { tenant_id, creates, expected_sequence, .. } = envelope;
        let has_turn = envelope.beside.is_some();
        Self {
            streams,
            envelope: Mutex::new(Some(envelope)),
            tenant_id,
            creates,
            expected_sequence,
            has_turn,
            fresh,
            slot,
        }
    }

    fn stream(aggregate_id: &str) -> AggregateKey {
        AggregateKey { aggregate_type: A::TYPE, aggregate_id: aggregate_id.to_owned() }
    }
}

/// An aggregate whose turn it is; dropping it gives the turn back.
pub(super) struct Context<A> {
    stream: AggregateKey,
    state: A,
    sequence: i64,
    bytes: u64,
    cached: bool,
    /// The erasures so far when the state was read.
    erasures: u64,
    _turn: Option<Turn>,
}

impl<A: Decide> AggregateContext<A> for Context<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.state
    }
}

impl<A: Decide> EventStore<A> for CommandStore<'_, A> {
    type AC = Context<A>;

    async fn load_events(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let loaded = self.streams.ledger_events(&Self::stream(aggregate_id)).await;
        loaded.and_then(super::load::decode).map_err(|fault| self.slot.stop(fault.into()))
    }

    async fn load_aggregate(&self, aggregate_id: &str) -> Result<Context<A>, AggregateError<A::Error>> {
        let stream = Self::stream(aggregate_id);
        let turn = if self.has_turn { None } else { Some(self.streams.turns.take(&stream).await) };
        let erasures = self.streams.states.erasures();
        let known = if self.fresh { None } else { self.streams.states.get::<A>(&stream) };
        let cached = known.is_some();
        let loaded = match known {
            Some(known) if known.tenant_id == Some(self.tenant_id) => known,
            Some(_) => Arc::default(),
            None if self.creates && !self.fresh => Arc::default(),
            None => {
                let loaded = self.streams.load::<A>(&stream, Some(self.tenant_id)).await;
                loaded.map_err(|fault| self.slot.stop(fault.into()))?
            }
        };
        self.slot.with(|left| left.cached = cached);
        let Loaded { state, sequence, bytes, .. } = Arc::unwrap_or_clone(loaded);
        if self.expected_sequence.is_some_and(|expected| expected != sequence) {
            let error = if cached { ExecuteError::OldState } else { ExecuteError::AnotherSequence(sequence) };
            return Err(self.slot.stop(error));
        }
        Ok(Context { stream, state, sequence, bytes, cached, erasures, _turn: turn })
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        context: Context<A>,
        _: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        if events.is_empty() && context.cached {
            return Err(self.slot.stop(ExecuteError::OldState));
        }
        let envelope = self.envelope.lock().expect("nothing panics while it holds the envelope").take();
        let mut envelope = envelope.expect("the framework commits once");
        let mut beside = envelope.beside.take();
        let stream = context.stream.clone();
        let sequence = context.sequence + events.len() as i64;
        let written = write(self.streams, envelope, events, context.sequence, &stream)
            .map_err(|e| self.slot.stop(e))?;
        let (answer, bytes) = (written.answer.clone(), context.bytes + written.bytes() as u64);
        let second =
            beside.as_mut().and_then(|beside| beside.written.take()).filter(|_| !written.events.is_empty());
        let second_stream = second.as_ref().map(|second| second.stream.clone());
        let together = second.into_iter().chain([written]).collect();
        match self.streams.committer.commit_together(together).await {
            Ok(Committed::Appended { position }) => {
                let loaded =
                    Loaded { state: context.state, sequence, tenant_id: Some(self.tenant_id), bytes };
                if sequence > 0 {
                    self.streams.states.put_decided(&stream, Arc::new(loaded), context.erasures);
                }
                if let Some(beside) = beside.filter(|_| second_stream.is_some()) {
                    beside.keep(self.streams);
                }
                self.slot.with(|left| left.outcome = Some(Outcome::Committed { answer, position }));
            }
            // Nothing was appended to the state. Where the record is of a commit that broke off, the state is old: the
            // feed drops it, or the next command finds out.
            Ok(Committed::Recorded(record)) => {
                self.slot.with(|left| left.outcome = Some(Outcome::Replayed(record)));
            }
            Err(error) => {
                self.streams.states.remove(&stream);
                if let Some(second) = &second_stream {
                    self.streams.states.remove(second);
                }
                return Err(self.slot.stop(match error {
                    CommitError::Stale => ExecuteError::OldState,
                    CommitError::Taken(taken) => ExecuteError::Taken(taken),
                    CommitError::Overloaded => ExecuteError::Overloaded,
                    CommitError::Fault(fault) => ExecuteError::Fault(fault),
                }));
            }
        }
        Ok(Vec::new())
    }
}

/// Turns decided events into what is stored: sealed, serialized, with their metadata.
pub(super) fn write<E: EventSet, R: std::error::Error>(
    streams: &Streams,
    envelope: Envelope,
    events: Vec<E>,
    sequence: i64,
    stream: &AggregateKey,
) -> Result<NewCommand, ExecuteError<R>> {
    let after = sequence + events.len() as i64;
    if !has_room(after, envelope.empties) {
        return Err(ExecuteError::Full(stream.clone()));
    }
    let mut answer = envelope.answer;
    answer.insert("sequence".to_owned(), after.into());
    let metadata = std::iter::repeat_n(envelope.metadata, events.len());
    let events = events
        .into_iter()
        .zip(metadata)
        .map(|(event, metadata)| stored(event, metadata, &envelope.keys, streams))
        .collect::<Result<_, _>>()?;
    // What was so already takes nothing: no claim, no person, no tenant.
    let changes = after > sequence;
    let NewPersons { claims: person_claims, keys: person_keys, erased } = envelope.new_persons;
    let mut claims = envelope.claims;
    claims.extend(person_claims);
    claims.retain(|_| changes);
    Ok(NewCommand {
        key: envelope.key,
        fingerprint: envelope.fingerprint,
        command_type: envelope.command_type,
        answer: serde_json::Value::Object(answer).to_string(),
        stream: stream.clone(),
        tenant_id: envelope.tenant_id,
        events,
        sequence,
        claims,
        releases: if changes { envelope.releases } else { Vec::new() },
        person_keys: if changes { person_keys } else { Vec::new() },
        erased: if changes { erased } else { Vec::new() },
        tenant: envelope.tenant.filter(|_| changes),
    })
}

/// Tells whether a stream may end at this sequence; the reserve is for what empties it.
fn has_room(sequence: i64, empties: bool) -> bool {
    let reserve = if empties { AGGREGATE_RESERVE_EVENTS_MAX } else { 0 };
    sequence <= (AGGREGATE_EVENTS_MAX + reserve) as i64
}

/// An open value whose person has no key is of somebody who was erased since the state was read: it is read again.
fn stored<E: EventSet, R: std::error::Error>(
    mut event: E,
    mut metadata: Metadata,
    keys: &PersonKeys,
    streams: &Streams,
) -> Result<NewEvent, ExecuteError<R>> {
    let corrupt = |error: String| ExecuteError::Fault(StoreFault::Corrupt(error));
    if has_slots(&mut event) {
        let sealed = keys.seal(&mut event);
        sealed
            .map_err(|e| if keys.has(e.subject) { corrupt(e.to_string()) } else { ExecuteError::OldState })?;
    }
    metadata.insert(metadata::ID.into(), EventId::from_uuid(streams.ids.uuid()).to_string());
    Ok(NewEvent {
        event_type: event.type_name(),
        event_version: DomainEvent::event_version(&event),
        payload: serde_json::value::to_raw_value(&event).map_err(|e| corrupt(e.to_string()))?,
        metadata_text: serde_json::to_string(&metadata).map_err(|e| corrupt(e.to_string()))?,
        metadata,
    })
}

#[cfg(test)]
mod tests {
    use tenantry_domain::customer::{Customer, CustomerCommand};
    use tenantry_domain::ids::SubscriberId;

    use super::*;

    #[test]
    fn a_stream_is_full_at_its_bound_and_not_before() {
        let bound = AGGREGATE_EVENTS_MAX as i64;
        let has_room = |sequence| has_room(sequence, false);
        assert_eq!([bound - 1, bound, bound + 1].map(has_room), [true, true, false]);
    }

    #[test]
    fn a_full_stream_can_still_be_emptied() {
        let bound = (AGGREGATE_EVENTS_MAX + AGGREGATE_RESERVE_EVENTS_MAX) as i64;
        let has_room = |sequence| has_room(sequence, true);
        assert_eq!([bound, bound + 1].map(has_room), [true, false]);
        let subscriber_id = SubscriberId::from_uuid(uuid::Uuid::nil());
        assert!(Customer::empties(&CustomerCommand::ReleaseSeat { subscriber_id }));
        assert!(!Customer::empties(&CustomerCommand::Activate));
    }
}
