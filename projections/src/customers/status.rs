//! How far a customer is, and what went wrong, as it is shown.

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{AttachAnswer, CustomerEvent, CustomerStatus, StepError};
use utoipa::ToSchema;

/// How far a customer is, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShownStatus {
    /// Work is under way.
    Provisioning,
    /// An operator has to look at it, because it is like an entry of the screening list (D9).
    Screening,
    /// An administrator of the organization is asked.
    AwaitingConsent,
    /// Every package is provisioned.
    Provisioned,
    /// Some packages are provisioned.
    ProvisionedWithErrors,
    /// A change is under way.
    Updating,
    /// The removal is under way.
    Deleting,
    /// Nothing is provisioned.
    Error,
}

impl ShownStatus {
    /// Returns the status after an event; `None` if the event leaves it.
    pub(crate) fn after(event: &CustomerEvent) -> Option<Self> {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::ProvisioningRetried(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::ProvisioningStarted(_) => Some(Self::Provisioning),
            CustomerEvent::ScreeningStarted(_) => Some(Self::Screening),
            CustomerEvent::UpdateRequested(_) => Some(Self::Updating),
            CustomerEvent::RemovalRequested(_) => Some(Self::Deleting),
            CustomerEvent::UpdateFailed(body) => Some(Self::of(body.status)),
            CustomerEvent::RemovalFailed(body) => Some(Self::of(body.status)),
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
            | CustomerEvent::PackageRemoved(_)
            | CustomerEvent::PackageRemovalFailed(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::StepSkipped(_)
            | CustomerEvent::OperationCancelled(_)
            | CustomerEvent::Removed(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::SeatTaken(_)
            | CustomerEvent::SeatChanged(_)
            | CustomerEvent::SeatReleased(_)
            | CustomerEvent::ConsoleAccessSet(_) => None,
            CustomerEvent::Activated(_) | CustomerEvent::Provisioned(_) | CustomerEvent::Updated(_) => {
                Some(Self::Provisioned)
            }
            CustomerEvent::ProvisionedWithErrors(_) | CustomerEvent::UpdatedWithErrors(_) => {
                Some(Self::ProvisionedWithErrors)
            }
            CustomerEvent::ProvisioningFailed(_) => Some(Self::Error),
        }
    }

    /// Returns how a status is shown.
    fn of(status: CustomerStatus) -> Self {
        match status {
            CustomerStatus::Requested | CustomerStatus::Assessing | CustomerStatus::Provisioning => {
                Self::Provisioning
            }
            CustomerStatus::Screening => Self::Screening,
            CustomerStatus::AwaitingConsent => Self::AwaitingConsent,
            CustomerStatus::Provisioned => Self::Provisioned,
            CustomerStatus::ProvisionedWithErrors => Self::ProvisionedWithErrors,
            CustomerStatus::Updating => Self::Updating,
            CustomerStatus::Removing | CustomerStatus::Removed => Self::Deleting,
            CustomerStatus::Failed => Self::Error,
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
        | CustomerEvent::ScreeningStarted(_)
        | CustomerEvent::ScreeningCleared(_)
        | CustomerEvent::ScreeningRefused(_)
        | CustomerEvent::UpdateRequested(_)
        | CustomerEvent::PackageRemoved(_)
        | CustomerEvent::PackageRemovalFailed(_)
        | CustomerEvent::RemovalRequested(_)
        | CustomerEvent::StepSkipped(_)
        | CustomerEvent::OperationCancelled(_)
        | CustomerEvent::BrandingOverrideSet(_)
        | CustomerEvent::LocationAdded(_)
        | CustomerEvent::LocationRemoved(_)
        | CustomerEvent::NumbersAdded(_)
        | CustomerEvent::NumbersRemoved(_)
        | CustomerEvent::SetupAssistRequested(_)
        | CustomerEvent::SeatTaken(_)
        | CustomerEvent::SeatChanged(_)
        | CustomerEvent::SeatReleased(_)
        | CustomerEvent::ConsoleAccessSet(_) => None,
        CustomerEvent::AttachAnswered(body) => attach_error(&body.answer).map(|error| vec![error]),
        CustomerEvent::Activated(_)
        | CustomerEvent::Provisioned(_)
        | CustomerEvent::Updated(_)
        | CustomerEvent::Removed(_) => Some(vec![]),
        CustomerEvent::ProvisionedWithErrors(body) => Some(body.errors.clone()),
        CustomerEvent::ProvisioningFailed(body) => Some(body.errors.clone()),
        CustomerEvent::UpdatedWithErrors(body) => Some(body.errors.clone()),
        CustomerEvent::UpdateFailed(body) => Some(body.errors.clone()),
        CustomerEvent::RemovalFailed(body) => Some(body.errors.clone()),
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
