//! Sentences about the locations, numbers and seats of customers.

use tenantry_domain::customer::{Seat, SeatChanged, SeatReleased, SeatTaken};
use tenantry_domain::values::PhoneNumber;

/// How many numbers a sentence names.
const NAMED_MAX: usize = 5;

/// Names the first numbers, and says how many more there are.
fn some(numbers: &[PhoneNumber]) -> String {
    let named: Vec<&str> = numbers.iter().take(NAMED_MAX).map(PhoneNumber::as_str).collect();
    match numbers.len().saturating_sub(NAMED_MAX) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

pub(super) fn numbers_added(numbers: &[PhoneNumber]) -> String {
    format!("Numbers were added: {}.", some(numbers))
}

pub(super) fn numbers_removed(numbers: &[PhoneNumber]) -> String {
    format!("Numbers were removed: {}.", some(numbers))
}

fn packages(seat: &Seat) -> String {
    seat.packages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The number is the pool's, and so may be named.
fn reached(seat: &Seat) -> String {
    let number = seat.phone_number.as_ref().map(|number| format!(", number {}", number.as_str()));
    let extension = seat.extension.as_ref().map(|extension| format!(", extension {}", extension.as_str()));
    [number, extension].into_iter().flatten().collect()
}

pub(super) fn seat_taken(body: &SeatTaken) -> String {
    let seat = &body.seat;
    format!("Subscriber {} has a seat with {}{}.", seat.subscriber_id, packages(seat), reached(seat))
}

pub(super) fn seat_changed(body: &SeatChanged) -> String {
    let seat = &body.seat;
    format!(
        "The seat of subscriber {} is one with {}{} now.",
        seat.subscriber_id,
        packages(seat),
        reached(seat)
    )
}

pub(super) fn seat_released(body: &SeatReleased) -> String {
    format!("Subscriber {} has no seat any more.", body.seat.subscriber_id)
}
