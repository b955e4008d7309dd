//! Waiting for a condition, with a deadline.

use std::time::{Duration, Instant};

/// How long a condition may take to come true: more than the lease that a killed server leaves behind.
const PATIENCE: Duration = Duration::from_secs(45);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// Looks again and again until there is something to see; panics when that takes too long.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    until_within(PATIENCE, what, look).await
}

/// The same, with a patience of one's own: for what goes through a long log.
pub(crate) async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> T {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}
