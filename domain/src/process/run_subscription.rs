//! Carries a subscription to the customer and its organization: packages, licenses, and its end (R6).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::event::EventSet;
use crate::ids::{CustomerId, OperationId, SubscriptionId};
use crate::subscription::{SubscriptionEvent, SubscriptionStarted};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct RunSubscription;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum SubscriptionTask {
    /// Give the customer what the subscription orders.
    ApplySubscription {
        /// The start.
        started: Box<SubscriptionStarted>,
    },
    /// End the subscription when its longest term has ended.
    ExpireSubscription {
        /// The subscription.
        subscription_id: SubscriptionId,
        /// When.
        due_at: Timestamp,
    },
    /// Make the licenses of its packages what the subscription is.
    SetLicenses {
        /// The subscription.
        subscription_id: SubscriptionId,
    },
    /// Take from the customer what no other subscription orders.
    EndSubscription {
        /// The subscription.
        subscription_id: SubscriptionId,
        /// The customer.
        customer_id: CustomerId,
        /// The work.
        operation_id: OperationId,
    },
}

impl SubscriptionTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ApplySubscription { .. } => "apply_subscription",
            Self::ExpireSubscription { .. } => "expire_subscription",
            Self::SetLicenses { .. } => "set_licenses",
            Self::EndSubscription { .. } => "end_subscription",
        }
    }

    /// Returns the moment before which it is not begun.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::ExpireSubscription { due_at, .. } => Some(*due_at),
            Self::ApplySubscription { .. } | Self::SetLicenses { .. } | Self::EndSubscription { .. } => None,
        }
    }
}

impl Process for RunSubscription {
    const NAME: &'static str = "run_subscription";
    const EVENTS: &'static [&'static str] = SubscriptionEvent::NAMES;

    type State = ();
    type Event = SubscriptionEvent;
    type Task = SubscriptionTask;

    fn react((): (), event: &SubscriptionEvent) -> Reaction<(), SubscriptionTask> {
        let tasks = match event {
            SubscriptionEvent::Started(started) => {
                let (subscription_id, due_at) = (started.subscription_id, started.ends_at);
                vec![
                    SubscriptionTask::ApplySubscription { started: started.clone() },
                    SubscriptionTask::ExpireSubscription { subscription_id, due_at },
                ]
            }
            SubscriptionEvent::Suspended(body) => {
                vec![SubscriptionTask::SetLicenses { subscription_id: body.subscription_id }]
            }
            SubscriptionEvent::Resumed(body) => {
                vec![SubscriptionTask::SetLicenses { subscription_id: body.subscription_id }]
            }
            SubscriptionEvent::WorkDropped(_) => vec![],
            // Without work the customer is gone, and with it what it had.
            SubscriptionEvent::Cancelled(body) => {
                let end = |operation_id| end(body.subscription_id, body.customer_id, operation_id);
                body.operation_id.map(end).into_iter().collect()
            }
            SubscriptionEvent::Expired(body) => {
                vec![end(body.subscription_id, body.customer_id, body.operation_id)]
            }
        };
        Reaction { state: None, tasks }
    }
}

fn end(
    subscription_id: SubscriptionId,
    customer_id: CustomerId,
    operation_id: OperationId,
) -> SubscriptionTask {
    SubscriptionTask::EndSubscription { subscription_id, customer_id, operation_id }
}
