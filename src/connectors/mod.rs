//! The outside world behind the ports: clock, chance, platform, mail.

mod mail;
mod platform;
mod system;

pub use mail::OutboxMailer;
pub use platform::{EmbeddedPlatform, SimulatedPlatform, Simulation};
pub use system::{DemoClock, SystemClock, SystemIds};
