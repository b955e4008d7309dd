//! Executes many commands on one stream in one commit: one turn, one state, each decided on what the one before left.

use std::collections::HashSet;
use std::sync::Arc;

use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::command_store::{Envelope, Outcome, write};
use super::committer::Committed;
use super::streams::{Loaded, Streams};
use crate::ports::{AggregateKey, NewCommand};

impl Streams {
    /// Executes commands on one stream together, in their order; `None` says that a command was not carried out, and has
    /// to go alone to learn why.
    ///
    /// That is so for one that is refused, changes nothing or repeats a key among them, and for all of them when one
    /// meets its record, another server's events or a fault: nothing of theirs is stored then.
    pub async fn execute_together<A: Decide>(
        &self,
        aggregate_id: &str,
        tenant_id: TenantId,
        commands: Vec<(A::Command, Envelope)>,
    ) -> Vec<Option<Outcome>> {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; commands.len()];
        let stream = AggregateKey { aggregate_type: A::TYPE, aggregate_id: aggregate_id.to_owned() };
        let _turn = self.turns.take(&stream).await;
        let erasures = self.states.erasures();
        let known = match self.states.get::<A>(&stream) {
            Some(known) => Ok(known),
            None => self.load::<A>(&stream, Some(tenant_id)).await,
        };
        // What is wrong is told where each goes alone.
        let Ok(known) = known.map(Arc::unwrap_or_clone) else { return outcomes };
        if known.tenant_id.is_some_and(|owner| owner != tenant_id) {
            return outcomes;
        }
        let Row { places, written, loaded } = self.decide_all(&stream, tenant_id, known, commands);
        let answers: Vec<String> = written.iter().map(|command| command.answer.clone()).collect();
        let counts: Vec<i64> = written.iter().map(|command| command.events.len() as i64).collect();
        if written.is_empty() {
            return outcomes;
        }
        let Ok(Committed::Appended { position: end }) = self.committer.commit_together(written).await else {
            self.states.remove(&stream);
            return outcomes;
        };
        self.states.put_decided(&stream, Arc::new(loaded), erasures);
        let mut position = end - counts.iter().sum::<i64>();
        for ((place, answer), count) in places.into_iter().zip(answers).zip(counts) {
            position += count;
            outcomes[place] = Some(Outcome::Committed { answer, position });
        }
        outcomes
    }

    fn decide_all<A: Decide>(
        &self,
        stream: &AggregateKey,
        tenant_id: TenantId,
        mut loaded: Loaded<A>,
        commands: Vec<(A::Command, Envelope)>,
    ) -> Row<A> {
        let (mut places, mut written, mut keys) = (Vec::new(), Vec::<NewCommand>::new(), HashSet::new());
        loaded.tenant_id = Some(tenant_id);
        for (place, (command, envelope)) in commands.into_iter().enumerate() {
            let expected = envelope.expected_sequence.unwrap_or(loaded.sequence);
            let repeated = self.find_recent(&envelope.key).is_some() || !keys.insert(envelope.key.clone());
            if repeated || expected != loaded.sequence {
                continue;
            }
            let Ok(events) = loaded.state.decide(command) else { continue };
            let decided = events.clone();
            let command = match write::<_, A::Error>(self, envelope, events, loaded.sequence, stream) {
                Ok(command) if !command.events.is_empty() => command,
                Ok(_) | Err(_) => continue,
            };
            for event in decided {
                loaded.state.apply(event);
            }
            loaded.sequence += command.events.len() as i64;
            loaded.bytes += command.bytes() as u64;
            places.push(place);
            written.push(command);
        }
        Row { places, written, loaded }
    }
}

/// Commands that were decided one on the other.
struct Row<A> {
    /// Their places among those that were given.
    places: Vec<usize>,
    /// What they write.
    written: Vec<NewCommand>,
    /// The state after them.
    loaded: Loaded<A>,
}
