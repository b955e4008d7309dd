//! Many commands of one kind: those for one stream share commits, where each alone would wait for the one before.

use std::collections::BTreeMap;

use futures::stream::{self, StreamExt};

use super::answer::Answer;
use super::before::Before;
use super::commands::UseCase;
use super::execute::{Prepared, Sent};
use super::{App, Rejection, Request};
use crate::ledger::Outcome;
use crate::limits::{COMMANDS_TOGETHER_MAX, LOG, USAGE_RECORDS_RUNNING_MAX};
use crate::ports::CommandKey;

/// Commands by the stream that they are for, each with its place among all.
type ByStream<A> = BTreeMap<String, Vec<(usize, Sent, Prepared<A>)>>;

impl App {
    /// Takes the records of commands into memory, in one query: so many repeats cost the store no more than one.
    pub(super) async fn recall<U: UseCase>(&self, request: &Request, sent: &[U]) -> Result<(), Rejection> {
        let keys: Vec<CommandKey> =
            sent.iter().map(|data| self.command_key(request, data)).collect::<Result<_, _>>()?;
        let unknown: Vec<CommandKey> =
            keys.into_iter().filter(|key| self.streams.find_recent(key).is_none()).collect();
        if !unknown.is_empty() {
            self.streams.recall(self.keys.find_records(LOG, &unknown).await?);
        }
        Ok(())
    }

    /// Carries out commands, those for one stream together; `None` where one has to go alone to learn what it is
    /// answered: it is refused, repeated, needs something before its commit, or met another server's events.
    pub(super) async fn execute_together<U: UseCase>(
        &self,
        request: &Request,
        commands: Vec<U>,
    ) -> Result<Vec<Option<Answer>>, Rejection> {
        let mut answers: Vec<Option<Answer>> = vec![None; commands.len()];
        let mut streams: ByStream<U::Aggregate> = BTreeMap::new();
        for (place, data) in commands.iter().enumerate() {
            let sent = self.sent(request, data)?;
            if self.streams.find_recent(&sent.key).is_none()
                && let Ok(prepared) = data.prepare(self, request, false).await
                && matches!(prepared.before, Before::Nothing)
            {
                streams.entry(prepared.aggregate_id.clone()).or_default().push((place, sent, prepared));
            }
        }
        let streams = streams
            .into_iter()
            .map(|(id, commands)| async move { self.execute_on::<U>(request, &id, commands).await });
        let mut done = stream::iter(streams).buffer_unordered(USAGE_RECORDS_RUNNING_MAX);
        while let Some(outcomes) = done.next().await {
            for (place, answer) in outcomes {
                commands[place].settle(self, request, &answer).await?;
                answers[place] = Some(answer);
            }
        }
        Ok(answers)
    }

    /// Carries out the commands for one stream, in as many commits as they need.
    async fn execute_on<U: UseCase>(
        &self,
        request: &Request,
        aggregate_id: &str,
        mut commands: Vec<(usize, Sent, Prepared<U::Aggregate>)>,
    ) -> Vec<(usize, Answer)> {
        let mut answers = Vec::with_capacity(commands.len());
        while !commands.is_empty() {
            let rest = commands.split_off(commands.len().min(COMMANDS_TOGETHER_MAX));
            let tenant_id = commands[0].2.tenant_id;
            let (mut places, mut row) = (Vec::new(), Vec::new());
            for (place, sent, prepared) in std::mem::replace(&mut commands, rest) {
                let (command, once, envelope) = self.envelope::<U>(request, &sent, prepared);
                places.push((place, once));
                row.push((command, envelope));
            }
            let outcomes = self.streams.execute_together::<U::Aggregate>(aggregate_id, tenant_id, row).await;
            for ((place, once), outcome) in places.into_iter().zip(outcomes) {
                if let Some(Outcome::Committed { answer, position }) = outcome {
                    answers.push((place, Answer { once, ..Answer::of(&answer, position) }));
                }
            }
        }
        answers
    }
}
