//! What an invitation decides.

use jiff::Timestamp;

use super::{
    Accept, Invitation, InvitationAccepted, InvitationCommand, InvitationEvent, InvitationExpired,
    InvitationIssued, InvitationRedirected, InvitationRefusal, InvitationResent, InvitationRevoked,
    InvitationSent, InvitationStatus, Issue, Issued, TermsAccepted,
};
use crate::ids::PartnerId;
use crate::limits::{INVITATION_VALID_US, MAILINGS_MAX};
use crate::personal::Personal;
use crate::stream::Decide;
use crate::terms;

type Decision = Result<Vec<InvitationEvent>, InvitationRefusal>;

impl Decide for Invitation {
    fn decide(&self, command: InvitationCommand) -> Decision {
        match command {
            InvitationCommand::Issue(request) => self.issue(*request),
            InvitationCommand::RecordSent { generation } => Ok(self.record_sent(generation)),
            InvitationCommand::Resend { partner_id, now_us } => self.resend(partner_id, now_us),
            InvitationCommand::Revoke { partner_id } => self.revoke(partner_id),
            // One that was accepted, or that is not there, has nothing to take back.
            InvitationCommand::Withdraw => Ok(self.revoke(None).unwrap_or_default()),
            InvitationCommand::Redirect { partner_id, name, email, now_us } => {
                let issued = self.for_partner(Some(partner_id))?.redirectable()?;
                let (invitation_id, generation) = (issued.id, issued.generation + 1);
                let expires_at = expiry(now_us);
                Ok(vec![
                    InvitationRedirected {
                        invitation_id,
                        partner_id: Some(partner_id),
                        name,
                        email,
                        generation,
                        expires_at,
                    }
                    .into(),
                ])
            }
            InvitationCommand::Expire { generation } => Ok(self.expire(generation)),
            InvitationCommand::Accept(accept) => self.accept(*accept),
        }
    }
}

fn expiry(now_us: i64) -> Timestamp {
    Timestamp::from_microsecond(now_us.saturating_add(INVITATION_VALID_US)).unwrap_or(Timestamp::MAX)
}

impl Invitation {
    fn issue(&self, request: Issue) -> Decision {
        match &self.issued {
            Some(issued) if issued.is_as(&request) => return Ok(vec![]),
            Some(issued) => return Err(InvitationRefusal::AlreadyExists(issued.id)),
            None => {}
        }
        Ok(vec![
            Box::new(InvitationIssued {
                invitation_id: request.id,
                organization_id: request.organization_id,
                organization_name: request.organization_name,
                partner_id: request.partner_id,
                customer_id: request.customer_id,
                case_id: request.case_id,
                name: request.name,
                email: request.email,
                role: request.role,
                notification: request.notification,
                brand_name: request.brand_name,
                language: request.language,
                generation: 1,
                expires_at: expiry(request.now_us),
            })
            .into(),
        ])
    }

    /// The invitation as the caller sees it: a partner's own, or that of the organization.
    pub(super) fn for_partner(&self, partner_id: Option<PartnerId>) -> Result<&Issued, InvitationRefusal> {
        let issued = self.issued.as_ref().ok_or(InvitationRefusal::NotFound)?;
        match partner_id {
            Some(_) if partner_id != issued.partner_id => Err(InvitationRefusal::NotFound),
            _ => Ok(issued),
        }
    }

    fn record_sent(&self, generation: u32) -> Vec<InvitationEvent> {
        let awaited = |issued: &&Issued| {
            issued.status.is_open() && issued.sent < generation && generation <= issued.generation
        };
        let Some(issued) = self.issued.as_ref().filter(awaited) else { return vec![] };
        vec![InvitationSent { invitation_id: issued.id, partner_id: issued.partner_id, generation }.into()]
    }

    fn resend(&self, partner_id: Option<PartnerId>, now_us: i64) -> Decision {
        let issued = self.for_partner(partner_id)?.pending()?;
        let (invitation_id, partner_id) = (issued.id, issued.partner_id);
        let (generation, expires_at) = (issued.generation + 1, expiry(now_us));
        Ok(vec![InvitationResent { invitation_id, partner_id, generation, expires_at }.into()])
    }

    fn revoke(&self, partner_id: Option<PartnerId>) -> Decision {
        let issued = self.for_partner(partner_id)?.revocable()?;
        if issued.status == InvitationStatus::Revoked {
            return Ok(vec![]);
        }
        Ok(vec![InvitationRevoked { invitation_id: issued.id, partner_id: issued.partner_id }.into()])
    }

    fn expire(&self, generation: u32) -> Vec<InvitationEvent> {
        let due = |issued: &&Issued| issued.status.is_open() && issued.generation == generation;
        let Some(issued) = self.issued.as_ref().filter(due) else { return vec![] };
        let (invitation_id, partner_id) = (issued.id, issued.partner_id);
        vec![InvitationExpired { invitation_id, partner_id, generation }.into()]
    }

    fn accept(&self, accept: Accept) -> Decision {
        let valid = |issued: &&Issued| {
            issued.status.is_open()
                && issued.generation == accept.generation
                && accept.now_us < issued.expires_at.as_microsecond()
        };
        let issued = self.issued.as_ref().filter(valid).ok_or(InvitationRefusal::InvalidToken)?;
        // R21
        let missing = terms::missing(&accept.accepted_terms);
        if !missing.is_empty() {
            return Err(InvitationRefusal::TermsNotAccepted(missing));
        }
        let (invitation_id, partner_id) = (issued.id, issued.partner_id);
        let accepted = terms::CURRENT.iter().map(Into::into).collect();
        Ok(vec![
            TermsAccepted { invitation_id, partner_id, accepted }.into(),
            Box::new(InvitationAccepted {
                invitation_id,
                organization_id: issued.organization_id,
                customer_id: issued.customer_id,
                partner_id,
                given_name: Personal::open(accept.person, accept.given_name),
                family_name: Personal::open(accept.person, accept.family_name),
                email: issued.email.clone(),
                role: issued.role,
                credential_id: accept.credential_id,
            })
            .into(),
        ])
    }
}

impl Issued {
    /// The invitation, if it can be mailed again.
    pub(super) fn pending(&self) -> Result<&Self, InvitationRefusal> {
        match self.status {
            InvitationStatus::Issued | InvitationStatus::Sent | InvitationStatus::Expired
                if self.generation >= MAILINGS_MAX =>
            {
                Err(InvitationRefusal::MailedEnough)
            }
            InvitationStatus::Issued | InvitationStatus::Sent | InvitationStatus::Expired => Ok(self),
            InvitationStatus::Accepted => Err(InvitationRefusal::Ended("accepted")),
            InvitationStatus::Revoked => Err(InvitationRefusal::Ended("revoked")),
        }
    }

    /// Tells whether a request is the one that it was issued by.
    fn is_as(&self, request: &Issue) -> bool {
        self.id == request.id
            && self.organization_id == request.organization_id
            && self.customer_id == request.customer_id
    }
}
