//! What a case is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CaseCommand, CaseCreated, CaseEvent, CaseOrgRequested, CaseRefusal};
use crate::ids::{CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId};
use crate::stream;
use crate::values::Name;

/// A case; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// `None` until it is created.
    pub opened: Option<Opened>,
}

/// A case that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// Its ID.
    pub id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// How far it is.
    pub status: CaseStatus,
    /// Name of the company.
    pub company_name: Name,
    /// The last work on it.
    pub operation_id: Option<OperationId>,
    /// Its organization, there or on its way.
    pub organization_id: Option<OrganizationId>,
    /// The customer that has the organization.
    pub customer_id: Option<CustomerId>,
    /// The invitation to an organization of its own.
    pub invitation_id: Option<InvitationId>,
    /// What the organization of its own is made from, whose personal values are as they are stored.
    pub request: Option<Box<CaseOrgRequested>>,
    /// Where it goes on when it is reopened.
    pub before: Option<CaseStatus>,
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// It has no organization.
    Open,
    /// Its organization is being created (R15).
    OrgRequested,
    /// Its organization is there.
    OrgReady,
    /// Its organization could not be created.
    OrgFailed,
    /// Quotes are written for it.
    Quoting,
    /// A quote was accepted.
    Won,
    /// It was closed without an accepted quote.
    Lost,
    /// It is put aside.
    Deactivated,
}

impl Aggregate for Case {
    const TYPE: &'static str = "case";
    type Command = CaseCommand;
    type Event = CaseEvent;
    type Error = CaseRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: CaseCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CaseRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: CaseEvent) {
        if let CaseEvent::Created(created) = event {
            self.opened = Some(Opened::new(*created));
        } else if let Some(opened) = &mut self.opened {
            opened.apply(event);
        }
    }
}

impl Opened {
    fn new(created: CaseCreated) -> Self {
        // People's data is for readers; no rule needs it. Only a request for an organization keeps whom to invite: it may
        // have to be made again.
        Self {
            id: created.case_id,
            partner_id: created.partner_id,
            status: CaseStatus::Open,
            company_name: created.company_name,
            operation_id: None,
            organization_id: None,
            customer_id: None,
            invitation_id: None,
            request: None,
            before: None,
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
                self.request = Some(event);
            }
            CaseEvent::OrgReady(_) => self.reach(CaseStatus::OrgReady),
            CaseEvent::OrgFailed(_) => {
                self.reach(CaseStatus::OrgFailed);
                (self.organization_id, self.customer_id, self.invitation_id) = (None, None, None);
            }
            CaseEvent::Linked(event) => {
                self.status = CaseStatus::OrgReady;
                self.organization_id = Some(event.organization_id);
                self.customer_id = Some(event.customer_id);
                // What failed is not taken up again.
                self.request = None;
            }
            CaseEvent::Deactivated(_) => {
                self.before = Some(self.status);
                self.status = CaseStatus::Deactivated;
            }
            CaseEvent::Reopened(event) => {
                self.status = self.before.take().unwrap_or(CaseStatus::Open);
                self.invitation_id = event.invitation_id.or(self.invitation_id);
            }
            CaseEvent::QuotingStarted(_) => self.reach(CaseStatus::Quoting),
            CaseEvent::Won(_) => self.reach(CaseStatus::Won),
            CaseEvent::Lost(_) => self.status = CaseStatus::Lost,
        }
    }

    /// What happens to a case that is put aside shows once it is reopened.
    fn reach(&mut self, status: CaseStatus) {
        if self.status == CaseStatus::Deactivated {
            self.before = Some(status);
        } else {
            self.status = status;
        }
    }
}
