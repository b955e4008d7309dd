//! Group commit: one task for each log writes whatever has queued while the previous batch was in flight.
//!
//! No timer and no tuning: a lone command goes at once, many share one round trip and one sync.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures::future::join;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::feed::Feed;
use super::recent::{Recent, recent_commands};
use super::uses::Uses;
use crate::limits::{
    COMMIT_BATCH_BYTES_MAX, COMMIT_BATCH_COMMANDS_MAX, COMMIT_DEADLINE, COMMIT_PATIENCE,
    COMMIT_QUEUE_COMMANDS_MAX, COMMIT_RECOVERY, COMMIT_SETTLE_ROUNDS, COMMIT_WARY_BATCHES, LOG,
    STORE_RETRY_PAUSE,
};
use crate::ports::{
    Appended, Batch, ClaimKey, ClaimTaken, Clock, CommandKey, CommandRecord, Ledger, NewCommand, Settled,
    StoreFault,
};
use crate::shutdown::Tasks;

/// What became of a command's writes.
#[derive(Debug)]
pub enum Committed {
    /// They are durable.
    Appended {
        /// Position of the log after them.
        position: i64,
    },
    /// A command with this key was recorded before; nothing was written.
    Recorded(CommandRecord),
}

/// Why a command's writes were not made.
#[derive(Debug)]
pub enum CommitError {
    /// The decision was made on an old state.
    Stale,
    /// A claim belongs to another aggregate.
    Taken(ClaimTaken),
    /// Too many commands wait already.
    Overloaded,
    /// The store failed; if it is unavailable the outcome is unknown, and the same key asks for it.
    Fault(StoreFault),
}

type Reply = oneshot::Sender<Result<Committed, CommitError>>;

/// Commands that are written together or not at all: mostly one, or several to one stream in their order, or one that
/// comes with what it means to a second stream.
struct Request {
    commands: Vec<NewCommand>,
    reply: Reply,
}

impl Request {
    fn bytes(&self) -> usize {
        self.commands.iter().map(NewCommand::bytes).sum()
    }
}

/// The queue of a log's committer.
#[derive(Clone)]
pub struct Committer {
    queue: mpsc::Sender<Request>,
    recent: Arc<Recent>,
    feed: Arc<Feed>,
}

impl Committer {
    /// Starts the committer of a log; told to stop, it first writes what waits.
    pub fn start(ledger: Arc<dyn Ledger>, clock: Arc<dyn Clock>, feed: Arc<Feed>, tasks: &Tasks) -> Self {
        let (queue, requests) = mpsc::channel(COMMIT_QUEUE_COMMANDS_MAX);
        let recent = Arc::new(recent_commands());
        let writer = Loop {
            ledger,
            clock,
            feed: feed.clone(),
            requests,
            deferred: VecDeque::new(),
            untold: None,
            wary: 0,
            recent: recent.clone(),
        };
        tasks.spawn(writer.run(tasks.clone()));
        Self { queue, recent, feed }
    }

    /// Writes a command, and answers once it is durable.
    pub async fn commit(&self, command: NewCommand) -> Result<Committed, CommitError> {
        self.commit_together(vec![command]).await
    }

    /// Writes commands of different keys, all or nothing; those to one stream each on the state after the one before.
    ///
    /// Any other answer than [`Committed::Appended`], which has the position after the last, is that to one of them; a
    /// record is that of the last one recorded.
    pub async fn commit_together(&self, commands: Vec<NewCommand>) -> Result<Committed, CommitError> {
        if let Some(record) = commands.iter().rev().find_map(|command| self.find_recent(&command.key)) {
            return Ok(Committed::Recorded(record));
        }
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Request { commands, reply }).map_err(|_| CommitError::Overloaded)?;
        answer.await.unwrap_or_else(|_| Err(unavailable("the committer has stopped".to_owned())))
    }

    /// Finds the record of a command among the latest.
    pub fn find_recent(&self, key: &CommandKey) -> Option<CommandRecord> {
        let record = self.recent.get(key)?;
        // Its commit may not have reached the feed yet.
        self.feed.raise(record.last_position);
        Some(record)
    }

    /// Counts a record that was found in the store among the latest: its key is about to be repeated.
    pub fn recall(&self, key: CommandKey, record: CommandRecord) {
        self.recent.insert(key, record);
    }
}

/// A batch that is durable, and whose callers do not know it yet.
struct Durable {
    appended: Appended,
    commands: Vec<NewCommand>,
    replies: Vec<(usize, Reply)>,
}

struct Loop {
    ledger: Arc<dyn Ledger>,
    clock: Arc<dyn Clock>,
    feed: Arc<Feed>,
    requests: mpsc::Receiver<Request>,
    deferred: VecDeque<Request>,
    /// Told while the database works on the batch after it, or at once when nothing else waits.
    untold: Option<Durable>,
    /// Batches that are settled before they are written: where one key was repeated, others will be.
    wary: usize,
    recent: Arc<Recent>,
}

impl Loop {
    async fn run(mut self, tasks: Tasks) {
        loop {
            let batch = self.next_batch();
            if !batch.is_empty() {
                let commands: usize = batch.iter().map(|request| request.commands.len()).sum();
                metrics::histogram!("tenantry_commit_batch_commands").record(commands as f64);
                self.write(batch).await;
                continue;
            }
            self.tell();
            let next = tokio::select! {
                biased;
                request = self.requests.recv() => request,
                () = tasks.stopping() => None,
            };
            match next {
                Some(request) => self.deferred.push_back(request),
                None => return,
            }
        }
    }

    /// Takes what waits, up to the bounds, leaving for the next batch what shares a key with something in this one.
    fn next_batch(&mut self) -> Vec<Request> {
        let (mut batch, mut later) = (Vec::new(), VecDeque::new());
        let (mut uses, mut commands, mut bytes) = (Uses::default(), 0, 0);
        while commands < COMMIT_BATCH_COMMANDS_MAX && bytes < COMMIT_BATCH_BYTES_MAX {
            let Some(request) = self.deferred.pop_front().or_else(|| self.requests.try_recv().ok()) else {
                break;
            };
            if request.reply.is_closed() {
                continue;
            }
            let recent = request.commands.iter().rev().find_map(|command| self.recent.get(&command.key));
            if let Some(record) = recent {
                self.feed.raise(record.last_position);
                answer(request.reply, Ok(Committed::Recorded(record)));
                continue;
            }
            let fits = batch.is_empty() || commands + request.commands.len() <= COMMIT_BATCH_COMMANDS_MAX;
            if fits && uses.admit(&request.commands) {
                commands += request.commands.len();
                bytes += request.bytes();
                batch.push(request);
            } else {
                later.push_back(request);
            }
            if later.len() > COMMIT_QUEUE_COMMANDS_MAX {
                break;
            }
        }
        later.append(&mut self.deferred);
        self.deferred = later;
        batch
    }

    /// Writes a batch, settling conflicts until each command has its answer.
    async fn write(&mut self, mut batch: Vec<Request>) {
        if self.wary > 0 {
            self.wary -= 1;
            self.tell();
            let (commands, replies) = apart(batch);
            batch = self.settle(commands, replies).await;
        }
        let deadline = Instant::now() + COMMIT_DEADLINE;
        for _ in 0..COMMIT_SETTLE_ROUNDS {
            batch = self.attempt(batch).await;
        }
        // Somebody else wins again and again against some of them: alone, a loser hurts no other.
        for request in batch {
            let mut alone = vec![request];
            for _ in 0..COMMIT_SETTLE_ROUNDS {
                if Instant::now() < deadline {
                    alone = self.attempt(alone).await;
                }
            }
            for request in alone {
                answer(request.reply, Err(unavailable("it failed again and again".to_owned())));
            }
        }
    }

    /// Appends a batch once, telling the callers of the one before meanwhile; returns what may go again.
    async fn attempt(&mut self, mut batch: Vec<Request>) -> Vec<Request> {
        batch.retain(|request| !request.reply.is_closed());
        if batch.is_empty() {
            return batch;
        }
        let (commands, replies) = apart(batch);
        let ledger = self.ledger.clone();
        let write = Batch { log: LOG, now_us: self.clock.now_us(), commands: &commands };
        let append = tokio::time::timeout(COMMIT_PATIENCE, ledger.append(write));
        let (appended, ()) = join(append, async { self.tell() }).await;
        let appended = appended.unwrap_or_else(|_| {
            let source = "no answer in time".into();
            Err(StoreFault::Unavailable { doing: "append a batch", source })
        });
        match appended {
            Ok(appended) => {
                // Before the next batch is put together: it answers repeated keys and rivals from these.
                self.remember(&appended, &commands);
                self.turn_down_rivals(&commands);
                self.untold = Some(Durable { appended, commands, replies });
                Vec::new()
            }
            Err(StoreFault::Exists(_)) => {
                metrics::counter!("tenantry_commit_conflicts_total").increment(1);
                self.settle(commands, replies).await
            }
            Err(fault) => {
                tracing::warn!(%fault, commands = commands.len(), "a commit broke off; reading its records back");
                self.settle(commands, replies).await
            }
        }
    }

    fn remember(&self, appended: &Appended, commands: &[NewCommand]) {
        for (command, position) in commands.iter().zip(ends(appended, commands)) {
            let (fingerprint, answer) = (command.fingerprint.to_vec(), command.answer.clone());
            let record = CommandRecord { fingerprint, answer, last_position: position };
            self.recent.insert(command.key.clone(), record);
        }
    }

    /// Answers those who waited for a claim that a batch has just taken: each would cost a batch of its own.
    fn turn_down_rivals(&mut self, commands: &[NewCommand]) {
        let claims = commands.iter().flat_map(|command| &command.claims);
        let holders: HashMap<&ClaimKey, &str> =
            claims.map(|claim| (&claim.key, claim.holder.as_str())).collect();
        for request in std::mem::take(&mut self.deferred) {
            let taken = request.commands.iter().flat_map(|command| &command.claims).find_map(|claim| {
                let holder = holders.get(&claim.key).filter(|holder| **holder != claim.holder)?;
                let ClaimKey { kind, value, .. } = &claim.key;
                let (kind, value, holder) = ((*kind).to_owned(), value.clone(), (*holder).to_owned());
                Some(ClaimTaken { kind, value, holder })
            });
            match taken {
                Some(taken) => answer(request.reply, Err(CommitError::Taken(taken))),
                None => self.deferred.push_back(request),
            }
        }
    }

    /// Tells the feed and the callers of a durable batch, in this order: who has an answer finds what it names.
    fn tell(&mut self) {
        let Some(Durable { appended, commands, replies }) = self.untold.take() else { return };
        let mut ends: VecDeque<i64> = ends(&appended, &commands).collect();
        self.feed.publish(appended, commands);
        for (count, reply) in replies {
            let position = ends.drain(..count).next_back().expect("a request has a command");
            answer(reply, Ok(Committed::Appended { position }));
        }
    }

    /// Learns what of a batch exists, answers the losers, and returns the others.
    ///
    /// After a lost connection this is also how the outcome is learnt: either the whole batch is recorded or none of
    /// it, and a record carries the answer whoever wrote it.
    async fn settle(&mut self, commands: Vec<NewCommand>, replies: Vec<(usize, Reply)>) -> Vec<Request> {
        let probe = Batch { log: LOG, now_us: 0, commands: &commands };
        let settled = match self.patiently_settle(probe).await {
            Ok(settled) => settled,
            Err(fault) => {
                for (_, reply) in replies {
                    answer(reply, Err(unavailable(fault.to_string())));
                }
                return Vec::new();
            }
        };
        let (mut commands, mut settled) = (commands.into_iter(), settled.into_iter());
        let mut again = Vec::new();
        for (count, reply) in replies {
            let commands: Vec<NewCommand> = commands.by_ref().take(count).collect();
            // One that cannot be written keeps those after it from being so: they were decided on it.
            let found = settled.by_ref().take(count).fold(Settled::Free, Settled::or);
            match found {
                Settled::Free => again.push(Request { commands, reply }),
                Settled::Recorded(record) => {
                    self.wary = COMMIT_WARY_BATCHES;
                    // Its commit may have broken off before the feed heard of it.
                    self.feed.raise(record.last_position);
                    answer(reply, Ok(Committed::Recorded(record)));
                }
                Settled::Taken(taken) => answer(reply, Err(CommitError::Taken(taken))),
                Settled::Stale => answer(reply, Err(CommitError::Stale)),
            }
        }
        again
    }

    async fn patiently_settle(&self, probe: Batch<'_>) -> Result<Vec<Settled>, StoreFault> {
        let deadline = Instant::now() + COMMIT_RECOVERY;
        loop {
            match self.ledger.settle(probe.clone()).await {
                Err(fault @ StoreFault::Unavailable { .. }) if Instant::now() < deadline => {
                    tracing::warn!(%fault, "the store is away");
                    pause(STORE_RETRY_PAUSE).await;
                }
                result => return result,
            }
        }
    }
}

/// Returns the position of the log after each command of a batch.
fn ends(appended: &Appended, commands: &[NewCommand]) -> impl Iterator<Item = i64> {
    commands.iter().scan(appended.base, |position, command| {
        *position += command.events.len() as i64;
        Some(*position)
    })
}

/// Takes requests apart: all commands in their order, and each reply with how many of them it is for.
fn apart(batch: Vec<Request>) -> (Vec<NewCommand>, Vec<(usize, Reply)>) {
    let mut commands = Vec::with_capacity(batch.len());
    let replies = batch.into_iter().map(|Request { commands: own, reply }| {
        let count = own.len();
        commands.extend(own);
        (count, reply)
    });
    let replies = replies.collect();
    (commands, replies)
}

fn unavailable(why: String) -> CommitError {
    CommitError::Fault(StoreFault::Unavailable { doing: "commit", source: why.into() })
}

async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Answers a caller; one that has gone away asks again with its key.
fn answer(reply: Reply, result: Result<Committed, CommitError>) {
    drop(reply.send(result));
}
