//! The cases of a partner (R10, R15).

use serde::{Deserialize, Serialize};
use tenantry_domain::case::{CaseCreated, CaseEvent, CaseStatus, Contact};
use tenantry_domain::customer::StepError;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, QuoteId,
};
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::values::{Address, Country, EmailAddress, Name, PhoneNumber};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the case's ID.
#[derive(Debug)]
pub struct Cases;

/// A case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// Its ID.
    pub id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// Name of the company.
    pub company_name: Name,
    /// Country of the company.
    pub country: Country,
    /// Address of the company.
    pub address: Address,
    /// Somebody of the company; never written to (R14).
    pub indicative_contact: ContactRow,
    /// The telephone number of that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Personal<PhoneNumber>>,
    /// Who gets the invitation (R16).
    pub primary_contact: ContactRow,
    /// How far it is.
    pub status: CaseStatus,
    /// The work on its organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<OperationId>,
    /// Its organization, there or on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The customer that has the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The invitation of the primary contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_id: Option<InvitationId>,
    /// Why its organization could not be created.
    pub errors: Vec<StepError>,
    /// Where it goes on when it is reopened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_before: Option<CaseStatus>,
    /// Why it was lost, or put aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
    /// The first quote that was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub won_by: Option<QuoteId>,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
    /// The sequence of its last event.
    pub sequence: i64,
}

/// A person with name and address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactRow {
    /// Name of the person.
    #[schema(value_type = String)]
    pub name: Personal<Name>,
    /// E-mail address of the person.
    #[schema(value_type = String)]
    pub email: Personal<EmailAddress>,
}

impl From<Contact> for ContactRow {
    fn from(Contact { name, email }: Contact) -> Self {
        Self { name, email }
    }
}

impl PersonalSlots for CaseRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.indicative_contact.name);
        visit(&mut self.indicative_contact.email);
        if let Some(phone) = &mut self.phone {
            visit(phone);
        }
        visit(&mut self.primary_contact.name);
        visit(&mut self.primary_contact.email);
    }
}

impl CaseRow {
    fn new(created: CaseCreated, at: i64) -> Self {
        Self {
            id: created.case_id,
            partner_id: created.partner_id,
            company_name: created.company_name,
            country: created.country,
            address: created.address,
            indicative_contact: created.indicative_contact.into(),
            phone: created.phone,
            primary_contact: created.primary_contact.into(),
            status: CaseStatus::Open,
            operation_id: None,
            organization_id: None,
            customer_id: None,
            invitation_id: None,
            errors: vec![],
            status_before: None,
            reason: None,
            won_by: None,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn apply(&mut self, event: CaseEvent) {
        match event {
            CaseEvent::Created(_) => {}
            CaseEvent::OrgRequested(event) => {
                self.status = CaseStatus::OrgRequested;
                self.operation_id = Some(event.operation_id);
                self.organization_id = Some(event.organization_id);
                self.customer_id = Some(event.customer_id);
                self.invitation_id = Some(event.invitation_id);
                self.errors = vec![];
            }
            CaseEvent::OrgReady(_) => self.reach(CaseStatus::OrgReady),
            CaseEvent::OrgFailed(event) => {
                self.reach(CaseStatus::OrgFailed);
                (self.organization_id, self.customer_id, self.invitation_id) = (None, None, None);
                self.errors = event.errors;
            }
            CaseEvent::Linked(event) => {
                self.status = CaseStatus::OrgReady;
                self.organization_id = Some(event.organization_id);
                self.customer_id = Some(event.customer_id);
            }
            CaseEvent::Deactivated(event) => {
                self.status_before = Some(self.status);
                self.status = CaseStatus::Deactivated;
                self.reason = event.reason;
            }
            CaseEvent::Reopened(event) => {
                self.status = self.status_before.take().unwrap_or(CaseStatus::Open);
                self.invitation_id = event.invitation_id.or(self.invitation_id);
                self.reason = None;
            }
            CaseEvent::QuotingStarted(_) => self.reach(CaseStatus::Quoting),
            CaseEvent::Won(event) => {
                self.reach(CaseStatus::Won);
                self.won_by = Some(event.quote_id);
            }
            CaseEvent::Lost(event) => {
                self.status = CaseStatus::Lost;
                self.reason = Some(event.reason);
            }
        }
    }

    /// What happens to a case that is put aside shows once it is reopened.
    fn reach(&mut self, status: CaseStatus) {
        if self.status == CaseStatus::Deactivated {
            self.status_before = Some(status);
        } else {
            self.status = status;
        }
    }
}

impl View for Cases {
    const NAME: &'static str = "cases";
    const EVENTS: &'static [&'static str] = CaseEvent::NAMES;
    const SOURCE: Source = Source::Stream("case");
    type Row = CaseRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(_: &RowKey, row: Option<CaseRow>, recorded: &Recorded) -> Result<Option<CaseRow>, FoldError> {
        let mut row = match (row, recorded.event()?) {
            (None, CaseEvent::Created(created)) => CaseRow::new(*created, recorded.recorded_at),
            (None, _) => return Err(recorded.row_missing()),
            (Some(mut row), event) => {
                row.apply(event);
                row
            }
        };
        row.updated_at = recorded.recorded_at;
        row.sequence = recorded.sequence;
        Ok(Some(row))
    }
}
