//! How the events of a customer change it.

use super::{
    AttachAnswer, CustomerEvent, CustomerRemovalRequested, CustomerStatus, CustomerUpdateRequested,
    PackageState, PackageStatus, ProvisioningRetried, Requested, Step, StepError,
};
use crate::catalogue::Package;
use crate::ids::OperationId;

impl Requested {
    pub(super) fn apply(&mut self, event: CustomerEvent) {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::OperationCancelled(_)
            | CustomerEvent::PackageWarned(_) => {}
            CustomerEvent::AttachAnswered(event) => self.answered(&event.answer),
            CustomerEvent::ProvisioningStarted(_) => {
                self.status = CustomerStatus::Provisioning;
                self.organization_there = true;
            }
            CustomerEvent::Activated(_) => {
                self.status = CustomerStatus::Provisioned;
                self.organization_there = true;
            }
            CustomerEvent::BrandingOverrideSet(event) => self.branding_override = event.overridden,
            CustomerEvent::ConsoleAccessSet(event) => self.console_access = event.console_access,
            CustomerEvent::ProvisioningRetried(event) => self.retried(&event),
            CustomerEvent::StepRetried(event) => {
                self.attempts.insert(event.step, event.attempt);
            }
            CustomerEvent::PackageProvisioned(event) => self.provisioned(event.package, event.license_ids),
            CustomerEvent::PackageFailed(event) => self.package_failed(event.package, event.error),
            CustomerEvent::Provisioned(_) | CustomerEvent::Updated(_) => {
                self.end(CustomerStatus::Provisioned, vec![]);
            }
            CustomerEvent::ProvisionedWithErrors(event) => {
                self.end(CustomerStatus::ProvisionedWithErrors, event.errors);
            }
            CustomerEvent::UpdatedWithErrors(event) => {
                self.end(CustomerStatus::ProvisionedWithErrors, event.errors);
            }
            CustomerEvent::ProvisioningFailed(event) => {
                self.end(CustomerStatus::Failed, event.errors);
                self.fail_packages();
            }
            CustomerEvent::UpdateFailed(event) => self.end(event.status, event.errors),
            CustomerEvent::RemovalFailed(event) => {
                self.end(event.status, event.errors);
                // It stays, and so is what is left of it wanted again.
                self.packages.iter_mut().for_each(|state| state.wanted = true);
                let packages = &self.packages;
                self.limits.retain(|package, _| packages.iter().any(|state| state.package == *package));
            }
            CustomerEvent::ScreeningStarted(_) => self.status = CustomerStatus::Screening,
            CustomerEvent::ScreeningCleared(_) => {
                self.status = self.begun();
                self.cleared = true;
            }
            CustomerEvent::ScreeningRefused(_) => self.refused = true,
            CustomerEvent::UpdateRequested(event) => self.update(*event),
            CustomerEvent::PackageRemoved(event) => self.drop_package(event.package),
            CustomerEvent::PackageRemovalFailed(event) => self.package_failed(event.package, event.error),
            CustomerEvent::RemovalRequested(event) => self.remove(&event),
            CustomerEvent::Removed(_) => {
                self.end(CustomerStatus::Removed, vec![]);
                self.places.clear();
            }
            CustomerEvent::StepSkipped(event) => self.skip(event.step),
            CustomerEvent::LocationAdded(event) => self.add_location(*event),
            CustomerEvent::LocationRemoved(event) => {
                self.places.locations.remove(&event.location_id);
            }
            CustomerEvent::NumbersAdded(event) => {
                let located = |number| (number, event.location_id);
                self.places.numbers.extend(event.numbers.into_iter().map(located));
            }
            CustomerEvent::NumbersRemoved(event) => {
                self.places.numbers.retain(|number, _| !event.numbers.contains(number));
            }
            CustomerEvent::SetupAssistRequested(_) => self.setup_assist_requested = true,
            CustomerEvent::SeatTaken(event) => self.places.seat(event.seat),
            CustomerEvent::SeatChanged(event) => self.places.seat(event.seat),
            CustomerEvent::SeatReleased(event) => self.places.unseat(event.seat.subscriber_id),
        }
    }

    /// Where work on it begins, as long as it has no organization.
    fn begun(&self) -> CustomerStatus {
        if self.is_attached() { CustomerStatus::Assessing } else { CustomerStatus::Requested }
    }

    fn begin(&mut self, operation_id: OperationId, status: CustomerStatus) {
        self.operation_id = Some(operation_id);
        self.status = status;
        self.errors.clear();
        self.attempts.clear();
        self.worked = false;
        self.cleared = false;
    }

    fn end(&mut self, status: CustomerStatus, errors: Vec<StepError>) {
        self.status = status;
        self.errors = errors;
        self.before = None;
    }

    fn answered(&mut self, answer: &AttachAnswer) {
        self.status = match answer {
            AttachAnswer::Approved { .. } => CustomerStatus::Provisioning,
            AttachAnswer::ConsentRequested { .. } => CustomerStatus::AwaitingConsent,
            AttachAnswer::Refused { .. } | AttachAnswer::Declined | AttachAnswer::Expired => {
                CustomerStatus::Failed
            }
            AttachAnswer::Withdrawn => CustomerStatus::Removed,
        };
        self.organization_there = self.status == CustomerStatus::Provisioning;
        if self.status == CustomerStatus::Failed {
            self.fail_packages();
        }
    }

    fn retried(&mut self, event: &ProvisioningRetried) {
        let status = if self.organization_there { CustomerStatus::Provisioning } else { self.begun() };
        self.begin(event.operation_id, status);
        for state in &mut self.packages {
            if state.status == PackageStatus::Error && event.steps.contains(&state.step()) {
                state.status = PackageStatus::Provisioning;
                state.error = None;
            }
        }
    }

    fn update(&mut self, event: CustomerUpdateRequested) {
        self.before = Some(self.status);
        self.begin(event.operation_id, CustomerStatus::Updating);
        self.keep_creation_level(&event.packages);
        self.external_id = event.external_id.or(self.external_id.take());
        self.name = event.label.unwrap_or_else(|| self.name.clone());
        self.address = event.address.unwrap_or_else(|| self.address.clone());
        (self.location, self.meetings_timezone) = (event.location, event.meetings_timezone);
        self.limits = event.limits;
        // What needs no platform is done.
        self.worked = event.provision.is_empty() && event.remove.is_empty();
        for package in event.provision {
            self.order(package, PackageStatus::Provisioning);
        }
        for package in event.remove {
            self.order(package, PackageStatus::Deleting);
        }
        if let Some(change) = event.subscription {
            if change.lines.is_empty() {
                self.subscriptions.remove(&change.id);
            } else {
                self.subscriptions.insert(change.id, change.lines);
            }
        }
    }

    fn remove(&mut self, event: &CustomerRemovalRequested) {
        self.before = Some(self.status);
        self.begin(event.operation_id, CustomerStatus::Removing);
        for package in &event.remove {
            self.order(*package, PackageStatus::Deleting);
        }
    }

    fn order(&mut self, package: Package, status: PackageStatus) {
        if self.package(package).is_none() {
            self.packages.push(PackageState::new(package));
        }
        if let Some(state) = self.package_mut(package) {
            state.status = status;
            state.wanted = status == PackageStatus::Provisioning;
            state.error = None;
        }
    }

    fn provisioned(&mut self, package: Package, license_ids: Vec<String>) {
        let limit = self.limits.get(&package).copied();
        self.worked = true;
        if let Some(state) = self.package_mut(package) {
            state.status = PackageStatus::Provisioned;
            state.license_ids = license_ids;
            state.error = None;
            state.limit = limit;
        }
    }

    /// One that is not there any more is missing: subscribers have it, and its customer is not removed after all.
    fn package_failed(&mut self, package: Package, error: StepError) {
        if self.package(package).is_none() {
            self.packages.push(PackageState::new(package));
        }
        if let Some(state) = self.package_mut(package) {
            state.status = PackageStatus::Error;
            state.error = Some(error);
        }
    }

    fn drop_package(&mut self, package: Package) {
        self.worked = true;
        self.packages.retain(|state| state.package != package);
        // A removal that fails leaves the limit to what subscribers have.
        if self.status != CustomerStatus::Removing {
            self.limits.remove(&package);
        }
    }

    /// What the customer has stays as it was; what it never had, or was not to have any more, is dropped.
    fn skip(&mut self, step: Step) {
        let (Step::ProvisionPackage(package) | Step::RemovePackage(package)) = step else { return };
        match self.package_mut(package) {
            Some(state) if state.wanted && !state.license_ids.is_empty() => {
                state.status = PackageStatus::Provisioned;
                state.error = None;
                let limit = state.limit;
                match limit {
                    Some(limit) => _ = self.limits.insert(package, limit),
                    None => _ = self.limits.remove(&package),
                }
            }
            Some(_) => self.drop_package(package),
            None => {}
        }
        if self.under_way().is_none() {
            self.errors = self.package_errors();
        }
    }

    /// Without an organization no package is left under way.
    fn fail_packages(&mut self) {
        for state in &mut self.packages {
            if state.status == PackageStatus::Provisioning {
                state.status = PackageStatus::Error;
            }
        }
    }
}
