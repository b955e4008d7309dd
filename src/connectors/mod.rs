//! The outside world behind the ports: clock, chance, platform, mail.

mod mail;
mod platform;
mod system;

pub use mail::OutboxMailer;
pub use platform::{DemoPlatform, EmbeddedPlatform, REFUSED_NAME, SimulatedPlatform, Simulation, UNITS_MAX};
pub use system::{DemoClock, SystemClock, SystemIds};
