//! Why a customer says no.

use super::{ChangeRefusal, CountryNotOffered, PackageFault, PlaceRefusal, SeatRefusal};
use crate::catalogue::Package;
use crate::ids::{CustomerId, PartnerId};
use crate::organization::OrganizationRefusal;
use crate::refusal::{LOOK_AGAIN, PlacedFault, Refusal, RefusalKind, SEND_AGAIN};
use crate::template::ProvisioningId;

/// Why a command to a customer is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomerRefusal {
    /// The ID is taken by another customer.
    #[error("customer {0} exists already")]
    AlreadyExists(CustomerId),
    /// The partner does not exist or is suspended.
    #[error("partner {0} does not exist or is suspended")]
    PartnerSuspended(PartnerId),
    /// The template does not exist or is retired.
    #[error("provisioning ID {id} names {}", if *.retired { "a retired template" } else { "no template" })]
    Template {
        /// The named provisioning ID.
        id: ProvisioningId,
        /// Whether there was one.
        retired: bool,
    },
    /// A company name holds a `%`.
    #[error("the company name holds a percent sign")]
    CompanyName,
    /// The packages or their limits do not go together.
    #[error(transparent)]
    Packages(#[from] PackageFault),
    /// A calling package is named without a place to call from.
    #[error("package {0} needs a calling location")]
    LocationMissing(Package),
    /// The service is not offered where the head office, or a place to call from, is.
    #[error(transparent)]
    CountryNotOffered(#[from] CountryNotOffered),
    /// There is no such customer.
    #[error("there is no such customer")]
    NotFound,
    /// The customer is not to be changed so, now.
    #[error(transparent)]
    Change(#[from] ChangeRefusal),
    /// The location or the number is not to be had, or not to be given up.
    #[error(transparent)]
    Place(#[from] PlaceRefusal),
    /// The seat is not to be had.
    #[error(transparent)]
    Seat(#[from] SeatRefusal),
    /// The organization cannot be attached.
    #[error(transparent)]
    Organization(#[from] OrganizationRefusal),
    /// A person did not say that the head office is in a supported place.
    #[error("the location of the head office is not attested")]
    AttestationMissing,
}

impl Refusal for CustomerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "customer_exists",
            Self::PartnerSuspended(_) => "partner_suspended",
            Self::Template { retired: false, .. } => "template_missing",
            Self::Template { retired: true, .. } => "template_retired",
            Self::CompanyName => "company_name_invalid",
            Self::Packages(fault) => match fault {
                PackageFault::Empty => "packages_missing",
                PackageFault::Duplicate(_) => "package_duplicate",
                PackageFault::BaseMissing(_) => "package_base_missing",
                PackageFault::LimitWithoutPackage(_) => "limit_without_package",
                PackageFault::LimitNotAllowed(_) => "limit_not_allowed",
            },
            Self::LocationMissing(_) => "calling_location_missing",
            Self::CountryNotOffered(refusal) => refusal.code(),
            Self::NotFound => "customer_not_found",
            Self::Change(refusal) => refusal.code(),
            Self::Seat(refusal) => refusal.code(),
            Self::Place(refusal) => refusal.code(),
            Self::Organization(refusal) => refusal.code(),
            Self::AttestationMissing => "attestation_missing",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_) => RefusalKind::Conflict,
            Self::Change(refusal) => refusal.kind(),
            Self::Seat(refusal) => refusal.kind(),
            Self::Place(refusal) => refusal.kind(),
            Self::NotFound => RefusalKind::NotFound,
            Self::Organization(refusal) => refusal.kind(),
            Self::CountryNotOffered(refusal) => refusal.kind(),
            Self::PartnerSuspended(_) => RefusalKind::Forbidden,
            Self::Template { .. }
            | Self::CompanyName
            | Self::Packages(_)
            | Self::LocationMissing(_)
            | Self::AttestationMissing => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) | Self::PartnerSuspended(_) | Self::NotFound => &[],
            Self::Change(refusal) => refusal.rules(),
            Self::Seat(refusal) => refusal.rules(),
            Self::Place(refusal) => refusal.rules(),
            Self::Organization(refusal) => refusal.rules(),
            Self::Template { .. } => &["R34"],
            Self::CompanyName => &["R58"],
            Self::Packages(_) => &["R60"],
            Self::LocationMissing(_) => &["R89"],
            Self::CountryNotOffered(refusal) => refusal.rules(),
            Self::AttestationMissing => &["R59"],
        }
    }

    fn faults(&self) -> Vec<PlacedFault> {
        if let Self::Seat(refusal) = self {
            refusal.faults()
        } else if let Self::Place(refusal) = self {
            refusal.faults()
        } else {
            vec![]
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::Change(refusal) => refusal.remedies(),
            Self::Seat(refusal) => refusal.remedies(),
            Self::Place(refusal) => refusal.remedies(),
            Self::Organization(refusal) => refusal.remedies(),
            Self::PartnerSuspended(_) => &["ask the operator to reactivate the partner"],
            Self::Template { .. } => &["create an onboarding template and name its provisioningId"],
            Self::CompanyName => &["leave the percent sign out of customerInfo.name"],
            Self::Packages(fault) => match fault {
                PackageFault::Empty => &["name at least one package"],
                PackageFault::Duplicate(_) => &["name each package once"],
                PackageFault::BaseMissing(Package::AttendantConsole) => {
                    &["add webex_calling, webex_suite or cx_essentials"]
                }
                PackageFault::BaseMissing(_) => &["add a calling package"],
                PackageFault::LimitWithoutPackage(_) => &["name the package, or leave its limit out"],
                PackageFault::LimitNotAllowed(_) => &["leave its limit out"],
            },
            Self::LocationMissing(_) => {
                &["give calling.location; a new customer has it in provisioningParameters"]
            }
            Self::CountryNotOffered(refusal) => refusal.remedies(),
            Self::AttestationMissing => {
                &["verify that the head office is in a supported place and set attestation to true"]
            }
        }
    }
}
