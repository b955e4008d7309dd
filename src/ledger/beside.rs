//! Decides what a command means to a second stream of its tenant, to be written in the commit of the first.

use std::sync::Arc;

use tenantry_domain::stream::Decide;

use super::command_store::{Envelope, write};
use super::streams::{ExecuteError, Loaded, Streams};
use super::turns::Turn;
use crate::ports::{AggregateKey, NewCommand};

/// What was decided on a second stream. With the first one's events it is written together or not at all.
///
/// Holds the turns of both streams until it is dropped.
pub struct Beside {
    pub(super) written: Option<NewCommand>,
    keep: Box<dyn FnOnce(&Streams) + Send + Sync>,
    _turns: Vec<Turn>,
}

impl Beside {
    /// Keeps the second stream's state, now that it is durable.
    pub(super) fn keep(self, streams: &Streams) {
        (self.keep)(streams);
    }
}

impl Streams {
    /// Takes the turns of two streams and decides on the second: `B`, for whose tenant, key and claims the envelope
    /// stands.
    ///
    /// As for [`Streams::execute`], what is decided on cached state and is no append has to be decided again.
    pub async fn decide_beside<A: Decide, B: Decide>(
        &self,
        first: &str,
        second: &str,
        command: B::Command,
        (mut envelope, fresh): (Envelope, bool),
    ) -> Result<Beside, ExecuteError<B::Error>> {
        let first = AggregateKey { aggregate_type: A::TYPE, aggregate_id: first.to_owned() };
        let stream = AggregateKey { aggregate_type: B::TYPE, aggregate_id: second.to_owned() };
        let turns = self.turns.take_two(&first, &stream).await;
        let tenant_id = envelope.tenant_id;
        envelope.empties = B::empties(&command);
        let erasures = self.states.erasures();
        let known = if fresh { None } else { self.states.get::<B>(&stream) };
        let cached = known.is_some();
        let known = match known {
            Some(known) if known.tenant_id == Some(tenant_id) => known,
            Some(_) => Arc::default(),
            None => self.load::<B>(&stream, Some(tenant_id)).await?,
        };
        let events = match known.state.decide(command) {
            Err(_) if cached => return Err(ExecuteError::OldState),
            Err(refusal) => return Err(ExecuteError::Refused(refusal)),
            Ok(events) if events.is_empty() && cached => return Err(ExecuteError::OldState),
            Ok(events) => events,
        };
        let mut after = Arc::unwrap_or_clone(known);
        if events.is_empty() {
            return Ok(Beside { written: None, keep: Box::new(|_| ()), _turns: turns });
        }
        let written = write(self, envelope, events.clone(), after.sequence, &stream)?;
        for event in events {
            after.state.apply(event);
        }
        after.sequence += written.events.len() as i64;
        after.bytes += written.bytes() as u64;
        let after: Loaded<B> = Loaded { tenant_id: Some(tenant_id), ..after };
        let keep = Box::new(move |streams: &Streams| {
            streams.states.put_decided(&stream, Arc::new(after), erasures);
        });
        Ok(Beside { written: Some(written), keep, _turns: turns })
    }
}
