//! What a quote decides.

use jiff::Timestamp;

use super::{
    AcceptFacts, Draft, Drafted, Footing, Line, LineFault, LineFaults, Quote, QuoteAccepted, QuoteApproved,
    QuoteCommand, QuoteDeclined, QuoteDrafted, QuoteEdited, QuoteEvent, QuoteExpired, QuoteFulfilled,
    QuoteRefusal, QuoteRejected, QuoteState, QuoteSubmitted, currency_of,
};
use crate::case::CaseRefusal;
use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId};
use crate::limits::{QUOTE_VALID_US, QUOTE_VALID_US_MAX, QUOTED_UNITS_MAX, TERM_MONTHS_MAX};
use crate::refusal::Actions;
use crate::stream::Decide;
use crate::values::Name;

type Decision = Result<Vec<QuoteEvent>, QuoteRefusal>;

impl Decide for Quote {
    fn decide(&self, command: QuoteCommand) -> Decision {
        match command {
            QuoteCommand::Draft(draft) => self.draft(*draft),
            QuoteCommand::Edit { lines, valid_until, footing } => {
                self.existing()?.edit(lines, valid_until, &footing)
            }
            QuoteCommand::Submit(footing) => self.existing()?.submit(&footing),
            QuoteCommand::Approve(footing) => self.existing()?.approve(&footing),
            QuoteCommand::Reject { reason } => self.existing()?.reject(reason),
            QuoteCommand::Accept(facts) => self.existing()?.accept(&facts),
            QuoteCommand::Decline { reason } => self.existing()?.decline(reason),
            QuoteCommand::RecordFulfilled => Ok(self.record_fulfilled()),
            QuoteCommand::Expire { valid_until } => Ok(self.expire(valid_until)),
        }
    }
}

impl Quote {
    fn existing(&self) -> Result<&Drafted, QuoteRefusal> {
        self.drafted.as_ref().ok_or(QuoteRefusal::NotFound)
    }

    fn draft(&self, draft: Draft) -> Decision {
        if let Some(drafted) = &self.drafted {
            return Err(QuoteRefusal::AlreadyExists(drafted.id));
        }
        let Draft { id: quote_id, partner_id, data, footing } = draft;
        let (organization_id, customer_id) = footing.check()?;
        check_lines(&data.lines, footing.packages.as_deref().unwrap_or_default())?;
        let usual = footing.now_us.saturating_add(QUOTE_VALID_US);
        let usual = Timestamp::from_microsecond(usual).unwrap_or(Timestamp::MAX);
        let valid_until = check_end(data.valid_until.unwrap_or(usual), footing.now_us)?;
        let (case_id, lines) = (data.case_id, data.lines);
        Ok(vec![
            Box::new(QuoteDrafted {
                quote_id,
                partner_id,
                case_id,
                customer_id,
                organization_id,
                lines,
                valid_until,
            })
            .into(),
        ])
    }

    /// Tells which commands to it would be refused.
    pub fn actions(&self, footing: &Footing) -> Actions<QuoteRefusal> {
        let Ok(drafted) = self.existing() else { return vec![] };
        vec![
            ("AcceptQuote", drafted.may_accept(footing)),
            ("ApproveQuote", drafted.approve(footing).map(drop)),
            ("DeclineQuote", drafted.decline(None).map(drop)),
            ("EditQuote", drafted.may_edit(footing)),
            ("RejectQuote", drafted.check_is(QuoteState::Submitted)),
            ("SubmitQuote", drafted.submit(footing).map(drop)),
        ]
    }

    fn record_fulfilled(&self) -> Vec<QuoteEvent> {
        let awaits = |drafted: &&Drafted| drafted.state == QuoteState::Accepted && !drafted.fulfilled;
        let Some(drafted) = self.drafted.as_ref().filter(awaits) else { return vec![] };
        vec![QuoteFulfilled { quote_id: drafted.id, case_id: drafted.case_id }.into()]
    }

    /// A timer that was set before the end was moved finds another end.
    fn expire(&self, valid_until: Timestamp) -> Vec<QuoteEvent> {
        let due = |drafted: &&Drafted| drafted.state.is_open() && drafted.valid_until == valid_until;
        let Some(drafted) = self.drafted.as_ref().filter(due) else { return vec![] };
        vec![QuoteExpired { quote_id: drafted.id, case_id: drafted.case_id }.into()]
    }
}

impl Footing {
    /// Tells for which customer a quote can be written: quotes are for the active organization of a case that goes on (R28, D10).
    pub fn check(&self) -> Result<(OrganizationId, CustomerId), QuoteRefusal> {
        let case = self.case.as_ref().ok_or(CaseRefusal::NotFound)?;
        let (organization_id, customer_id) = case.quotable()?;
        if self.packages.is_none() {
            return Err(QuoteRefusal::NotACustomer(organization_id));
        }
        if !self.organization_active {
            return Err(QuoteRefusal::OrganizationNotActive(organization_id));
        }
        Ok((organization_id, customer_id))
    }
}

impl Drafted {
    fn edit(&self, lines: Vec<Line>, valid_until: Option<Timestamp>, footing: &Footing) -> Decision {
        self.may_edit(footing)?;
        check_lines(&lines, footing.packages.as_deref().unwrap_or_default())?;
        let valid_until = check_end(valid_until.unwrap_or(self.valid_until), footing.now_us)?;
        if lines == self.lines && valid_until == self.valid_until {
            return Ok(vec![]);
        }
        let (quote_id, partner_id, case_id) = (self.id, self.partner_id, self.case_id);
        Ok(vec![QuoteEdited { quote_id, partner_id, case_id, lines, valid_until }.into()])
    }

    fn submit(&self, footing: &Footing) -> Decision {
        if self.state == QuoteState::Submitted {
            return Ok(vec![]);
        }
        self.check_is(QuoteState::Draft)?;
        self.check_stands(footing)?;
        Ok(vec![QuoteSubmitted { quote_id: self.id, case_id: self.case_id }.into()])
    }

    fn approve(&self, footing: &Footing) -> Decision {
        if self.state == QuoteState::Approved {
            return Ok(vec![]);
        }
        self.check_is(QuoteState::Submitted)?;
        self.check_stands(footing)?;
        Ok(vec![QuoteApproved { quote_id: self.id, case_id: self.case_id }.into()])
    }

    fn reject(&self, reason: Name) -> Decision {
        self.check_is(QuoteState::Submitted)?;
        Ok(vec![QuoteRejected { quote_id: self.id, case_id: self.case_id, reason }.into()])
    }

    fn accept(&self, facts: &AcceptFacts) -> Decision {
        self.may_accept(&facts.footing)?;
        // R89
        let calling = self.lines.iter().map(|line| line.package).find(|package| package.is_calling());
        if let Some(package) = calling
            && facts.location.is_none()
            && !facts.footing.has_location
        {
            return Err(QuoteRefusal::LocationMissing(package));
        }
        // R64
        facts.offered.check(None, facts.location.as_ref())?;
        let accepted_at = Timestamp::from_microsecond(facts.footing.now_us).unwrap_or(Timestamp::MAX);
        Ok(vec![
            Box::new(QuoteAccepted {
                quote_id: self.id,
                partner_id: self.partner_id,
                case_id: self.case_id,
                customer_id: self.customer_id,
                organization_id: self.organization_id,
                operation_id: facts.operation_id,
                subscription_id: facts.subscription_id,
                lines: self.lines.clone(),
                location: facts.location.clone(),
                accepted_at,
            })
            .into(),
        ])
    }

    fn may_edit(&self, footing: &Footing) -> Result<(), QuoteRefusal> {
        self.check_is(QuoteState::Draft)?;
        footing.check().map(drop)
    }

    fn may_accept(&self, footing: &Footing) -> Result<(), QuoteRefusal> {
        self.check_is(QuoteState::Approved)?;
        self.check_stands(footing)?;
        if footing.closed { Err(QuoteRefusal::ApiOnly) } else { Ok(()) }
    }

    fn decline(&self, reason: Option<Name>) -> Decision {
        match self.state {
            QuoteState::Declined => Ok(vec![]),
            QuoteState::Draft | QuoteState::Submitted | QuoteState::Approved => {
                Ok(vec![QuoteDeclined { quote_id: self.id, case_id: self.case_id, reason }.into()])
            }
            QuoteState::Accepted | QuoteState::Expired => Err(QuoteRefusal::Settled(self.id, self.state)),
        }
    }

    /// What a quote can be asked depends on how far it is.
    fn check_is(&self, wanted: QuoteState) -> Result<(), QuoteRefusal> {
        if self.state == wanted {
            return Ok(());
        }
        Err(match (self.state.is_open(), wanted) {
            (false, _) => QuoteRefusal::Settled(self.id, self.state),
            (true, QuoteState::Draft) => QuoteRefusal::Frozen(self.id, self.state),
            (true, _) => QuoteRefusal::NotYet(self.id, self.state),
        })
    }

    /// The timer may be late: what is past its end goes no further. Nor does a quote whose customer is another one now.
    fn check_stands(&self, footing: &Footing) -> Result<(), QuoteRefusal> {
        let (organization_id, customer_id) = footing.check()?;
        if (organization_id, customer_id) != (self.organization_id, self.customer_id) {
            return Err(QuoteRefusal::NotACustomer(self.organization_id));
        }
        check_lines(&self.lines, footing.packages.as_deref().unwrap_or_default())?;
        check_end(self.valid_until, footing.now_us)?;
        Ok(())
    }
}

fn check_end(valid_until: Timestamp, now_us: i64) -> Result<Timestamp, QuoteRefusal> {
    let end = valid_until.as_microsecond();
    if end <= now_us {
        return Err(QuoteRefusal::Past(valid_until));
    }
    if end > now_us.saturating_add(QUOTE_VALID_US_MAX) {
        return Err(QuoteRefusal::TooLong(valid_until));
    }
    Ok(valid_until)
}

/// Returns every fault of the lines at once.
fn check_lines(lines: &[Line], owned: &[Package]) -> Result<(), QuoteRefusal> {
    let mut faults = Vec::new();
    let Some(currency) = currency_of(lines) else {
        return Err(QuoteRefusal::Lines(LineFaults(vec![LineFault::None])));
    };
    for (index, line) in lines.iter().enumerate() {
        let (number, package) = (index + 1, line.package);
        if lines[..index].iter().any(|earlier| earlier.package == package) {
            faults.push(LineFault::Duplicate(number, package));
        }
        if line.currency != *currency {
            faults.push(LineFault::Currency(number, currency.as_str().to_owned()));
        }
        if !(1..=QUOTED_UNITS_MAX).contains(&line.quantity) {
            faults.push(LineFault::Quantity(number));
        }
        if !(1..=TERM_MONTHS_MAX).contains(&line.term_months) {
            faults.push(LineFault::Term(number));
        }
        let has = |base: &Package| owned.contains(base) || lines.iter().any(|line| line.package == *base);
        if package.is_add_on() && !package.requires_any().iter().any(has) {
            faults.push(LineFault::BaseMissing(number, package));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(QuoteRefusal::Lines(LineFaults(faults))) }
}
