//! What a customer can be asked, by its partner and by the process that provisions it.

use super::{
    CreateCustomerOrg, OfferedCountries, PackageOutcome, Step, StepError, StepOutcome, TemplateFacts,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId, PersonId};
use crate::role::Channel;

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

/// A command to a customer. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum CustomerCommand {
    /// See [`CreateCustomerOrg`].
    CreateOrg(Box<CreateOrg>),
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
