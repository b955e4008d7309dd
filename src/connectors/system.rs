//! The machine's clock and its source of chance.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chacha20poly1305::aead::OsRng;
use chacha20poly1305::aead::rand_core::RngCore;
use uuid::{ContextV7, Timestamp, Uuid};

use crate::limits::DEMO_CLOCK_AHEAD_US_MAX;
use crate::ports::{Clock, Ids, MovableClock};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    fn now_us(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
    }
}

/// The machine's clock, moved ahead: for demonstrations.
#[derive(Debug, Default)]
pub struct DemoClock {
    ahead_us: AtomicI64,
}

impl DemoClock {
    /// Starts so far ahead that time goes on after a moment.
    pub fn after(moment_us: i64) -> Self {
        let ahead_us = AtomicI64::new((moment_us - SystemClock.now_us()).max(0));
        Self { ahead_us }
    }
}

impl MovableClock for DemoClock {
    fn advance(&self, by_us: i64) -> Option<i64> {
        let within = |ahead: &i64| *ahead <= DEMO_CLOCK_AHEAD_US_MAX;
        let moved = |ahead: i64| Some(ahead.saturating_add(by_us.max(0))).filter(within);
        self.ahead_us.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved).ok()?;
        Some(self.now_us())
    }
}

impl Clock for DemoClock {
    fn now_us(&self) -> i64 {
        SystemClock.now_us().saturating_add(self.ahead_us())
    }

    fn ahead_us(&self) -> i64 {
        self.ahead_us.load(Ordering::SeqCst)
    }
}

/// IDs from a clock and the machine's source of chance.
pub struct SystemIds {
    clock: Arc<dyn Clock>,
    /// Keeps the IDs of one millisecond in the order in which they were made.
    counter: std::sync::Mutex<ContextV7>,
}

impl SystemIds {
    /// Makes IDs that carry the time of a clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, counter: std::sync::Mutex::default() }
    }
}

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        let now_us = u64::try_from(self.clock.now_us()).unwrap_or_default();
        let nanos = u32::try_from(now_us % 1_000_000 * 1000).expect("below a second");
        let counter = self.counter.lock().expect("nothing panics while it holds the counter");
        Uuid::new_v7(Timestamp::from_unix(&*counter, now_us / 1_000_000, nanos))
    }

    fn secret(&self) -> [u8; 32] {
        let mut bits = [0; 32];
        OsRng.fill_bytes(&mut bits);
        bits
    }
}
