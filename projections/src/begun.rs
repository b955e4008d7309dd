//! The work that the events of a customer begin, as operations show it.

use tenantry_domain::customer::{CustomerEvent, Step};

use crate::operations::{OperationKind, OperationRow, Subject};
use crate::steps;

impl OperationRow {
    /// The work that an event begins.
    pub(crate) fn begun_by(event: &CustomerEvent, at: i64) -> Option<Self> {
        let (customer_id, id, kind, steps) = match event {
            CustomerEvent::OrgRequested(body) => (
                body.customer_id,
                body.operation_id,
                OperationKind::CreateCustomerOrg,
                steps::planned(Step::CreateOrganization, &body.packages, at),
            ),
            CustomerEvent::AttachRequested(body) => (
                body.customer_id,
                body.operation_id,
                OperationKind::AttachExistingOrg,
                steps::planned(Step::AttachOrganization, &body.packages, at),
            ),
            CustomerEvent::ProvisioningRetried(body) => {
                let mut steps = vec![];
                steps::again(&mut steps, &body.steps, at);
                (body.customer_id, body.operation_id, OperationKind::RetryProvisioning, steps)
            }
            CustomerEvent::UpdateRequested(body) => (
                body.customer_id,
                body.operation_id,
                OperationKind::UpdateCustomerOrg,
                steps::of_change(&body.provision, &body.remove, false, at),
            ),
            CustomerEvent::RemovalRequested(body) => (
                body.customer_id,
                body.operation_id,
                OperationKind::RemoveCustomerOrg,
                steps::of_change(&[], &body.remove, true, at),
            ),
            CustomerEvent::AttachAnswered(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::ConsoleAccessSet(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageProvisioned(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::PackageFailed(_)
            | CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_)
            | CustomerEvent::ScreeningStarted(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::PackageRemoved(_)
            | CustomerEvent::PackageRemovalFailed(_)
            | CustomerEvent::Updated(_)
            | CustomerEvent::UpdatedWithErrors(_)
            | CustomerEvent::UpdateFailed(_)
            | CustomerEvent::Removed(_)
            | CustomerEvent::RemovalFailed(_)
            | CustomerEvent::StepSkipped(_)
            | CustomerEvent::OperationCancelled(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::SeatTaken(_)
            | CustomerEvent::SeatChanged(_)
            | CustomerEvent::SeatReleased(_)
            | CustomerEvent::ProvisioningFailed(_) => return None,
        };
        Some(Self::new(id, kind, Subject::new("customer", &customer_id), steps, at))
    }
}
