use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use uuid::Uuid;

use super::change::{other_operation, provisioned_with, refusal};
use super::{CALLING, folded, id, org_requested, organization, requested, started, update};
use crate::catalogue::Package::{
    self, AttendantConsole, CiscoCallingPlan, WebexCalling, WebexMeetings, WebexSuite,
};
use crate::customer::{
    ChangeRefusal, Customer, CustomerCommand, CustomerEvent, CustomerRefusal, Seat, SeatFault, SeatRefusal,
    SeatTaken,
};
use crate::ids::{LocationId, SubscriberId};
use crate::refusal::Refusal;
use crate::stream::Decide;

pub(super) fn subscriber(n: u128) -> SubscriberId {
    SubscriberId::from_uuid(Uuid::from_u128(1000 + n))
}

pub(super) fn head_office() -> LocationId {
    LocationId::of_head_office(id())
}

/// A seat at the head office with an extension of its own.
pub(super) fn seat(n: u128, packages: &[Package]) -> Seat {
    Seat {
        subscriber_id: subscriber(n),
        packages: packages.iter().copied().collect(),
        location_id: Some(head_office()),
        phone_number: None,
        extension: Some(format!("{}", 10 + n).parse().expect("is an extension")),
    }
}

pub(super) fn take(seat: &Seat) -> CustomerCommand {
    CustomerCommand::TakeSeat(Box::new(seat.clone()))
}

pub(super) fn change(seat: &Seat) -> CustomerCommand {
    CustomerCommand::ChangeSeat(Box::new(seat.clone()))
}

/// Carries a command out, and tells how many events followed.
pub(super) fn done(customer: &mut Customer, command: CustomerCommand) -> usize {
    let events = customer.decide(command).expect("is allowed");
    let count = events.len();
    for event in events {
        customer.apply(event);
    }
    count
}

fn faults(customer: &Customer, command: CustomerCommand) -> Vec<SeatFault> {
    let refused = refusal(customer, command);
    let CustomerRefusal::Seat(SeatRefusal(faults)) = refused else { panic!("refused otherwise: {refused}") };
    faults
}

fn limited_to(limit: u32) -> Customer {
    let mut asked = requested(CALLING);
    asked.limits = [(WebexCalling, limit)].into();
    let asked = CustomerEvent::from(Box::new(asked));
    let provisioned = provisioned_events().into_iter();
    folded([asked, started()].into_iter().chain(provisioned))
}

fn provisioned_events() -> [CustomerEvent; 2] {
    let (customer_id, organization_id, operation_id) = (id(), organization(), super::operation());
    let end = crate::customer::CustomerProvisioned { customer_id, organization_id, operation_id };
    [super::provisioned(WebexCalling), end.into()]
}

#[test]
fn r68_a_subscriber_that_calls_has_a_place_and_a_number_or_an_extension() {
    let customer = provisioned_with(CALLING);
    let mut bare = seat(1, CALLING);
    (bare.location_id, bare.extension) = (None, None);
    let missing = [SeatFault::LocationMissing(WebexCalling), SeatFault::NumberMissing(WebexCalling)];
    assert_eq!(faults(&customer, take(&bare)), missing);
    let elsewhere = LocationId::from_uuid(Uuid::from_u128(99));
    let stranger = Seat { location_id: Some(elsewhere), ..seat(1, CALLING) };
    assert_eq!(faults(&customer, take(&stranger)), [SeatFault::LocationUnknown(elsewhere)]);
    assert!(customer.decide(take(&seat(1, CALLING))).is_ok());
}

#[test]
fn r68_where_nobody_calls_no_place_and_no_number_is_kept() {
    let customer = provisioned_with(&[WebexMeetings]);
    let events = customer.decide(take(&seat(1, &[WebexMeetings]))).expect("is allowed");
    let kept = Seat { location_id: None, extension: None, ..seat(1, &[WebexMeetings]) };
    let (customer_id, organization_id) = (id(), organization());
    assert_eq!(events, [SeatTaken { customer_id, organization_id, seat: kept }.into()]);
}

#[test]
fn r67_a_subscriber_has_one_base_package_and_add_ons_that_work_with_it() {
    let customer = provisioned_with(&[WebexCalling, WebexSuite, WebexMeetings, CiscoCallingPlan]);
    let two = seat(1, &[WebexCalling, WebexSuite]);
    assert_eq!(faults(&customer, take(&two)), [SeatFault::BasePackages(2)]);
    let none = Seat { packages: BTreeSet::new(), ..seat(1, CALLING) };
    assert_eq!(faults(&customer, take(&none)), [SeatFault::BasePackages(0)]);
    let silent = seat(1, &[WebexMeetings, CiscoCallingPlan]);
    assert_eq!(faults(&customer, take(&silent)), [SeatFault::BaseMissing(CiscoCallingPlan)]);
    assert!(customer.decide(take(&seat(1, &[WebexCalling, CiscoCallingPlan]))).is_ok());
}

#[test]
fn all_faults_of_a_seat_are_told_at_once() {
    let customer = provisioned_with(CALLING);
    let seat = Seat {
        phone_number: Some("+4930123456".parse().expect("is a number")),
        ..seat(1, &[WebexSuite, AttendantConsole])
    };
    let number = seat.phone_number.clone().expect("is there");
    assert_eq!(
        faults(&customer, take(&seat)),
        [
            SeatFault::PackageNotProvisioned(WebexSuite),
            SeatFault::PackageNotProvisioned(AttendantConsole),
            SeatFault::NumberUnknown(number),
        ]
    );
    let refused = refusal(&customer, take(&seat));
    let pointers: Vec<String> = refused.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(pointers, ["/packages", "/packages", "/phoneNumber"]);
}

#[test]
fn a_limit_holds_for_new_seats_and_for_changed_ones() {
    let mut customer = limited_to(1);
    assert_eq!(done(&mut customer, take(&seat(1, CALLING))), 1);
    let full = SeatFault::LimitReached { package: WebexCalling, limit: 1, count: 1 };
    assert_eq!(faults(&customer, take(&seat(2, CALLING))), [full]);
    // Who has the package keeps it.
    let moved = Seat { extension: Some("77".parse().expect("is an extension")), ..seat(1, CALLING) };
    assert_eq!(done(&mut customer, change(&moved)), 1);
    assert_eq!(done(&mut customer, CustomerCommand::ReleaseSeat { subscriber_id: subscriber(1) }), 1);
    assert_eq!(done(&mut customer, take(&seat(2, CALLING))), 1);
}

#[test]
fn a_seat_that_is_so_already_changes_nothing() {
    let mut customer = provisioned_with(CALLING);
    let seat = seat(1, CALLING);
    let release = CustomerCommand::ReleaseSeat { subscriber_id: subscriber(1) };
    assert_eq!(done(&mut customer, release.clone()), 0);
    assert_eq!(done(&mut customer, take(&seat)), 1);
    assert_eq!(done(&mut customer, take(&seat)), 0);
    assert_eq!(done(&mut customer, change(&seat)), 0);
    let other = Seat { extension: Some("88".parse().expect("is an extension")), ..seat };
    assert_eq!(faults(&customer, take(&other)), [SeatFault::Seated(subscriber(1))]);
    assert_eq!(done(&mut customer, release.clone()), 1);
    assert_eq!(done(&mut customer, release), 0);
    assert_eq!(faults(&customer, change(&other)), [SeatFault::NotSeated(subscriber(1))]);
}

#[test]
fn an_extension_is_one_subscribers_within_a_location() {
    let mut customer = provisioned_with(CALLING);
    done(&mut customer, take(&seat(1, CALLING)));
    let extension = seat(1, CALLING).extension.expect("has one");
    let second = Seat { extension: Some(extension.clone()), ..seat(2, CALLING) };
    let taken = SeatFault::ExtensionTaken { extension, holder: subscriber(1) };
    assert_eq!(faults(&customer, take(&second)), [taken]);
}

#[test]
fn a_customer_without_its_packages_has_no_seats() {
    let working = folded([org_requested(CALLING), started()]);
    let waits = CustomerRefusal::from(ChangeRefusal::UnderWay(super::operation()));
    assert_eq!(refusal(&working, take(&seat(1, CALLING))), waits);
    let failed = folded([org_requested(CALLING), started(), super::failed(WebexCalling)]);
    let ended = crate::customer::ProvisioningFailed {
        customer_id: id(),
        operation_id: super::operation(),
        errors: vec![super::error()],
    };
    let mut failed = failed;
    failed.apply(ended.into());
    assert_eq!(refusal(&failed, take(&seat(1, CALLING))), ChangeRefusal::NotReady(id()).into());
}

#[test]
fn while_packages_change_seats_are_taken_of_those_that_stay() {
    let mut customer = provisioned_with(&[WebexCalling, WebexMeetings]);
    done(&mut customer, update(other_operation(), &[WebexCalling, WebexSuite]));
    assert!(customer.decide(take(&seat(1, CALLING))).is_ok());
    let gone = faults(&customer, take(&seat(1, &[WebexMeetings])));
    assert_eq!(gone, [SeatFault::PackageNotProvisioned(WebexMeetings)]);
    let coming = faults(&customer, take(&seat(1, &[WebexSuite])));
    assert_eq!(coming, [SeatFault::PackageNotProvisioned(WebexSuite)]);
}
