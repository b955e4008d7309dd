//! Where a customer's people call from, by which numbers, and who they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CallingLocation, LocationAdded, Requested, Seat};
use crate::catalogue::Package;
use crate::ids::{CustomerId, LocationId, SubscriberId};
use crate::values::PhoneNumber;

/// The locations, numbers and seats of a customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Places {
    /// Its locations besides the head office.
    pub locations: BTreeMap<LocationId, CallingLocation>,
    /// Its numbers, each with the location that it lies at, if it lies at one.
    pub numbers: BTreeMap<PhoneNumber, Option<LocationId>>,
    /// Its seats, by their subscribers.
    pub seats: BTreeMap<SubscriberId, Seat>,
}

impl LocationId {
    /// Returns the ID of a customer's head office, which follows from the customer's.
    pub fn of_head_office(customer_id: CustomerId) -> Self {
        Self::from_uuid(customer_id.uuid())
    }
}

impl Places {
    pub(super) fn seat(&mut self, seat: Seat) {
        self.seats.insert(seat.subscriber_id, seat);
    }

    pub(super) fn unseat(&mut self, subscriber_id: SubscriberId) {
        self.seats.remove(&subscriber_id);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns who has a number.
    pub fn holder(&self, number: &PhoneNumber) -> Option<SubscriberId> {
        let has = |seat: &&Seat| seat.phone_number.as_ref() == Some(number);
        self.seats.values().find(has).map(|seat| seat.subscriber_id)
    }
}

impl Requested {
    pub(super) fn add_location(&mut self, event: LocationAdded) {
        if event.location_id == LocationId::of_head_office(self.id) {
            self.location = Some(event.location);
        } else {
            self.places.locations.insert(event.location_id, event.location);
        }
    }

    /// Returns one of its locations; the first is its head office.
    pub fn location(&self, id: LocationId) -> Option<&CallingLocation> {
        let head_office = self.location.as_ref().filter(|_| id == LocationId::of_head_office(self.id));
        head_office.or_else(|| self.places.locations.get(&id))
    }

    /// Lists the IDs of its locations, the head office first.
    pub fn location_ids(&self) -> impl Iterator<Item = LocationId> {
        let head_office = self.location.as_ref().map(|_| LocationId::of_head_office(self.id));
        head_office.into_iter().chain(self.places.locations.keys().copied())
    }

    /// Returns how many seats have a package.
    pub fn in_use(&self, package: Package) -> u32 {
        let count = self.places.seats.values().filter(|seat| seat.packages.contains(&package)).count();
        u32::try_from(count).expect("a customer has fewer seats than a number can count")
    }
}
