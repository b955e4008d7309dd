//! What a subscriber has: packages, a place to call from, and numbers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::customer::Seat;
use crate::ids::{LocationId, SubscriberId};
use crate::values::{Extension, PhoneNumber};

/// The base packages that a person can hold; devices hold the others.
const BASES: [Package; 6] = [
    Package::WebexCalling,
    Package::WebexMeetings,
    Package::WebexSuite,
    Package::WebexVoice,
    Package::CxEssentials,
    Package::WebexCallingStandard,
];

/// What a person can hold on top of a base package.
const ON_TOP: [Package; 3] = [Package::AttendantConsole, Package::CxPremiumAgent, Package::CxStandardAgent];

/// What a subscriber has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Equipment {
    /// One base package and its add-ons.
    pub packages: BTreeSet<Package>,
    /// Where the person calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// The number by which the person is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The short number by which the person is called inside the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// What is wrong with what a subscriber is to have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EquipmentFault {
    /// A package is named twice.
    #[error("package {0} is named twice")]
    Duplicate(Package),
    /// No person can hold it.
    #[error("package {0} is not for subscribers")]
    NotForSubscribers(Package),
    /// None or several of the packages that one subscriber has one of.
    #[error("a subscriber has one base package, not {0}")]
    BasePackages(usize),
    /// An add-on is named without a base package that it works with.
    #[error("package {0} needs another base package")]
    BaseMissing(Package),
    /// Somebody who calls does so from somewhere.
    #[error("package {0} needs a location")]
    LocationMissing(Package),
    /// Somebody who calls can be called.
    #[error("package {0} needs a phone number or an extension")]
    NumberMissing(Package),
    /// Somebody who does not call has no number.
    #[error("a location, a number or an extension needs a calling package")]
    CallingMissing,
}

/// Reads a list of packages; each may be named once.
pub(super) fn packages_of(named: &[Package]) -> Result<BTreeSet<Package>, EquipmentFault> {
    let mut packages = BTreeSet::new();
    match named.iter().find(|package| !packages.insert(**package)) {
        Some(twice) => Err(EquipmentFault::Duplicate(*twice)),
        None => Ok(packages),
    }
}

impl Equipment {
    /// Returns the customer's side of it.
    pub fn seat(&self, subscriber_id: SubscriberId) -> Seat {
        let Self { packages, location_id, phone_number, extension } = self.clone();
        Seat { subscriber_id, packages, location_id, phone_number, extension }
    }

    /// Returns the package that calls, if one does.
    pub fn calling(&self) -> Option<Package> {
        self.packages.iter().copied().find(|package| package.is_calling())
    }

    /// Returns the rank of its base package (R70, R71).
    pub fn level(&self) -> Option<u8> {
        self.packages.iter().filter_map(|package| package.level()).max()
    }

    /// Tells whether anything is named that only who calls has.
    pub fn has_place(&self) -> bool {
        self.location_id.is_some() || self.phone_number.is_some() || self.extension.is_some()
    }

    /// Checks that it is whole; the first fault counts.
    pub(super) fn check(&self) -> Result<(), EquipmentFault> {
        let held = |package: &&Package| BASES.contains(package) || ON_TOP.contains(package);
        if let Some(other) = self.packages.iter().find(|package| !held(package)) {
            return Err(EquipmentFault::NotForSubscribers(*other));
        }
        let bases = self.packages.iter().filter(|package| BASES.contains(package)).count();
        if bases != 1 {
            return Err(EquipmentFault::BasePackages(bases));
        }
        let without_base = |package: &&Package| {
            let bases = package.requires_any();
            !bases.is_empty() && !bases.iter().any(|base| self.packages.contains(base))
        };
        if let Some(add_on) = self.packages.iter().find(without_base) {
            return Err(EquipmentFault::BaseMissing(*add_on));
        }
        self.check_place()
    }

    /// R68
    fn check_place(&self) -> Result<(), EquipmentFault> {
        let reachable = self.phone_number.is_some() || self.extension.is_some();
        match self.calling() {
            None if self.has_place() => Err(EquipmentFault::CallingMissing),
            Some(package) if self.location_id.is_none() => Err(EquipmentFault::LocationMissing(package)),
            Some(package) if !reachable => Err(EquipmentFault::NumberMissing(package)),
            None | Some(_) => Ok(()),
        }
    }
}
