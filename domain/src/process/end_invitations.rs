//! Takes back the open invitations that were issued for a customer that is gone: nobody joins in its name any more.

use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::customer::CustomerEvent;
use crate::ids::{CustomerId, OrganizationId};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct EndInvitations;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum EndInvitationsTask {
    /// Take back what is open.
    WithdrawForCustomer {
        /// The customer.
        customer_id: CustomerId,
        /// The organization that it was.
        organization_id: OrganizationId,
    },
}

impl EndInvitationsTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::WithdrawForCustomer { .. } => "withdraw_for_customer",
        }
    }
}

impl Process for EndInvitations {
    const NAME: &'static str = "end_invitations";
    const EVENTS: &'static [&'static str] = &["customer.removed"];

    type State = ();
    type Event = CustomerEvent;
    type Task = EndInvitationsTask;

    fn react((): (), event: &CustomerEvent) -> Reaction<(), EndInvitationsTask> {
        let CustomerEvent::Removed(removed) = event else { return Reaction::finished() };
        let (customer_id, organization_id) = (removed.customer_id, removed.organization_id);
        Reaction {
            state: None,
            tasks: vec![EndInvitationsTask::WithdrawForCustomer { customer_id, organization_id }],
        }
    }
}
