//! Ends the subscribers of a customer that is gone.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::customer::CustomerEvent;
use crate::ids::SubscriberId;

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct EndSubscribers;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum LastTask {
    /// Tell a subscriber that its customer is gone.
    TellSubscriber {
        /// The subscriber.
        subscriber_id: SubscriberId,
    },
}

impl LastTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TellSubscriber { .. } => "tell_subscriber",
        }
    }
}

impl Process for EndSubscribers {
    const NAME: &'static str = "end_subscribers";
    const EVENTS: &'static [&'static str] = &["customer.removed"];

    type State = ();
    type Event = CustomerEvent;
    type Task = LastTask;

    fn react((): (), event: &CustomerEvent) -> Reaction<(), LastTask> {
        let CustomerEvent::Removed(removed) = event else { return Reaction::finished() };
        let tell = |subscriber_id: &SubscriberId| LastTask::TellSubscriber { subscriber_id: *subscriber_id };
        Reaction { state: None, tasks: removed.subscriber_ids.iter().map(tell).collect() }
    }
}
