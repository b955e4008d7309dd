//! Time and chance, as values that come from outside.

use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the microseconds since 1970 in UTC.
    fn now_us(&self) -> i64;
}

/// Makes identifiers and secrets.
pub trait Ids: Send + Sync {
    /// Returns a fresh `UUIDv7`.
    fn uuid(&self) -> Uuid;

    /// Returns 256 random bits.
    fn secret(&self) -> [u8; 32];
}
