//! Provisions a customer: its organization first, new or attached, then its base packages, then each add-on on top of
//! them, and at last invites the administrator of a new one.

mod journey;
mod task;
#[cfg(test)]
mod tests;

pub use journey::Journey;
pub use task::{BASE_PACKAGE_FAILED_CODE, ProvisionTask};

use super::{Process, Reaction};
use crate::customer::{AttachAnswer, CustomerEvent};
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
                let journey = Journey::created(requested);
                let task = journey.begin(false);
                return Reaction::next(Some(journey), vec![task]);
            }
            (None, CustomerEvent::AttachRequested(requested)) => {
                let journey = Journey::attached(requested);
                let task = journey.begin(false);
                return Reaction::next(Some(journey), vec![task]);
            }
            (None, _) => return Reaction::finished(),
            (Some(journey), _) => journey,
        };
        let tasks = match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
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
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::ScreeningStarted(_)
            | CustomerEvent::ScreeningRefused(_)
            // How each step ended follows.
            | CustomerEvent::OperationCancelled(_)
            // What failed and is removed may stay after all.
            | CustomerEvent::RemovalRequested(_)
            | CustomerEvent::PackageRemoved(_)
            | CustomerEvent::PackageRemovalFailed(_)
            | CustomerEvent::RemovalFailed(_)
            | CustomerEvent::UpdateRequested(_)
            | CustomerEvent::Updated(_)
            | CustomerEvent::UpdatedWithErrors(_)
            | CustomerEvent::UpdateFailed(_)
            // It is remembered: the work may be taken up again.
            | CustomerEvent::ProvisioningFailed(_) => vec![],
            CustomerEvent::ScreeningCleared(_) => vec![journey.begin(true)],
            CustomerEvent::StepSkipped(body) => journey.skip(body.step),
            CustomerEvent::Removed(_) => return Reaction::finished(),
            CustomerEvent::AttachAnswered(body) => match body.answer {
                AttachAnswer::Approved { .. } => journey.start(),
                AttachAnswer::ConsentRequested { .. }
                | AttachAnswer::Refused { .. }
                | AttachAnswer::Declined
                | AttachAnswer::Expired => vec![],
                AttachAnswer::Withdrawn => return Reaction::finished(),
            },
            CustomerEvent::ProvisioningStarted(_) => journey.start(),
            CustomerEvent::ProvisioningRetried(body) => journey.retry(body),
            CustomerEvent::PackageProvisioned(body) => journey.settle(body.package, true),
            CustomerEvent::PackageFailed(body) => journey.settle(body.package, false),
            CustomerEvent::Provisioned(_) | CustomerEvent::ProvisionedWithErrors(_) => {
                return Reaction { state: None, tasks: journey.invite_administrator() };
            }
        };
        Reaction::next(Some(journey), tasks)
    }
}
