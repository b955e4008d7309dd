//! What the process remembers of one change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, BaseState, Package, Readiness};
use crate::customer::{CallingLocation, CustomerRemovalRequested, CustomerUpdateRequested, Step, StepError};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use crate::process::provision_customer::{BASE_PACKAGE_FAILED_CODE, ProvisionTask};
use crate::values::{ExternalId, TimeZone};

/// One change of a customer on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    customer_id: CustomerId,
    partner_id: PartnerId,
    organization_id: OrganizationId,
    operation_id: OperationId,
    /// Whether the customer itself goes.
    removal: bool,
    external_id: Option<ExternalId>,
    limits: BTreeMap<Package, u32>,
    location: Option<CallingLocation>,
    meetings_timezone: Option<TimeZone>,
    license_ids: BTreeMap<Package, Vec<String>>,
    /// What the customer is to have, as far as it is.
    provision: BTreeMap<Package, Progress>,
    /// What is removed, as far as it is.
    remove: BTreeMap<Package, Progress>,
}

/// How far a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Progress {
    /// Not asked for yet.
    Waiting,
    /// Asked for.
    Ordered,
    /// As it was asked for.
    Done,
    /// Not as it was asked for.
    Failed,
}

impl Progress {
    fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Ordered => true,
            Self::Done | Self::Failed => false,
        }
    }

    fn ended(ok: bool) -> Self {
        if ok { Self::Done } else { Self::Failed }
    }
}

impl Change {
    pub(super) fn update(requested: &CustomerUpdateRequested) -> Self {
        let progress = |package: &Package| {
            let changes = requested.provision.contains(package);
            (*package, if changes { Progress::Waiting } else { Progress::Done })
        };
        Self {
            customer_id: requested.customer_id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            operation_id: requested.operation_id,
            removal: false,
            external_id: None,
            limits: requested.limits.clone(),
            location: requested.location.clone(),
            meetings_timezone: requested.meetings_timezone.clone(),
            license_ids: requested.license_ids.clone(),
            provision: requested.packages.iter().map(progress).collect(),
            remove: requested.remove.iter().map(|package| (*package, Progress::Waiting)).collect(),
        }
    }

    pub(super) fn removal(requested: &CustomerRemovalRequested) -> Self {
        Self {
            customer_id: requested.customer_id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            operation_id: requested.operation_id,
            removal: true,
            external_id: requested.external_id.clone(),
            limits: BTreeMap::new(),
            location: None,
            meetings_timezone: None,
            license_ids: requested.license_ids.clone(),
            provision: BTreeMap::new(),
            remove: requested.remove.iter().map(|package| (*package, Progress::Waiting)).collect(),
        }
    }

    /// Notes how provisioning a package ended.
    pub(super) fn settle(&mut self, package: Package, provisioned: bool) {
        // What was there before is there still.
        let there = provisioned || self.license_ids.contains_key(&package);
        if let Some(progress) = self.provision.get_mut(&package) {
            *progress = Progress::ended(there);
        }
    }

    /// Notes how removing a package ended.
    pub(super) fn settle_removal(&mut self, package: Package, removed: bool) {
        if let Some(progress) = self.remove.get_mut(&package) {
            *progress = Progress::ended(removed);
        }
    }

    /// Forgets what is left out.
    pub(super) fn skip(&mut self, step: Step) {
        match step {
            Step::ProvisionPackage(package) if self.license_ids.contains_key(&package) => {
                self.provision.insert(package, Progress::Done);
            }
            Step::ProvisionPackage(package) => _ = self.provision.remove(&package),
            Step::RemovePackage(package) => _ = self.remove.insert(package, Progress::Done),
            Step::AttachOrganization
            | Step::CreateOrganization
            | Step::SendInvitation
            | Step::ReleaseOrganization
            | Step::BuildReport => {}
        }
    }

    /// Orders what can be done now.
    pub(super) fn go_on(&mut self) -> Vec<ProvisionTask> {
        let mut tasks = self.provision_ready();
        if self.provision.values().any(|progress| progress.is_open()) {
            return tasks;
        }
        tasks.extend(self.remove_ready());
        let all_removed = self.remove.values().all(|progress| *progress == Progress::Done);
        if self.removal && all_removed {
            tasks.push(self.release());
        }
        tasks
    }

    /// Base packages at once, add-ons once their bases have settled.
    fn provision_ready(&mut self) -> Vec<ProvisionTask> {
        let mut tasks = vec![];
        for package in waiting(&self.provision) {
            let readiness = if package.is_add_on() {
                catalogue::readiness(package, |base| self.base_state(base))
            } else {
                Readiness::Ready
            };
            let task = match readiness {
                Readiness::Waits => continue,
                Readiness::Ready => self.provision(package),
                Readiness::BaseFailed => self.fail(package),
            };
            self.provision.insert(package, Progress::Ordered);
            tasks.push(task);
        }
        tasks
    }

    fn base_state(&self, package: Package) -> BaseState {
        match self.provision.get(&package) {
            None => BaseState::Absent,
            Some(Progress::Waiting | Progress::Ordered) => BaseState::Open,
            Some(Progress::Done) => BaseState::Provisioned,
            Some(Progress::Failed) => BaseState::Failed,
        }
    }

    /// Add-ons at once, a base package once no add-on that is removed is there any more.
    fn remove_ready(&mut self) -> Vec<ProvisionTask> {
        let mut tasks = vec![];
        let add_ons_open =
            self.remove.iter().any(|(package, progress)| package.is_add_on() && progress.is_open());
        for package in waiting(&self.remove) {
            if !package.is_add_on() && add_ons_open {
                continue;
            }
            let task = if self.is_needed(package) { self.keep(package) } else { self.remove(package) };
            self.remove.insert(package, Progress::Ordered);
            tasks.push(task);
        }
        tasks
    }

    /// Tells whether an add-on that is there would be left without a base package.
    fn is_needed(&self, base: Package) -> bool {
        let stays = self.provision.iter().filter(|(_, progress)| **progress == Progress::Done);
        let kept = self.remove.iter().filter(|(_, progress)| **progress == Progress::Failed);
        let there: Vec<Package> = stays.chain(kept).map(|(package, _)| *package).collect();
        let needs = |add_on: &Package| {
            let bases = add_on.requires_any();
            bases.contains(&base) && !bases.iter().any(|other| *other != base && there.contains(other))
        };
        there.iter().any(needs)
    }

    fn provision(&self, package: Package) -> ProvisionTask {
        ProvisionTask::ProvisionPackage {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            package,
            license_ids: self.licenses_of(package),
            limit: self.limits.get(&package).copied(),
            location: self.location.clone().map(Box::new),
            meetings_timezone: self.meetings_timezone.clone(),
        }
    }

    fn fail(&self, package: Package) -> ProvisionTask {
        ProvisionTask::FailPackage {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            package,
            error: ProvisionTask::base_package_failed(package),
        }
    }

    fn remove(&self, package: Package) -> ProvisionTask {
        ProvisionTask::RemovePackage {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            package,
            license_ids: self.licenses_of(package),
        }
    }

    fn keep(&self, package: Package) -> ProvisionTask {
        let text = format!("{package} was not removed: an add-on that stays needs it");
        ProvisionTask::FailRemoval {
            customer_id: self.customer_id,
            operation_id: self.operation_id,
            package,
            error: StepError::new(BASE_PACKAGE_FAILED_CODE, &text),
        }
    }

    fn release(&mut self) -> ProvisionTask {
        // Ordered once: whatever comes late finds nothing to release.
        self.removal = false;
        ProvisionTask::ReleaseOrganization {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            external_id: self.external_id.clone(),
        }
    }

    fn licenses_of(&self, package: Package) -> Vec<String> {
        self.license_ids.get(&package).cloned().unwrap_or_default()
    }
}

fn waiting(packages: &BTreeMap<Package, Progress>) -> Vec<Package> {
    let waiting = packages.iter().filter(|(_, progress)| **progress == Progress::Waiting);
    waiting.map(|(package, _)| *package).collect()
}
