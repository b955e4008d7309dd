//! Why locations and numbers of a customer are not to be changed so, now.

use crate::ids::{LocationId, SubscriberId};
use crate::limits::{LOCATIONS_MAX, NUMBERS_MAX};
use crate::refusal::{LOOK_AGAIN, PlacedFault, Refusal, RefusalKind};
use crate::values::{Name, PhoneNumber};

/// Why a command about locations or numbers is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceRefusal {
    /// The customer has no such location.
    #[error("the customer has no location {0}")]
    LocationUnknown(LocationId),
    /// The head office stays as long as the customer.
    #[error("location {0} is the head office")]
    HeadOffice(LocationId),
    /// Another location has the name.
    #[error("the name {} is that of location {location_id}", name.as_str())]
    NameTaken {
        /// The name.
        name: Name,
        /// Whose it is.
        location_id: LocationId,
    },
    /// Somebody calls from there, or numbers lie there.
    #[error("location {location_id} is in use: subscribers: {seats}, numbers: {numbers}")]
    LocationInUse {
        /// The location.
        location_id: LocationId,
        /// How many subscribers call from there.
        seats: usize,
        /// How many numbers lie there.
        numbers: usize,
    },
    /// The customer has as many locations as it can have.
    #[error("the customer has {LOCATIONS_MAX} locations besides its head office, the most that it can have")]
    TooManyLocations,
    /// The customer would have more numbers than it can have.
    #[error("a customer has at most {NUMBERS_MAX} numbers")]
    TooManyNumbers,
    /// All that is wrong with a list of numbers, each with its place in it; the first gives the code.
    #[error("{}", .0.iter().map(|(_, fault)| fault.to_string()).collect::<Vec<_>>().join("; "))]
    Numbers(Vec<(usize, NumberFault)>),
}

/// What is wrong with a number of a list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// It is named twice.
    #[error("number {} is named twice", .0.as_str())]
    Twice(PhoneNumber),
    /// Somebody else has it; who, is not said.
    #[error("number {} is another customer's", .0.as_str())]
    Taken(PhoneNumber),
    /// The customer has it, at another location.
    #[error("number {} is the customer's already, not at this location", .0.as_str())]
    Elsewhere(PhoneNumber),
    /// The customer does not have it.
    #[error("number {} is not one of the customer's", .0.as_str())]
    Unknown(PhoneNumber),
    /// A subscriber has it.
    #[error("number {} is assigned to subscriber {holder}", number.as_str())]
    InUse {
        /// The number.
        number: PhoneNumber,
        /// Who has it.
        holder: SubscriberId,
    },
}

impl NumberFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Twice(_) => "number_duplicate",
            Self::Taken(_) => "number_taken",
            Self::Elsewhere(_) => "number_elsewhere",
            Self::Unknown(_) => "number_not_found",
            Self::InUse { .. } => "number_in_use",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::Twice(_) => RefusalKind::Rule,
            Self::Unknown(_) => RefusalKind::NotFound,
            Self::Taken(_) | Self::Elsewhere(_) | Self::InUse { .. } => RefusalKind::Conflict,
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::Twice(_) => &["name each number once"],
            Self::Taken(_) => &["leave these numbers out, or have whoever has them give RemoveNumbers"],
            Self::Elsewhere(_) => &["give RemoveNumbers first"],
            Self::Unknown(_) => &["GET /api/v1/numbers lists the customer's"],
            Self::InUse { .. } => &["give AssignNumber with another number, or RemoveSubscriber, first"],
        }
    }
}

fn first(faults: &[(usize, NumberFault)]) -> &NumberFault {
    faults.first().map(|(_, fault)| fault).expect("a refusal has a reason")
}

impl Refusal for PlaceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::LocationUnknown(_) => "location_not_found",
            Self::HeadOffice(_) => "location_is_head_office",
            Self::NameTaken { .. } => "location_name_taken",
            Self::LocationInUse { .. } => "location_in_use",
            Self::TooManyLocations => "too_many_locations",
            Self::TooManyNumbers => "too_many_numbers",
            Self::Numbers(faults) => first(faults).code(),
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::LocationUnknown(_) => RefusalKind::NotFound,
            Self::NameTaken { .. } | Self::LocationInUse { .. } => RefusalKind::Conflict,
            Self::HeadOffice(_) | Self::TooManyLocations | Self::TooManyNumbers => RefusalKind::Rule,
            Self::Numbers(faults) => first(faults).kind(),
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::HeadOffice(_) => &["R61"],
            Self::LocationUnknown(_)
            | Self::NameTaken { .. }
            | Self::LocationInUse { .. }
            | Self::Numbers(_) => &["R68"],
            Self::TooManyLocations | Self::TooManyNumbers => &[],
        }
    }

    fn faults(&self) -> Vec<PlacedFault> {
        let Self::Numbers(faults) = self else { return vec![] };
        let placed = |(place, fault): &(usize, NumberFault)| PlacedFault {
            pointer: format!("/numbers/{place}"),
            code: fault.code(),
            detail: fault.to_string(),
        };
        faults.iter().map(placed).collect()
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::LocationUnknown(_) => LOOK_AGAIN,
            Self::HeadOffice(_) => &["change it with calling.location of UpdateCustomerOrg"],
            Self::NameTaken { .. } => &["choose another name"],
            Self::LocationInUse { .. } => {
                &["give its subscribers another location, and RemoveNumbers, first"]
            }
            Self::TooManyLocations => &["remove locations that are not needed any more"],
            Self::TooManyNumbers => &["remove numbers that are not needed any more"],
            Self::Numbers(faults) => first(faults).remedies(),
        }
    }
}
