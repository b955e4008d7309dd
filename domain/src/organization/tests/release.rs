use cqrs_es::Aggregate;
use uuid::Uuid;

use super::super::{
    AttachCommand, AttachRef, CustomerReleased, Grant, GrantGiven, GrantRevoked, License, LicenseSet,
    LicenseState, Organization, OrganizationAttached, OrganizationCommand, OrganizationCreated,
    OrganizationEvent,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use crate::stream::Decide;

fn id() -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(1))
}

fn partner(n: u128) -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(n))
}

fn customer(n: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(n))
}

/// An organization that was created for one partner and attached by another, each with a license.
fn shared(grant_of: Option<CustomerId>) -> Organization {
    let (name, country) = ("Example Works".parse().expect("is a name"), "SE".parse().expect("is a country"));
    let (created_by, customer_id) = (partner(2), Some(customer(3)));
    let attach = AttachRef {
        organization_id: id(),
        customer_id: customer(5),
        partner_id: partner(4),
        operation_id: OperationId::from_uuid(Uuid::from_u128(6)),
    };
    let license = |customer_id| -> OrganizationEvent {
        let (package, license_id) = (Package::WebexCalling, "lic-1".to_owned());
        let (state, quantity) = (LicenseState::Active, None);
        LicenseSet { organization_id: id(), package, customer_id, state, quantity, license_id }.into()
    };
    let attached = OrganizationAttached {
        attach,
        name: "Example Works".parse().expect("is a name"),
        licenses: 1,
        authentication: None,
        basic_branding: false,
    };
    let grant = GrantGiven {
        organization_id: id(),
        partner_id: partner(4),
        grant: Grant::ProvisioningAdmin,
        customer_id: grant_of,
    };
    let created = OrganizationCreated {
        organization_id: id(),
        name,
        country,
        language: None,
        created_by,
        customer_id,
        authentication: None,
    };
    let mut organization = Organization::default();
    let events = [
        created.into(),
        license(customer_id),
        attached.into(),
        grant.into(),
        license(Some(customer(5))),
        license(None),
    ];
    for event in events {
        organization.apply(event);
    }
    organization
}

fn release(
    organization: &mut Organization,
    customer_id: CustomerId,
    partner_id: PartnerId,
) -> Vec<OrganizationEvent> {
    let command = OrganizationCommand::Release { customer_id, partner_id };
    let events = organization.decide(command).expect("is never refused");
    for event in events.clone() {
        organization.apply(event);
    }
    events
}

#[test]
fn a_released_customer_takes_its_license_and_its_access_along_and_nobody_elses() {
    let mut organization = shared(Some(customer(5)));
    let events = release(&mut organization, customer(5), partner(4));
    let revoked = GrantRevoked { organization_id: id(), partner_id: partner(4) };
    let released =
        CustomerReleased { organization_id: id(), partner_id: partner(4), customer_id: customer(5) };
    assert_eq!(events[1..], [revoked.into(), released.into()]);
    let created = organization.created.as_ref().expect("exists");
    let active = created.licenses.iter().filter(|license| license.state == LicenseState::Active);
    assert_eq!(active.map(|license| license.customer_id).collect::<Vec<_>>(), [Some(customer(3)), None]);
    assert_eq!(release(&mut organization, customer(5), partner(4)), [], "again it changes nothing");
}

#[test]
fn access_of_an_older_store_goes_with_the_attach_that_it_followed() {
    let mut organization = shared(None);
    release(&mut organization, customer(5), partner(4));
    assert_eq!(organization.created.expect("exists").grant_of(partner(4)), Grant::None);
}

#[test]
fn access_that_an_administrator_gave_outlives_the_customer() {
    let mut organization = shared(Some(customer(5)));
    let (partner_id, now_us) = (partner(4), 0);
    let given = AttachCommand::AddExternalAdmin { partner_id, now_us };
    for event in organization.decide(given.into()).expect("is allowed") {
        organization.apply(event);
    }
    release(&mut organization, customer(5), partner(4));
    assert_eq!(organization.created.expect("exists").grant_of(partner(4)), Grant::FullAdmin);
}

#[test]
fn d19_an_organization_is_not_managed_by_the_partner_that_gave_it_back() {
    let mut organization = shared(Some(customer(5)));
    release(&mut organization, customer(5), partner(4));
    let managed = |organization: &Organization| {
        organization.created.as_ref().expect("exists").is_managed_besides(partner(7))
    };
    assert!(managed(&organization), "the partner for which it was created has it still");
    release(&mut organization, customer(3), partner(2));
    assert!(!managed(&organization));
}

#[test]
fn an_organization_that_never_came_to_be_is_released_without_a_word() {
    assert_eq!(release(&mut Organization::default(), customer(5), partner(4)), []);
}

#[test]
fn a_license_that_is_suspended_stays_so_when_its_units_change() {
    let mut organization = shared(Some(customer(5)));
    let license = |state, quantity| License {
        package: Package::WebexCalling,
        customer_id: Some(customer(5)),
        state,
        quantity,
        license_id: "lic-1".to_owned(),
    };
    let commands = [
        OrganizationCommand::SetLicense(license(LicenseState::Suspended, None)),
        OrganizationCommand::ProvisionLicense(license(LicenseState::Active, Some(9))),
    ];
    for command in commands {
        for event in organization.decide(command).expect("is allowed") {
            organization.apply(event);
        }
    }
    let created = organization.created.expect("exists");
    assert!(created.licenses.contains(&license(LicenseState::Suspended, Some(9))));
}
