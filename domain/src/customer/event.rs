//! What happened to a customer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CallingLocation, Step, StepError};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, TemplateId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, EmailAddress, ExternalId, Language, Name, TimeZone};

/// A customer with a new organization was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerOrgRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// The ID that its organization will have.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The partner's own ID of the customer.
    pub external_id: ExternalId,
    /// Name of the company.
    pub name: Name,
    /// Address of the head office.
    pub address: Address,
    /// E-mail address of its administrator.
    pub primary_email: Personal<EmailAddress>,
    /// Language of its mails: the request's, else the template's.
    pub language: Language,
    /// Its packages, base packages before add-ons.
    pub packages: Vec<Package>,
    /// How often each package may be assigned at most.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<Package, u32>,
    /// The place to call from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<CallingLocation>,
    /// The time zone of the meeting site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_timezone: Option<TimeZone>,
    /// The partner's word on the head office; absent when it was not given (R59, D14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<bool>,
    /// The template.
    pub template_id: TemplateId,
    /// The template's provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The template's settings at that moment (R35); later edits do not reach the customer.
    pub settings: Settings,
}

/// The organization is there, and its packages are being provisioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningStarted {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The platform's name of the organization.
    pub reference: String,
}

/// A step failed and will be tried again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StepRetried {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The step.
    pub step: Step,
    /// Why it failed.
    pub error: StepError,
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// When it is tried again.
    pub retry_at: Timestamp,
}

/// The customer has a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageProvisioned {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The package.
    pub package: Package,
    /// The platform's names of its licenses.
    pub license_ids: Vec<String>,
}

/// The platform warned about a package; its status stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageWarned {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The package.
    pub package: Package,
    /// What it warned of.
    pub warnings: Vec<StepError>,
}

/// A package could not be provisioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// The package.
    pub package: Package,
    /// Why.
    pub error: StepError,
}

/// Every package is provisioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerProvisioned {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
}

/// Some packages are provisioned, some failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerProvisionedWithErrors {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
    /// Why some failed, in the order of the packages.
    pub errors: Vec<StepError>,
}

/// The organization or every package failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// Why.
    pub errors: Vec<StepError>,
}

impl PersonalSlots for CustomerOrgRequested {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.primary_email);
    }
}

impl PersonalSlots for ProvisioningStarted {}
impl PersonalSlots for StepRetried {}
impl PersonalSlots for PackageProvisioned {}
impl PersonalSlots for PackageWarned {}
impl PersonalSlots for PackageFailed {}
impl PersonalSlots for CustomerProvisioned {}
impl PersonalSlots for CustomerProvisionedWithErrors {}
impl PersonalSlots for ProvisioningFailed {}

crate::events! {
    /// The events of a customer.
    pub enum CustomerEvent {
        /// See [`CustomerOrgRequested`].
        OrgRequested(Box<CustomerOrgRequested>) = "customer.org_requested", "1";
        /// See [`ProvisioningStarted`].
        ProvisioningStarted(ProvisioningStarted) = "customer.provisioning_started", "1";
        /// See [`StepRetried`].
        StepRetried(StepRetried) = "customer.step_retried", "1";
        /// See [`PackageProvisioned`].
        PackageProvisioned(PackageProvisioned) = "customer.package_provisioned", "1";
        /// See [`PackageWarned`].
        PackageWarned(PackageWarned) = "customer.package_warned", "1";
        /// See [`PackageFailed`].
        PackageFailed(PackageFailed) = "customer.package_failed", "1";
        /// See [`CustomerProvisioned`].
        Provisioned(CustomerProvisioned) = "customer.provisioned", "1";
        /// See [`CustomerProvisionedWithErrors`].
        ProvisionedWithErrors(CustomerProvisionedWithErrors) = "customer.provisioned_with_errors", "1";
        /// See [`ProvisioningFailed`].
        ProvisioningFailed(ProvisioningFailed) = "customer.provisioning_failed", "1";
    }
}

impl CustomerEvent {
    /// Returns the work that the event is part of.
    pub fn operation_id(&self) -> OperationId {
        match self {
            Self::OrgRequested(body) => body.operation_id,
            Self::ProvisioningStarted(body) => body.operation_id,
            Self::StepRetried(body) => body.operation_id,
            Self::PackageProvisioned(body) => body.operation_id,
            Self::PackageWarned(body) => body.operation_id,
            Self::PackageFailed(body) => body.operation_id,
            Self::Provisioned(body) => body.operation_id,
            Self::ProvisionedWithErrors(body) => body.operation_id,
            Self::ProvisioningFailed(body) => body.operation_id,
        }
    }
}
