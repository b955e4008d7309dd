//! What may be done with a case now; the same guards decide.

use super::{Case, CaseRefusal, Opened};
use crate::refusal::Actions;

impl Case {
    /// Tells which commands to it would be refused.
    pub fn actions(&self, partner_active: bool) -> Actions<CaseRefusal> {
        let existing = || self.opened.as_ref().ok_or(CaseRefusal::NotFound);
        vec![
            ("CloseCase", existing().and_then(Opened::may_close)),
            ("DeactivateCase", existing().and_then(Opened::may_deactivate)),
            ("LinkCaseToOrg", self.linkable(partner_active).map(drop)),
            ("ReopenCase", existing().and_then(Opened::may_reopen)),
            ("RetryCase", existing().and_then(|opened| opened.may_retry().map(drop))),
        ]
    }

    /// The case, if it can get an organization.
    pub(super) fn linkable(&self, partner_active: bool) -> Result<&Opened, CaseRefusal> {
        let opened = self.opened.as_ref().ok_or(CaseRefusal::NotFound)?;
        if !partner_active {
            return Err(CaseRefusal::PartnerSuspended(opened.partner_id));
        }
        opened.check_open()?;
        if opened.organization_id.is_some() {
            return Err(CaseRefusal::HasOrganization(opened.id));
        }
        Ok(opened)
    }
}
