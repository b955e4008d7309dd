//! The tokens of links. A token is signed, not kept: what it names decides whether it is still valid.

use tenantry_domain::ids::{
    CustomerId, InvitationId, OperationId, OrganizationId, ReportId, SubscriberId, UserId,
};

use crate::sealing::KeyRing;

/// The token of an invitation's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationToken {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// Which of its mails; only the last one's is valid.
    pub generation: u32,
}

const INVITATION: &str = "invitation";

impl InvitationToken {
    /// Returns the text form.
    pub fn to_text(self, ring: &KeyRing) -> String {
        ring.sign(INVITATION, &format!("{}.{}", self.invitation_id, self.generation))
    }

    /// Reads a token that was signed here.
    pub fn from_text(ring: &KeyRing, text: &str) -> Option<Self> {
        let (invitation, generation) = ring.signed(INVITATION, text)?.split_once('.')?;
        Some(Self { invitation_id: invitation.parse().ok()?, generation: generation.parse().ok()? })
    }
}

/// The token of a link that asks for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentToken {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The customer that a partner asked for.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// Whom the mail is for.
    pub administrator: UserId,
}

const CONSENT: &str = "consent";

impl ConsentToken {
    /// Returns the text form.
    pub fn to_text(self, ring: &KeyRing) -> String {
        let Self { organization_id, customer_id, operation_id, administrator } = self;
        ring.sign(CONSENT, &format!("{organization_id}.{customer_id}.{operation_id}.{administrator}"))
    }

    /// Reads a token that was signed here.
    pub fn from_text(ring: &KeyRing, text: &str) -> Option<Self> {
        let mut parts = ring.signed(CONSENT, text)?.split('.');
        Some(Self {
            organization_id: parts.next()?.parse().ok()?,
            customer_id: parts.next()?.parse().ok()?,
            operation_id: parts.next()?.parse().ok()?,
            administrator: parts.next()?.parse().ok()?,
        })
    }
}

/// The token of a link that asks a person to move to another organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveToken {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// Which of its mails; only the last one's is valid.
    pub mailing: u32,
}

const MOVE: &str = "move";

impl MoveToken {
    /// Returns the text form.
    pub fn to_text(self, ring: &KeyRing) -> String {
        ring.sign(MOVE, &format!("{}.{}", self.subscriber_id, self.mailing))
    }

    /// Reads a token that was signed here.
    pub fn from_text(ring: &KeyRing, text: &str) -> Option<Self> {
        let (subscriber, mailing) = ring.signed(MOVE, text)?.split_once('.')?;
        Some(Self { subscriber_id: subscriber.parse().ok()?, mailing: mailing.parse().ok()? })
    }
}

/// The token of a link to the file of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportToken {
    /// The report.
    pub report_id: ReportId,
    /// When the link expires, in microseconds.
    pub expires_at_us: i64,
}

const REPORT: &str = "report";

impl ReportToken {
    /// Returns the text form.
    pub fn to_text(self, ring: &KeyRing) -> String {
        ring.sign(REPORT, &format!("{}.{}", self.report_id, self.expires_at_us))
    }

    /// Reads a token that was signed here.
    pub fn from_text(ring: &KeyRing, text: &str) -> Option<Self> {
        let (report, expires_at_us) = ring.signed(REPORT, text)?.split_once('.')?;
        Some(Self { report_id: report.parse().ok()?, expires_at_us: expires_at_us.parse().ok()? })
    }
}
