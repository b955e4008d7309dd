//! Lets many erasures share one run that overwrites what they have deleted, because a run makes all commits wait.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::ports::StoreFault;

/// Who has asked this server for a run, by numbers.
#[derive(Debug, Default)]
pub struct Overwriting {
    asked: AtomicU64,
    /// Up to whom it is done.
    covered: Mutex<u64>,
}

impl Overwriting {
    /// Returns once a run has ended that began after this call; makes one itself where nobody else has.
    pub(super) async fn cover(
        &self,
        run: impl Future<Output = Result<(), StoreFault>>,
    ) -> Result<(), StoreFault> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let mut covered = self.covered.lock().await;
        if *covered < asked {
            // Whoever has asked by now has deleted before.
            let all = self.asked.load(Ordering::SeqCst);
            run.await?;
            *covered = all;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_asks_during_a_run_shares_the_next_one() {
        let (overwriting, runs) = (Overwriting::default(), AtomicU64::new(0));
        let ask = || {
            overwriting.cover(async {
                runs.fetch_add(1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                Ok(())
            })
        };

        let asked = tokio::join!(ask(), ask(), ask(), ask());

        assert!(matches!(asked, (Ok(()), Ok(()), Ok(()), Ok(()))));
        assert_eq!(runs.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_run_that_fails_covers_nobody() {
        let overwriting = Overwriting::default();
        let failed = || async { Err(StoreFault::Corrupt("it fails".to_owned())) };
        assert!(overwriting.cover(failed()).await.is_err());
        assert!(overwriting.cover(failed()).await.is_err(), "it was tried again");
    }
}
