//! What a case decides on its way from an organization to an accepted quote, and aside.

use super::{
    CaseDeactivated, CaseEvent, CaseLost, CaseOrgRequested, CaseQuotingStarted, CaseRefusal, CaseReopened,
    CaseStatus, CaseWon, Opened,
};
use crate::ids::{CustomerId, InvitationId, OperationId, OrganizationId, QuoteId};
use crate::values::Name;

type Decision = Result<Vec<CaseEvent>, CaseRefusal>;

impl Opened {
    /// Where it is, or would be if it were not put aside.
    pub(super) fn place(&self) -> CaseStatus {
        self.before.filter(|_| self.status == CaseStatus::Deactivated).unwrap_or(self.status)
    }

    /// Tells whether it is put aside.
    pub fn is_deactivated(&self) -> bool {
        self.status == CaseStatus::Deactivated
    }

    /// Tells whether its organization is being created, also while it is put aside.
    pub fn awaits_organization(&self) -> bool {
        self.place() == CaseStatus::OrgRequested
    }

    /// Refuses a case that is put aside, won or lost.
    pub(super) fn check_open(&self) -> Result<(), CaseRefusal> {
        match self.status {
            CaseStatus::Deactivated => Err(CaseRefusal::Deactivated(self.id)),
            CaseStatus::Won | CaseStatus::Lost => Err(CaseRefusal::Closed(self.id, self.status)),
            CaseStatus::Open
            | CaseStatus::OrgRequested
            | CaseStatus::OrgReady
            | CaseStatus::OrgFailed
            | CaseStatus::Quoting => Ok(()),
        }
    }

    /// Tells for which customer quotes can be written (R28); one that was won takes further ones.
    pub fn quotable(&self) -> Result<(OrganizationId, CustomerId), CaseRefusal> {
        match self.status {
            CaseStatus::OrgReady | CaseStatus::Quoting | CaseStatus::Won => {
                self.organization_id.zip(self.customer_id).ok_or(CaseRefusal::NotReady(self.id))
            }
            CaseStatus::Open | CaseStatus::OrgRequested | CaseStatus::OrgFailed => {
                Err(CaseRefusal::NotReady(self.id))
            }
            CaseStatus::Deactivated => Err(CaseRefusal::Deactivated(self.id)),
            CaseStatus::Lost => Err(CaseRefusal::Closed(self.id, self.status)),
        }
    }

    /// The work that failed.
    pub(super) fn may_retry(&self) -> Result<&CaseOrgRequested, CaseRefusal> {
        self.check_open()?;
        let failed = self.request.as_deref().filter(|_| self.status == CaseStatus::OrgFailed);
        failed.ok_or(CaseRefusal::NotFailed(self.id))
    }

    pub(super) fn may_deactivate(&self) -> Result<(), CaseRefusal> {
        if self.is_deactivated() { Ok(()) } else { self.check_open() }
    }

    /// A lost case stays lost; one that is open is so already.
    pub(super) fn may_reopen(&self) -> Result<(), CaseRefusal> {
        if self.status == CaseStatus::Lost { self.check_open() } else { Ok(()) }
    }

    pub(super) fn may_close(&self) -> Result<(), CaseRefusal> {
        match self.status {
            CaseStatus::Lost => Ok(()),
            CaseStatus::OrgRequested => Err(CaseRefusal::Busy(self.id)),
            CaseStatus::Open
            | CaseStatus::OrgReady
            | CaseStatus::OrgFailed
            | CaseStatus::Quoting
            | CaseStatus::Won
            | CaseStatus::Deactivated => self.check_open(),
        }
    }

    /// The same organization, customer and invitation again: what was made is found, what was not is made.
    pub(super) fn retry(&self, operation_id: OperationId) -> Decision {
        let request = self.may_retry()?;
        let again = CaseOrgRequested { operation_id, ..request.clone() };
        Ok(vec![Box::new(again).into()])
    }

    pub(super) fn deactivate(&self, reason: Option<Name>) -> Decision {
        self.may_deactivate()?;
        if self.is_deactivated() {
            return Ok(vec![]);
        }
        let own = self.request.as_ref();
        Ok(vec![
            CaseDeactivated {
                case_id: self.id,
                partner_id: self.partner_id,
                organization_id: own.and(self.organization_id),
                invitation_id: own.and(self.invitation_id),
                reason,
            }
            .into(),
        ])
    }

    /// Whoever was invited to an organization that nobody administers yet is invited anew: that invitation was taken back.
    pub(super) fn reopen(&self, invitation_id: InvitationId, organization_active: bool) -> Decision {
        self.may_reopen()?;
        if !self.is_deactivated() {
            return Ok(vec![]);
        }
        let was_invited = match self.place() {
            CaseStatus::OrgReady | CaseStatus::Quoting => self.request.is_some() && !organization_active,
            CaseStatus::Open
            | CaseStatus::OrgRequested
            | CaseStatus::OrgFailed
            | CaseStatus::Won
            | CaseStatus::Lost
            | CaseStatus::Deactivated => false,
        };
        let (case_id, partner_id) = (self.id, self.partner_id);
        let invitation_id = was_invited.then_some(invitation_id);
        Ok(vec![CaseReopened { case_id, partner_id, invitation_id }.into()])
    }

    pub(super) fn close(&self, reason: Name) -> Decision {
        self.may_close()?;
        if self.status == CaseStatus::Lost {
            return Ok(vec![]);
        }
        Ok(vec![CaseLost { case_id: self.id, reason }.into()])
    }

    pub(super) fn record_quoting(&self) -> Vec<CaseEvent> {
        let begins = self.place() == CaseStatus::OrgReady;
        begins.then(|| CaseQuotingStarted { case_id: self.id }.into()).into_iter().collect()
    }

    /// A quote that was accepted can come before the word that it was drafted.
    pub(super) fn record_won(&self, quote_id: QuoteId) -> Vec<CaseEvent> {
        let wins = matches!(self.place(), CaseStatus::OrgReady | CaseStatus::Quoting);
        wins.then(|| CaseWon { case_id: self.id, quote_id }.into()).into_iter().collect()
    }
}
