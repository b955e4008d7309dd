//! A ledger around a ledger: counts what goes through, holds it up, and breaks it off where a test wants it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use cqrs_es::persist::SerializedEvent;
use tenantry::ports::{AggregateKey, Appended, Batch, CommandKey, Head, Ledger, Settled, StoreFault};
use tenantry_projections::Recorded;
use tokio::sync::{RwLock, RwLockWriteGuard, watch};

/// Where an append breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Before anything reached the store.
    Before,
    /// After the store committed, before its answer arrived.
    After,
    /// After the store committed; nothing is ever heard of it, not even that the connection is lost.
    Silence,
}

/// One append that a committer made.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// The commands of the batch, in their order.
    pub(crate) commands: Vec<CommandKey>,
    /// Whether the store wrote it, whatever the committer was told.
    pub(crate) written: bool,
}

/// The ledger around a ledger.
pub(crate) struct Probe {
    inner: Arc<dyn Ledger>,
    faults: Mutex<VecDeque<Option<Fault>>>,
    away: AtomicBool,
    gate: RwLock<()>,
    arrivals: watch::Sender<usize>,
    refusals: watch::Sender<usize>,
    attempts: Mutex<Vec<Attempt>>,
    settles: Mutex<usize>,
}

impl Probe {
    pub(super) fn around(inner: Arc<dyn Ledger>) -> Self {
        Self {
            inner,
            faults: Mutex::default(),
            away: AtomicBool::new(false),
            gate: RwLock::default(),
            arrivals: watch::Sender::default(),
            refusals: watch::Sender::default(),
            attempts: Mutex::default(),
            settles: Mutex::default(),
        }
    }

    /// Breaks off the next appends, or lets them pass, one for each item.
    pub(crate) fn break_off(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).extend(faults);
    }

    /// Makes the store unreachable, or reachable again; planned faults come first.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// Holds up every append until the guard is dropped.
    pub(crate) async fn hold(&self) -> RwLockWriteGuard<'_, ()> {
        self.gate.write().await
    }

    /// Watches the number of appends that have arrived.
    pub(crate) fn watch_arrivals(&self) -> watch::Receiver<usize> {
        self.arrivals.subscribe()
    }

    /// Watches how often the store was missed.
    pub(crate) fn watch_refusals(&self) -> watch::Receiver<usize> {
        self.refusals.subscribe()
    }

    /// Returns all appends so far.
    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns how often a batch was settled so far.
    pub(crate) fn settles(&self) -> usize {
        *self.settles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reach(&self, doing: &'static str) -> Result<(), StoreFault> {
        if !self.away.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.refusals.send_modify(|count| *count += 1);
        Err(cut(doing))
    }

    fn note(&self, batch: &Batch<'_>, written: bool) {
        let commands = batch.commands.iter().map(|command| command.key.clone()).collect();
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).push(Attempt { commands, written });
    }
}

fn cut(doing: &'static str) -> StoreFault {
    StoreFault::Unavailable { doing, source: "the test cut the connection".into() }
}

#[async_trait]
impl Ledger for Probe {
    async fn append(&self, batch: Batch<'_>) -> Result<Appended, StoreFault> {
        self.arrivals.send_modify(|count| *count += 1);
        let _open = self.gate.read().await;
        let fault = self.faults.lock().unwrap_or_else(PoisonError::into_inner).pop_front().flatten();
        if fault == Some(Fault::Before) || (fault.is_none() && self.reach("append a batch").is_err()) {
            self.note(&batch, false);
            return Err(cut("append a batch"));
        }
        let result = self.inner.append(batch.clone()).await;
        self.note(&batch, result.is_ok());
        match fault {
            Some(Fault::After) => Err(cut("append a batch")),
            Some(Fault::Silence) => std::future::pending().await,
            Some(Fault::Before) | None => result,
        }
    }

    async fn settle(&self, batch: Batch<'_>) -> Result<Vec<Settled>, StoreFault> {
        self.reach("settle a batch")?;
        *self.settles.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.inner.settle(batch).await
    }

    async fn load(&self, log: i32, stream: &AggregateKey) -> Result<Vec<SerializedEvent>, StoreFault> {
        self.reach("load a stream")?;
        self.inner.load(log, stream).await
    }

    async fn read_stream(&self, log: i32, stream: &AggregateKey) -> Result<Vec<Recorded>, StoreFault> {
        self.reach("read a stream")?;
        self.inner.read_stream(log, stream).await
    }

    async fn read_after(&self, log: i32, position: i64, limit: i64) -> Result<Vec<Recorded>, StoreFault> {
        self.reach("read a page of events")?;
        self.inner.read_after(log, position, limit).await
    }

    async fn read_at(&self, log: i32, positions: &[i64]) -> Result<Vec<Recorded>, StoreFault> {
        self.reach("read events")?;
        self.inner.read_at(log, positions).await
    }

    async fn head(&self, log: i32) -> Result<Head, StoreFault> {
        self.reach("read the head")?;
        self.inner.head(log).await
    }
}
