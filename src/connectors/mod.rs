//! The outside world behind the ports: clock, chance, platform.

mod system;

pub use system::{SystemClock, SystemIds};
