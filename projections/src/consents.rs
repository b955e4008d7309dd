//! Requests for consent, as the organization sees them and as the partner that asks (D5).

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use tenantry_domain::organization::{AttachRef, Criterion, OrganizationEvent};
use tenantry_domain::personal::PersonalSlots;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Side, Source, View};

/// The view; its key is the ID of the work, of which each new request is a new one.
#[derive(Debug)]
pub struct Consents;

/// A request for consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRow {
    /// The work that waits for it.
    pub id: OperationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner that asks.
    pub partner_id: PartnerId,
    /// The customer that the partner asked for.
    pub customer_id: CustomerId,
    /// How far it is.
    pub status: ConsentStatus,
    /// Why it is needed; every criterion that holds (D2).
    pub criteria: Vec<Criterion>,
    /// Whose row it is: the organization has one, and the partner.
    pub side: Side,
    /// How many administrators are asked.
    pub administrators: u32,
    /// How many rounds of mails there were.
    pub mailings: u32,
    /// How many mails were handed over.
    pub mails: u32,
    /// When it was asked for.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub requested_at: i64,
    /// When it ends without an answer.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: jiff::Timestamp,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub answered_at: Option<i64>,
}

/// How far a request for consent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentStatus {
    /// Waits for an answer.
    Requested,
    /// An administrator consented.
    Granted,
    /// An administrator declined.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The partner took it back.
    Withdrawn,
    /// The partner was given full access meanwhile.
    Superseded,
}

impl PersonalSlots for ConsentRow {}

/// The part of every event that names the attach.
#[derive(Deserialize)]
struct AttachPart {
    #[serde(flatten)]
    attach: AttachRef,
}

impl ConsentRow {
    fn end(&mut self, status: ConsentStatus, at: i64) {
        self.status = status;
        self.answered_at = Some(at);
    }

    fn asked_again(&mut self, mailing: u32, administrators: usize) {
        self.mailings = mailing;
        self.administrators = u32::try_from(administrators).unwrap_or(u32::MAX);
    }

    fn apply(&mut self, event: &OrganizationEvent, at: i64) {
        match event {
            OrganizationEvent::ConsentMailed(_) => self.mails += 1,
            OrganizationEvent::ConsentReminded(event) => {
                self.asked_again(event.mailing, event.administrators.len());
            }
            OrganizationEvent::ConsentResent(event) => {
                self.asked_again(event.mailing, event.administrators.len());
            }
            OrganizationEvent::ConsentGranted(_) => self.end(ConsentStatus::Granted, at),
            OrganizationEvent::ConsentDeclined(_) => self.end(ConsentStatus::Declined, at),
            OrganizationEvent::ConsentExpired(_) => self.end(ConsentStatus::Expired, at),
            OrganizationEvent::ConsentSuperseded(_) => self.end(ConsentStatus::Superseded, at),
            OrganizationEvent::AttachWithdrawn(_) => self.end(ConsentStatus::Withdrawn, at),
            OrganizationEvent::ConsentRequested(_)
            | OrganizationEvent::Created(_)
            | OrganizationEvent::Registered(_)
            | OrganizationEvent::LicenseSet(_)
            | OrganizationEvent::DomainVerified(_)
            | OrganizationEvent::DomainClaimed(_)
            | OrganizationEvent::MemberAdded(_)
            | OrganizationEvent::Activated(_)
            | OrganizationEvent::UserInvited(_)
            | OrganizationEvent::MemberRemoved(_)
            | OrganizationEvent::RoleAssigned(_)
            | OrganizationEvent::RoleRevoked(_)
            | OrganizationEvent::ProjectCreated(_)
            | OrganizationEvent::AppIdCreated(_)
            | OrganizationEvent::SettingsSet(_)
            | OrganizationEvent::UsersCounted(_)
            | OrganizationEvent::AttachReserved(_)
            | OrganizationEvent::AttachAssessed(_)
            | OrganizationEvent::AttachApproved(_)
            | OrganizationEvent::AttachRefused(_)
            | OrganizationEvent::Attached(_)
            | OrganizationEvent::GrantGiven(_)
            | OrganizationEvent::GrantRevoked(_)
            | OrganizationEvent::CustomerReleased(_)
            | OrganizationEvent::RestrictedModeDisabled(_)
            | OrganizationEvent::FullAccessRequested(_) => {}
        }
    }
}

impl View for Consents {
    const NAME: &'static str = "consents";
    const EVENTS: &'static [&'static str] = &[
        "organization.consent_requested",
        "organization.consent_mailed",
        "organization.consent_reminded",
        "organization.consent_resent",
        "organization.consent_granted",
        "organization.consent_declined",
        "organization.consent_expired",
        "organization.consent_superseded",
        "organization.attach_withdrawn",
    ];
    const FED_BY_OTHERS: &'static [&'static str] = &["partner"];
    const SOURCE: Source = Source::Named { stream: "organization", field: "organizationId" };
    type Row = ConsentRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let AttachPart { attach } = event.part()?;
        let key = attach.operation_id.to_string();
        let partners = RowKey { tenant_id: attach.partner_id.into(), key: key.clone() };
        Ok(vec![RowKey { tenant_id: event.tenant_id, key }, partners])
    }

    fn fold(
        key: &RowKey,
        row: Option<ConsentRow>,
        recorded: &Recorded,
    ) -> Result<Option<ConsentRow>, FoldError> {
        let at = recorded.recorded_at;
        let event = recorded.event::<OrganizationEvent>()?;
        let mut row = match (row, &event) {
            (None, OrganizationEvent::ConsentRequested(requested)) => ConsentRow {
                id: requested.attach.operation_id,
                organization_id: requested.attach.organization_id,
                partner_id: requested.attach.partner_id,
                customer_id: requested.attach.customer_id,
                status: ConsentStatus::Requested,
                criteria: requested.criteria.clone(),
                side: Side::of(key),
                administrators: u32::try_from(requested.administrators.len()).unwrap_or(u32::MAX),
                mailings: requested.mailing,
                mails: 0,
                requested_at: at,
                expires_at: requested.expires_at,
                answered_at: None,
            },
            (Some(row), _) => row,
            (None, _) => return Err(recorded.row_missing()),
        };
        row.apply(&event, at);
        Ok(Some(row))
    }
}
