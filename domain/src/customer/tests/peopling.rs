//! What a customer says about the people who are its subscribers.

use cqrs_es::Aggregate;

use super::change::{other_operation, provisioned_with};
use super::{asker, create, id, organization, person, update};
use crate::catalogue::Package::{WebexCalling, WebexMeetings, WebexSuite};
use crate::customer::{Asker, ChangeRefusal, Customer, CustomerRefusal, Origin};
use crate::role::Channel;
use crate::stream::Decide;

fn changed(customer: &mut Customer) {
    let change = update(other_operation(), &[WebexMeetings]);
    customer.decide(change).expect("is allowed").into_iter().for_each(|event| customer.apply(event));
}

#[test]
fn r70_a_customer_keeps_the_highest_level_that_it_was_created_with() {
    let mut customer = provisioned_with(&[WebexMeetings, WebexCalling]);
    let level =
        |customer: &Customer| customer.subscriber_facts(asker()).expect("takes people").creation_level;
    assert_eq!(level(&customer), WebexCalling.level());
    changed(&mut customer);
    assert_eq!(level(&customer), WebexCalling.level(), "whatever it has later");
}

#[test]
fn r106_a_new_customer_knows_whom_the_partner_named() {
    let customer = provisioned_with(&[WebexSuite]);
    let facts = customer.subscriber_facts(asker()).expect("takes people");
    assert_eq!((facts.administrator, facts.attached), (Some(person()), false));
}

#[test]
fn r103_the_people_of_an_own_attached_organization_are_changed_through_the_api_only() {
    let mut own = provisioned_with(&[WebexSuite]);
    own.requested.as_mut().expect("is there").origin = Origin::Attached;
    let home = Asker { home_organization: Some(organization()), ..asker() };
    let hub = Asker { channel: Channel::Hub, ..home };
    assert_eq!(own.subscriber_facts(hub), Err(ChangeRefusal::ApiOnly.into()));
    assert_eq!(own.subscriber_removal(hub), Err(ChangeRefusal::ApiOnly.into()));
    assert!(own.subscriber_facts(home).is_ok() && own.subscriber_removal(home).is_ok());
    assert!(own.subscriber_facts(Asker { home_organization: None, ..hub }).is_ok(), "somebody else's");
}

#[test]
fn a_suspended_partner_only_removes_people_and_a_customer_that_is_not_there_takes_none() {
    let customer = provisioned_with(&[WebexSuite]);
    let suspended = Asker { partner_active: false, ..asker() };
    let partner_id = customer.requested.as_ref().expect("is there").partner_id;
    assert_eq!(customer.subscriber_facts(suspended), Err(CustomerRefusal::PartnerSuspended(partner_id)));
    assert_eq!(customer.subscriber_removal(suspended), Ok(()));
    let none = Customer::default();
    assert_eq!(none.subscriber_facts(asker()), Err(CustomerRefusal::NotFound));
    assert_eq!(none.subscriber_removal(asker()), Ok(()), "nobody objects");
    let mut asked = Customer::default();
    asked.decide(create(&[WebexSuite])).expect("is allowed").into_iter().for_each(|event| asked.apply(event));
    let refusal = asked.subscriber_facts(asker()).expect_err("is not provisioned");
    assert!(matches!(refusal, CustomerRefusal::Change(ChangeRefusal::UnderWay(_))), "{refusal} of {}", id());
}
