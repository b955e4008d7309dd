//! The erasure of a person, which every view folds in the same way: whatever holds values of the person loses them.

use tenantry_domain::ids::PersonId;
use tenantry_domain::personal::PersonalSlots;

use crate::recorded::{FoldError, Recorded};

/// The event with which a person's keys went.
pub const ERASED: &str = "person.erased";

/// Tells whether an event erases a person.
pub fn is_erasure(event: &Recorded) -> bool {
    event.event_type == ERASED
}

/// Returns the person whom an event erases, if it does.
pub fn erased_person(event: &Recorded) -> Result<Option<PersonId>, FoldError> {
    if !is_erasure(event) {
        return Ok(None);
    }
    let person = event.aggregate_id.parse().map_err(|_| event.error("it names no person"))?;
    Ok(Some(person))
}

/// Erases every value of a person in a row.
pub fn erase(row: &mut impl PersonalSlots, person: PersonId) {
    row.visit_slots(&mut |slot| slot.erase(person));
}
