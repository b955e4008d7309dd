//! What a customer can be asked, by its partner and by the process that provisions it.

use std::collections::BTreeMap;

use super::{
    AddPlace, AddToPool, Assist, AttachAnswer, AttachExistingOrg, CallingLocation, CreateCustomerOrg,
    OfferedCountries, PackageOutcome, RemovalOutcome, Seat, Step, StepError, StepOutcome, TemplateFacts,
    UpdateCustomerOrg,
};
use crate::catalogue::Package;
use crate::ids::{
    CaseId, CustomerId, LocationId, OperationId, OrganizationId, PartnerId, PersonId, SubscriberId,
    SubscriptionId, TemplateId,
};
use crate::organization::{self, Created};
use crate::role::Channel;
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, ExternalId, Name, PhoneNumber, Reason};

/// A request for a customer with a new organization, with the facts it needs.
#[derive(Debug, Clone)]
pub struct CreateOrg {
    /// The ID of the new customer.
    pub id: CustomerId,
    /// The ID that its organization will have.
    pub organization_id: OrganizationId,
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// Whose customer it becomes.
    pub partner_id: PartnerId,
    /// The request.
    pub data: CreateCustomerOrg,
    /// The person behind `data.customer_info.primary_email`.
    pub administrator: PersonId,
    /// The named template; `None` if the partner has none of that ID.
    pub template: Option<TemplateFacts>,
    /// Whether the partner exists and may act.
    pub partner_active: bool,
    /// How the caller came in.
    pub channel: Channel,
    /// Where the service is offered.
    pub offered: OfferedCountries,
}

/// A request for a customer with an organization that exists, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Attach {
    /// The ID of the new customer.
    pub id: CustomerId,
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// Whose customer it becomes.
    pub partner_id: PartnerId,
    /// Name of the partner; `None` if it does not exist or is suspended.
    pub partner_name: Option<Name>,
    /// The request.
    pub data: AttachExistingOrg,
    /// The named template; `None` if the partner has none of that ID.
    pub template: Option<TemplateFacts>,
    /// The organization; `None` if there is none of that ID.
    pub organization: Option<organization::Created>,
    /// How the caller came in.
    pub channel: Channel,
    /// Where the service is offered.
    pub offered: OfferedCountries,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// A request to take up again what failed, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Retry {
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// Who asks, and how.
    pub asker: Asker,
    /// The organization, if it exists.
    pub organization: Option<Created>,
    /// Now, in microseconds.
    pub now_us: i64,
}

/// A request to change a customer, with the facts it needs.
#[derive(Debug, Clone)]
pub struct Update {
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// The request.
    pub data: UpdateCustomerOrg,
    /// The partner's own ID of the customer as it was looked up, by which claims change hands.
    pub known_external_id: Option<ExternalId>,
    /// Who asks, and how.
    pub asker: Asker,
    /// Where the service is offered.
    pub offered: OfferedCountries,
}

/// A request to remove a customer, with the facts it needs.
#[derive(Debug, Clone, Copy)]
pub struct Remove {
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// Whether its subscribers go with it.
    pub cascade: bool,
    /// Who asks, and how.
    pub asker: Asker,
}

/// What counts about the partner that asks for a change.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// Whether the partner exists and may act.
    pub partner_active: bool,
    /// The partner's own organization (D7, R103).
    pub home_organization: Option<OrganizationId>,
    /// How the caller came in.
    pub channel: Channel,
}

/// What a subscription orders for a customer.
#[derive(Debug, Clone)]
pub struct ApplySubscription {
    /// The subscription.
    pub subscription_id: SubscriptionId,
    /// The ID of the work that begins.
    pub operation_id: OperationId,
    /// How often each package is subscribed to.
    pub lines: BTreeMap<Package, u32>,
    /// The place to call from, where the customer has none yet.
    pub location: Option<CallingLocation>,
}

/// A customer that comes from a case, with its first facts.
#[derive(Debug, Clone)]
pub struct CreateFromCase {
    /// The ID of the new customer.
    pub id: CustomerId,
    /// Whose customer it becomes.
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
    /// The template's settings.
    pub settings: Settings,
}

/// A command to a customer. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum CustomerCommand {
    /// See [`CreateCustomerOrg`].
    CreateOrg(Box<CreateOrg>),
    /// See [`AttachExistingOrg`].
    Attach(Box<Attach>),
    /// See [`RetryProvisioning`](super::RetryProvisioning).
    Retry(Box<Retry>),
    /// See [`SetBrandingOverride`](super::SetBrandingOverride).
    SetBrandingOverride {
        /// Whether the partner's advanced branding is overridden.
        overridden: bool,
    },
    /// See [`SetConsoleAccess`](super::SetConsoleAccess).
    SetConsoleAccess {
        /// Whether the organization has access to its console.
        console_access: bool,
    },
    /// Makes the customer of a case.
    CreateFromCase(Box<CreateFromCase>),
    /// Reports that the first administrator of its organization has accepted.
    Activate,
    /// Reports what the organization answered to the request to attach it.
    RecordAttach {
        /// The work that the answer is for.
        operation_id: OperationId,
        /// The answer.
        answer: AttachAnswer,
    },
    /// Reports how creating the organization ended.
    RecordOrganization {
        /// The work.
        operation_id: OperationId,
        /// How it ended.
        outcome: StepOutcome,
    },
    /// Reports how provisioning a package ended.
    RecordPackage {
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// How it ended.
        outcome: PackageOutcome,
    },
    /// Reports that a step failed and will be tried again.
    RecordAttempt {
        /// The work.
        operation_id: OperationId,
        /// The step.
        step: Step,
        /// Why it failed.
        error: StepError,
        /// Which attempt it was, from 1.
        attempt: u32,
        /// When it is tried again, in microseconds.
        retry_at: i64,
    },
    /// Reports that the customer is like an entry of the screening list.
    RecordScreening {
        /// The work.
        operation_id: OperationId,
        /// The name that was compared.
        name: Name,
        /// The name on the list.
        listed_name: Name,
    },
    /// Reports how removing a package ended.
    RecordRemoval {
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// How it ended.
        outcome: RemovalOutcome,
    },
    /// Reports that the organization is not the partner's any more.
    RecordReleased {
        /// The work.
        operation_id: OperationId,
    },
    /// See [`UpdateCustomerOrg`].
    Update(Box<Update>),
    /// Gives the customer what a subscription orders; again changes nothing, and neither does it to one that is gone.
    ApplySubscription(Box<ApplySubscription>),
    /// Takes from the customer what only this subscription orders; again changes nothing.
    EndSubscription {
        /// The subscription.
        subscription_id: SubscriptionId,
        /// The work that begins.
        operation_id: OperationId,
    },
    /// See [`RemoveCustomerOrg`](super::RemoveCustomerOrg).
    Remove(Remove),
    /// See [`RetryStep`](super::RetryStep).
    RetryStep {
        /// The step.
        step: Step,
        /// The rest of the facts.
        retry: Box<Retry>,
    },
    /// See [`SkipStep`](super::SkipStep).
    SkipStep {
        /// The step.
        step: Step,
        /// Why.
        reason: Reason,
        /// Who asks, and how.
        asker: Asker,
    },
    /// See [`CancelOperation`](super::CancelOperation).
    Cancel {
        /// The work.
        operation_id: OperationId,
        /// Why.
        reason: Option<Reason>,
        /// Who asks, and how.
        asker: Asker,
    },
    /// See [`ClearScreening`](super::ClearScreening).
    ClearScreening,
    /// See [`RefuseScreening`](super::RefuseScreening).
    RefuseScreening {
        /// Why.
        reason: Reason,
    },
    /// See [`AddLocation`](super::AddLocation).
    AddLocation(Box<AddPlace>),
    /// See [`RemoveLocation`](super::RemoveLocation).
    RemoveLocation {
        /// The location.
        location_id: LocationId,
        /// Who asks, and how.
        asker: Asker,
    },
    /// See [`AddNumbers`](super::AddNumbers).
    AddNumbers(Box<AddToPool>),
    /// See [`RemoveNumbers`](super::RemoveNumbers).
    RemoveNumbers {
        /// The numbers.
        numbers: Vec<PhoneNumber>,
        /// Who asks, and how.
        asker: Asker,
    },
    /// See [`RequestSetupAssist`](super::RequestSetupAssist).
    RequestSetupAssist(Box<Assist>),
    /// Gives a subscriber a seat; the same seat again changes nothing. Given together with a command of the subscriber.
    TakeSeat(Box<Seat>),
    /// Gives a subscriber another seat in the place of its own; the same seat again changes nothing.
    ChangeSeat(Box<Seat>),
    /// Takes a subscriber's seat; one that has none changes nothing.
    ReleaseSeat {
        /// The subscriber.
        subscriber_id: SubscriberId,
    },
}
