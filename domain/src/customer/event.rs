//! What happened to a customer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AttachAnswered, CallingLocation, ConsoleAccessSet, CustomerAttachRequested, CustomerRemovalFailed,
    CustomerRemovalRequested, CustomerRemoved, CustomerUpdateFailed, CustomerUpdateRequested,
    CustomerUpdated, CustomerUpdatedWithErrors, LocationAdded, LocationRemoved, NumbersAdded, NumbersRemoved,
    OperationCancelled, PackageRemovalFailed, PackageRemoved, ScreeningCleared, ScreeningRefused,
    ScreeningStarted, SeatChanged, SeatReleased, SeatTaken, SetupAssistRequested, Step, StepError,
    StepSkipped,
};
use crate::catalogue::Package;
use crate::ids::{CaseId, CustomerId, OperationId, OrganizationId, PartnerId, TemplateId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, EmailAddress, ExternalId, Language, Name, TimeZone};

/// A customer with a new organization was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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

/// A customer came from a case (R15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerActivated {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
}

/// The organization is there, and its packages are being provisioned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
    #[schema(value_type = String, format = DateTime)]
    pub retry_at: Timestamp,
}

/// The customer has a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningFailed {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// Why.
    pub errors: Vec<StepError>,
}

/// Whether an organization keeps its basic branding was decided by the partner (R111).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrandingOverrideSet {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whether the partner's advanced branding is overridden.
    #[serde(rename = "override")]
    pub overridden: bool,
}

impl PersonalSlots for CustomerOrgRequested {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.primary_email);
    }
}

impl PersonalSlots for CustomerCreated {}
impl PersonalSlots for CustomerActivated {}
impl PersonalSlots for BrandingOverrideSet {}
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
        /// See [`ScreeningStarted`].
        ScreeningStarted(ScreeningStarted) = "customer.screening_started", "1";
        /// See [`ScreeningCleared`].
        ScreeningCleared(ScreeningCleared) = "customer.screening_cleared", "1";
        /// See [`ScreeningRefused`].
        ScreeningRefused(ScreeningRefused) = "customer.screening_refused", "1";
        /// See [`CustomerUpdateRequested`].
        UpdateRequested(Box<CustomerUpdateRequested>) = "customer.update_requested", "1";
        /// See [`PackageRemoved`].
        PackageRemoved(PackageRemoved) = "customer.package_removed", "1";
        /// See [`PackageRemovalFailed`].
        PackageRemovalFailed(PackageRemovalFailed) = "customer.package_removal_failed", "1";
        /// See [`CustomerUpdated`].
        Updated(CustomerUpdated) = "customer.updated", "1";
        /// See [`CustomerUpdatedWithErrors`].
        UpdatedWithErrors(CustomerUpdatedWithErrors) = "customer.updated_with_errors", "1";
        /// See [`CustomerUpdateFailed`].
        UpdateFailed(CustomerUpdateFailed) = "customer.update_failed", "1";
        /// See [`CustomerRemovalRequested`].
        RemovalRequested(Box<CustomerRemovalRequested>) = "customer.removal_requested", "1";
        /// See [`CustomerRemoved`].
        Removed(CustomerRemoved) = "customer.removed", "1";
        /// See [`CustomerRemovalFailed`].
        RemovalFailed(CustomerRemovalFailed) = "customer.removal_failed", "1";
        /// See [`StepSkipped`].
        StepSkipped(StepSkipped) = "customer.step_skipped", "1";
        /// See [`OperationCancelled`].
        OperationCancelled(OperationCancelled) = "customer.operation_cancelled", "1";
        /// See [`LocationAdded`].
        LocationAdded(Box<LocationAdded>) = "customer.location_added", "1";
        /// See [`LocationRemoved`].
        LocationRemoved(LocationRemoved) = "customer.location_removed", "1";
        /// See [`NumbersAdded`].
        NumbersAdded(NumbersAdded) = "customer.numbers_added", "1";
        /// See [`NumbersRemoved`].
        NumbersRemoved(NumbersRemoved) = "customer.numbers_removed", "1";
        /// See [`SetupAssistRequested`].
        SetupAssistRequested(Box<SetupAssistRequested>) = "customer.setup_assist_requested", "1";
        /// See [`SeatTaken`].
        SeatTaken(SeatTaken) = "customer.seat_taken", "1";
        /// See [`SeatChanged`].
        SeatChanged(Box<SeatChanged>) = "customer.seat_changed", "1";
        /// See [`SeatReleased`].
        SeatReleased(SeatReleased) = "customer.seat_released", "1";
    }
}

impl CustomerEvent {
    /// Returns the work that the event is part of, if it is part of any.
    pub fn operation_id(&self) -> Option<OperationId> {
        Some(match self {
            Self::Created(_)
            | Self::Activated(_)
            | Self::BrandingOverrideSet(_)
            | Self::ConsoleAccessSet(_)
            | Self::LocationAdded(_)
            | Self::LocationRemoved(_)
            | Self::NumbersAdded(_)
            | Self::NumbersRemoved(_)
            | Self::SetupAssistRequested(_)
            | Self::SeatTaken(_)
            | Self::SeatChanged(_)
            | Self::SeatReleased(_) => return None,
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
            Self::ScreeningStarted(body) => body.operation_id,
            Self::ScreeningCleared(body) => body.operation_id,
            Self::ScreeningRefused(body) => body.operation_id,
            Self::UpdateRequested(body) => body.operation_id,
            Self::PackageRemoved(body) => body.operation_id,
            Self::PackageRemovalFailed(body) => body.operation_id,
            Self::Updated(body) => body.operation_id,
            Self::UpdatedWithErrors(body) => body.operation_id,
            Self::UpdateFailed(body) => body.operation_id,
            Self::RemovalRequested(body) => body.operation_id,
            Self::Removed(body) => body.operation_id,
            Self::RemovalFailed(body) => body.operation_id,
            Self::StepSkipped(body) => body.operation_id,
            Self::OperationCancelled(body) => body.operation_id,
        })
    }
}
