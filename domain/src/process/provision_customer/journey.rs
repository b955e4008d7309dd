//! What the process remembers of one customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ProvisionTask;
use crate::catalogue::{self, BaseState, Package, Readiness};
use crate::customer::{
    CallingLocation, CustomerAttachRequested, CustomerOrgRequested, ProvisioningRetried, Step,
};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use crate::personal::Personal;
use crate::template::Authentication;
use crate::values::{Country, EmailAddress, Language, Name, TimeZone};

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
    brand_name: Name,
    authentication: Authentication,
    /// Who is invited to a new organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    primary_email: Option<Personal<EmailAddress>>,
    /// What an attach needs; `None` for a new organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attach: Option<AttachTerms>,
    limits: BTreeMap<Package, u32>,
    location: Option<CallingLocation>,
    meetings_timezone: Option<TimeZone>,
    packages: BTreeMap<Package, Progress>,
}

/// What an attach needs to know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttachTerms {
    partner_name: Name,
    may_ask: bool,
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
    pub(super) fn created(requested: &CustomerOrgRequested) -> Self {
        Self {
            customer_id: requested.customer_id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            operation_id: requested.operation_id,
            name: requested.name.clone(),
            country: requested.address.country.clone(),
            language: requested.language.clone(),
            brand_name: requested.settings.brand_name.clone(),
            authentication: requested.settings.authentication.clone(),
            primary_email: Some(requested.primary_email.clone()),
            attach: None,
            limits: requested.limits.clone(),
            location: requested.location.clone(),
            meetings_timezone: requested.meetings_timezone.clone(),
            packages: waiting(&requested.packages),
        }
    }

    pub(super) fn attached(requested: &CustomerAttachRequested) -> Self {
        let settings = &requested.settings;
        Self {
            customer_id: requested.customer_id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            operation_id: requested.operation_id,
            name: requested.name.clone(),
            country: requested.address.country.clone(),
            language: settings.language.clone(),
            brand_name: settings.brand_name.clone(),
            authentication: settings.authentication.clone(),
            primary_email: None,
            attach: Some(AttachTerms {
                partner_name: requested.partner_name.clone(),
                may_ask: settings.allow_admin_invite_on_attach,
            }),
            limits: requested.limits.clone(),
            location: requested.location.clone(),
            meetings_timezone: requested.meetings_timezone.clone(),
            packages: waiting(&requested.packages),
        }
    }

    /// The first step; `screened` once an operator has cleared the customer (D9).
    pub(super) fn begin(&self, screened: bool) -> ProvisionTask {
        match &self.attach {
            Some(terms) => self.attach_organization(terms, screened),
            None => self.create_organization(screened),
        }
    }

    fn create_organization(&self, screened: bool) -> ProvisionTask {
        ProvisionTask::CreateOrganization {
            screened,
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            name: self.name.clone(),
            country: self.country.clone(),
            language: self.language.clone(),
            authentication: self.authentication.clone(),
        }
    }

    fn attach_organization(&self, terms: &AttachTerms, screened: bool) -> ProvisionTask {
        ProvisionTask::AttachOrganization {
            screened,
            name: Some(self.name.clone()),
            country: Some(self.country.clone()),
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            partner_name: terms.partner_name.clone(),
            may_ask: terms.may_ask,
            brand_name: self.brand_name.clone(),
            language: self.language.clone(),
        }
    }

    /// Takes up the work again where it failed.
    pub(super) fn retry(&mut self, retried: &ProvisioningRetried) -> Vec<ProvisionTask> {
        self.operation_id = retried.operation_id;
        for (package, progress) in &mut self.packages {
            if *progress == Progress::Failed && retried.steps.contains(&Step::ProvisionPackage(*package)) {
                *progress = Progress::Waiting;
            }
        }
        let first = [Step::CreateOrganization, Step::AttachOrganization];
        if first.iter().any(|step| retried.steps.contains(step)) {
            return vec![self.begin(false)];
        }
        let mut tasks = self.start();
        // Add-ons whose base is there already wait for nothing.
        let waiting = self.waiting();
        let add_ons = waiting.into_iter().filter(|package| package.is_add_on());
        tasks.extend(add_ons.filter_map(|package| self.order_add_on(package)));
        tasks
    }

    /// Forgets a package that is left out.
    pub(super) fn skip(&mut self, step: Step) -> Vec<ProvisionTask> {
        let Step::ProvisionPackage(package) = step else { return vec![] };
        self.packages.remove(&package);
        self.order_add_ons()
    }

    /// The mail to the administrator of a new organization.
    pub(super) fn invite_administrator(&self) -> Vec<ProvisionTask> {
        let invite = self.primary_email.as_ref().map(|email| ProvisionTask::InviteAdministrator {
            customer_id: self.customer_id,
            partner_id: self.partner_id,
            organization_id: self.organization_id,
            operation_id: self.operation_id,
            organization_name: self.name.clone(),
            email: email.clone(),
            brand_name: self.brand_name.clone(),
            language: self.language.clone(),
        });
        invite.into_iter().collect()
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
        self.order_add_ons()
    }

    fn order_add_ons(&mut self) -> Vec<ProvisionTask> {
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
            license_ids: vec![],
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

fn waiting(packages: &[Package]) -> BTreeMap<Package, Progress> {
    packages.iter().map(|package| (*package, Progress::Waiting)).collect()
}
