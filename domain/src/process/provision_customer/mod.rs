//! Provisions a customer: its organization first, then its base packages, then each add-on on top of them.

mod journey;
mod task;
#[cfg(test)]
mod tests;

pub use journey::Journey;
pub use task::{BASE_PACKAGE_FAILED_CODE, ProvisionTask};

use super::{Process, Reaction};
use crate::customer::CustomerEvent;
use crate::event::EventSet;

/// The process; see [`Process`].
#[derive(Debug, Clone, Copy)]
pub struct ProvisionCustomer;

impl Process for ProvisionCustomer {
    const NAME: &'static str = "provision_customer";
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;

    type State = Option<Journey>;
    type Event = CustomerEvent;
    type Task = ProvisionTask;

    fn react(state: Option<Journey>, event: &CustomerEvent) -> Reaction<Option<Journey>, ProvisionTask> {
        let mut journey = match (state, event) {
            (None, CustomerEvent::OrgRequested(requested)) => {
                let journey = Journey::new(requested);
                let task = journey.create_organization();
                return Reaction::next(Some(journey), vec![task]);
            }
            (None, _) => return Reaction::finished(),
            (Some(journey), _) => journey,
        };
        let tasks = match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageWarned(_) => vec![],
            CustomerEvent::ProvisioningStarted(_) => journey.start(),
            CustomerEvent::PackageProvisioned(body) => journey.settle(body.package, true),
            CustomerEvent::PackageFailed(body) => journey.settle(body.package, false),
            CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_)
            | CustomerEvent::ProvisioningFailed(_) => return Reaction::finished(),
        };
        Reaction::next(Some(journey), tasks)
    }
}
