//! The telephone numbers of customers, and who has them (R68).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{CustomerEvent, Seat};
use tenantry_domain::ids::{CustomerId, LocationId, SubscriberId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::PhoneNumber;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the number.
#[derive(Debug)]
pub struct Numbers;

/// A telephone number of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumberRow {
    /// The number, E.164.
    pub number: PhoneNumber,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The location that it lies at, if it lies at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// Whether somebody has it.
    pub state: NumberState,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscriber_id: Option<SubscriberId>,
    /// When it was added.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it last changed.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: i64,
}

/// Whether somebody has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NumberState {
    /// It can be assigned.
    Free,
    /// A subscriber has it.
    Assigned,
}

impl PersonalSlots for NumberRow {}

impl NumberRow {
    fn assign(&mut self, holder: Option<SubscriberId>) {
        self.state = if holder.is_some() { NumberState::Assigned } else { NumberState::Free };
        self.subscriber_id = holder;
    }
}

/// What an event says of numbers.
enum Said {
    /// A customer has more.
    Added(CustomerId, Vec<PhoneNumber>, Option<LocationId>),
    /// Some are nobody's any more.
    Gone(Vec<PhoneNumber>),
    /// Seats before and now, of which each may have one.
    Seats(Vec<Seat>, Option<Box<Seat>>),
}

impl Said {
    fn of(event: CustomerEvent) -> Option<Self> {
        if let CustomerEvent::NumbersAdded(body) = event {
            Some(Self::Added(body.customer_id, body.numbers, body.location_id))
        } else if let CustomerEvent::NumbersRemoved(body) = event {
            Some(Self::Gone(body.numbers))
        } else if let CustomerEvent::Removed(body) = event {
            Some(Self::Gone(body.numbers))
        } else if let CustomerEvent::SeatTaken(body) = event {
            Some(Self::Seats(vec![], Some(Box::new(body.seat))))
        } else if let CustomerEvent::SeatChanged(body) = event {
            Some(Self::Seats(vec![body.before], Some(Box::new(body.seat))))
        } else if let CustomerEvent::SeatReleased(body) = event {
            Some(Self::Seats(vec![body.seat], None))
        } else {
            None
        }
    }

    fn numbers(self) -> Vec<PhoneNumber> {
        match self {
            Self::Added(_, numbers, _) | Self::Gone(numbers) => numbers,
            Self::Seats(before, now) => {
                let seats = before.into_iter().chain(now.map(|seat| *seat));
                seats.filter_map(|seat| seat.phone_number).collect()
            }
        }
    }
}

impl View for Numbers {
    const NAME: &'static str = "numbers";
    const EVENTS: &'static [&'static str] = &[
        "customer.numbers_added",
        "customer.numbers_removed",
        "customer.seat_taken",
        "customer.seat_changed",
        "customer.seat_released",
        "customer.removed",
    ];
    type Row = NumberRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let mut numbers = Said::of(event.event()?).map(Said::numbers).unwrap_or_default();
        numbers.sort_unstable();
        numbers.dedup();
        let key = |number: PhoneNumber| RowKey { tenant_id: event.tenant_id, key: number.into() };
        Ok(numbers.into_iter().map(key).collect())
    }

    fn fold(
        key: &RowKey,
        row: Option<NumberRow>,
        recorded: &Recorded,
    ) -> Result<Option<NumberRow>, FoldError> {
        let at = recorded.recorded_at;
        match Said::of(recorded.event()?) {
            None => Ok(row),
            Some(Said::Gone(_)) => Ok(None),
            Some(Said::Added(customer_id, _, location_id)) => {
                let number =
                    key.key.parse().map_err(|error| recorded.error(format!("{}: {error}", key.key)))?;
                let (state, subscriber_id) = (NumberState::Free, None);
                let (created_at, updated_at) = (at, at);
                Ok(Some(NumberRow {
                    number,
                    customer_id,
                    location_id,
                    state,
                    subscriber_id,
                    created_at,
                    updated_at,
                }))
            }
            Some(Said::Seats(_, now)) => {
                let mut row = row.ok_or_else(|| recorded.row_missing())?;
                let holder = now.filter(|seat| seat.phone_number.as_ref() == Some(&row.number));
                row.assign(holder.map(|seat| seat.subscriber_id));
                row.updated_at = at;
                Ok(Some(row))
            }
        }
    }
}
