//! What may occur once in a batch: an ID of a command, a stream, a claim.

use std::collections::HashSet;

use crate::ports::{AggregateKey, ClaimKey, CommandKey, NewCommand};

/// What occurs in a batch so far.
#[derive(Default)]
pub(super) struct Uses {
    commands: HashSet<CommandKey>,
    claims: HashSet<ClaimKey>,
    streams: HashSet<AggregateKey>,
}

impl Uses {
    /// Enters commands that are written together, unless one shares a key with another request's.
    pub(super) fn admit(&mut self, commands: &[NewCommand]) -> bool {
        let used = |command: &NewCommand| {
            self.commands.contains(&command.key)
                || self.streams.contains(&command.stream)
                || claims(command).any(|claim| self.claims.contains(claim))
        };
        if commands.iter().any(used) {
            return false;
        }
        for command in commands {
            self.commands.insert(command.key.clone());
            self.streams.insert(command.stream.clone());
            self.claims.extend(claims(command).cloned());
        }
        true
    }
}

fn claims(command: &NewCommand) -> impl Iterator<Item = &ClaimKey> {
    command.claims.iter().map(|claim| &claim.key).chain(&command.releases)
}
