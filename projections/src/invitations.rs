//! Invitations, as the organization sees them and as the partner does for whom they were issued.
//!
//! A person's data belongs to the organization; the partner's row does without.

use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CaseId, CustomerId, InvitationId, OrganizationId, PartnerId};
use tenantry_domain::invitation::{InvitationEvent, InvitationIssued, InvitationStatus};
use tenantry_domain::organization::MemberRole;
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::values::{EmailAddress, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Side, Source, View};

/// The view; its key is the invitation's ID.
#[derive(Debug)]
pub struct Invitations;

/// An invitation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationRow {
    /// Its ID.
    pub id: InvitationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Name of the organization.
    pub organization_name: Name,
    /// The partner for whom; absent where the organization invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<PartnerId>,
    /// The customer that has the organization, of that partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The case that asked for the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// Name of the invited person; absent for partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<Name>>,
    /// E-mail address of the invited person; absent for partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Personal<EmailAddress>>,
    /// What the person becomes.
    pub role: MemberRole,
    /// How far it is.
    pub status: InvitationStatus,
    /// Whose row it is: the organization has one, and the partner.
    pub side: Side,
    /// How many mails there were.
    pub mails: u32,
    /// When it expires.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: jiff::Timestamp,
    /// When it was issued.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

impl PersonalSlots for InvitationRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(name) = &mut self.name {
            visit(name);
        }
        if let Some(email) = &mut self.email {
            visit(email);
        }
    }
}

/// The part of every event that names the partner, where there is one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PartnerPart {
    partner_id: Option<PartnerId>,
}

impl InvitationRow {
    fn new(issued: InvitationIssued, at: i64) -> Self {
        Self {
            id: issued.invitation_id,
            organization_id: issued.organization_id,
            organization_name: issued.organization_name,
            partner_id: issued.partner_id,
            customer_id: issued.customer_id,
            case_id: issued.case_id,
            name: issued.name,
            email: Some(issued.email),
            role: issued.role,
            status: InvitationStatus::Issued,
            side: Side::Organization,
            mails: issued.generation,
            expires_at: issued.expires_at,
            created_at: at,
            sequence: 0,
        }
    }

    fn apply(&mut self, event: InvitationEvent) {
        match event {
            InvitationEvent::Issued(_) | InvitationEvent::TermsAccepted(_) => {}
            InvitationEvent::Sent(event) => {
                if event.generation == self.mails {
                    self.status = InvitationStatus::Sent;
                }
            }
            InvitationEvent::Resent(event) => {
                self.status = InvitationStatus::Issued;
                (self.mails, self.expires_at) = (event.generation, event.expires_at);
            }
            InvitationEvent::Redirected(event) => {
                self.status = InvitationStatus::Issued;
                (self.mails, self.expires_at) = (event.generation, event.expires_at);
                (self.name, self.email) = (Some(event.name), Some(event.email));
            }
            InvitationEvent::Revoked(_) => self.status = InvitationStatus::Revoked,
            InvitationEvent::Expired(_) => self.status = InvitationStatus::Expired,
            InvitationEvent::Accepted(_) => self.status = InvitationStatus::Accepted,
        }
    }
}

impl View for Invitations {
    const NAME: &'static str = "invitations";
    const EVENTS: &'static [&'static str] = InvitationEvent::NAMES;
    const FED_BY_OTHERS: &'static [&'static str] = &["partner"];
    const SOURCE: Source = Source::Stream("invitation");
    type Row = InvitationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let PartnerPart { partner_id } = event.part()?;
        let of_partner = |id: PartnerId| RowKey { tenant_id: id.into(), key: event.aggregate_id.clone() };
        Ok(std::iter::once(RowKey::of_stream(event)).chain(partner_id.map(of_partner)).collect())
    }

    fn fold(
        key: &RowKey,
        row: Option<InvitationRow>,
        recorded: &Recorded,
    ) -> Result<Option<InvitationRow>, FoldError> {
        let mut row = match (row, recorded.event()?) {
            (None, InvitationEvent::Issued(issued)) => {
                let side = Side::of(key);
                InvitationRow { side, ..InvitationRow::new(*issued, recorded.recorded_at) }
            }
            (None, _) => return Err(recorded.row_missing()),
            (Some(mut row), event) => {
                row.apply(event);
                row
            }
        };
        if row.side == Side::Partner {
            (row.name, row.email) = (None, None);
        }
        row.sequence = recorded.sequence;
        Ok(Some(row))
    }
}
