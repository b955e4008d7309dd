//! Ends the subscriptions of a customer that is gone.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::customer::CustomerEvent;
use crate::ids::SubscriptionId;

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct EndSubscriptions;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum EndTask {
    /// Tell a subscription that its customer is gone.
    TellSubscription {
        /// The subscription.
        subscription_id: SubscriptionId,
    },
}

impl EndTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TellSubscription { .. } => "tell_subscription",
        }
    }
}

impl Process for EndSubscriptions {
    const NAME: &'static str = "end_subscriptions";
    const EVENTS: &'static [&'static str] = &["customer.removed"];

    type State = ();
    type Event = CustomerEvent;
    type Task = EndTask;

    fn react((): (), event: &CustomerEvent) -> Reaction<(), EndTask> {
        let CustomerEvent::Removed(removed) = event else { return Reaction::finished() };
        let tell = |subscription_id: &SubscriptionId| EndTask::TellSubscription {
            subscription_id: *subscription_id,
        };
        Reaction { state: None, tasks: removed.subscription_ids.iter().map(tell).collect() }
    }
}
