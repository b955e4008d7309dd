//! Reads the log for one process: states, tasks and checkpoint move in one transaction, under a lease.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tenantry_domain::event::metadata;
use tenantry_domain::ids::TaskId;
use tenantry_domain::process::{
    AttachTask, CaseTask, EndInvitationsTask, EndTask, ErasureTask, InvitationTask, LastTask, MemberTask,
    Process, ProvisionTask, QuoteTask, Reaction, ReportTask, SubscriberTask, SubscriptionTask,
};
use tenantry_projections::Recorded;
use tokio::sync::Notify;
use tokio::time::Instant;
use uuid::Uuid;

use crate::app::Origin;
use crate::ledger::{Feed, known_events};
use crate::limits::{LEASE_RENEWAL, LOG, READER_RETRY_PAUSE};
use crate::ports::{Checkpoint, NewTask, ProcessStep, ReadStore, StoreFault, TaskStore};
use crate::shutdown::Tasks;

/// A task as a process orders it.
pub trait Ordered {
    /// Returns the stored name of its kind.
    fn kind(&self) -> &'static str;

    /// Returns the moment before which it is not begun.
    fn due_at(&self) -> Option<Timestamp> {
        None
    }
}

impl Ordered for ProvisionTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for ReportTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for CaseTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for ErasureTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for EndInvitationsTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for MemberTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for InvitationTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }

    fn due_at(&self) -> Option<Timestamp> {
        Self::due_at(self)
    }
}

impl Ordered for AttachTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }

    fn due_at(&self) -> Option<Timestamp> {
        Self::due_at(self)
    }
}

impl Ordered for QuoteTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }

    fn due_at(&self) -> Option<Timestamp> {
        Self::due_at(self)
    }
}

impl Ordered for EndTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for LastTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for SubscriberTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

impl Ordered for SubscriptionTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }

    fn due_at(&self) -> Option<Timestamp> {
        Self::due_at(self)
    }
}

/// Runs one process.
pub struct ProcessRunner<P> {
    store: Arc<dyn TaskStore>,
    readers: Arc<dyn ReadStore>,
    feed: Arc<Feed>,
    owner: String,
    ordered: Arc<Notify>,
    process: PhantomData<fn() -> P>,
}

impl<P> ProcessRunner<P>
where
    P: Process<Task: Ordered + Send, State: Send> + 'static,
{
    /// Makes a runner; `ordered` is woken when there are new tasks.
    pub fn new(
        store: Arc<dyn TaskStore>,
        readers: Arc<dyn ReadStore>,
        feed: Arc<Feed>,
        owner: String,
        ordered: Arc<Notify>,
    ) -> Self {
        Self { store, readers, feed, owner, ordered, process: PhantomData }
    }

    /// Runs the process until the server stops, and lets the next server have it.
    pub async fn run(self, tasks: Tasks) {
        self.move_process(&tasks).await;
        if let Err(fault) = self.readers.release(LOG, &self.owner).await {
            tracing::warn!(process = P::NAME, %fault, "cannot give back the lease on a process; it will end");
        }
    }

    async fn move_process(&self, tasks: &Tasks) {
        let mut end = self.feed.watch_head();
        let mut held: Option<(Checkpoint, Instant)> = None;
        while !tasks.is_stopping() {
            end.borrow_and_update();
            match self.step(&mut held).await {
                Ok(true) => {}
                Ok(false) => tokio::select! {
                    () = tasks.stopping() => return,
                    _ = end.changed() => {}
                    () = tokio::time::sleep(LEASE_RENEWAL) => {}
                },
                Err(fault) => {
                    tracing::warn!(process = P::NAME, fault, "cannot move a process");
                    held = None;
                    tokio::select! {
                        () = tasks.stopping() => return,
                        () = tokio::time::sleep(READER_RETRY_PAUSE) => {}
                    }
                }
            }
        }
    }

    /// Moves the process by a page; `false` if there was nothing to do, or another server does it.
    async fn step(&self, held: &mut Option<(Checkpoint, Instant)>) -> Result<bool, String> {
        let told = |fault: StoreFault| fault.to_string();
        if held.as_ref().is_none_or(|(_, since)| since.elapsed() >= LEASE_RENEWAL) {
            let lease = self.readers.lease(LOG, P::NAME, 1, &self.owner).await.map_err(told)?;
            *held = lease.map(|checkpoint| (checkpoint, Instant::now()));
        }
        let Some((checkpoint, _)) = held else { return Ok(false) };
        let events = self.feed.page_after(checkpoint.position).await.and_then(known_events).map_err(told)?;
        let Some(last) = events.last() else { return Ok(false) };
        let step = self.react(checkpoint, &events, last.position).await?;
        let any_tasks = !step.tasks.is_empty();
        if !self.store.advance_process(LOG, &step).await.map_err(told)? {
            metrics::counter!("tenantry_leases_lost_total", "of" => "process").increment(1);
            tracing::warn!(
                process = P::NAME,
                "a step was refused: the process was taken over by another server"
            );
            *held = None;
            return Ok(true);
        }
        checkpoint.position = step.to;
        let lag = (self.feed.head() - step.to).max(0);
        metrics::gauge!("tenantry_process_lag_events", "process" => P::NAME).set(lag as f64);
        if any_tasks {
            self.ordered.notify_one();
        }
        Ok(true)
    }

    async fn react(
        &self,
        checkpoint: &Checkpoint,
        events: &[Recorded],
        to: i64,
    ) -> Result<ProcessStep, String> {
        let wanted: Vec<&Recorded> =
            events.iter().filter(|event| P::EVENTS.contains(&event.event_type.as_str())).collect();
        let mut ids: Vec<String> = wanted.iter().map(|event| event.aggregate_id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut states: BTreeMap<String, Option<P::State>> = BTreeMap::new();
        if !ids.is_empty() {
            let stored =
                self.store.process_states(LOG, P::NAME, &ids).await.map_err(|fault| fault.to_string())?;
            for (id, state) in stored {
                let state =
                    serde_json::from_str(&state).map_err(|error| format!("state of {id}: {error}"))?;
                states.insert(id, Some(state));
            }
        }
        let mut tasks = Vec::new();
        for event in wanted {
            let state = states.remove(&event.aggregate_id).flatten().unwrap_or_default();
            let decoded: P::Event = event.event().map_err(|error| error.to_string())?;
            let Reaction { state, tasks: ordered } = P::react(state, &decoded);
            states.insert(event.aggregate_id.clone(), state);
            for (n, task) in ordered.into_iter().enumerate() {
                tasks.push(order::<P>(event, n, &task)?);
            }
        }
        let states = states
            .into_iter()
            .map(|(id, state)| Ok((id, state.map(|state| serde_json::to_string(&state)).transpose()?)))
            .collect::<Result<_, serde_json::Error>>()
            .map_err(|error| error.to_string())?;
        Ok(ProcessStep {
            process: P::NAME,
            from: checkpoint.position,
            to,
            fence: checkpoint.fence,
            states,
            tasks,
        })
    }
}

/// Makes a task whose ID follows from its event, so that ordering it twice is ordering it once (INV-EFFECT).
fn order<P: Process<Task: Ordered>>(event: &Recorded, n: usize, task: &P::Task) -> Result<NewTask, String> {
    let meta = |name| event.meta(name).unwrap_or_default().to_owned();
    let seed = Sha256::digest(format!("{} {} {n}", P::NAME, meta(metadata::ID)));
    let id = Uuid::new_v8(seed[..16].try_into().expect("a hash is longer than a UUID"));
    let origin = Origin {
        process: P::NAME.to_owned(),
        causation: meta(metadata::ID),
        tracking: meta(metadata::TRACKING),
        correlation: meta(metadata::CORRELATION),
        on_behalf_of: event.meta(metadata::ON_BEHALF_OF).map(str::to_owned),
    };
    let json = |value: serde_json::Result<String>| value.map_err(|error| error.to_string());
    Ok(NewTask {
        task_id: TaskId::from_uuid(id),
        tenant_id: event.tenant_id,
        kind: task.kind(),
        payload: json(serde_json::to_string(task))?,
        origin: json(serde_json::to_string(&origin))?,
        not_before_ms: task.due_at().map(Timestamp::as_millisecond),
    })
}
