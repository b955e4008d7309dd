//! Background tasks that are told to stop, and waited for.

use std::future::Future;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The background tasks of a server.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// Spawns a task; it watches [`Tasks::stopping`] and ends by itself.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(task);
    }

    /// Completes when the server stops.
    pub async fn stopping(&self) {
        self.stop.cancelled().await;
    }

    /// Tells whether the server stops.
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Tells all tasks to stop.
    pub fn begin_stop(&self) {
        self.stop.cancel();
    }

    /// Tells all tasks to stop and waits until they have.
    pub async fn stop(&self) {
        self.begin_stop();
        self.tracker.close();
        self.tracker.wait().await;
    }
}
