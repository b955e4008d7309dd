//! A quote: a priced offer under a case (R6, R28).
//!
//! Draft → submitted → approved, or rejected and a draft again → accepted, declined or expired. A quote is frozen from its
//! submission on; a rejected one can be edited. What an accepted quote starts is a [subscription](crate::subscription).

mod command;
mod decide;
mod event;
mod line;
mod refusal;
mod request;
mod state;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{AcceptFacts, Draft, Footing, QuoteCommand};
pub use event::{
    QuoteAccepted, QuoteApproved, QuoteDeclined, QuoteDrafted, QuoteEdited, QuoteEvent, QuoteExpired,
    QuoteFulfilled, QuoteRejected, QuoteSubmitted,
};
pub use line::{Line, LineFault, LineFaults, currency_of, total_of};
pub use refusal::QuoteRefusal;
pub use request::{AcceptQuote, ApproveQuote, DeclineQuote, DraftQuote, EditQuote, RejectQuote, SubmitQuote};
pub use state::{Drafted, Quote, QuoteState};
