//! Carries a quote to its end: tells the case, lets it expire, and starts what was accepted (R6, R28).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Process, Reaction};
use crate::event::EventSet;
use crate::ids::{CaseId, PartnerId, QuoteId};
use crate::quote::{QuoteAccepted, QuoteEvent};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct FulfilQuote;

/// What the process asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum QuoteTask {
    /// Tell the case that a quote is written for it.
    BeginQuoting {
        /// The case.
        case_id: CaseId,
        /// Whose case it is.
        partner_id: PartnerId,
    },
    /// End the quote when nobody has accepted it.
    ExpireQuote {
        /// The quote.
        quote_id: QuoteId,
        /// The quote's case.
        case_id: CaseId,
        /// Whose quote it is.
        partner_id: PartnerId,
        /// When.
        due_at: Timestamp,
    },
    /// Start the subscription, and tell the case that it is won.
    FulfilQuote {
        /// The acceptance.
        accepted: Box<QuoteAccepted>,
    },
}

impl QuoteTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BeginQuoting { .. } => "begin_quoting",
            Self::ExpireQuote { .. } => "expire_quote",
            Self::FulfilQuote { .. } => "fulfil_quote",
        }
    }

    /// Returns the moment before which it is not begun.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::ExpireQuote { due_at, .. } => Some(*due_at),
            Self::BeginQuoting { .. } | Self::FulfilQuote { .. } => None,
        }
    }
}

impl Process for FulfilQuote {
    const NAME: &'static str = "fulfil_quote";
    const EVENTS: &'static [&'static str] = QuoteEvent::NAMES;

    type State = ();
    type Event = QuoteEvent;
    type Task = QuoteTask;

    fn react((): (), event: &QuoteEvent) -> Reaction<(), QuoteTask> {
        let tasks = match event {
            QuoteEvent::Drafted(body) => {
                let (quote_id, case_id, partner_id) = (body.quote_id, body.case_id, body.partner_id);
                let due_at = body.valid_until;
                vec![
                    QuoteTask::BeginQuoting { case_id, partner_id },
                    QuoteTask::ExpireQuote { quote_id, case_id, partner_id, due_at },
                ]
            }
            // The end may have moved; a timer that was set before finds another end and does nothing.
            QuoteEvent::Edited(body) => {
                let (quote_id, case_id, partner_id) = (body.quote_id, body.case_id, body.partner_id);
                vec![QuoteTask::ExpireQuote { quote_id, case_id, partner_id, due_at: body.valid_until }]
            }
            QuoteEvent::Accepted(accepted) => vec![QuoteTask::FulfilQuote { accepted: accepted.clone() }],
            QuoteEvent::Submitted(_)
            | QuoteEvent::Approved(_)
            | QuoteEvent::Rejected(_)
            | QuoteEvent::Fulfilled(_)
            | QuoteEvent::Declined(_)
            | QuoteEvent::Expired(_) => vec![],
        };
        Reaction { state: None, tasks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Package;
    use crate::quote::QuoteSubmitted;
    use crate::quote::tests::{accepted, line};

    #[test]
    fn an_acceptance_is_fulfilled() {
        let accepted = accepted(vec![line(Package::WebexMeetings, 1, "1", 1)]);
        let Reaction { state, tasks } = FulfilQuote::react((), &Box::new(accepted.clone()).into());
        let expected = [QuoteTask::FulfilQuote { accepted: Box::new(accepted) }];
        assert_eq!((state, &tasks[..]), (None, &expected[..]));
    }

    #[test]
    fn what_waits_for_somebody_needs_no_task() {
        let accepted = accepted(vec![line(Package::WebexMeetings, 1, "1", 1)]);
        let submitted = QuoteSubmitted { quote_id: accepted.quote_id, case_id: accepted.case_id };
        assert_eq!(FulfilQuote::react((), &submitted.into()).tasks, []);
    }
}
