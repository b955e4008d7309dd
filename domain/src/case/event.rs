//! What happened to a case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::customer::StepError;
use crate::ids::{
    CaseId, CustomerId, InvitationId, OperationId, OrganizationId, PartnerId, QuoteId, TemplateId,
};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, Country, EmailAddress, Name, PhoneNumber};

/// A person with name and address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Name of the person.
    pub name: Personal<Name>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
}

/// A case was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseCreated {
    /// The case.
    pub case_id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// Name of the company.
    pub company_name: Name,
    /// Country of the company.
    pub country: Country,
    /// Address of the company.
    pub address: Address,
    /// Somebody of the company; never written to (R14).
    pub indicative_contact: Contact,
    /// The telephone number of that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal<PhoneNumber>>,
    /// Who created the case, or was named by the service that did (R16).
    pub primary_contact: Contact,
}

/// The organization of a case was asked for (R13).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseOrgRequested {
    /// The case.
    pub case_id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The ID that the organization will have.
    pub organization_id: OrganizationId,
    /// The ID that the customer will have.
    pub customer_id: CustomerId,
    /// The ID that the invitation will have.
    pub invitation_id: InvitationId,
    /// Name of the company, and of the organization.
    pub company_name: Name,
    /// Address of the company.
    pub address: Address,
    /// Who is invited.
    pub primary_contact: Contact,
    /// The template.
    pub template_id: TemplateId,
    /// The template's provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The template's settings at that moment.
    pub settings: Settings,
}

/// The organization of a case is there, and the invitation is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseOrgReady {
    /// The case.
    pub case_id: CaseId,
    /// The work.
    pub operation_id: OperationId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The customer.
    pub customer_id: CustomerId,
}

/// The organization of a case could not be created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseOrgFailed {
    /// The case.
    pub case_id: CaseId,
    /// The work.
    pub operation_id: OperationId,
    /// Why.
    pub errors: Vec<StepError>,
}

/// A case was linked to an organization that was there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseLinked {
    /// The case.
    pub case_id: CaseId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The partner's customer that has it.
    pub customer_id: CustomerId,
}

/// A case was put aside: nothing is sold under it until it is reopened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDeactivated {
    /// The case.
    pub case_id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// The organization of its own, there or on its way; it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The invitation to it, which is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_id: Option<InvitationId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// A case goes on where it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseReopened {
    /// The case.
    pub case_id: CaseId,
    /// Whose case it is.
    pub partner_id: PartnerId,
    /// The invitation that takes the place of the one that was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation_id: Option<InvitationId>,
}

/// The first quote of a case was drafted (R28).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseQuotingStarted {
    /// The case.
    pub case_id: CaseId,
}

/// The first quote of a case was accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseWon {
    /// The case.
    pub case_id: CaseId,
    /// The quote.
    pub quote_id: QuoteId,
}

/// A case was closed without an accepted quote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseLost {
    /// The case.
    pub case_id: CaseId,
    /// Why.
    pub reason: Name,
}

impl PersonalSlots for Contact {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.name);
        visit(&mut self.email);
    }
}

impl PersonalSlots for CaseCreated {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        self.indicative_contact.visit_slots(visit);
        if let Some(phone) = &mut self.phone {
            visit(phone);
        }
        self.primary_contact.visit_slots(visit);
    }
}

impl PersonalSlots for CaseOrgRequested {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        self.primary_contact.visit_slots(visit);
    }
}

impl PersonalSlots for CaseOrgReady {}
impl PersonalSlots for CaseOrgFailed {}
impl PersonalSlots for CaseLinked {}
impl PersonalSlots for CaseDeactivated {}
impl PersonalSlots for CaseReopened {}
impl PersonalSlots for CaseQuotingStarted {}
impl PersonalSlots for CaseWon {}
impl PersonalSlots for CaseLost {}

crate::events! {
    /// The events of a case.
    pub enum CaseEvent {
        /// See [`CaseCreated`].
        Created(Box<CaseCreated>) = "case.created", "1";
        /// See [`CaseOrgRequested`].
        OrgRequested(Box<CaseOrgRequested>) = "case.org_requested", "1";
        /// See [`CaseOrgReady`].
        OrgReady(CaseOrgReady) = "case.org_ready", "1";
        /// See [`CaseOrgFailed`].
        OrgFailed(CaseOrgFailed) = "case.org_failed", "1";
        /// See [`CaseLinked`].
        Linked(CaseLinked) = "case.linked", "1";
        /// See [`CaseDeactivated`].
        Deactivated(CaseDeactivated) = "case.deactivated", "1";
        /// See [`CaseReopened`].
        Reopened(CaseReopened) = "case.reopened", "1";
        /// See [`CaseQuotingStarted`].
        QuotingStarted(CaseQuotingStarted) = "case.quoting_started", "1";
        /// See [`CaseWon`].
        Won(CaseWon) = "case.won", "1";
        /// See [`CaseLost`].
        Lost(CaseLost) = "case.lost", "1";
    }
}
