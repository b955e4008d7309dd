//! What may be done with an invitation now; the same guards decide.

use super::{Invitation, InvitationRefusal, InvitationStatus, Issued};
use crate::ids::PartnerId;
use crate::refusal::Actions;

impl Invitation {
    /// Tells which commands to it would be refused, given by a partner, or without one by its organization.
    pub fn actions(&self, partner_id: Option<PartnerId>) -> Actions<InvitationRefusal> {
        let issued = || self.for_partner(partner_id);
        vec![
            ("RedirectInvitation", issued().and_then(Issued::redirectable).map(drop)),
            ("ResendInvitation", issued().and_then(Issued::pending).map(drop)),
            ("RevokeInvitation", issued().and_then(Issued::revocable).map(drop)),
        ]
    }
}

impl Issued {
    /// The invitation, if it can go to another user of the partner (R16).
    pub(super) fn redirectable(&self) -> Result<&Self, InvitationRefusal> {
        let issued = self.pending()?;
        if issued.case_id.is_none() { Err(InvitationRefusal::NotRedirectable) } else { Ok(issued) }
    }

    /// The invitation, if it can be taken back, or was.
    pub(super) fn revocable(&self) -> Result<&Self, InvitationRefusal> {
        match self.status {
            InvitationStatus::Accepted => Err(InvitationRefusal::Ended("accepted")),
            InvitationStatus::Issued
            | InvitationStatus::Sent
            | InvitationStatus::Expired
            | InvitationStatus::Revoked => Ok(self),
        }
    }
}
