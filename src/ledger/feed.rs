//! Hands committed events to readers, in order and without a hole: from memory while they keep up, else from pages.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tenantry_projections::Recorded;
use tokio::sync::{Notify, watch};

use crate::limits::{FEED_BYTES_MAX, FEED_PAGE_EVENTS_MAX, LOG};
use crate::ports::{Appended, Hints, Ledger, NewCommand, StoreFault};
use crate::shutdown::Tasks;

/// Events in the order of their positions.
pub(super) type Events = Arc<[Recorded]>;

/// The latest batches, as many as the bound on their bytes allows.
#[derive(Default)]
struct Recent {
    batches: VecDeque<(Events, usize)>,
    bytes: usize,
}

impl Recent {
    fn push(&mut self, events: Events) {
        let bytes = events.iter().map(bytes_of).sum();
        self.batches.push_back((events, bytes));
        self.bytes += bytes;
        while self.bytes > FEED_BYTES_MAX && self.batches.len() > 1 {
            self.bytes -= self.batches.pop_front().map_or(0, |(_, bytes)| bytes);
        }
    }
}

/// What an event takes in memory, about.
fn bytes_of(event: &Recorded) -> usize {
    let texts: usize = event.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    size_of::<Recorded>()
        + event.payload.get().len()
        + texts
        + event.metadata.len() * size_of::<[String; 2]>()
}

/// The events of a log, as far as this server knows.
pub struct Feed {
    ledger: Arc<dyn Ledger>,
    recent: Mutex<Recent>,
    head: watch::Sender<i64>,
    published: Notify,
}

impl Feed {
    /// Starts a feed at the end of a log.
    pub async fn open(ledger: Arc<dyn Ledger>) -> Result<Self, StoreFault> {
        let head = ledger.head(LOG).await?.position;
        Ok(Self {
            ledger,
            recent: Mutex::default(),
            head: watch::Sender::new(head),
            published: Notify::new(),
        })
    }

    /// Returns the position of the last event that this server knows of.
    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    /// Watches the position of the last event.
    pub fn watch_head(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Looks in the store where the log ends; other servers may have appended.
    pub async fn refresh(&self) -> Result<i64, StoreFault> {
        let head = self.ledger.head(LOG).await?.position;
        self.raise(head);
        Ok(head)
    }

    /// Notes that the log reaches a position; readers find what lies before it in pages.
    pub(super) fn raise(&self, head: i64) {
        self.head.send_if_modified(|known| {
            let moved = head > *known;
            *known = head.max(*known);
            moved
        });
    }

    /// Gives readers a batch that is durable now.
    pub(super) fn publish(&self, appended: Appended, commands: Vec<NewCommand>) {
        let mut position = appended.base;
        let mut events = Vec::new();
        for command in commands {
            for (event, sequence) in command.events.into_iter().zip(command.sequence + 1..) {
                position += 1;
                events.push(Recorded {
                    position,
                    tenant_id: command.tenant_id,
                    aggregate_type: command.stream.aggregate_type.to_owned(),
                    aggregate_id: command.stream.aggregate_id.clone(),
                    sequence,
                    event_type: event.event_type.to_owned(),
                    event_version: event.event_version,
                    payload: event.payload,
                    metadata: event.metadata,
                    recorded_at: appended.recorded_at,
                });
            }
        }
        if events.is_empty() {
            return;
        }
        self.recent.lock().expect("nothing panics while it holds the recent batches").push(events.into());
        self.raise(position);
        self.published.notify_one();
    }

    /// Exchanges hints with the other servers of the store until this one stops.
    ///
    /// Many commits share one hint, and a failure only leaves the others to their poll interval.
    pub fn follow(self: &Arc<Self>, hints: Arc<dyn Hints>, tasks: &Tasks) {
        let (feed, stop, ears) = (self.clone(), tasks.clone(), hints.clone());
        tasks.spawn(async move {
            while !stop.is_stopping() {
                tokio::select! {
                    () = stop.stopping() => return,
                    () = ears.wait() => {}
                }
                if let Err(fault) = feed.refresh().await {
                    tracing::warn!(%fault, "cannot see where the log ends");
                }
            }
        });
        let (feed, stop) = (self.clone(), tasks.clone());
        tasks.spawn(async move {
            loop {
                tokio::select! {
                    () = stop.stopping() => return,
                    () = feed.published.notified() => {}
                }
                if let Err(fault) = hints.give().await {
                    tracing::warn!(%fault, "cannot wake other servers");
                }
            }
        });
    }

    /// Returns the batches in memory that continue a position without a hole, at most a page.
    fn recent_after(&self, position: i64) -> Vec<Recorded> {
        let recent = self.recent.lock().expect("nothing panics while it holds the recent batches");
        let batches = &recent.batches;
        let read = |(batch, _): &(Events, usize)| batch.last().is_none_or(|last| last.position <= position);
        let start = batches.partition_point(read);
        let mut events: Vec<Recorded> = Vec::new();
        let mut next = position + 1;
        for event in batches.iter().skip(start).flat_map(|(batch, _)| batch.iter()) {
            if event.position < next {
                continue;
            }
            if event.position > next || events.len() as i64 == FEED_PAGE_EVENTS_MAX {
                break;
            }
            events.push(event.clone());
            next += 1;
        }
        events
    }

    /// Returns the next page after a position, or nothing if there is none yet.
    pub async fn page_after(&self, position: i64) -> Result<Vec<Recorded>, StoreFault> {
        if position >= self.head() {
            return Ok(Vec::new());
        }
        let recent = self.recent_after(position);
        if recent.is_empty() {
            return self.ledger.read_after(LOG, position, FEED_PAGE_EVENTS_MAX).await;
        }
        Ok(recent)
    }

    /// Starts a reader after a position.
    pub fn reader(self: &Arc<Self>, position: i64) -> FeedReader {
        FeedReader { head: self.watch_head(), feed: self.clone(), position }
    }
}

/// Reads a log once, in order.
pub struct FeedReader {
    feed: Arc<Feed>,
    head: watch::Receiver<i64>,
    position: i64,
}

impl FeedReader {
    /// Returns the position of the last event it gave out.
    pub fn position(&self) -> i64 {
        self.position
    }

    /// Waits for the next events; never empty.
    ///
    /// Cancel-safe: events are given out by the returning call only.
    pub async fn next(&mut self) -> Result<Vec<Recorded>, StoreFault> {
        loop {
            self.head.borrow_and_update();
            let events = self.feed.page_after(self.position).await?;
            if let Some(last) = events.last() {
                self.position = last.position;
                return Ok(events);
            }
            if self.head.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
