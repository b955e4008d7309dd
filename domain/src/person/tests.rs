use cqrs_es::test::TestFramework;
use uuid::Uuid;

use super::{ErasureOrdered, KnownPerson, Person, PersonCommand, PersonErased, PersonEvent, PersonRefusal};
use crate::ids::{PartnerId, PersonId};
use crate::tenant::TenantId;

fn person_id() -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(1))
}

fn tenant() -> TenantId {
    PartnerId::from_uuid(Uuid::from_u128(2)).into()
}

fn erase(known: bool) -> PersonCommand {
    PersonCommand::Erase { person: KnownPerson { tenant_id: tenant(), person_id: person_id() }, known }
}

fn erased() -> PersonEvent {
    PersonErased { tenant_id: tenant(), person_id: person_id() }.into()
}

fn persons() -> Vec<KnownPerson> {
    vec![KnownPerson { tenant_id: tenant(), person_id: PersonId::from_uuid(Uuid::from_u128(3)) }]
}

fn order(persons: Vec<KnownPerson>) -> PersonCommand {
    PersonCommand::Order { person_id: person_id(), persons }
}

fn ordered() -> PersonEvent {
    ErasureOrdered { person_id: person_id(), persons: persons() }.into()
}

#[test]
fn a_person_is_erased() {
    TestFramework::<Person>::with(())
        .given_no_previous_events()
        .when(erase(true))
        .then_expect_events(vec![erased()]);
}

#[test]
fn a_second_erasure_changes_nothing_though_the_key_is_gone() {
    TestFramework::<Person>::with(()).given(vec![erased()]).when(erase(false)).then_expect_events(vec![]);
}

#[test]
fn a_stranger_to_the_tenant_is_not_erased() {
    TestFramework::<Person>::with(())
        .given_no_previous_events()
        .when(erase(false))
        .then_expect_error(PersonRefusal::NotFound);
}

#[test]
fn an_order_names_the_person_in_every_tenant() {
    TestFramework::<Person>::with(())
        .given_no_previous_events()
        .when(order(persons()))
        .then_expect_events(vec![ordered()]);
}

#[test]
fn an_order_is_given_once() {
    TestFramework::<Person>::with(())
        .given(vec![ordered()])
        .when(order(persons()))
        .then_expect_events(vec![]);
}

#[test]
fn an_order_for_nobody_is_refused() {
    TestFramework::<Person>::with(())
        .given_no_previous_events()
        .when(order(vec![]))
        .then_expect_error(PersonRefusal::NotFound);
}
