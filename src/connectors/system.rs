//! The machine's clock and its source of chance.

use std::sync::Arc;

use chacha20poly1305::aead::OsRng;
use chacha20poly1305::aead::rand_core::RngCore;
use uuid::{ContextV7, Timestamp, Uuid};

use crate::ports::{Clock, Ids};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    fn now_us(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
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
