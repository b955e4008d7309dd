//! What happened to a customer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{BrandingOverrideSet, CallingLocation, ConsoleAccessSet, Step, StepError};
use crate::catalogue::Package;
use crate::ids::{CaseId, CustomerId, OperationId, OrganizationId, PartnerId, TemplateId};
use crate::organization::Assessment;
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

/// A customer with an organization that exists already was asked for (R86).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerAttachRequested {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Name of the partner, for the organization's administrators.
    pub partner_name: Name,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The work that began.
    pub operation_id: OperationId,
    /// The partner's own ID of the customer.
    pub external_id: ExternalId,
    /// Name of the organization (R112).
    pub name: Name,
    /// The partner's own name for the customer (D17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// Address of the head office.
    pub address: Address,
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
    /// The partner's word on the head office; absent when it was not given (R101, D14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<bool>,
    /// The template.
    pub template_id: TemplateId,
    /// The template's provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The template's settings at that moment.
    pub settings: Settings,
    /// What was found before the request was taken; the organization's own stream decides bindingly.
    pub assessment: Assessment,
}

/// The organization answered the request to attach it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachAnswered {
    /// The customer.
    pub customer_id: CustomerId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The work.
    pub operation_id: OperationId,
    /// The answer.
    pub answer: AttachAnswer,
}

/// What became of a request to attach an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AttachAnswer {
    /// It is attached.
    Approved {
        /// What the organization's own stream found; what it found when it was asked, where it consented.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<Assessment>,
    },
    /// Its administrators are asked.
    ConsentRequested {
        /// What the organization's own stream found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assessment: Option<Assessment>,
        /// When the request ends without an answer.
        expires_at: Timestamp,
    },
    /// It may not be attached.
    Refused {
        /// The stable code of the reason.
        code: String,
        /// The reason.
        reason: String,
    },
    /// An administrator declined.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The partner took the request back; the customer is gone.
    Withdrawn,
}

/// A customer came from a case (R15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerCreated {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The case.
    pub case_id: CaseId,
    /// Name of the company.
    pub name: Name,
    /// Address of the company.
    pub address: Address,
    /// The template.
    pub template_id: TemplateId,
    /// The template's provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The template's settings at that moment.
    pub settings: Settings,
}

/// The first administrator of a customer's organization has accepted (D10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerActivated {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
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

/// The work on a customer that failed was taken up again, from where it failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningRetried {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work that begins.
    pub operation_id: OperationId,
    /// The steps that are done again, in their order.
    pub steps: Vec<Step>,
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

impl PersonalSlots for CustomerAttachRequested {}
impl PersonalSlots for AttachAnswered {}
impl PersonalSlots for CustomerCreated {}
impl PersonalSlots for CustomerActivated {}
impl PersonalSlots for ProvisioningStarted {}
impl PersonalSlots for ProvisioningRetried {}
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
        /// See [`CustomerAttachRequested`].
        AttachRequested(Box<CustomerAttachRequested>) = "customer.attach_requested", "1";
        /// See [`AttachAnswered`].
        AttachAnswered(AttachAnswered) = "customer.attach_answered", "1";
        /// See [`CustomerCreated`].
        Created(Box<CustomerCreated>) = "customer.created", "1";
        /// See [`CustomerActivated`].
        Activated(CustomerActivated) = "customer.activated", "1";
        /// See [`BrandingOverrideSet`].
        BrandingOverrideSet(BrandingOverrideSet) = "customer.branding_override_set", "1";
        /// See [`ConsoleAccessSet`].
        ConsoleAccessSet(ConsoleAccessSet) = "customer.console_access_set", "1";
        /// See [`ProvisioningStarted`].
        ProvisioningStarted(ProvisioningStarted) = "customer.provisioning_started", "1";
        /// See [`ProvisioningRetried`].
        ProvisioningRetried(ProvisioningRetried) = "customer.provisioning_retried", "1";
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
    /// Returns the work that the event is part of, if it is part of any.
    pub fn operation_id(&self) -> Option<OperationId> {
        Some(match self {
            Self::Created(_)
            | Self::Activated(_)
            | Self::BrandingOverrideSet(_)
            | Self::ConsoleAccessSet(_) => return None,
            Self::AttachRequested(body) => body.operation_id,
            Self::AttachAnswered(body) => body.operation_id,
            Self::OrgRequested(body) => body.operation_id,
            Self::ProvisioningStarted(body) => body.operation_id,
            Self::ProvisioningRetried(body) => body.operation_id,
            Self::StepRetried(body) => body.operation_id,
            Self::PackageProvisioned(body) => body.operation_id,
            Self::PackageWarned(body) => body.operation_id,
            Self::PackageFailed(body) => body.operation_id,
            Self::Provisioned(body) => body.operation_id,
            Self::ProvisionedWithErrors(body) => body.operation_id,
            Self::ProvisioningFailed(body) => body.operation_id,
        })
    }
}
