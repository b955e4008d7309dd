//! A customer: the relationship of a partner and an organization, with its packages (R31–R64, R91–R93).
//!
//! Requested, or assessing and awaiting consent → provisioning → provisioned, provisioned with errors, or failed. The
//! partner asks, a process carries the work out and reports each step; the last report ends it.

mod actions;
mod attach;
mod command;
mod decide;
mod event;
mod facts;
mod packages;
mod refusal;
mod request;
mod state;
mod step;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{Attach, CreateFromCase, CreateOrg, CustomerCommand, Retry};
use decide::Equipment;
pub use event::{
    AttachAnswer, AttachAnswered, BrandingOverrideSet, CustomerActivated, CustomerAttachRequested,
    CustomerCreated, CustomerEvent, CustomerOrgRequested, CustomerProvisioned, CustomerProvisionedWithErrors,
    PackageFailed, PackageProvisioned, PackageWarned, ProvisioningFailed, ProvisioningRetried,
    ProvisioningStarted, StepRetried,
};
pub use facts::{OfferedCountries, TemplateFacts};
pub use packages::PackageFault;
pub use refusal::CustomerRefusal;
pub use request::{
    AttachExistingOrg, CallingLocation, CallingParameters, CreateCustomerOrg, CustomerInfo,
    MeetingsParameters, PackagesParameters, ProvisioningParameters, RetryProvisioning, SetBrandingOverride,
};
pub use state::{Customer, CustomerStatus, Origin, PackageState, PackageStatus, Requested};
pub use step::{PackageOutcome, Step, StepError, StepOutcome};

pub(crate) use step::bounded_errors;
