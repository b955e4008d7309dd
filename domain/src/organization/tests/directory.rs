use cqrs_es::test::TestFramework;
use uuid::Uuid;

use super::super::{
    Create, License, LicenseSet, LicenseState, Organization, OrganizationCommand, OrganizationCreated,
    OrganizationEvent, OrganizationRefusal,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId, PartnerId};

fn id() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(1))
}

fn partner() -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(2))
}

fn customer() -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(3))
}

fn create(name: &str) -> OrganizationCommand {
    OrganizationCommand::Create(Box::new(Create {
        id: id(),
        name: name.parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        language: None,
        created_by: partner(),
        customer_id: customer(),
        authentication: None,
    }))
}

fn created() -> OrganizationEvent {
    OrganizationCreated {
        organization_id: id(),
        name: "Example Retail".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        language: None,
        created_by: partner(),
        customer_id: Some(customer()),
        authentication: None,
    }
    .into()
}

fn set_license(state: LicenseState) -> OrganizationCommand {
    let license_id = "lic-1".to_owned();
    let (package, customer_id) = (Package::WebexCalling, Some(customer()));
    OrganizationCommand::SetLicense(License { package, customer_id, state, quantity: Some(25), license_id })
}

fn license_set(state: LicenseState) -> OrganizationEvent {
    LicenseSet {
        organization_id: id(),
        package: Package::WebexCalling,
        customer_id: Some(customer()),
        state,
        quantity: Some(25),
        license_id: "lic-1".to_owned(),
    }
    .into()
}

#[test]
fn an_organization_is_created() {
    TestFramework::<Organization>::with(())
        .given_no_previous_events()
        .when(create("Example Retail"))
        .then_expect_events(vec![created()]);
}

#[test]
fn creating_the_same_organization_again_changes_nothing() {
    TestFramework::<Organization>::with(())
        .given(vec![created(), license_set(LicenseState::Active)])
        .when(create("Example Retail"))
        .then_expect_events(vec![]);
}

#[test]
fn an_organization_is_not_created_over_another() {
    TestFramework::<Organization>::with(())
        .given(vec![created()])
        .when(create("Another Retail"))
        .then_expect_error(OrganizationRefusal::AlreadyExists(id()));
}

#[test]
fn a_license_is_set() {
    TestFramework::<Organization>::with(())
        .given(vec![created()])
        .when(set_license(LicenseState::Active))
        .then_expect_events(vec![license_set(LicenseState::Active)]);
}

#[test]
fn setting_the_same_license_again_changes_nothing() {
    TestFramework::<Organization>::with(())
        .given(vec![created(), license_set(LicenseState::Active)])
        .when(set_license(LicenseState::Active))
        .then_expect_events(vec![]);
}

#[test]
fn a_license_changes_its_state() {
    TestFramework::<Organization>::with(())
        .given(vec![created(), license_set(LicenseState::Active)])
        .when(set_license(LicenseState::Suspended))
        .then_expect_events(vec![license_set(LicenseState::Suspended)]);
}

#[test]
fn a_license_needs_an_organization() {
    TestFramework::<Organization>::with(())
        .given_no_previous_events()
        .when(set_license(LicenseState::Active))
        .then_expect_error(OrganizationRefusal::NotFound);
}
