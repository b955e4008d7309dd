//! What a quote can be asked, by its partner, by the operator and by its timer.

use jiff::Timestamp;

use super::{DraftQuote, Line};
use crate::case::Opened;
use crate::catalogue::Package;
use crate::customer::{CallingLocation, OfferedCountries};
use crate::ids::{OperationId, PartnerId, QuoteId, SubscriptionId};
use crate::values::Name;

/// What a quote stands on: its case, and how the case's customer and organization are now.
#[derive(Debug, Clone)]
pub struct Footing {
    /// The case; `None` if the partner has none of that ID.
    pub case: Option<Box<Opened>>,
    /// Whether its organization has its first administrator (D10).
    pub organization_active: bool,
    /// The packages of the customer; `None` if the customer is gone.
    pub packages: Option<Vec<Package>>,
    /// Whether the customer has a place to call from.
    pub has_location: bool,
    /// Whether the customer is changed through the API only, and this is another way (R103).
    pub closed: bool,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// A request for a quote, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The ID of the new quote.
    pub id: QuoteId,
    /// Whose quote it becomes.
    pub partner_id: PartnerId,
    /// The request.
    pub data: DraftQuote,
    /// What it stands on.
    pub footing: Footing,
}

/// What an acceptance brings with it.
#[derive(Debug, Clone)]
pub struct AcceptFacts {
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// The ID that the subscription will have.
    pub subscription_id: SubscriptionId,
    /// The place to call from, where one is given.
    pub location: Option<CallingLocation>,
    /// Where the service is offered.
    pub offered: OfferedCountries,
    /// What the quote stands on.
    pub footing: Footing,
}

/// A command to a quote. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum QuoteCommand {
    /// See [`DraftQuote`].
    Draft(Box<Draft>),
    /// See [`EditQuote`](super::EditQuote).
    Edit {
        /// The lines.
        lines: Vec<Line>,
        /// Until when it can be accepted; as before without.
        valid_until: Option<Timestamp>,
        /// What it stands on.
        footing: Box<Footing>,
    },
    /// See [`SubmitQuote`](super::SubmitQuote).
    Submit(Box<Footing>),
    /// See [`ApproveQuote`](super::ApproveQuote).
    Approve(Box<Footing>),
    /// See [`RejectQuote`](super::RejectQuote).
    Reject {
        /// Why.
        reason: Name,
    },
    /// See [`AcceptQuote`](super::AcceptQuote).
    Accept(Box<AcceptFacts>),
    /// See [`DeclineQuote`](super::DeclineQuote).
    Decline {
        /// Why.
        reason: Option<Name>,
    },
    /// Reports that its subscription has started and its case is won.
    RecordFulfilled,
    /// Ends it, by a timer.
    Expire {
        /// The end that was due.
        valid_until: Timestamp,
    },
}
