//! What a customer is.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::peopling::level_of;
use super::{
    CallingLocation, CustomerAttachRequested, CustomerCommand, CustomerCreated, CustomerEvent,
    CustomerOrgRequested, CustomerRefusal, PackageState, PackageStatus, Places, Step, StepError,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, PersonId, SubscriptionId, TemplateId};
use crate::personal::Slot;
use crate::stream;
use crate::template::Settings;
use crate::values::{Address, ExternalId, Language, Name, TimeZone};

/// A customer; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// `None` until it is asked for.
    pub requested: Option<Requested>,
}

/// A customer that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a rule asks for")]
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
    /// Its packages.
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
    /// Where an update or a removal that is under way began; there it ends if nothing of it works.
    pub before: Option<CustomerStatus>,
    /// Whether anything of the work under way has worked.
    pub worked: bool,
    /// Whether an operator has cleared it in the work under way (D9).
    pub cleared: bool,
    /// Whether an operator has refused it for good (D9).
    pub refused: bool,
    /// The place to call from.
    pub location: Option<CallingLocation>,
    /// The time zone of the meeting site.
    pub meetings_timezone: Option<TimeZone>,
    /// What each of its subscriptions orders, and how often.
    pub subscriptions: BTreeMap<SubscriptionId, BTreeMap<Package, u32>>,
    /// Whether it has its organization.
    pub organization_there: bool,
    /// Whether the partner's advanced branding is overridden (R111).
    pub branding_override: bool,
    /// Whether the organization has access to its console (D16).
    pub console_access: bool,
    /// Whether help with setting it up was asked for (R72).
    #[serde(default)]
    pub setup_assist_requested: bool,
    /// Where its people call from, by which numbers, and who they are.
    #[serde(default)]
    pub places: Places,
    /// The rank of the packages with which it was created (R70).
    #[serde(default)]
    pub creation_level: Option<u8>,
    /// The person whom the partner named as its administrator (R106); `None` unless its organization is new.
    #[serde(default)]
    pub administrator: Option<PersonId>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerStatus {
    /// Asked for; the organization is being created.
    Requested,
    /// Like an entry of the screening list: an operator has to look at it.
    Screening,
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
    /// A change is under way.
    Updating,
    /// Nothing is provisioned.
    Failed,
    /// The removal is under way.
    Removing,
    /// It is gone; the organization stays.
    Removed,
}

impl Requested {
    fn created(event: CustomerOrgRequested) -> Self {
        // The administrator's address is for readers; rules need only who it is.
        let administrator = event.primary_email.subject();
        let creation_level = level_of(&event.packages);
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
            before: None,
            worked: false,
            cleared: false,
            refused: false,
            location: event.location,
            meetings_timezone: event.meetings_timezone,
            subscriptions: BTreeMap::new(),
            organization_there: false,
            branding_override: false,
            console_access: false,
            setup_assist_requested: false,
            places: Places::default(),
            creation_level,
            administrator,
        }
    }

    fn attached(event: CustomerAttachRequested) -> Self {
        let creation_level = level_of(&event.packages);
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
            before: None,
            worked: false,
            cleared: false,
            refused: false,
            location: event.location,
            meetings_timezone: event.meetings_timezone,
            subscriptions: BTreeMap::new(),
            organization_there: false,
            branding_override: false,
            console_access: false,
            setup_assist_requested: false,
            places: Places::default(),
            creation_level,
            administrator: None,
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
            before: None,
            worked: false,
            cleared: false,
            refused: false,
            location: None,
            meetings_timezone: None,
            subscriptions: BTreeMap::new(),
            organization_there: false,
            branding_override: false,
            console_access: false,
            setup_assist_requested: false,
            places: Places::default(),
            creation_level: None,
            administrator: None,
        }
    }

    /// Tells whether it is still there: one whose request was taken back is gone.
    pub fn is_there(&self) -> bool {
        self.status != CustomerStatus::Removed
    }

    /// Tells whether its organization was there before it.
    pub fn is_attached(&self) -> bool {
        self.origin == Origin::Attached
    }

    /// Tells whether its organization belongs to it: a new one from the start, one that was there once it is attached.
    pub fn has_organization(&self) -> bool {
        let on_its_way = !self.is_attached() && self.status != CustomerStatus::Failed;
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
        first.into_iter().chain(again.map(PackageState::step)).collect()
    }

    /// Returns a package of the customer.
    pub fn package(&self, package: Package) -> Option<&PackageState> {
        self.packages.iter().find(|state| state.package == package)
    }

    pub(super) fn package_mut(&mut self, package: Package) -> Option<&mut PackageState> {
        self.packages.iter_mut().find(|state| state.package == package)
    }

    /// Tells whether a report about a step of some work is awaited.
    pub fn awaits(&self, operation_id: OperationId, step: Step) -> bool {
        let package_is = |package, status| self.package(package).is_some_and(|state| state.status == status);
        self.operation_id == Some(operation_id)
            && match (step, self.status) {
                (Step::AttachOrganization, CustomerStatus::Assessing)
                | (Step::CreateOrganization, CustomerStatus::Requested) => true,
                (
                    Step::ProvisionPackage(package),
                    CustomerStatus::Provisioning | CustomerStatus::Updating,
                ) => package_is(package, PackageStatus::Provisioning),
                (Step::RemovePackage(package), CustomerStatus::Updating | CustomerStatus::Removing) => {
                    package_is(package, PackageStatus::Deleting)
                }
                (Step::ReleaseOrganization, CustomerStatus::Removing) => {
                    self.packages.iter().all(|state| state.status != PackageStatus::Deleting)
                }
                (_, _) => false,
            }
    }

    /// The work that is under way.
    pub(super) fn under_way(&self) -> Option<OperationId> {
        match self.status {
            CustomerStatus::Requested
            | CustomerStatus::Screening
            | CustomerStatus::Assessing
            | CustomerStatus::AwaitingConsent
            | CustomerStatus::Provisioning
            | CustomerStatus::Updating
            | CustomerStatus::Removing => self.operation_id,
            CustomerStatus::Provisioned
            | CustomerStatus::ProvisionedWithErrors
            | CustomerStatus::Failed
            | CustomerStatus::Removed => None,
        }
    }

    /// Why its packages are not as they were asked for, in the order of the packages.
    pub(super) fn package_errors(&self) -> Vec<StepError> {
        self.packages.iter().filter_map(|state| state.error.clone()).collect()
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
