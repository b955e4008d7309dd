//! What the process remembers of one customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ProvisionTask;
use crate::catalogue::{self, BaseState, Package, Readiness};
use crate::customer::{CallingLocation, CustomerOrgRequested};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use crate::values::{Country, Language, Name, TimeZone};

/// One customer on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Journey {
    customer_id: CustomerId,
    partner_id: PartnerId,
    organization_id: OrganizationId,
    operation_id: OperationId,
    name: Name,
    country: Country,
    language: Language,
    limits: BTreeMap<Package, u32>,
    location: Option<CallingLocation>,
    meetings_timezone: Option<TimeZone>,
    packages: BTreeMap<Package, Progress>,
}

/// How far a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Progress {
    /// Not asked for yet.
    Waiting,
    /// Asked for.
    Ordered,
    /// There.
    Provisioned,
    /// Not there.
    Failed,
}

impl Journey {
    pub(super) fn new(requested: &CustomerOrgRequested) -> Self {
        Self {
            customer_id: requested.customer_id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            operation_id: requested.operation_id,
            name: requested.name.clone(),
            country: requested.address.country.clone(),
            language: requested.language.clone(),
            limits: requested.limits.clone(),
            location: requested.location.clone(),
            meetings_timezone: requested.meetings_timezone.clone(),
            packages: requested.packages.iter().map(|package| (*package, Progress::Waiting)).collect(),
        }
    }

    pub(super) fn create_organization(&self) -> ProvisionTask {
        ProvisionTask::CreateOrganization {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            name: self.name.clone(),
            country: self.country.clone(),
            language: self.language.clone(),
        }
    }

    /// Orders every base package at once.
    pub(super) fn start(&mut self) -> Vec<ProvisionTask> {
        let waiting = self.waiting();
        waiting
            .into_iter()
            .filter(|package| !package.is_add_on())
            .map(|package| self.order(package))
            .collect()
    }

    /// Notes how a package ended and orders the add-ons that waited for it.
    pub(super) fn settle(&mut self, package: Package, provisioned: bool) -> Vec<ProvisionTask> {
        let progress = if provisioned { Progress::Provisioned } else { Progress::Failed };
        self.packages.insert(package, progress);
        let waiting = self.waiting();
        let add_ons = waiting.into_iter().filter(|package| package.is_add_on());
        add_ons.filter_map(|package| self.order_add_on(package)).collect()
    }

    fn waiting(&self) -> Vec<Package> {
        let waiting = self.packages.iter().filter(|(_, progress)| **progress == Progress::Waiting);
        waiting.map(|(package, _)| *package).collect()
    }

    /// Orders an add-on once its bases have settled; one without a base fails without asking the platform.
    fn order_add_on(&mut self, add_on: Package) -> Option<ProvisionTask> {
        match catalogue::readiness(add_on, |base| self.base_state(base)) {
            Readiness::Waits => None,
            Readiness::Ready => Some(self.order(add_on)),
            Readiness::BaseFailed => Some(self.fail(add_on)),
        }
    }

    fn base_state(&self, package: Package) -> BaseState {
        match self.packages.get(&package) {
            None => BaseState::Absent,
            Some(Progress::Waiting | Progress::Ordered) => BaseState::Open,
            Some(Progress::Provisioned) => BaseState::Provisioned,
            Some(Progress::Failed) => BaseState::Failed,
        }
    }

    fn order(&mut self, package: Package) -> ProvisionTask {
        self.packages.insert(package, Progress::Ordered);
        ProvisionTask::ProvisionPackage {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            package,
            limit: self.limits.get(&package).copied(),
            location: self.location.clone().map(Box::new),
            meetings_timezone: self.meetings_timezone.clone(),
        }
    }

    fn fail(&mut self, package: Package) -> ProvisionTask {
        self.packages.insert(package, Progress::Ordered);
        ProvisionTask::FailPackage {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            package,
            error: ProvisionTask::base_package_failed(package),
        }
    }
}
