//! The customers of a partner.

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{
    AttachAnswer, CustomerAttachRequested, CustomerCreated, CustomerEvent, CustomerOrgRequested, Origin,
    PackageStatus, StepError,
};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CaseId, CustomerId, OrganizationId, PartnerId};
use tenantry_domain::organization::Assessment;
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::template::ProvisioningId;
use tenantry_domain::values::{Address, EmailAddress, ExternalId, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the customer's ID.
#[derive(Debug)]
pub struct Customers;

/// A customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// Its ID.
    pub id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// The partner's own ID of it; absent for one from a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Name of the company.
    pub name: Name,
    /// The partner's own name for it, where it gave one (D17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// The ID of its organization, which exists once the platform has created it.
    pub organization_id: OrganizationId,
    /// How far it is.
    pub status: ShownStatus,
    /// Its packages.
    pub packages: Vec<PackageRow>,
    /// Address of the head office.
    pub address: Address,
    /// E-mail address of its administrator; absent where the organization was there before or comes from a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub primary_email: Option<Personal<EmailAddress>>,
    /// The case that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// Whether the organization keeps its basic branding under the partner's advanced one (R111).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub branding_override: bool,
    /// Whether the organization has access to its console, and the partner helps to administer it (D16).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub console_access: bool,
    /// How an attach was assessed (R74–R80): early at first, then bindingly by the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// What went wrong in the last work.
    pub errors: Vec<StepError>,
    /// How it came to be.
    pub origin: Origin,
    /// The provisioning ID of the template that it was created with.
    pub provisioning_id: ProvisioningId,
    /// When it was asked for.
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

/// How far a customer is, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownStatus {
    /// Work is under way.
    Provisioning,
    /// An administrator of the organization is asked.
    AwaitingConsent,
    /// Every package is provisioned.
    Provisioned,
    /// Some packages are provisioned.
    ProvisionedWithErrors,
    /// Nothing is provisioned.
    Error,
}

/// A package of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PackageRow {
    /// Its name.
    pub name: Package,
    /// How far it is.
    pub status: PackageStatus,
    /// The platform's names of its licenses.
    pub license_ids: Vec<String>,
    /// What the platform warned of.
    pub warnings: Vec<StepError>,
    /// Why it failed.
    pub errors: Vec<StepError>,
}

impl PersonalSlots for CustomerRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        if let Some(email) = &mut self.primary_email {
            visit(email);
        }
    }
}

impl ShownStatus {
    /// Returns the status after an event; `None` if the event leaves it.
    pub(crate) fn after(event: &CustomerEvent) -> Option<Self> {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::ProvisioningRetried(_)
            | CustomerEvent::ProvisioningStarted(_) => Some(Self::Provisioning),
            CustomerEvent::AttachAnswered(body) => Some(match body.answer {
                AttachAnswer::Approved { .. } => Self::Provisioning,
                AttachAnswer::ConsentRequested { .. } => Self::AwaitingConsent,
                AttachAnswer::Refused { .. }
                | AttachAnswer::Declined
                | AttachAnswer::Expired
                | AttachAnswer::Withdrawn => Self::Error,
            }),
            CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageProvisioned(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::PackageFailed(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::ConsoleAccessSet(_) => None,
            CustomerEvent::Activated(_) | CustomerEvent::Provisioned(_) => Some(Self::Provisioned),
            CustomerEvent::ProvisionedWithErrors(_) => Some(Self::ProvisionedWithErrors),
            CustomerEvent::ProvisioningFailed(_) => Some(Self::Error),
        }
    }
}

/// Returns the errors that the work ended with; `None` if it goes on.
pub(crate) fn errors_at_end(event: &CustomerEvent) -> Option<Vec<StepError>> {
    match event {
        CustomerEvent::OrgRequested(_)
        | CustomerEvent::AttachRequested(_)
        | CustomerEvent::Created(_)
        | CustomerEvent::ProvisioningRetried(_)
        | CustomerEvent::ProvisioningStarted(_)
        | CustomerEvent::StepRetried(_)
        | CustomerEvent::PackageProvisioned(_)
        | CustomerEvent::PackageWarned(_)
        | CustomerEvent::PackageFailed(_)
        | CustomerEvent::BrandingOverrideSet(_)
        | CustomerEvent::ConsoleAccessSet(_) => None,
        CustomerEvent::AttachAnswered(body) => attach_error(&body.answer).map(|error| vec![error]),
        CustomerEvent::Activated(_) | CustomerEvent::Provisioned(_) => Some(vec![]),
        CustomerEvent::ProvisionedWithErrors(body) => Some(body.errors.clone()),
        CustomerEvent::ProvisioningFailed(body) => Some(body.errors.clone()),
    }
}

/// The number of errors that are no platform's: those have positive ones.
const OWN: u32 = 0;

/// Returns why an attach ended badly; `None` if it goes on.
pub(crate) fn attach_error(answer: &AttachAnswer) -> Option<StepError> {
    match answer {
        AttachAnswer::Approved { .. } | AttachAnswer::ConsentRequested { .. } => None,
        AttachAnswer::Refused { reason, .. } => Some(StepError::new(OWN, reason)),
        AttachAnswer::Declined => Some(StepError::new(OWN, "an administrator of the organization declined")),
        AttachAnswer::Expired => {
            Some(StepError::new(OWN, "no administrator of the organization answered in time"))
        }
        AttachAnswer::Withdrawn => Some(StepError::new(OWN, "the request was withdrawn")),
    }
}

impl PackageRow {
    fn new(name: Package) -> Self {
        let status = PackageStatus::Provisioning;
        Self { name, status, license_ids: vec![], warnings: vec![], errors: vec![] }
    }
}

impl CustomerRow {
    fn created(requested: CustomerOrgRequested, at: i64) -> Self {
        Self {
            id: requested.customer_id,
            partner_id: requested.partner_id,
            external_id: Some(requested.external_id),
            name: requested.name,
            label: None,
            organization_id: requested.organization_id,
            status: ShownStatus::Provisioning,
            packages: requested.packages.into_iter().map(PackageRow::new).collect(),
            address: requested.address,
            primary_email: Some(requested.primary_email),
            case_id: None,
            branding_override: false,
            console_access: false,
            assessment: None,
            errors: vec![],
            origin: Origin::Created,
            provisioning_id: requested.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn attached(requested: CustomerAttachRequested, at: i64) -> Self {
        Self {
            id: requested.customer_id,
            partner_id: requested.partner_id,
            external_id: Some(requested.external_id),
            name: requested.name,
            label: requested.label,
            organization_id: requested.organization_id,
            status: ShownStatus::Provisioning,
            packages: requested.packages.into_iter().map(PackageRow::new).collect(),
            address: requested.address,
            primary_email: None,
            case_id: None,
            branding_override: false,
            console_access: false,
            assessment: Some(requested.assessment),
            errors: vec![],
            origin: Origin::Attached,
            provisioning_id: requested.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn from_case(created: CustomerCreated, at: i64) -> Self {
        Self {
            id: created.customer_id,
            partner_id: created.partner_id,
            external_id: None,
            name: created.name,
            label: None,
            organization_id: created.organization_id,
            status: ShownStatus::Provisioning,
            packages: vec![],
            address: created.address,
            primary_email: None,
            case_id: Some(created.case_id),
            branding_override: false,
            console_access: false,
            assessment: None,
            errors: vec![],
            origin: Origin::Case,
            provisioning_id: created.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn package(&mut self, name: Package) -> Option<&mut PackageRow> {
        self.packages.iter_mut().find(|package| package.name == name)
    }

    fn fold_packages(&mut self, event: CustomerEvent) {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_) => {}
            CustomerEvent::BrandingOverrideSet(body) => self.branding_override = body.overridden,
            CustomerEvent::ConsoleAccessSet(body) => self.console_access = body.console_access,
            CustomerEvent::AttachAnswered(body) => match body.answer {
                AttachAnswer::Approved { assessment } | AttachAnswer::ConsentRequested { assessment, .. } => {
                    self.assessment = assessment.or(self.assessment.take());
                }
                AttachAnswer::Withdrawn => {}
                AttachAnswer::Refused { .. } | AttachAnswer::Declined | AttachAnswer::Expired => {
                    self.fail_packages();
                }
            },
            CustomerEvent::ProvisioningRetried(_) => {
                self.errors.clear();
                for package in self.packages.iter_mut().filter(|it| it.status == PackageStatus::Error) {
                    *package = PackageRow::new(package.name);
                }
            }
            CustomerEvent::PackageProvisioned(body) => {
                if let Some(package) = self.package(body.package) {
                    package.status = PackageStatus::Provisioned;
                    package.license_ids = body.license_ids;
                    package.errors.clear();
                }
            }
            CustomerEvent::PackageWarned(body) => {
                if let Some(package) = self.package(body.package) {
                    package.warnings = body.warnings;
                }
            }
            CustomerEvent::PackageFailed(body) => {
                if let Some(package) = self.package(body.package) {
                    package.status = PackageStatus::Error;
                    package.errors = vec![body.error];
                }
            }
            CustomerEvent::ProvisioningFailed(_) => self.fail_packages(),
        }
    }

    /// Without an organization no package is left under way.
    fn fail_packages(&mut self) {
        for package in &mut self.packages {
            if package.status == PackageStatus::Provisioning {
                package.status = PackageStatus::Error;
            }
        }
    }
}

impl View for Customers {
    const NAME: &'static str = "customers";
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;
    type Row = CustomerRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<CustomerRow>,
        recorded: &Recorded,
    ) -> Result<Option<CustomerRow>, FoldError> {
        let event = recorded.event::<CustomerEvent>()?;
        let mut row = match (row, &event) {
            (None, CustomerEvent::OrgRequested(body)) => {
                CustomerRow::created((**body).clone(), recorded.recorded_at)
            }
            (None, CustomerEvent::AttachRequested(body)) => {
                CustomerRow::attached((**body).clone(), recorded.recorded_at)
            }
            (None, CustomerEvent::Created(body)) => {
                CustomerRow::from_case((**body).clone(), recorded.recorded_at)
            }
            (Some(row), _) => row,
            (None, _) => return Err(recorded.row_missing()),
        };
        // A customer whose request was taken back is gone; its history stays.
        if matches!(&event, CustomerEvent::AttachAnswered(body) if body.answer == AttachAnswer::Withdrawn) {
            return Ok(None);
        }
        row.status = ShownStatus::after(&event).unwrap_or(row.status);
        if let Some(errors) = errors_at_end(&event) {
            row.errors = errors;
        }
        row.updated_at = recorded.recorded_at;
        row.sequence = recorded.sequence;
        row.fold_packages(event);
        Ok(Some(row))
    }
}
