//! What a subscription can be asked, by its partner and by processes.

use crate::ids::OperationId;
use crate::quote::QuoteAccepted;
use crate::values::Name;

/// A command to a subscription. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum SubscriptionCommand {
    /// Starts it for an accepted quote.
    Start(Box<QuoteAccepted>),
    /// See [`SuspendSubscription`](super::SuspendSubscription).
    Suspend {
        /// Why.
        reason: Option<Name>,
    },
    /// See [`ResumeSubscription`](super::ResumeSubscription).
    Resume,
    /// See [`CancelSubscription`](super::CancelSubscription).
    Cancel {
        /// The ID of the work that begins.
        operation_id: OperationId,
        /// Why.
        reason: Name,
    },
    /// Ends it at the end of its term, by a timer.
    Expire {
        /// The ID of the work that begins.
        operation_id: OperationId,
    },
    /// Reports that its customer is gone: there is nothing to remove any more.
    RecordCustomerGone,
    /// Reports that work ended without a change of the customer.
    RecordDropped {
        /// The work.
        operation_id: OperationId,
    },
}
