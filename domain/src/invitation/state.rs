//! What an invitation is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InvitationCommand, InvitationEvent, InvitationIssued, InvitationRefusal};
use crate::ids::{CaseId, CustomerId, InvitationId, OrganizationId, PartnerId};
use crate::organization::MemberRole;
use crate::personal::Personal;
use crate::stream;
use crate::values::EmailAddress;

/// An invitation; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// `None` until it is issued.
    pub issued: Option<Issued>,
}

/// An invitation that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// Its ID.
    pub id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner for whom; `None` where the organization invites.
    pub partner_id: Option<PartnerId>,
    /// The customer that has the organization, of that partner.
    pub customer_id: Option<CustomerId>,
    /// The case that asked for the organization.
    pub case_id: Option<CaseId>,
    /// E-mail address of the invited person, as it is stored.
    pub email: Personal<EmailAddress>,
    /// What the person becomes.
    pub role: MemberRole,
    /// How far it is.
    pub status: InvitationStatus,
    /// Its last mail; only that one's token is valid.
    pub generation: u32,
    /// The last mail that was handed over.
    pub sent: u32,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// How far an invitation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// Its mail is on its way.
    Issued,
    /// Its mail was handed over.
    Sent,
    /// The person is a member.
    Accepted,
    /// It was taken back.
    Revoked,
    /// Nobody accepted it in time.
    Expired,
}

impl InvitationStatus {
    /// Tells whether its token may be used.
    pub fn is_open(self) -> bool {
        match self {
            Self::Issued | Self::Sent => true,
            Self::Accepted | Self::Revoked | Self::Expired => false,
        }
    }
}

impl Aggregate for Invitation {
    const TYPE: &'static str = "invitation";
    type Command = InvitationCommand;
    type Event = InvitationEvent;
    type Error = InvitationRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: InvitationCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), InvitationRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: InvitationEvent) {
        if let InvitationEvent::Issued(issued) = event {
            self.issued = Some(Issued::new(*issued));
        } else if let Some(issued) = &mut self.issued {
            issued.apply(event);
        }
    }
}

impl Issued {
    fn new(event: InvitationIssued) -> Self {
        Self {
            id: event.invitation_id,
            organization_id: event.organization_id,
            partner_id: event.partner_id,
            customer_id: event.customer_id,
            case_id: event.case_id,
            email: event.email,
            role: event.role,
            status: InvitationStatus::Issued,
            generation: event.generation,
            sent: 0,
            expires_at: event.expires_at,
        }
    }

    fn renew(&mut self, generation: u32, expires_at: Timestamp) {
        self.status = InvitationStatus::Issued;
        self.generation = generation;
        self.expires_at = expires_at;
    }

    fn apply(&mut self, event: InvitationEvent) {
        match event {
            InvitationEvent::Issued(_) | InvitationEvent::TermsAccepted(_) => {}
            InvitationEvent::Sent(event) => {
                self.sent = event.generation;
                if event.generation == self.generation {
                    self.status = InvitationStatus::Sent;
                }
            }
            InvitationEvent::Resent(event) => self.renew(event.generation, event.expires_at),
            InvitationEvent::Redirected(event) => {
                self.email = event.email;
                self.renew(event.generation, event.expires_at);
            }
            InvitationEvent::Revoked(_) => self.status = InvitationStatus::Revoked,
            InvitationEvent::Expired(_) => self.status = InvitationStatus::Expired,
            InvitationEvent::Accepted(_) => self.status = InvitationStatus::Accepted,
        }
    }
}
