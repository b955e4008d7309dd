//! The requests about cases, as callers write them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CaseId, OrganizationId};
use crate::template::ProvisioningId;
use crate::values::{Address, Country, EmailAddress, Name, PhoneNumber};

/// Opens a case for a prospective customer, and with the box checked its organization (R10–R15).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCase {
    /// The prospective customer.
    pub customer: CaseCustomer,
    /// The box "Create new customer organization" (R13).
    pub create_customer_org: bool,
    /// The template of the new organization; the partner's default without. Only with the box (D11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisioning_id: Option<ProvisioningId>,
    /// Who gets the invitation; the holder of the key without, so a service must name somebody (R16).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact: Option<PrimaryContact>,
}

/// The details of a case (R12).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseCustomer {
    /// Name of the company.
    pub company_name: Name,
    /// Name of somebody there.
    pub contact_name: Name,
    /// That person's e-mail address; it is only indicative and never written to (R14).
    pub contact_email: EmailAddress,
    /// That person's telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Country of the company.
    pub country: Country,
    /// Address of the company.
    pub address: Address,
}

/// A person of the partner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrimaryContact {
    /// Name of the person.
    pub name: Name,
    /// E-mail address of the person.
    pub email: EmailAddress,
}

/// Takes up again the work on the organization of a case, where it failed (R15).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetryCase {
    /// The case.
    pub case_id: CaseId,
}

/// Puts a case aside: its open invitation is taken back and no quote goes on; its organization stays.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeactivateCase {
    /// The case.
    pub case_id: CaseId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// Goes on with a case that was deactivated, where it was.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenCase {
    /// The case.
    pub case_id: CaseId,
}

/// Closes a case that was lost.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CloseCase {
    /// The case.
    pub case_id: CaseId,
    /// Why.
    pub reason: Name,
}

/// Links a case to an organization that is the partner's customer already (D6).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkCaseToOrg {
    /// The case.
    pub case_id: CaseId,
    /// The organization.
    pub organization_id: OrganizationId,
}
