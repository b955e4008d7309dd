//! A seat: what a customer must know of a subscriber to keep its limits, its numbers and its extensions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{CustomerId, LocationId, OrganizationId, SubscriberId};
use crate::personal::PersonalSlots;
use crate::values::{Extension, PhoneNumber};

/// What a subscriber holds of its customer. Nothing of it is personal: the number belongs to the customer's pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Seat {
    /// The subscriber.
    pub subscriber_id: SubscriberId,
    /// One base package and its add-ons.
    pub packages: BTreeSet<Package>,
    /// Where the subscriber calls from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// The number of the customer's pool that the subscriber is called by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<PhoneNumber>,
    /// The short number that the subscriber is called by inside the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

impl Seat {
    /// Tells whether its subscriber makes calls.
    pub fn is_calling(&self) -> bool {
        self.packages.iter().any(|package| package.is_calling())
    }

    /// Returns the seat as it is kept: without a place and numbers where nobody calls (R68).
    #[must_use]
    pub fn kept(mut self) -> Self {
        if !self.is_calling() {
            (self.location_id, self.phone_number, self.extension) = (None, None, None);
        }
        self
    }
}

/// A subscriber has a seat at the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatTaken {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The seat.
    pub seat: Seat,
}

/// A subscriber has another seat at the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatChanged {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The seat from now on.
    pub seat: Seat,
    /// The seat before.
    pub before: Seat,
}

/// A subscriber has no seat at the customer any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SeatReleased {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The seat that is free.
    pub seat: Seat,
}

impl PersonalSlots for SeatTaken {}
impl PersonalSlots for SeatChanged {}
impl PersonalSlots for SeatReleased {}
