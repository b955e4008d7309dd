//! A clock that moves by the same step each time somebody looks.

use std::sync::atomic::{AtomicI64, Ordering};

use tenantry::ports::Clock;

/// Where clocks of tests start, in microseconds.
const START_US: i64 = 1_700_000_000_000_000;

/// Starts at a fixed moment and steps forwards, or back.
pub(crate) struct SteppingClock {
    now_us: AtomicI64,
    step_us: i64,
}

impl SteppingClock {
    /// Makes a clock that steps one millisecond forwards.
    pub(crate) fn forwards() -> Self {
        Self { now_us: START_US.into(), step_us: 1_000 }
    }

    /// Makes a clock that steps one millisecond back.
    pub(crate) fn backwards() -> Self {
        Self { now_us: START_US.into(), step_us: -1_000 }
    }
}

impl Clock for SteppingClock {
    fn now_us(&self) -> i64 {
        self.now_us.fetch_add(self.step_us, Ordering::Relaxed)
    }
}
