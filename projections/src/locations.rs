//! The places that customers' people call from (R61, R68).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{AttachAnswer, CallingLocation, CustomerEvent};
use tenantry_domain::ids::{CustomerId, LocationId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{Address, ExternalId, Language, Name, TimeZone};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the location's ID.
#[derive(Debug)]
pub struct Locations;

/// A place to call from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LocationRow {
    /// Its ID.
    pub id: LocationId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Its name.
    pub name: Name,
    /// Its address.
    pub address: Address,
    /// Its time zone.
    pub timezone: TimeZone,
    /// Language of mails and announcements.
    pub language: Language,
    /// What emergency services find it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_location_identifier: Option<ExternalId>,
    /// Whether it is the head office, which stays as long as the customer.
    pub head_office: bool,
    /// When it was added.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
}

impl PersonalSlots for LocationRow {}

impl LocationRow {
    fn new((id, customer_id): (LocationId, CustomerId), location: CallingLocation, at: i64) -> Self {
        Self {
            id,
            customer_id,
            name: location.name,
            address: location.address,
            timezone: location.timezone,
            language: location.language,
            emergency_location_identifier: location.emergency_location_identifier,
            head_office: id == LocationId::of_head_office(customer_id),
            created_at: at,
            updated_at: at,
        }
    }
}

/// What an event says of locations.
enum Said {
    /// A place is like this.
    Is(LocationId, CustomerId, Box<CallingLocation>),
    /// Places are gone.
    Gone(Vec<LocationId>),
}

/// The head office comes with the events that say where it is; no event is about it alone.
fn said(event: CustomerEvent) -> Option<Said> {
    let head_office = |customer_id, location: Option<CallingLocation>| {
        let id = LocationId::of_head_office(customer_id);
        location.map(|location| Said::Is(id, customer_id, Box::new(location)))
    };
    if let CustomerEvent::OrgRequested(body) = event {
        head_office(body.customer_id, body.location)
    } else if let CustomerEvent::AttachRequested(body) = event {
        head_office(body.customer_id, body.location)
    } else if let CustomerEvent::UpdateRequested(body) = event {
        head_office(body.customer_id, body.location)
    } else if let CustomerEvent::LocationAdded(body) = event {
        Some(Said::Is(body.location_id, body.customer_id, Box::new(body.location)))
    } else if let CustomerEvent::LocationRemoved(body) = event {
        Some(Said::Gone(vec![body.location_id]))
    } else if let CustomerEvent::Removed(body) = event {
        let mut gone = body.location_ids;
        gone.push(LocationId::of_head_office(body.customer_id));
        Some(Said::Gone(gone))
    } else if let CustomerEvent::AttachAnswered(body) = event {
        let gone = vec![LocationId::of_head_office(body.customer_id)];
        (body.answer == AttachAnswer::Withdrawn).then_some(Said::Gone(gone))
    } else {
        None
    }
}

impl View for Locations {
    const NAME: &'static str = "locations";
    const EVENTS: &'static [&'static str] = &[
        "customer.org_requested",
        "customer.attach_requested",
        "customer.attach_answered",
        "customer.update_requested",
        "customer.location_added",
        "customer.location_removed",
        "customer.removed",
    ];
    type Row = LocationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let mut ids = match said(event.event()?) {
            Some(Said::Is(id, ..)) => vec![id],
            Some(Said::Gone(ids)) => ids,
            None => vec![],
        };
        ids.sort_unstable();
        ids.dedup();
        let key = |id: LocationId| RowKey { tenant_id: event.tenant_id, key: id.to_string() };
        Ok(ids.into_iter().map(key).collect())
    }

    fn fold(
        _: &RowKey,
        row: Option<LocationRow>,
        recorded: &Recorded,
    ) -> Result<Option<LocationRow>, FoldError> {
        let Some(Said::Is(id, customer_id, location)) = said(recorded.event()?) else { return Ok(None) };
        let mut new = LocationRow::new((id, customer_id), *location, recorded.recorded_at);
        if let Some(known) = row {
            // An update names the head office again, whether it changes it or not.
            new.created_at = known.created_at;
            let same = LocationRow { updated_at: known.updated_at, ..new.clone() } == known;
            new.updated_at = if same { known.updated_at } else { new.updated_at };
        }
        Ok(Some(new))
    }
}
