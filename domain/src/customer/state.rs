//! What a customer is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AttachAnswer, CustomerAttachRequested, CustomerCommand, CustomerCreated, CustomerEvent,
    CustomerOrgRequested, CustomerRefusal, ProvisioningRetried, Step, StepError,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, TemplateId};
use crate::stream;
use crate::template::Settings;
use crate::values::{Address, ExternalId, Language, Name};

/// A customer; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// `None` until it is asked for.
    pub requested: Option<Requested>,
}

/// A customer that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requested {
    /// Its ID.
    pub id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// How it came to be.
    pub origin: Origin,
    /// The last work on it; `None` for one from a case that had none yet.
    pub operation_id: Option<OperationId>,
    /// How far it is.
    pub status: CustomerStatus,
    /// The partner's own ID of it; `None` for one from a case.
    pub external_id: Option<ExternalId>,
    /// Name of the company.
    pub name: Name,
    /// Address of the head office.
    pub address: Address,
    /// Language of its mails.
    pub language: Language,
    /// Its packages, base packages before add-ons.
    pub packages: Vec<PackageState>,
    /// How often each package may be assigned at most.
    pub limits: BTreeMap<Package, u32>,
    /// The template that it was created with.
    pub template_id: TemplateId,
    /// The template's settings at that moment.
    pub settings: Settings,
    /// The last failed attempt of each step that was retried.
    pub attempts: BTreeMap<Step, u32>,
    /// What went wrong in the last work.
    pub errors: Vec<StepError>,
    /// Whether it has its organization.
    pub organization_there: bool,
    /// Whether the partner's advanced branding is overridden (R111).
    pub branding_override: bool,
    /// Whether the organization has access to its console (D16).
    pub console_access: bool,
}

/// How a customer came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From a case.
    Case,
    /// Created with a new organization.
    Created,
    /// From an organization that was there.
    Attached,
}

/// How far a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerStatus {
    /// Asked for; the organization is being created.
    Requested,
    /// The organization is asked whether it can be attached.
    Assessing,
    /// An administrator of the organization is asked.
    AwaitingConsent,
    /// The packages are being provisioned.
    Provisioning,
    /// Every package is provisioned.
    Provisioned,
    /// Some packages are provisioned.
    ProvisionedWithErrors,
    /// Nothing is provisioned.
    Failed,
    /// It is gone; the organization stays.
    Removed,
}

/// A package of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageState {
    /// Which.
    pub package: Package,
    /// How far it is.
    pub status: PackageStatus,
    /// The platform's names of its licenses.
    pub license_ids: Vec<String>,
    /// Why it failed.
    pub error: Option<StepError>,
}

/// How far a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageStatus {
    /// Asked for.
    Provisioning,
    /// The customer has it.
    Provisioned,
    /// It failed.
    Error,
}

impl PackageState {
    fn new(package: Package) -> Self {
        Self { package, status: PackageStatus::Provisioning, license_ids: vec![], error: None }
    }
}

impl Requested {
    fn created(event: CustomerOrgRequested) -> Self {
        // The administrator's address is for readers; no rule needs it, so the state does not hold it.
        Self {
            id: event.customer_id,
            partner_id: event.partner_id,
            organization_id: event.organization_id,
            origin: Origin::Created,
            operation_id: Some(event.operation_id),
            status: CustomerStatus::Requested,
            external_id: Some(event.external_id),
            name: event.name,
            address: event.address,
            language: event.language,
            packages: event.packages.into_iter().map(PackageState::new).collect(),
            limits: event.limits,
            template_id: event.template_id,
            settings: event.settings,
            attempts: BTreeMap::new(),
            errors: vec![],
            organization_there: false,
            branding_override: false,
            console_access: false,
        }
    }

    fn attached(event: CustomerAttachRequested) -> Self {
        Self {
            id: event.customer_id,
            partner_id: event.partner_id,
            organization_id: event.organization_id,
            origin: Origin::Attached,
            operation_id: Some(event.operation_id),
            status: CustomerStatus::Assessing,
            external_id: Some(event.external_id),
            name: event.label.unwrap_or(event.name),
            address: event.address,
            language: event.settings.language.clone(),
            packages: event.packages.into_iter().map(PackageState::new).collect(),
            limits: event.limits,
            template_id: event.template_id,
            settings: event.settings,
            attempts: BTreeMap::new(),
            errors: vec![],
            organization_there: false,
            branding_override: false,
            console_access: false,
        }
    }

    fn from_case(event: CustomerCreated) -> Self {
        Self {
            id: event.customer_id,
            partner_id: event.partner_id,
            organization_id: event.organization_id,
            origin: Origin::Case,
            operation_id: None,
            status: CustomerStatus::Requested,
            external_id: None,
            name: event.name,
            address: event.address,
            language: event.settings.language.clone(),
            packages: vec![],
            limits: BTreeMap::new(),
            template_id: event.template_id,
            settings: event.settings,
            attempts: BTreeMap::new(),
            errors: vec![],
            organization_there: false,
            branding_override: false,
            console_access: false,
        }
    }

    /// Tells whether it is still there: one whose request was taken back is gone.
    pub fn is_there(&self) -> bool {
        self.status != CustomerStatus::Removed
    }

    /// Tells whether its organization belongs to it: a new one from the start, one that was there once it is attached.
    pub fn has_organization(&self) -> bool {
        let on_its_way = self.origin != Origin::Attached && self.status != CustomerStatus::Failed;
        self.is_there() && (self.organization_there || on_its_way)
    }

    /// The steps to do again, in their order: with the organization all of them; none if nothing failed.
    pub(super) fn failed_steps(&self) -> Vec<Step> {
        if self.status != CustomerStatus::Failed {
            return vec![];
        }
        let first = match (self.organization_there, self.origin) {
            (false, Origin::Attached) => Some(Step::AttachOrganization),
            (false, Origin::Created | Origin::Case) => Some(Step::CreateOrganization),
            (true, _) => None,
        };
        let again =
            self.packages.iter().filter(|state| first.is_some() || state.status == PackageStatus::Error);
        first.into_iter().chain(again.map(|state| Step::ProvisionPackage(state.package))).collect()
    }

    /// Returns a package of the customer.
    pub fn package(&self, package: Package) -> Option<&PackageState> {
        self.packages.iter().find(|state| state.package == package)
    }

    fn package_mut(&mut self, package: Package) -> Option<&mut PackageState> {
        self.packages.iter_mut().find(|state| state.package == package)
    }

    /// Tells whether a report about the step is awaited.
    pub fn awaits(&self, step: Step) -> bool {
        match step {
            Step::AttachOrganization => self.status == CustomerStatus::Assessing,
            Step::SendInvitation => false,
            Step::CreateOrganization => self.status == CustomerStatus::Requested,
            Step::ProvisionPackage(package) => {
                self.status == CustomerStatus::Provisioning
                    && self.package(package).is_some_and(|state| state.status == PackageStatus::Provisioning)
            }
        }
    }

    fn answered(&mut self, answer: &AttachAnswer) {
        self.status = match answer {
            AttachAnswer::Approved { .. } => CustomerStatus::Provisioning,
            AttachAnswer::ConsentRequested { .. } => CustomerStatus::AwaitingConsent,
            AttachAnswer::Refused { .. } | AttachAnswer::Declined | AttachAnswer::Expired => {
                CustomerStatus::Failed
            }
            AttachAnswer::Withdrawn => CustomerStatus::Removed,
        };
        self.organization_there = self.status == CustomerStatus::Provisioning;
        if self.status == CustomerStatus::Failed {
            self.fail_packages();
        }
    }

    fn retried(&mut self, event: &ProvisioningRetried) {
        self.operation_id = Some(event.operation_id);
        self.errors.clear();
        self.attempts.clear();
        self.status = match (self.organization_there, self.origin) {
            (true, _) => CustomerStatus::Provisioning,
            (false, Origin::Attached) => CustomerStatus::Assessing,
            (false, Origin::Created | Origin::Case) => CustomerStatus::Requested,
        };
        for state in &mut self.packages {
            if state.status == PackageStatus::Error {
                state.status = PackageStatus::Provisioning;
                state.error = None;
            }
        }
    }

    fn fail(&mut self, errors: Vec<StepError>) {
        self.status = CustomerStatus::Failed;
        self.errors = errors;
        self.fail_packages();
    }

    /// Without an organization no package is left under way.
    fn fail_packages(&mut self) {
        for state in &mut self.packages {
            if state.status == PackageStatus::Provisioning {
                state.status = PackageStatus::Error;
            }
        }
    }
}

impl Aggregate for Customer {
    const TYPE: &'static str = "customer";
    type Command = CustomerCommand;
    type Event = CustomerEvent;
    type Error = CustomerRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: CustomerCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), CustomerRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: CustomerEvent) {
        if let CustomerEvent::OrgRequested(event) = event {
            self.requested = Some(Requested::created(*event));
        } else if let CustomerEvent::AttachRequested(event) = event {
            self.requested = Some(Requested::attached(*event));
        } else if let CustomerEvent::Created(event) = event {
            self.requested = Some(Requested::from_case(*event));
        } else if let Some(requested) = &mut self.requested {
            requested.apply(event);
        }
    }
}

impl Requested {
    fn apply(&mut self, event: CustomerEvent) {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::PackageWarned(_) => {}
            CustomerEvent::AttachAnswered(event) => self.answered(&event.answer),
            CustomerEvent::ProvisioningStarted(_) => {
                self.status = CustomerStatus::Provisioning;
                self.organization_there = true;
            }
            CustomerEvent::Activated(_) => {
                self.status = CustomerStatus::Provisioned;
                self.organization_there = true;
            }
            CustomerEvent::BrandingOverrideSet(event) => self.branding_override = event.overridden,
            CustomerEvent::ConsoleAccessSet(event) => self.console_access = event.console_access,
            CustomerEvent::ProvisioningRetried(event) => self.retried(&event),
            CustomerEvent::StepRetried(event) => {
                self.attempts.insert(event.step, event.attempt);
            }
            CustomerEvent::PackageProvisioned(event) => {
                if let Some(state) = self.package_mut(event.package) {
                    state.status = PackageStatus::Provisioned;
                    state.license_ids = event.license_ids;
                    state.error = None;
                }
            }
            CustomerEvent::PackageFailed(event) => {
                if let Some(state) = self.package_mut(event.package) {
                    state.status = PackageStatus::Error;
                    state.error = Some(event.error);
                }
            }
            CustomerEvent::Provisioned(_) => self.status = CustomerStatus::Provisioned,
            CustomerEvent::ProvisionedWithErrors(event) => {
                self.status = CustomerStatus::ProvisionedWithErrors;
                self.errors = event.errors;
            }
            CustomerEvent::ProvisioningFailed(event) => self.fail(event.errors),
        }
    }
}
