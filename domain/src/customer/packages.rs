//! The packages of a customer, and whether those of a request go together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::step::bounded_references;
use super::{Step, StepError};
use crate::catalogue::Package;

/// A package of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackageState {
    /// Which.
    pub package: Package,
    /// How far it is.
    pub status: PackageStatus,
    /// The platform's names of its licenses.
    pub license_ids: Vec<String>,
    /// Why it failed.
    pub error: Option<StepError>,
    /// How often it may be assigned at most, as it was provisioned last.
    pub limit: Option<u32>,
    /// Whether the customer is meant to have it: not once its removal was asked for.
    pub wanted: bool,
}

/// How far a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PackageStatus {
    /// Asked for.
    Provisioning,
    /// The customer has it.
    Provisioned,
    /// It is being removed.
    Deleting,
    /// The last that was tried with it failed.
    Error,
}

impl PackageState {
    pub(super) fn new(package: Package) -> Self {
        let status = PackageStatus::Provisioning;
        Self { package, status, license_ids: vec![], error: None, limit: None, wanted: true }
    }

    /// The step that the package is at, or was at when it failed.
    pub(super) fn step(&self) -> Step {
        if self.wanted { Step::ProvisionPackage(self.package) } else { Step::RemovePackage(self.package) }
    }

    /// Tells whether it stands for these licenses, as the platform names them.
    pub fn has_licenses(&self, license_ids: &[String]) -> bool {
        match bounded_references(license_ids).first() {
            Some(license_id) => self.license_ids.contains(license_id),
            None => self.status == PackageStatus::Provisioned,
        }
    }

    /// Tells whether the platform is at it.
    pub(super) fn is_under_way(&self) -> bool {
        match self.status {
            PackageStatus::Provisioning | PackageStatus::Deleting => true,
            PackageStatus::Provisioned | PackageStatus::Error => false,
        }
    }
}

/// What is wrong with the packages of a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageFault {
    /// None is named (D8).
    #[error("no package is named")]
    Empty,
    /// One is named twice.
    #[error("package {0} is named twice")]
    Duplicate(Package),
    /// An add-on is named without any package that it works with.
    #[error("package {0} is an add-on and needs a base package")]
    BaseMissing(Package),
    /// A limit is given for a package that is not named.
    #[error("a limit is given for package {0}, which is not named")]
    LimitWithoutPackage(Package),
    /// A limit is given for a package that has none.
    #[error("package {0} cannot be limited")]
    LimitNotAllowed(Package),
}

/// Checks the packages and their limits against the catalogue; the first fault counts.
pub(super) fn check(packages: &[Package], limits: &BTreeMap<Package, u32>) -> Result<(), PackageFault> {
    if packages.is_empty() {
        return Err(PackageFault::Empty);
    }
    for (index, package) in packages.iter().enumerate() {
        if packages[..index].contains(package) {
            return Err(PackageFault::Duplicate(*package));
        }
        if package.is_add_on() && !package.requires_any().iter().any(|base| packages.contains(base)) {
            return Err(PackageFault::BaseMissing(*package));
        }
    }
    for package in limits.keys() {
        if !packages.contains(package) {
            return Err(PackageFault::LimitWithoutPackage(*package));
        }
        if !package.limit_allowed() {
            return Err(PackageFault::LimitNotAllowed(*package));
        }
    }
    Ok(())
}
