//! Why a seat is not to be had.

use crate::catalogue::Package;
use crate::ids::{LocationId, SubscriberId};
use crate::limits::SEATS_MAX;
use crate::refusal::{LOOK_AGAIN, PlacedFault, Refusal, RefusalKind};
use crate::values::{Extension, PhoneNumber};

/// All that is wrong with a seat, of which there is at least one; the first gives the code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct SeatRefusal(pub Vec<SeatFault>);

/// What is wrong with a seat.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeatFault {
    /// A seat has one base package.
    #[error("a subscriber has one base package, not {0}")]
    BasePackages(usize),
    /// An add-on is named without any package that it works with.
    #[error("package {0} is an add-on and needs a base package of the subscriber")]
    BaseMissing(Package),
    /// Who calls does so from somewhere (R68).
    #[error("package {0} needs a location")]
    LocationMissing(Package),
    /// Who calls can be called (R68).
    #[error("package {0} needs a phone number or an extension")]
    NumberMissing(Package),
    /// The customer has no such location.
    #[error("the customer has no location {0}")]
    LocationUnknown(LocationId),
    /// The customer does not have the package.
    #[error("package {0} is not provisioned for the customer")]
    PackageNotProvisioned(Package),
    /// All that the customer has of a package is assigned.
    #[error("package {package} is limited to {limit}, and {count} are in use")]
    LimitReached {
        /// The package.
        package: Package,
        /// How often it may be assigned.
        limit: u32,
        /// How often it is.
        count: u32,
    },
    /// The number is not one of the customer's.
    #[error("number {} is not one of the customer's", .0.as_str())]
    NumberUnknown(PhoneNumber),
    /// The number lies at another location.
    #[error("number {} lies at location {location}", number.as_str())]
    NumberElsewhere {
        /// The number.
        number: PhoneNumber,
        /// Where it lies.
        location: LocationId,
    },
    /// Another subscriber has the number.
    #[error("number {} is assigned to subscriber {holder}", number.as_str())]
    NumberInUse {
        /// The number.
        number: PhoneNumber,
        /// Who has it.
        holder: SubscriberId,
    },
    /// Another subscriber of the location has the extension.
    #[error("extension {} is assigned to subscriber {holder} of the location", extension.as_str())]
    ExtensionTaken {
        /// The extension.
        extension: Extension,
        /// Who has it.
        holder: SubscriberId,
    },
    /// The subscriber has another seat.
    #[error("subscriber {0} has a seat already")]
    Seated(SubscriberId),
    /// The subscriber has no seat.
    #[error("subscriber {0} has no seat")]
    NotSeated(SubscriberId),
    /// The customer has as many seats as it can have.
    #[error("the customer has {SEATS_MAX} subscribers, the most that it can have")]
    TooMany,
}

impl SeatFault {
    fn code(&self) -> &'static str {
        match self {
            Self::BasePackages(_) => "one_base_package",
            Self::BaseMissing(_) => "package_base_missing",
            Self::LocationMissing(_) => "location_missing",
            Self::NumberMissing(_) => "number_or_extension_missing",
            Self::LocationUnknown(_) => "location_not_found",
            Self::PackageNotProvisioned(_) => "package_not_provisioned",
            Self::LimitReached { .. } => "limit_reached",
            Self::NumberUnknown(_) => "number_not_found",
            Self::NumberElsewhere { .. } => "number_elsewhere",
            Self::NumberInUse { .. } => "number_in_use",
            Self::ExtensionTaken { .. } => "extension_taken",
            Self::Seated(_) => "seat_taken",
            Self::NotSeated(_) => "seat_missing",
            Self::TooMany => "too_many_subscribers",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::BasePackages(_)
            | Self::BaseMissing(_)
            | Self::LocationMissing(_)
            | Self::NumberMissing(_)
            | Self::TooMany => RefusalKind::Rule,
            Self::LocationUnknown(_) | Self::NumberUnknown(_) => RefusalKind::NotFound,
            Self::PackageNotProvisioned(_)
            | Self::LimitReached { .. }
            | Self::NumberElsewhere { .. }
            | Self::NumberInUse { .. }
            | Self::ExtensionTaken { .. }
            | Self::Seated(_)
            | Self::NotSeated(_) => RefusalKind::Conflict,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::BasePackages(_) | Self::BaseMissing(_) => &["R67"],
            Self::PackageNotProvisioned(_) | Self::LimitReached { .. } => &["R60"],
            Self::LocationMissing(_)
            | Self::NumberMissing(_)
            | Self::LocationUnknown(_)
            | Self::NumberUnknown(_)
            | Self::NumberElsewhere { .. }
            | Self::NumberInUse { .. }
            | Self::ExtensionTaken { .. } => &["R68"],
            Self::Seated(_) | Self::NotSeated(_) | Self::TooMany => &[],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::BasePackages(_) => &["name one base package, and its add-ons"],
            Self::BaseMissing(_) => {
                &["name a base package that the add-on works with, or leave the add-on out"]
            }
            Self::LocationMissing(_) => &["give locationId; GET /api/v1/locations lists the customer's"],
            Self::NumberMissing(_) => &["give phoneNumber or extension"],
            Self::LocationUnknown(_) => &["GET /api/v1/locations lists the customer's", "give AddLocation"],
            Self::PackageNotProvisioned(_) => {
                &["give UpdateCustomerOrg with the package, or wait until it is provisioned"]
            }
            Self::LimitReached { .. } => {
                &["raise the limit with UpdateCustomerOrg", "take the package from another subscriber first"]
            }
            Self::NumberUnknown(_) => &["give AddNumbers", "GET /api/v1/numbers lists the customer's"],
            Self::NumberElsewhere { .. } => &["name the number's location, or another number"],
            Self::NumberInUse { .. } => &["GET /api/v1/numbers?state=free lists those that are free"],
            Self::ExtensionTaken { .. } => &["choose another extension"],
            Self::Seated(_) => &["give ChangeSubscriberPackages or AssignNumber"],
            Self::NotSeated(_) => LOOK_AGAIN,
            Self::TooMany => &["remove subscribers that are not needed any more"],
        }
    }
}

impl SeatFault {
    /// Where in the command of the subscriber it is.
    fn pointer(&self) -> &'static str {
        match self {
            Self::BasePackages(_)
            | Self::BaseMissing(_)
            | Self::PackageNotProvisioned(_)
            | Self::LimitReached { .. } => "/packages",
            Self::LocationMissing(_) | Self::LocationUnknown(_) => "/locationId",
            Self::NumberMissing(_)
            | Self::NumberUnknown(_)
            | Self::NumberElsewhere { .. }
            | Self::NumberInUse { .. } => "/phoneNumber",
            Self::ExtensionTaken { .. } => "/extension",
            Self::Seated(_) | Self::NotSeated(_) | Self::TooMany => "",
        }
    }
}

impl SeatRefusal {
    fn first(&self) -> &SeatFault {
        self.0.first().expect("a refusal has a reason")
    }
}

impl Refusal for SeatRefusal {
    fn code(&self) -> &'static str {
        self.first().code()
    }

    fn kind(&self) -> RefusalKind {
        self.first().kind()
    }

    fn rules(&self) -> &'static [&'static str] {
        self.first().rules()
    }

    fn faults(&self) -> Vec<PlacedFault> {
        let placed = |fault: &SeatFault| PlacedFault {
            pointer: fault.pointer().to_owned(),
            code: fault.code(),
            detail: fault.to_string(),
        };
        self.0.iter().map(placed).collect()
    }

    fn remedies(&self) -> &'static [&'static str] {
        self.first().remedies()
    }
}
