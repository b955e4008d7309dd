//! What subscribers use of a customer, and what is therefore not taken away (R60).

use std::collections::BTreeMap;

use super::{ChangeRefusal, Requested};
use crate::catalogue::Package;

/// Who uses packages, as refusals say it.
pub(super) const SUBSCRIBERS: &str = "its subscribers";

impl Requested {
    /// Refuses packages without one that subscribers have, and limits below what they have.
    pub(super) fn check_use(
        &self,
        packages: &[Package],
        limits: &BTreeMap<Package, u32>,
    ) -> Result<(), ChangeRefusal> {
        let taken_away = self.packages.iter().map(|state| state.package).filter(|it| !packages.contains(it));
        for package in taken_away {
            let count = self.in_use(package);
            if count > 0 {
                return Err(ChangeRefusal::PackageInUse { package, count, by: SUBSCRIBERS });
            }
        }
        for (package, limit) in limits {
            let (package, limit, count) = (*package, *limit, self.in_use(*package));
            if count > limit {
                return Err(ChangeRefusal::LimitBelowUse { package, limit, count });
            }
        }
        Ok(())
    }

    /// Raises limits to what subscribers have: no subscription takes it from them.
    pub(super) fn not_below_use(&self, mut limits: BTreeMap<Package, u32>) -> BTreeMap<Package, u32> {
        for (package, limit) in &mut limits {
            *limit = (*limit).max(self.in_use(*package));
        }
        limits
    }
}
