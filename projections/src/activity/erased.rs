//! Sentences about people, without anything about them.

use tenantry_domain::person::PersonEvent;

pub(super) fn person(event: PersonEvent) -> String {
    match event {
        PersonEvent::Erased(body) => format!("Person {} was erased.", body.person_id),
        PersonEvent::ErasureOrdered(body) => {
            format!("The erasure of a person was ordered in {} tenants.", body.persons.len())
        }
    }
}
