use cqrs_es::Aggregate;
use uuid::Uuid;

use super::change::{other_operation, provisioned_with, refusal};
use super::seats::{change, done, head_office, seat, subscriber, take};
use super::{CALLING, asker, folded, id, org_requested, organization, partner, person, requested, started};
use crate::catalogue::Package::{WebexCalling, WebexMeetings};
use crate::customer::{
    AddPlace, AddToPool, ApplySubscription, Asker, Assist, CallingLocation, ChangeRefusal, Customer,
    CustomerCommand, CustomerEvent, CustomerRefusal, LocationAdded, NumberFault, OfferedCountries,
    PlaceRefusal, Remove, Retry, Seat, SeatFault, SeatRefusal, Step, Update,
};
use crate::ids::{LocationId, OperationId, SubscriptionId};
use crate::personal::Personal;
use crate::refusal::{Refusal, RefusalKind};
use crate::role::Channel;
use crate::stream::Decide;
use crate::values::PhoneNumber;

pub(super) fn place(name: &str) -> CallingLocation {
    let location = requested(CALLING).location.expect("has one");
    CallingLocation { name: name.parse().expect("is a name"), ..location }
}

pub(super) fn location_id(n: u128) -> LocationId {
    LocationId::from_uuid(Uuid::from_u128(2000 + n))
}

pub(super) fn number(n: u32) -> PhoneNumber {
    format!("+4930123{:03}", 400 + n).parse().expect("is a number")
}

pub(super) fn add_location(location_id: LocationId, name: &str) -> CustomerCommand {
    let (location, offered) = (place(name), OfferedCountries::All);
    CustomerCommand::AddLocation(Box::new(AddPlace { location_id, location, asker: asker(), offered }))
}

pub(super) fn remove_location(location_id: LocationId) -> CustomerCommand {
    CustomerCommand::RemoveLocation { location_id, asker: asker() }
}

/// Numbers that are claimed as the store would claim them.
pub(super) fn add_numbers(
    customer: &Customer,
    numbers: &[PhoneNumber],
    location_id: Option<LocationId>,
) -> CustomerCommand {
    let claimed = customer.requested.as_ref().map(|it| it.new_numbers(numbers)).unwrap_or_default();
    let (numbers, taken) = (numbers.to_vec(), vec![]);
    let pool = AddToPool { numbers, location_id, claimed, taken, asker: asker() };
    CustomerCommand::AddNumbers(Box::new(pool))
}

pub(super) fn remove_numbers(numbers: &[PhoneNumber]) -> CustomerCommand {
    CustomerCommand::RemoveNumbers { numbers: numbers.to_vec(), asker: asker() }
}

fn equipped() -> Customer {
    let mut customer = provisioned_with(CALLING);
    done(&mut customer, add_location(location_id(1), "Works"));
    let command = add_numbers(&customer, &[number(1)], None);
    done(&mut customer, command);
    let command = add_numbers(&customer, &[number(2)], Some(location_id(1)));
    done(&mut customer, command);
    customer
}

fn numbered(n: u128, number: PhoneNumber, location_id: LocationId) -> Seat {
    Seat { phone_number: Some(number), location_id: Some(location_id), ..seat(n, CALLING) }
}

#[test]
fn r61_the_first_place_of_a_customer_without_one_is_its_head_office() {
    let mut customer = provisioned_with(&[WebexMeetings]);
    customer.requested.as_mut().expect("is there").location = None;
    assert_eq!(
        refusal(&customer, add_location(location_id(1), "Works")),
        ChangeRefusal::ChangedMeanwhile(id()).into()
    );
    let events = customer.decide(add_location(head_office(), "Works")).expect("is allowed");
    let (customer_id, organization_id, location_id) = (id(), organization(), head_office());
    let location = place("Works");
    let added = LocationAdded { customer_id, organization_id, location_id, location };
    assert_eq!(events, [Box::new(added).into()]);
    for event in events {
        customer.apply(event);
    }
    let held = customer.requested.expect("is there");
    assert_eq!(held.location, Some(place("Works")));
    assert!(held.places.locations.is_empty());
}

#[test]
fn the_name_of_a_place_is_unique_within_its_customer() {
    let customer = equipped();
    for name in ["Works", "Head Office"] {
        let refused = refusal(&customer, add_location(location_id(2), name));
        assert_eq!(refused.code(), "location_name_taken");
    }
    assert!(customer.decide(add_location(location_id(2), "Store")).is_ok());
}

#[test]
fn r61_the_head_office_stays_and_places_in_use_too() {
    let mut customer = equipped();
    let head = refusal(&customer, remove_location(head_office()));
    assert_eq!(head, PlaceRefusal::HeadOffice(head_office()).into());
    let unknown = refusal(&customer, remove_location(location_id(9)));
    assert_eq!(unknown.kind(), RefusalKind::NotFound);
    done(&mut customer, take(&numbered(1, number(2), location_id(1))));
    let used = PlaceRefusal::LocationInUse { location_id: location_id(1), seats: 1, numbers: 1 };
    assert_eq!(refusal(&customer, remove_location(location_id(1))), used.into());
    done(&mut customer, CustomerCommand::ReleaseSeat { subscriber_id: subscriber(1) });
    done(&mut customer, remove_numbers(&[number(2)]));
    assert_eq!(done(&mut customer, remove_location(location_id(1))), 1);
}

#[test]
fn r64_a_place_is_where_the_service_is_offered() {
    let customer = equipped();
    let CustomerCommand::AddLocation(mut request) = add_location(location_id(2), "Store") else {
        panic!("it is another command")
    };
    request.offered = OfferedCountries::Only([].into());
    let refused = refusal(&customer, CustomerCommand::AddLocation(request));
    assert_eq!(refused.code(), "country_not_offered");
}

#[test]
fn r68_a_number_is_one_subscribers_and_lies_where_it_lies() {
    let mut customer = equipped();
    done(&mut customer, take(&numbered(1, number(1), head_office())));
    let second = refusal(&customer, take(&numbered(2, number(1), head_office())));
    let fault = SeatFault::NumberInUse { number: number(1), holder: subscriber(1) };
    assert_eq!(second, SeatRefusal(vec![fault]).into());
    let elsewhere = refusal(&customer, take(&numbered(2, number(2), head_office())));
    assert_eq!(elsewhere.code(), "number_elsewhere");
    assert_eq!(refusal(&customer, take(&numbered(2, number(3), head_office()))).code(), "number_not_found");
    // A number that is exchanged is free at once.
    assert_eq!(done(&mut customer, change(&numbered(1, number(2), location_id(1)))), 1);
    assert_eq!(done(&mut customer, take(&numbered(2, number(1), head_office()))), 1);
}

#[test]
fn all_faults_of_numbers_are_told_at_once() {
    let mut customer = equipped();
    done(&mut customer, take(&numbered(1, number(1), head_office())));
    let named = [number(1), number(7), number(2), number(2)];
    let removed = [
        (3, NumberFault::Twice(number(2))),
        (0, NumberFault::InUse { number: number(1), holder: subscriber(1) }),
        (1, NumberFault::Unknown(number(7))),
    ];
    assert_eq!(refusal(&customer, remove_numbers(&named)), PlaceRefusal::Numbers(removed.into()).into());
    let CustomerCommand::AddNumbers(mut pool) = add_numbers(&customer, &[number(8), number(2)], None) else {
        panic!("it is another command")
    };
    pool.taken = vec![number(8)];
    let added = [(0, NumberFault::Taken(number(8))), (1, NumberFault::Elsewhere(number(2)))];
    let refused = refusal(&customer, CustomerCommand::AddNumbers(pool));
    assert_eq!(refused, PlaceRefusal::Numbers(added.into()).into());
    let pointers: Vec<String> = refused.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/numbers/0", "/numbers/1"]);
}

#[test]
fn numbers_that_the_customer_has_are_not_added_again() {
    let mut customer = equipped();
    let again = add_numbers(&customer, &[number(1)], None);
    assert_eq!(done(&mut customer, again), 0);
    // What was claimed on an older state is decided anew.
    let stale = add_numbers(&Customer::default(), &[number(5)], None);
    assert_eq!(refusal(&customer, stale), ChangeRefusal::ChangedMeanwhile(id()).into());
}

#[test]
fn places_wait_until_the_customer_is_provisioned() {
    let working = folded([org_requested(CALLING), started()]);
    let waits = CustomerRefusal::from(ChangeRefusal::UnderWay(super::operation()));
    let commands =
        [add_location(location_id(1), "Works"), add_numbers(&working, &[number(1)], None), assist()];
    for command in commands {
        assert_eq!(refusal(&working, command), waits);
    }
}

fn assist() -> CustomerCommand {
    let contact_email = Personal::open(person(), "kim@customer.example".parse().expect("is an address"));
    let assist = Assist { contact_name: None, contact_email, notes: None, asker: asker() };
    CustomerCommand::RequestSetupAssist(Box::new(assist))
}

#[test]
fn r72_help_with_setting_up_is_asked_for_once() {
    let mut customer = equipped();
    assert_eq!(done(&mut customer, assist()), 1);
    assert_eq!(done(&mut customer, assist()), 0);
}

/// The commands that give an attached customer something, as its partner asks in the hub for its own organization.
fn in_the_hub(customer: &Customer) -> Vec<CustomerCommand> {
    let asker = Asker { home_organization: Some(organization()), channel: Channel::Hub, ..asker() };
    let (operation_id, step) = (other_operation(), Step::ProvisionPackage(WebexMeetings));
    let retry = || Box::new(Retry { operation_id, asker, organization: None, now_us: 0 });
    let CustomerCommand::AddLocation(mut location) = add_location(location_id(1), "Works") else {
        panic!("it is another command")
    };
    location.asker = asker;
    let CustomerCommand::AddNumbers(mut pool) = add_numbers(customer, &[number(1)], None) else {
        panic!("it is another command")
    };
    pool.asker = asker;
    let CustomerCommand::RequestSetupAssist(mut assist) = assist() else { panic!("it is another command") };
    assist.asker = asker;
    let data = serde_json::from_value(serde_json::json!({ "customerId": id(), "label": "Works" }));
    let update = Update {
        operation_id,
        data: data.expect("is a request"),
        known_external_id: Some("customer-17".parse().expect("is an external ID")),
        asker,
        offered: OfferedCountries::All,
    };
    vec![
        CustomerCommand::Update(Box::new(update)),
        CustomerCommand::Remove(Remove { operation_id, cascade: true, asker }),
        CustomerCommand::Retry(retry()),
        CustomerCommand::RetryStep { step, retry: retry() },
        CustomerCommand::SkipStep { step, reason: "no need".parse().expect("is a reason"), asker },
        CustomerCommand::AddLocation(location),
        CustomerCommand::RemoveLocation { location_id: location_id(1), asker },
        CustomerCommand::AddNumbers(pool),
        CustomerCommand::RemoveNumbers { numbers: vec![number(1)], asker },
        CustomerCommand::RequestSetupAssist(assist),
    ]
}

#[test]
fn r103_the_partners_own_organization_is_worked_on_through_the_api_only() {
    let mut customer = provisioned_with(&[WebexCalling, WebexMeetings]);
    customer.requested.as_mut().expect("is there").origin = crate::customer::Origin::Attached;
    for command in in_the_hub(&customer) {
        assert_eq!(refusal(&customer, command.clone()), ChangeRefusal::ApiOnly.into(), "{command:?}");
    }
    // What was not attached is worked on in the hub too.
    customer.requested.as_mut().expect("is there").origin = crate::customer::Origin::Created;
    for command in in_the_hub(&customer) {
        assert_ne!(customer.decide(command.clone()), Err(ChangeRefusal::ApiOnly.into()), "{command:?}");
    }
}

#[test]
fn a_suspended_partner_takes_numbers_away_and_adds_none() {
    let customer = equipped();
    let asker = Asker { partner_active: false, ..asker() };
    let numbers = vec![number(1)];
    assert!(customer.decide(CustomerCommand::RemoveNumbers { numbers, asker }).is_ok());
    let CustomerCommand::AddNumbers(mut pool) = add_numbers(&customer, &[number(5)], None) else {
        panic!("it is another command")
    };
    pool.asker = asker;
    let refused = refusal(&customer, CustomerCommand::AddNumbers(pool));
    assert_eq!(refused, CustomerRefusal::PartnerSuspended(partner()));
}

#[test]
fn r60_what_subscribers_have_is_not_taken_away_by_an_update() {
    let mut customer = provisioned_with(&[WebexCalling, WebexMeetings]);
    done(&mut customer, take(&seat(1, CALLING)));
    done(&mut customer, take(&seat(2, CALLING)));
    let gone = refusal(&customer, super::update(other_operation(), &[WebexMeetings]));
    assert_eq!(gone.code(), "package_in_use");
    assert_eq!(gone.to_string(), "package webex_calling is in use: 2 of its subscribers");
    let below = refusal(&customer, limited(1));
    let expected = ChangeRefusal::LimitBelowUse { package: WebexCalling, limit: 1, count: 2 };
    assert_eq!(below, expected.into());
    assert!(customer.decide(limited(2)).is_ok());
    assert!(customer.decide(super::update(other_operation(), CALLING)).is_ok());
}

fn limited(limit: u32) -> CustomerCommand {
    let CustomerCommand::Update(mut update) =
        super::update(other_operation(), &[WebexCalling, WebexMeetings])
    else {
        panic!("it is another command")
    };
    update.data.limits = Some([(WebexCalling, limit)].into());
    CustomerCommand::Update(update)
}

#[test]
fn a_customer_with_subscribers_is_removed_with_them_or_not_at_all() {
    let mut customer = equipped();
    done(&mut customer, take(&numbered(1, number(1), head_office())));
    let remove = |cascade| {
        CustomerCommand::Remove(Remove { operation_id: other_operation(), cascade, asker: asker() })
    };
    let in_use = refusal(&customer, remove(false));
    assert_eq!(in_use, ChangeRefusal::InUse { customer_id: id(), count: 1 }.into());
    done(&mut customer, remove(true));
    let late = refusal(&customer, take(&seat(2, CALLING)));
    assert_eq!(late, ChangeRefusal::UnderWay(other_operation()).into());
    assert_eq!(refusal(&customer, remove_numbers(&[number(2)])), late);
    let (operation_id, package) = (other_operation(), WebexCalling);
    let outcome = crate::customer::RemovalOutcome::Removed;
    done(&mut customer, CustomerCommand::RecordRemoval { operation_id, package, outcome });
    let events = customer.decide(CustomerCommand::RecordReleased { operation_id }).expect("is a report");
    let [CustomerEvent::Removed(removed)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(removed.subscriber_ids, [subscriber(1)]);
    assert_eq!(removed.location_ids, [head_office(), location_id(1)]);
    assert_eq!(removed.numbers, [number(1), number(2)]);
    for event in events {
        customer.apply(event);
    }
    let release = CustomerCommand::ReleaseSeat { subscriber_id: subscriber(1) };
    assert_eq!(customer.decide(release), Ok(vec![]));
}

pub(super) fn apply(subscription: u128, lines: &[(crate::catalogue::Package, u32)]) -> CustomerCommand {
    CustomerCommand::ApplySubscription(Box::new(ApplySubscription {
        subscription_id: SubscriptionId::from_uuid(Uuid::from_u128(3000 + subscription)),
        operation_id: OperationId::from_uuid(Uuid::from_u128(4000 + subscription)),
        lines: lines.iter().copied().collect(),
        location: None,
    }))
}

pub(super) fn end(subscription: u128) -> CustomerCommand {
    CustomerCommand::EndSubscription {
        subscription_id: SubscriptionId::from_uuid(Uuid::from_u128(3000 + subscription)),
        operation_id: OperationId::from_uuid(Uuid::from_u128(5000 + subscription)),
    }
}

#[test]
fn the_end_of_a_subscription_leaves_to_subscribers_what_they_have_and_no_more() {
    let mut customer = provisioned_with(&[WebexMeetings]);
    done(&mut customer, apply(1, &[(WebexCalling, 5)]));
    let operation_id = OperationId::from_uuid(Uuid::from_u128(4001));
    let outcome = crate::customer::PackageOutcome::Provisioned {
        license_ids: vec!["lic-2".to_owned()],
        warnings: vec![],
    };
    done(&mut customer, CustomerCommand::RecordPackage { operation_id, package: WebexCalling, outcome });
    done(&mut customer, take(&seat(1, CALLING)));
    done(&mut customer, take(&seat(2, CALLING)));
    // Less than is in use is never ordered.
    let fewer = customer.decide(apply(1, &[(WebexCalling, 1)])).expect("is allowed");
    let Some(CustomerEvent::UpdateRequested(change)) = fewer.first() else { panic!("{fewer:?}") };
    assert_eq!(change.limits, [(WebexCalling, 2)].into());
    let ended = customer.decide(end(1)).expect("is allowed");
    let Some(CustomerEvent::UpdateRequested(change)) = ended.first() else { panic!("{ended:?}") };
    assert_eq!(change.remove, []);
    assert_eq!(change.limits, [(WebexCalling, 2)].into());
    for n in [1, 2] {
        done(&mut customer, CustomerCommand::ReleaseSeat { subscriber_id: subscriber(n) });
    }
    let ended = customer.decide(end(1)).expect("is allowed");
    let Some(CustomerEvent::UpdateRequested(change)) = ended.first() else { panic!("{ended:?}") };
    assert_eq!(change.remove, CALLING);
}
