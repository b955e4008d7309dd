//! A meter: what is counted of an organization's use, and how (R5).

mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{DefineMeter, MeterCommand};
pub use event::{MeterDefined, MeterEvent, MeterKind};
pub use refusal::MeterRefusal;
pub use state::Meter;
