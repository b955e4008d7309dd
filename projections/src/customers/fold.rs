//! How the events of a customer change its row.

use std::collections::BTreeMap;

use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{
    AttachAnswer, CustomerAttachRequested, CustomerCreated, CustomerEvent, CustomerOrgRequested,
    CustomerUpdateRequested, Origin, PackageStatus, Seat, Step, StepError,
};

use super::{CustomerRow, PackageRow, ShownStatus};

impl PackageRow {
    fn new(name: Package) -> Self {
        let status = PackageStatus::Provisioning;
        Self { name, status, license_ids: vec![], limit: None, warnings: vec![], errors: vec![] }
    }
}

impl CustomerRow {
    pub(super) fn created(requested: CustomerOrgRequested, at: i64) -> Self {
        Self {
            id: requested.customer_id,
            partner_id: requested.partner_id,
            external_id: Some(requested.external_id),
            name: requested.name,
            label: None,
            organization_id: requested.organization_id,
            status: ShownStatus::Provisioning,
            packages: requested.packages.into_iter().map(PackageRow::new).collect(),
            limits: requested.limits,
            address: requested.address,
            primary_email: Some(requested.primary_email),
            case_id: None,
            branding_override: false,
            console_access: false,
            in_use: BTreeMap::new(),
            setup_assist_requested_at: None,
            assessment: None,
            errors: vec![],
            origin: Origin::Created,
            provisioning_id: requested.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    pub(super) fn attached(requested: CustomerAttachRequested, at: i64) -> Self {
        Self {
            id: requested.customer_id,
            partner_id: requested.partner_id,
            external_id: Some(requested.external_id),
            name: requested.name,
            label: requested.label,
            organization_id: requested.organization_id,
            status: ShownStatus::Provisioning,
            packages: requested.packages.into_iter().map(PackageRow::new).collect(),
            limits: requested.limits,
            address: requested.address,
            primary_email: None,
            case_id: None,
            branding_override: false,
            console_access: false,
            in_use: BTreeMap::new(),
            setup_assist_requested_at: None,
            assessment: Some(requested.assessment),
            errors: vec![],
            origin: Origin::Attached,
            provisioning_id: requested.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    pub(super) fn from_case(created: CustomerCreated, at: i64) -> Self {
        Self {
            id: created.customer_id,
            partner_id: created.partner_id,
            external_id: None,
            name: created.name,
            label: None,
            organization_id: created.organization_id,
            status: ShownStatus::Provisioning,
            packages: vec![],
            limits: BTreeMap::new(),
            address: created.address,
            primary_email: None,
            case_id: Some(created.case_id),
            branding_override: false,
            console_access: false,
            in_use: BTreeMap::new(),
            setup_assist_requested_at: None,
            assessment: None,
            errors: vec![],
            origin: Origin::Case,
            provisioning_id: created.provisioning_id,
            created_at: at,
            updated_at: at,
            sequence: 0,
        }
    }

    fn use_more(&mut self, seat: &Seat) {
        for package in &seat.packages {
            *self.in_use.entry(*package).or_default() += 1;
        }
    }

    fn use_less(&mut self, seat: &Seat) {
        for package in &seat.packages {
            if let Some(count) = self.in_use.get_mut(package) {
                *count = count.saturating_sub(1);
            }
        }
        self.in_use.retain(|_, count| *count > 0);
    }

    fn package(&mut self, name: Package) -> Option<&mut PackageRow> {
        self.packages.iter_mut().find(|package| package.name == name)
    }

    pub(super) fn fold_packages(&mut self, event: CustomerEvent) {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::Created(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_)
            | CustomerEvent::ScreeningStarted(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::OperationCancelled(_)
            | CustomerEvent::Updated(_)
            | CustomerEvent::UpdatedWithErrors(_)
            | CustomerEvent::UpdateFailed(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::Removed(_) => {}
            CustomerEvent::SeatTaken(body) => self.use_more(&body.seat),
            CustomerEvent::SeatChanged(body) => {
                self.use_less(&body.before);
                self.use_more(&body.seat);
            }
            CustomerEvent::SeatReleased(body) => self.use_less(&body.seat),
            CustomerEvent::BrandingOverrideSet(body) => self.branding_override = body.overridden,
            CustomerEvent::ConsoleAccessSet(body) => self.console_access = body.console_access,
            CustomerEvent::AttachAnswered(body) => match body.answer {
                AttachAnswer::Approved { assessment } | AttachAnswer::ConsentRequested { assessment, .. } => {
                    self.assessment = assessment.or(self.assessment.take());
                }
                AttachAnswer::Withdrawn => {}
                AttachAnswer::Refused { .. } | AttachAnswer::Declined | AttachAnswer::Expired => {
                    self.fail_packages();
                }
            },
            CustomerEvent::ProvisioningRetried(body) => {
                self.errors.clear();
                let again = |it: &PackageRow| body.steps.contains(&Step::ProvisionPackage(it.name));
                for package in &mut self.packages {
                    if package.status == PackageStatus::Error && again(package) {
                        *package = PackageRow::new(package.name);
                    }
                }
            }
            CustomerEvent::UpdateRequested(body) => self.update(*body),
            CustomerEvent::RemovalRequested(body) => {
                self.errors.clear();
                self.order(&body.remove, PackageStatus::Deleting);
            }
            CustomerEvent::PackageRemoved(body) => self.drop_package(body.package),
            CustomerEvent::RemovalFailed(_) => {
                let packages = &self.packages;
                self.limits.retain(|name, _| packages.iter().any(|package| package.name == *name));
            }
            CustomerEvent::StepSkipped(body) => self.skip(body.step),
            CustomerEvent::PackageProvisioned(body) => {
                let limit = self.limits.get(&body.package).copied();
                if let Some(package) = self.package(body.package) {
                    package.status = PackageStatus::Provisioned;
                    package.license_ids = body.license_ids;
                    package.limit = limit;
                    package.errors.clear();
                }
            }
            CustomerEvent::PackageWarned(body) => {
                if let Some(package) = self.package(body.package) {
                    package.warnings = body.warnings;
                }
            }
            CustomerEvent::PackageFailed(body) => self.failed(body.package, body.error),
            CustomerEvent::PackageRemovalFailed(body) => self.failed(body.package, body.error),
            CustomerEvent::ProvisioningFailed(_) => self.fail_packages(),
        }
    }

    fn update(&mut self, change: CustomerUpdateRequested) {
        self.errors.clear();
        self.external_id = change.external_id.or(self.external_id.take());
        self.label = change.label.or(self.label.take());
        self.address = change.address.unwrap_or_else(|| self.address.clone());
        self.limits = change.limits;
        self.order(&change.provision, PackageStatus::Provisioning);
        self.order(&change.remove, PackageStatus::Deleting);
    }

    fn order(&mut self, packages: &[Package], status: PackageStatus) {
        for name in packages {
            if self.package(*name).is_none() {
                self.packages.push(PackageRow::new(*name));
            }
            if let Some(package) = self.package(*name) {
                package.status = status;
                package.errors.clear();
                package.warnings.clear();
            }
        }
    }

    fn failed(&mut self, name: Package, error: StepError) {
        if self.package(name).is_none() {
            self.packages.push(PackageRow::new(name));
        }
        if let Some(package) = self.package(name) {
            package.status = PackageStatus::Error;
            package.errors = vec![error];
        }
    }

    fn drop_package(&mut self, name: Package) {
        self.packages.retain(|package| package.name != name);
        // A removal that fails leaves the limit to what subscribers have.
        if self.status != ShownStatus::Deleting {
            self.limits.remove(&name);
        }
    }

    /// What the customer has stays; what it never had, or was not to have any more, is dropped.
    fn skip(&mut self, step: Step) {
        match step {
            Step::ProvisionPackage(name) => match self.package(name) {
                Some(package) if !package.license_ids.is_empty() => {
                    package.status = PackageStatus::Provisioned;
                    package.errors.clear();
                    match package.limit {
                        Some(limit) => _ = self.limits.insert(name, limit),
                        None => _ = self.limits.remove(&name),
                    }
                }
                _ => self.drop_package(name),
            },
            Step::RemovePackage(name) => self.drop_package(name),
            Step::AttachOrganization
            | Step::CreateOrganization
            | Step::SendInvitation
            | Step::ReleaseOrganization
            | Step::BuildReport => {}
        }
        let under_way = [ShownStatus::Provisioning, ShownStatus::Updating, ShownStatus::Deleting];
        if !under_way.contains(&self.status) {
            self.errors = self.packages.iter().flat_map(|package| package.errors.clone()).collect();
        }
    }

    /// Without an organization no package is left under way.
    fn fail_packages(&mut self) {
        for package in &mut self.packages {
            if package.status == PackageStatus::Provisioning {
                package.status = PackageStatus::Error;
            }
        }
    }
}
