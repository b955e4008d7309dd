//! Changes a customer that is there: provisions what is new, then removes what is not wanted, add-ons before their base
//! packages; a customer that is removed gives its organization back at the end.

mod change;
#[cfg(test)]
mod tests;

pub use change::Change;

use super::provision_customer::ProvisionTask;
use super::{Process, Reaction};
use crate::customer::{CustomerEvent, Step, StepSkipped};

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct ChangeCustomer;

impl Process for ChangeCustomer {
    const NAME: &'static str = "change_customer";
    const EVENTS: &'static [&'static str] = &[
        "customer.update_requested",
        "customer.removal_requested",
        "customer.package_provisioned",
        "customer.package_failed",
        "customer.package_removed",
        "customer.package_removal_failed",
        "customer.step_skipped",
        "customer.updated",
        "customer.updated_with_errors",
        "customer.update_failed",
        "customer.removal_failed",
        "customer.removed",
    ];

    type State = Option<Change>;
    type Event = CustomerEvent;
    type Task = ProvisionTask;

    fn react(state: Option<Change>, event: &CustomerEvent) -> Reaction<Option<Change>, ProvisionTask> {
        let mut change = match (state, event) {
            (_, CustomerEvent::UpdateRequested(requested)) => Change::update(requested),
            (_, CustomerEvent::RemovalRequested(requested)) => Change::removal(requested),
            (None, CustomerEvent::StepSkipped(skipped)) => {
                return Reaction { state: None, tasks: cancel_license(skipped) };
            }
            (None, _) => return Reaction::finished(),
            (Some(change), _) => change,
        };
        let mut tasks = vec![];
        match event {
            CustomerEvent::UpdateRequested(_) | CustomerEvent::RemovalRequested(_) => {}
            CustomerEvent::PackageProvisioned(body) => change.settle(body.package, true),
            CustomerEvent::PackageFailed(body) => change.settle(body.package, false),
            CustomerEvent::PackageRemoved(body) => change.settle_removal(body.package, true),
            CustomerEvent::PackageRemovalFailed(body) => change.settle_removal(body.package, false),
            CustomerEvent::StepSkipped(body) => {
                change.skip(body.step);
                tasks = cancel_license(body);
            }
            CustomerEvent::Updated(_)
            | CustomerEvent::UpdatedWithErrors(_)
            | CustomerEvent::UpdateFailed(_)
            | CustomerEvent::RemovalFailed(_)
            | CustomerEvent::Removed(_) => return Reaction::finished(),
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::AttachAnswered(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::ConsoleAccessSet(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::SeatTaken(_)
            | CustomerEvent::SeatChanged(_)
            | CustomerEvent::SeatReleased(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::ProvisioningRetried(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_)
            | CustomerEvent::ProvisioningFailed(_)
            | CustomerEvent::ScreeningStarted(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::OperationCancelled(_) => return Reaction::next(Some(change), vec![]),
        }
        tasks.extend(change.go_on());
        Reaction::next(Some(change), tasks)
    }
}

/// A package that is left to the platform leaves no license behind.
fn cancel_license(skipped: &StepSkipped) -> Vec<ProvisionTask> {
    let Step::RemovePackage(package) = skipped.step else { return vec![] };
    let (customer_id, organization_id) = (skipped.customer_id, skipped.organization_id);
    let license = skipped.license_ids.first().cloned();
    let cancel =
        |license_id| ProvisionTask::CancelLicense { customer_id, organization_id, package, license_id };
    license.map(|license| cancel(Some(license))).into_iter().collect()
}
