//! Usage of one customer, one meter and one month: records that only ever become more (R5, R27, R29).
//!
//! What the records come to is for the views; a stream only guards what may enter it.

mod command;
mod event;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::{CorrectUsage, MeteredCustomer, RecordUsage, UsageCommand};
pub use event::{UsageCorrected, UsageEvent, UsageRecorded, Used};
pub use refusal::UsageRefusal;
pub use state::{Usage, stream_id};
