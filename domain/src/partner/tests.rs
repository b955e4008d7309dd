use cqrs_es::test::TestFramework;
use uuid::Uuid;

use super::{Partner, PartnerCommand, PartnerEvent, PartnerRefusal, PartnerRegistered, RegisterPartner};
use crate::ids::PartnerId;

fn id(n: u128) -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(n))
}

fn request(parent_id: Option<PartnerId>) -> RegisterPartner {
    RegisterPartner {
        name: "Example Resale".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        region: "eu".parse().expect("is a name"),
        parent_id,
        home_organization_id: None,
    }
}

fn registered() -> PartnerEvent {
    let RegisterPartner { name, country, region, parent_id, home_organization_id } = request(None);
    PartnerRegistered { partner_id: id(1), name, country, region, parent_id, home_organization_id }.into()
}

#[test]
fn r1_r2_a_partner_is_registered() {
    TestFramework::<Partner>::with(())
        .given_no_previous_events()
        .when(PartnerCommand::Register { id: id(1), data: request(None), parent_active: None })
        .then_expect_events(vec![registered()]);
}

#[test]
fn a_partner_is_registered_once() {
    TestFramework::<Partner>::with(())
        .given(vec![registered()])
        .when(PartnerCommand::Register { id: id(1), data: request(None), parent_active: None })
        .then_expect_error(PartnerRefusal::AlreadyRegistered(id(1)));
}

#[test]
fn r7_a_sub_partner_needs_an_active_parent() {
    TestFramework::<Partner>::with(())
        .given_no_previous_events()
        .when(PartnerCommand::Register { id: id(1), data: request(Some(id(2))), parent_active: Some(false) })
        .then_expect_error(PartnerRefusal::ParentUnavailable(id(2)));
}
