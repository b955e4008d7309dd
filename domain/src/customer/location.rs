//! The places that a customer's people call from (R61, R63, R68): the head office, and others.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decide::Decision;
use super::{
    Asker, CallingLocation, ChangeRefusal, Customer, CustomerRefusal, OfferedCountries, PlaceRefusal,
    Requested,
};
use crate::ids::{CustomerId, LocationId, OrganizationId};
use crate::limits::LOCATIONS_MAX;
use crate::personal::PersonalSlots;
use crate::values::{Address, ExternalId, Language, Name, TimeZone};

/// Adds a place to call from. The first of a customer that has none is its head office.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddLocation {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its name, for example that of the office; unique within the customer.
    pub name: Name,
    /// Its address, in a country where the service is offered.
    pub address: Address,
    /// Its time zone.
    pub timezone: TimeZone,
    /// Language of mails and announcements.
    pub language: Language,
    /// What emergency services find it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_location_identifier: Option<ExternalId>,
}

/// Removes a place to call from at which nobody calls and no number lies.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveLocation {
    /// The customer.
    pub customer_id: CustomerId,
    /// The location; not the head office.
    pub location_id: LocationId,
}

/// A request for a place, with the facts it needs.
#[derive(Debug, Clone)]
pub struct AddPlace {
    /// The ID that it gets: that of the head office just if the customer has none.
    pub location_id: LocationId,
    /// The place.
    pub location: CallingLocation,
    /// Who asks, and how.
    pub asker: Asker,
    /// Where the service is offered.
    pub offered: OfferedCountries,
}

/// A customer has a place to call from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LocationAdded {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The ID of the place.
    pub location_id: LocationId,
    /// The place.
    pub location: CallingLocation,
}

/// A customer does not have a place any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LocationRemoved {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The place.
    pub location_id: LocationId,
}

impl PersonalSlots for LocationAdded {}
impl PersonalSlots for LocationRemoved {}

impl From<&AddLocation> for CallingLocation {
    fn from(request: &AddLocation) -> Self {
        Self {
            name: request.name.clone(),
            address: request.address.clone(),
            timezone: request.timezone.clone(),
            language: request.language.clone(),
            emergency_location_identifier: request.emergency_location_identifier.clone(),
        }
    }
}

impl Requested {
    /// Returns the ID that the next place gets: that of the head office where there is none, else the fresh one.
    pub fn next_location_id(&self, fresh: LocationId) -> LocationId {
        if self.location.is_none() { LocationId::of_head_office(self.id) } else { fresh }
    }

    /// Refuses a name that another of its places has.
    pub(super) fn check_location_name(&self, id: LocationId, name: &Name) -> Result<(), PlaceRefusal> {
        let has_name = |other: &LocationId| {
            *other != id && self.location(*other).is_some_and(|location| location.name == *name)
        };
        match self.location_ids().find(has_name) {
            Some(location_id) => Err(PlaceRefusal::NameTaken { name: name.clone(), location_id }),
            None => Ok(()),
        }
    }

    fn may_lose_location(&self, id: LocationId) -> Result<(), PlaceRefusal> {
        if self.location(id).is_none() {
            return Err(PlaceRefusal::LocationUnknown(id));
        }
        if id == LocationId::of_head_office(self.id) {
            return Err(PlaceRefusal::HeadOffice(id));
        }
        let seats = self.places.seats.values().filter(|seat| seat.location_id == Some(id)).count();
        let numbers = self.places.numbers.values().filter(|lies_at| **lies_at == Some(id)).count();
        if seats + numbers > 0 {
            return Err(PlaceRefusal::LocationInUse { location_id: id, seats, numbers });
        }
        Ok(())
    }
}

impl Customer {
    /// The customer, if its partner may give it places and numbers now.
    pub(super) fn may_have_places(&self, asker: Asker) -> Result<&Requested, CustomerRefusal> {
        let requested = self.existing()?;
        if !asker.partner_active {
            return Err(CustomerRefusal::PartnerSuspended(requested.partner_id));
        }
        requested.check_channel(asker)?;
        requested.may_be_peopled()?;
        Ok(requested)
    }

    /// The customer, if it can lose that place now.
    pub(super) fn may_be_without(
        &self,
        location_id: LocationId,
        asker: Asker,
    ) -> Result<&Requested, CustomerRefusal> {
        let requested = self.may_have_places(asker)?;
        requested.may_lose_location(location_id)?;
        Ok(requested)
    }

    pub(super) fn add_location(&self, request: AddPlace) -> Decision {
        let AddPlace { location_id, location, asker, offered } = request;
        let requested = self.may_have_places(asker)?;
        // R64: as for the head office.
        offered.check(None, Some(&location))?;
        requested.check_location_name(location_id, &location.name)?;
        if requested.places.locations.len() >= LOCATIONS_MAX {
            return Err(PlaceRefusal::TooManyLocations.into());
        }
        let head_office = LocationId::of_head_office(requested.id);
        if requested.location.is_none() != (location_id == head_office) {
            return Err(ChangeRefusal::ChangedMeanwhile(requested.id).into());
        }
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        Ok(vec![Box::new(LocationAdded { customer_id, organization_id, location_id, location }).into()])
    }

    pub(super) fn remove_location(&self, location_id: LocationId, asker: Asker) -> Decision {
        let requested = self.may_be_without(location_id, asker)?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        Ok(vec![LocationRemoved { customer_id, organization_id, location_id }.into()])
    }
}
