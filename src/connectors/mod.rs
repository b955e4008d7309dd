//! The outside world behind the ports: clock, chance, platform.

mod platform;
mod system;

pub use platform::{EmbeddedPlatform, SimulatedPlatform, Simulation};
pub use system::{SystemClock, SystemIds};
