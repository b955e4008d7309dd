//! A customer: the relationship of a partner and an organization, with its packages (R31–R64, R91–R93).
//!
//! Requested, or assessing and awaiting consent → provisioning → provisioned, provisioned with errors, or failed. The
//! partner asks, a process carries the work out and reports each step; the last report ends it. From then on it is
//! updated, or removed.

mod actions;
mod apply;
mod attach;
mod attach_event;
mod change;
mod change_event;
mod change_refusal;
mod change_request;
mod command;
mod console_access;
mod decide;
mod end;
mod event;
mod facts;
mod in_use;
mod intervene;
mod location;
mod numbers;
mod packages;
mod peopling;
mod place_refusal;
mod places;
mod refusal;
mod request;
mod seat;
mod seat_refusal;
mod seats;
mod setup_assist;
mod state;
mod step;
#[cfg(test)]
pub(crate) mod tests;

pub use attach_event::{AttachAnswer, AttachAnswered, CustomerAttachRequested};
pub use change_event::{
    CustomerRemovalFailed, CustomerRemovalRequested, CustomerRemoved, CustomerUpdateFailed,
    CustomerUpdateRequested, CustomerUpdated, CustomerUpdatedWithErrors, OperationCancelled,
    PackageRemovalFailed, PackageRemoved, ScreeningCleared, ScreeningRefused, ScreeningStarted, StepSkipped,
    SubscriptionChange,
};
pub use change_refusal::ChangeRefusal;
pub use change_request::{
    CancelOperation, ClearScreening, RefuseScreening, RemoveCustomerOrg, RetryStep, SkipStep,
    UpdateCustomerOrg,
};
pub use command::{
    ApplySubscription, Asker, Attach, CreateFromCase, CreateOrg, CustomerCommand, Remove, Retry, Update,
};
pub use console_access::{ConsoleAccessSet, SetConsoleAccess};
use decide::Equipment;
pub use event::{
    BrandingOverrideSet, CustomerActivated, CustomerCreated, CustomerEvent, CustomerOrgRequested,
    CustomerProvisioned, CustomerProvisionedWithErrors, PackageFailed, PackageProvisioned, PackageWarned,
    ProvisioningFailed, ProvisioningRetried, ProvisioningStarted, StepRetried,
};
pub(crate) use facts::is_company_name;
pub use facts::{CountryNotOffered, OfferedCountries, TemplateFacts};
pub use location::{AddLocation, AddPlace, LocationAdded, LocationRemoved, RemoveLocation};
pub use numbers::{AddNumbers, AddToPool, NumbersAdded, NumbersRemoved, RemoveNumbers};
pub use packages::{PackageFault, PackageState, PackageStatus};
pub use place_refusal::{NumberFault, PlaceRefusal};
pub use places::Places;
pub use refusal::CustomerRefusal;
pub use request::{
    AttachExistingOrg, CallingLocation, CallingParameters, CreateCustomerOrg, CustomerInfo,
    MeetingsParameters, PackagesParameters, ProvisioningParameters, RetryProvisioning, SetBrandingOverride,
};
pub use seat::{Seat, SeatChanged, SeatReleased, SeatTaken};
pub use seat_refusal::{SeatFault, SeatRefusal};
pub use setup_assist::{Assist, RequestSetupAssist, SetupAssistRequested};
pub use state::{Customer, CustomerStatus, Origin, Requested};
pub use step::{PackageOutcome, RemovalOutcome, Step, StepError, StepOutcome};

pub(crate) use step::bounded_errors;
