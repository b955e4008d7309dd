//! Whether the packages of a request go together.

use std::collections::BTreeMap;

use crate::catalogue::Package;

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
