//! What a customer can be asked, by its partner and by the process that provisions it.

use super::{
    AttachAnswer, AttachExistingOrg, CreateCustomerOrg, OfferedCountries, PackageOutcome, Step, StepError,
    StepOutcome, TemplateFacts,
};
use crate::catalogue::Package;
use crate::ids::{CaseId, CustomerId, OperationId, OrganizationId, PartnerId, PersonId, TemplateId};
use crate::organization::{self, Created};
use crate::role::Channel;
use crate::template::{ProvisioningId, Settings};
use crate::values::{Address, Name};

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
    /// Whether the partner exists and may act.
    pub partner_active: bool,
    /// The organization, if it exists.
    pub organization: Option<Created>,
    /// Now, in microseconds.
    pub now_us: i64,
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
        /// How it ended.
        outcome: StepOutcome,
    },
    /// Reports how provisioning a package ended.
    RecordPackage {
        /// The package.
        package: Package,
        /// How it ended.
        outcome: PackageOutcome,
    },
    /// Reports that a step failed and will be tried again.
    RecordAttempt {
        /// The step.
        step: Step,
        /// Why it failed.
        error: StepError,
        /// Which attempt it was, from 1.
        attempt: u32,
        /// When it is tried again, in microseconds.
        retry_at: i64,
    },
}
