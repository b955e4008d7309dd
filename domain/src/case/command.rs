//! What a case can be asked, by its partner and by the process that prepares its organization.

use super::{Contact, CreateCase};
use crate::customer::{StepError, TemplateFacts};
use crate::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, PersonId, QuoteId,
};
use crate::values::Name;

/// A request for a case, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Open {
    /// The ID of the new case.
    pub id: CaseId,
    /// Whose case it becomes.
    pub partner_id: PartnerId,
    /// The request.
    pub data: CreateCase,
    /// The person behind `data.customer.contact_email`.
    pub indicative: PersonId,
    /// The primary contact, its values open; `None` if nobody is named and the caller is no person.
    pub primary_contact: Option<Contact>,
    /// The named template, or the partner's default; `None` if there is none.
    pub template: Option<TemplateFacts>,
    /// Whether the partner exists and may act.
    pub partner_active: bool,
    /// The ID of the work that begins with the box.
    pub operation_id: OperationId,
    /// The ID that the new organization will have.
    pub organization_id: OrganizationId,
    /// The ID that the new customer will have.
    pub customer_id: CustomerId,
    /// The ID that the invitation will have.
    pub invitation_id: InvitationId,
}

/// A request to link a case, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Link {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner's customer that has the organization; `None` if it has none.
    pub customer_id: Option<CustomerId>,
    /// Whether the partner exists and may act.
    pub partner_active: bool,
}

/// A command to a case. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum CaseCommand {
    /// See [`CreateCase`].
    Open(Box<Open>),
    /// See [`LinkCaseToOrg`](super::LinkCaseToOrg).
    Link(Link),
    /// Reports that the organization is there and the invitation is sent.
    RecordOrgReady,
    /// Reports that the organization could not be created.
    RecordOrgFailed {
        /// The work that failed.
        operation_id: OperationId,
        /// Why.
        errors: Vec<StepError>,
    },
    /// See [`RetryCase`](super::RetryCase).
    Retry {
        /// The ID of the work that begins.
        operation_id: OperationId,
    },
    /// See [`DeactivateCase`](super::DeactivateCase).
    Deactivate {
        /// Why.
        reason: Option<Name>,
    },
    /// See [`ReopenCase`](super::ReopenCase).
    Reopen {
        /// The ID of another invitation, in case one is needed.
        invitation_id: InvitationId,
        /// Whether the organization has its first administrator: then nobody is invited.
        organization_active: bool,
    },
    /// See [`CloseCase`](super::CloseCase).
    Close {
        /// Why.
        reason: Name,
    },
    /// Reports that a quote was drafted.
    RecordQuoting,
    /// Reports that a quote was accepted.
    RecordWon {
        /// The quote.
        quote_id: QuoteId,
    },
}
