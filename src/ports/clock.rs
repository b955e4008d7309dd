//! Time and chance, as values that come from outside.

use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the microseconds since 1970 in UTC.
    fn now_us(&self) -> i64;

    /// Returns the microseconds that the clock was moved ahead of the machine's; none unless it can be moved.
    fn ahead_us(&self) -> i64 {
        0
    }
}

/// A clock that can be moved ahead, for demonstrations.
pub trait MovableClock: Clock {
    /// Moves the clock ahead, and returns the time that it shows, in microseconds; `None` if it goes no further ahead.
    fn advance(&self, by_us: i64) -> Option<i64>;
}

/// Makes identifiers and secrets.
pub trait Ids: Send + Sync {
    /// Returns a fresh `UUIDv7`.
    fn uuid(&self) -> Uuid;

    /// Returns 256 random bits.
    fn secret(&self) -> [u8; 32];
}
