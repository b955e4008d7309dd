//! A subscription: what an accepted quote starts (R6).
//!
//! Active ⇄ suspended → cancelled or expired. It comes from one accepted quote, whose lines it keeps; a process carries
//! them to the customer and its organization.

mod command;
mod decide;
mod event;
mod refusal;
mod request;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use command::SubscriptionCommand;
pub use event::{
    SubscriptionCancelled, SubscriptionEvent, SubscriptionExpired, SubscriptionResumed, SubscriptionStarted,
    SubscriptionSuspended, SubscriptionWorkDropped,
};
pub use refusal::SubscriptionRefusal;
pub use request::{CancelSubscription, ResumeSubscription, SuspendSubscription};
pub use state::{Started, Subscription, SubscriptionState};
