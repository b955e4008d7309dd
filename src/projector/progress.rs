//! How far the live views have come, for readers that wait.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::limits::{LOG, READ_POLL};
use crate::ports::{Checkpoint, Generation, ReadStore, ReaderState, StoreFault};

/// The live generation of each view and its checkpoint, as this server knows them.
///
/// On the server that runs the projector this is current; elsewhere it is looked up when somebody waits.
pub struct Progress {
    store: Arc<dyn ReadStore>,
    known: watch::Sender<BTreeMap<String, (i32, i64)>>,
}

impl Progress {
    /// Starts without knowing anything.
    pub fn new(store: Arc<dyn ReadStore>) -> Self {
        Self { store, known: watch::Sender::default() }
    }

    /// Returns the generation that answers queries: the oldest that is not being built.
    pub async fn live(&self, view: &'static str) -> Result<Generation, StoreFault> {
        let number = self.known.borrow().get(view).map(|(number, _)| *number);
        let number = if let Some(number) = number {
            number
        } else {
            self.refresh().await?;
            let known = self.known.borrow();
            known.get(view).map(|(number, _)| *number).ok_or_else(|| StoreFault::Unavailable {
                doing: "read a view",
                source: format!("{view} has no tables yet; start a server once, or run tenantry migrate")
                    .into(),
            })?
        };
        Ok(Generation { view, number })
    }

    /// Returns the checkpoint of a live view as far as this server knows it.
    pub fn position(&self, view: &str) -> i64 {
        self.known.borrow().get(view).map_or(0, |(_, position)| *position)
    }

    /// Records what the projector of this server has written.
    pub(super) fn advance(&self, moved: &[(Generation, i64)]) {
        self.known.send_modify(|known| {
            for (generation, position) in moved {
                known.insert(generation.view.to_owned(), (generation.number, *position));
            }
        });
    }

    /// Looks up how far all views have come.
    pub async fn refresh(&self) -> Result<(), StoreFault> {
        let checkpoints = self.store.checkpoints(LOG).await?;
        let mut live = BTreeMap::new();
        for Checkpoint { name, generation, position, state, .. } in checkpoints {
            // They come in the order of their numbers: a rebuild that failed never stands in front of the live one.
            if state != ReaderState::Building {
                live.entry(name).or_insert((generation, position));
            }
        }
        self.known.send_if_modified(|known| {
            let changed = *known != live;
            *known = live;
            changed
        });
        Ok(())
    }

    /// Waits until a view has taken in a position; `false` if it has not by the deadline.
    pub async fn wait(&self, view: &str, position: i64, deadline: Instant) -> Result<bool, StoreFault> {
        let mut watch = self.known.subscribe();
        loop {
            watch.borrow_and_update();
            if self.position(view) >= position {
                return Ok(true);
            }
            if Instant::now() >= deadline {
                return Ok(false);
            }
            tokio::select! {
                _ = watch.changed() => {}
                () = tokio::time::sleep(READ_POLL) => self.refresh().await?,
            }
        }
    }
}
