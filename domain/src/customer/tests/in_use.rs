//! Whatever is asked of a customer, in whatever order: what binds its subscribers holds.

use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::change::provisioned_with;
use super::places::{
    add_location, add_numbers, apply, end, location_id, number, remove_location, remove_numbers,
};
use super::seats::{change, head_office, seat, subscriber, take};
use super::{asker, error, update};
use crate::catalogue::Package;
use crate::customer::{
    Customer, CustomerCommand, CustomerStatus, PackageOutcome, PackageStatus, RemovalOutcome, Remove,
    Requested, Retry, Seat, Step,
};
use crate::ids::{LocationId, OperationId};
use crate::stream::Decide;

/// Something that is asked or reported.
#[derive(Debug, Clone)]
enum Move {
    Take(Seat),
    Change(Seat),
    Release(u128),
    AddLocation(u128),
    RemoveLocation(LocationId),
    AddNumbers(Vec<u32>, Option<LocationId>),
    RemoveNumbers(Vec<u32>),
    Update(Vec<Package>, Option<u32>),
    Subscribe(u128, u32),
    Unsubscribe(u128),
    /// How the platform ends the first package that is under way.
    Report(bool),
    Skip,
    Retry,
    Remove(bool),
    Released,
}

const PACKAGES: [Package; 4] =
    [Package::WebexCalling, Package::WebexMeetings, Package::WebexSuite, Package::CiscoCallingPlan];

fn any_location() -> impl Strategy<Value = LocationId> {
    prop_oneof![3 => Just(head_office()), 1 => (0..2u128).prop_map(location_id)]
}

fn any_seat() -> impl Strategy<Value = Seat> {
    let packages = prop_oneof![
        4 => Just(vec![Package::WebexCalling]),
        1 => Just(vec![Package::WebexCalling, Package::CiscoCallingPlan]),
        2 => Just(vec![Package::WebexSuite]),
        2 => Just(vec![Package::WebexMeetings]),
    ];
    let number = proptest::option::of((0..3u32).prop_map(number));
    let extension = proptest::option::of((10..13u32).prop_map(|n| n.to_string().parse().expect("is one")));
    (0..5u128, packages, any_location(), number, extension).prop_map(
        |(n, packages, location_id, phone_number, extension)| Seat {
            location_id: Some(location_id),
            phone_number,
            extension,
            ..seat(n, &packages)
        },
    )
}

fn any_move() -> impl Strategy<Value = Move> {
    let numbers = || proptest::sample::subsequence(vec![0, 1, 2], 1..3);
    prop_oneof![
        8 => any_seat().prop_map(Move::Take),
        4 => any_seat().prop_map(Move::Change),
        2 => (0..5u128).prop_map(Move::Release),
        1 => (0..2u128).prop_map(Move::AddLocation),
        1 => any_location().prop_map(Move::RemoveLocation),
        3 => (numbers(), proptest::option::of(any_location()))
            .prop_map(|(numbers, location)| Move::AddNumbers(numbers, location)),
        1 => numbers().prop_map(Move::RemoveNumbers),
        3 => (proptest::sample::subsequence(PACKAGES.to_vec(), 1..4), proptest::option::of(0..4u32))
            .prop_map(|(packages, limit)| Move::Update(packages, limit)),
        1 => (0..2u128, 0..4u32).prop_map(|(n, count)| Move::Subscribe(n, count)),
        1 => (0..2u128).prop_map(Move::Unsubscribe),
        8 => proptest::bool::weighted(0.8).prop_map(Move::Report),
        1 => Just(Move::Skip),
        2 => Just(Move::Retry),
        2 => any::<bool>().prop_map(Move::Remove),
        1 => Just(Move::Released),
    ]
}

fn operation(n: usize) -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(9000 + n as u128))
}

/// The command that a move is, as things stand; `n` counts the moves.
fn command(customer: &Customer, a_move: Move, n: usize) -> Option<CustomerCommand> {
    let requested = customer.requested.as_ref()?;
    let numbers = |numbers: Vec<u32>| numbers.into_iter().map(number).collect::<Vec<_>>();
    let retry =
        || Box::new(Retry { operation_id: operation(n), asker: asker(), organization: None, now_us: 0 });
    Some(match a_move {
        Move::Take(seat) => take(&seat),
        Move::Change(seat) => change(&seat),
        Move::Release(n) => CustomerCommand::ReleaseSeat { subscriber_id: subscriber(n) },
        Move::AddLocation(n) => add_location(location_id(n), &format!("Place {n}")),
        Move::RemoveLocation(id) => remove_location(id),
        Move::AddNumbers(named, location) => add_numbers(customer, &numbers(named), location),
        Move::RemoveNumbers(named) => remove_numbers(&numbers(named)),
        Move::Update(packages, limit) => {
            let CustomerCommand::Update(mut update) = update(operation(n), &packages) else { return None };
            let limited = packages.first().copied().filter(|package| package.limit_allowed());
            update.data.limits = limit.zip(limited).map(|(limit, package)| [(package, limit)].into());
            CustomerCommand::Update(update)
        }
        Move::Subscribe(n, count) => apply(n, &[(Package::WebexCalling, count), (Package::WebexSuite, 1)]),
        Move::Unsubscribe(n) => end(n),
        Move::Report(ok) => report(requested, ok)?,
        Move::Skip => {
            let failed = requested.packages.iter().find(|state| state.status == PackageStatus::Error)?;
            let (package, reason) = (failed.package, "no need".parse().expect("is a reason"));
            let step =
                if failed.wanted { Step::ProvisionPackage(package) } else { Step::RemovePackage(package) };
            CustomerCommand::SkipStep { step, reason, asker: asker() }
        }
        Move::Retry => CustomerCommand::Retry(retry()),
        Move::Remove(cascade) => {
            CustomerCommand::Remove(Remove { operation_id: operation(n), cascade, asker: asker() })
        }
        Move::Released => CustomerCommand::RecordReleased { operation_id: requested.operation_id? },
    })
}

fn report(requested: &Requested, ok: bool) -> Option<CustomerCommand> {
    let operation_id = requested.operation_id?;
    let state = requested
        .packages
        .iter()
        .find(|state| matches!(state.status, PackageStatus::Provisioning | PackageStatus::Deleting))?;
    let package = state.package;
    Some(if state.status == PackageStatus::Deleting {
        let outcome = if ok { RemovalOutcome::Removed } else { RemovalOutcome::Failed(error()) };
        CustomerCommand::RecordRemoval { operation_id, package, outcome }
    } else {
        let license_ids = vec!["lic-1".to_owned()];
        let provisioned = PackageOutcome::Provisioned { license_ids, warnings: vec![] };
        let outcome = if ok { provisioned } else { PackageOutcome::Failed(error()) };
        CustomerCommand::RecordPackage { operation_id, package, outcome }
    })
}

fn assert_bound(requested: &Requested) -> Result<(), TestCaseError> {
    for (package, limit) in &requested.limits {
        prop_assert!(requested.in_use(*package) <= *limit, "{package} is limited to {limit}");
    }
    let (mut numbers, mut extensions) = (BTreeSet::new(), BTreeSet::new());
    for seat in requested.places.seats.values() {
        // A removal that is under way has not failed yet.
        let kept = |package: &Package| requested.package(*package).is_some_and(|state| state.wanted);
        prop_assert!(requested.status == CustomerStatus::Removing || seat.packages.iter().all(kept));
        let base = seat.packages.iter().filter(|package| !package.is_add_on()).count();
        prop_assert_eq!(base, 1);
        prop_assert_eq!(seat.is_calling(), seat.location_id.is_some());
        if let Some(id) = seat.location_id {
            prop_assert!(requested.location(id).is_some(), "{id} is there");
            prop_assert!(seat.phone_number.is_some() || seat.extension.is_some());
        }
        if let Some(number) = &seat.phone_number {
            let lies_at = requested.places.numbers.get(number);
            prop_assert!(lies_at.is_some(), "{number:?} is in the pool");
            prop_assert!(lies_at.is_some_and(|at| at.is_none() || *at == seat.location_id));
            prop_assert!(numbers.insert(number), "{number:?} is used once");
        }
        if let Some(extension) = &seat.extension {
            prop_assert!(extensions.insert((seat.location_id, extension)), "{extension:?} is unique");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_sequence_of_commands_keeps_what_binds_subscribers(
        moves in proptest::collection::vec(any_move(), 1..40),
    ) {
        let mut customer = provisioned_with(&[Package::WebexCalling, Package::WebexMeetings]);
        for (n, a_move) in moves.into_iter().enumerate() {
            let Some(command) = command(&customer, a_move, n) else { continue };
            let decided = customer.decide(command.clone());
            prop_assert_eq!(&customer.decide(command.clone()), &decided, "deciding twice equals once");
            for event in decided.unwrap_or_default() {
                customer.apply(event);
            }
            assert_bound(customer.requested.as_ref().expect("was there"))?;
        }
        let state = serde_json::to_string(&customer).expect("holds nothing personal");
        prop_assert_eq!(&serde_json::from_str::<Customer>(&state).expect("reads back"), &customer);
    }
}

#[test]
fn what_subscribers_have_is_missing_after_a_removal_that_failed_and_comes_back() {
    let mut customer = provisioned_with(&[Package::WebexCalling, Package::WebexMeetings]);
    let make = |customer: &mut Customer, moves: Vec<Move>| {
        for (n, a_move) in moves.into_iter().enumerate() {
            let command = command(customer, a_move, n).expect("is possible");
            for event in customer.decide(command).expect("is allowed") {
                customer.apply(event);
            }
        }
        let requested = customer.requested.as_ref().expect("is there");
        (requested.status, requested.package(Package::WebexMeetings).map(|state| state.status))
    };
    let meets = seat(1, &[Package::WebexMeetings]);
    // The platform keeps the first package, and has removed the second already.
    let failing = vec![Move::Take(meets), Move::Remove(true), Move::Report(false), Move::Report(true)];
    let failed = make(&mut customer, failing);
    assert_eq!(failed, (CustomerStatus::ProvisionedWithErrors, Some(PackageStatus::Error)));
    let again = make(&mut customer, vec![Move::Retry, Move::Report(true), Move::Report(true)]);
    assert_eq!(again, (CustomerStatus::Provisioned, Some(PackageStatus::Provisioned)));
}
