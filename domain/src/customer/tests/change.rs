use proptest::prelude::*;
use uuid::Uuid;

use super::{
    TWO, any_event, asker, create, decides, error, failed, folded, id, operation, org_requested,
    organization, organization_done, partner, provisioned, report, started, update,
};
use crate::catalogue::Package::{self, AttendantConsole, WebexCalling, WebexMeetings};
use crate::customer::{
    CallingParameters, ChangeRefusal, Customer, CustomerCommand, CustomerEvent, CustomerProvisioned,
    CustomerRefusal, CustomerRemovalFailed, CustomerRemovalRequested, CustomerRemoved, CustomerStatus,
    CustomerUpdated, OfferedCountries, OperationCancelled, PackageFault, PackageRemovalFailed,
    PackageRemoved, Remove, Retry, ScreeningCleared, ScreeningRefused, ScreeningStarted, Step, StepSkipped,
};
use crate::ids::{LocationId, OperationId};
use crate::role::Channel;
use crate::stream::Decide;
use crate::values::Address;

pub(super) fn other_operation() -> OperationId {
    OperationId::from_uuid(Uuid::from_u128(77))
}

fn done() -> CustomerEvent {
    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    CustomerProvisioned { customer_id, organization_id, operation_id }.into()
}

pub(super) fn provisioned_with(packages: &[Package]) -> Customer {
    let each = packages.iter().map(|package| provisioned(*package));
    folded([org_requested(packages), started()].into_iter().chain(each).chain([done()]))
}

pub(super) fn refusal(customer: &Customer, command: CustomerCommand) -> CustomerRefusal {
    customer.decide(command).expect_err("is refused")
}

fn retry() -> Box<Retry> {
    let operation_id = other_operation();
    Box::new(Retry { operation_id, asker: asker(), organization: None, now_us: 0 })
}

fn skip(step: Step) -> CustomerCommand {
    let reason = "it is not needed".parse().expect("is a reason");
    CustomerCommand::SkipStep { step, reason, asker: asker() }
}

fn remove() -> CustomerCommand {
    CustomerCommand::Remove(Remove { operation_id: other_operation(), cascade: false, asker: asker() })
}

#[test]
fn work_under_way_is_named_to_whoever_wants_other_work() {
    let working = folded([org_requested(TWO), started()]);
    let named = CustomerRefusal::from(ChangeRefusal::UnderWay(operation()));
    assert_eq!(refusal(&working, update(other_operation(), TWO)), named);
    assert_eq!(refusal(&working, remove()), named);
    assert_eq!(refusal(&working, CustomerCommand::Retry(retry())), named);
}

#[test]
fn a_change_of_nothing_that_needs_the_platform_is_done_at_once() {
    let customer = provisioned_with(TWO);
    let mut command = update(other_operation(), TWO);
    if let CustomerCommand::Update(update) = &mut command {
        update.data.packages = None;
        update.data.label = Some("Our best customer".parse().expect("is a name"));
    }
    let events = customer.decide(command).expect("is allowed");
    let [CustomerEvent::UpdateRequested(change), CustomerEvent::Updated(_)] = &events[..] else {
        panic!("{events:?}")
    };
    assert!(change.provision.is_empty() && change.remove.is_empty());
    let mut after = customer;
    for event in events {
        cqrs_es::Aggregate::apply(&mut after, event);
    }
    let requested = after.requested.expect("exists");
    assert_eq!(
        (requested.name.as_str(), requested.status),
        ("Our best customer", CustomerStatus::Provisioned)
    );
}

#[test]
fn an_external_id_that_changed_meanwhile_is_not_given_up_for_another() {
    let mut command = update(other_operation(), TWO);
    if let CustomerCommand::Update(update) = &mut command {
        update.known_external_id = Some("customer-16".parse().expect("is an external ID"));
    }
    let refused = refusal(&provisioned_with(TWO), command);
    assert_eq!(refused, ChangeRefusal::ChangedMeanwhile(id()).into());
}

#[test]
fn the_last_base_of_an_add_on_that_stays_is_in_use() {
    let customer = provisioned_with(&[WebexCalling, AttendantConsole]);
    let in_use = refusal(&customer, update(other_operation(), &[AttendantConsole]));
    let by = AttendantConsole.as_str();
    assert_eq!(in_use, ChangeRefusal::PackageInUse { package: WebexCalling, count: 1, by }.into());
    let fresh = provisioned_with(&[WebexMeetings]);
    let missing = refusal(&fresh, update(other_operation(), &[AttendantConsole]));
    assert_eq!(missing, PackageFault::BaseMissing(AttendantConsole).into());
}

#[test]
fn r89_the_first_calling_package_needs_a_place_to_call_from() {
    let mut customer = provisioned_with(&[WebexMeetings]);
    customer.requested.as_mut().expect("exists").location = None;
    let refused = refusal(&customer, update(other_operation(), &[WebexMeetings, WebexCalling]));
    assert_eq!(refused, CustomerRefusal::LocationMissing(WebexCalling));
}

#[test]
fn r64_an_address_and_a_place_to_call_from_lie_where_the_service_is_offered() {
    let address = serde_json::json!({"addressLine1": "1 Road", "city": "Oslo", "country": "NO"});
    let address: Address = serde_json::from_value(address).expect("is an address");
    let customer = provisioned_with(TWO);
    let mut location = customer.requested.as_ref().and_then(|it| it.location.clone()).expect("has one");
    location.address = address.clone();
    for (address, calling) in [(Some(address), None), (None, Some(CallingParameters { location }))] {
        let mut command = update(other_operation(), TWO);
        if let CustomerCommand::Update(update) = &mut command {
            (update.data.address, update.data.calling) = (address, calling);
            update.offered = OfferedCountries::Only(["DE".parse().expect("is a country")].into());
        }
        let refused = refusal(&customer, command);
        assert!(matches!(refused, CustomerRefusal::CountryNotOffered(_)));
    }
}

#[test]
fn r103_the_partners_own_organization_is_changed_through_the_api_only() {
    let mut customer = provisioned_with(TWO);
    customer.requested.as_mut().expect("exists").origin = crate::customer::Origin::Attached;
    let commands = |channel, home| {
        let mut asker = asker();
        (asker.channel, asker.home_organization) = (channel, home);
        let mut change = update(other_operation(), TWO);
        if let CustomerCommand::Update(update) = &mut change {
            update.asker = asker;
        }
        let operation_id = other_operation();
        let cancel = CustomerCommand::Cancel { operation_id, reason: None, asker };
        [change, CustomerCommand::Remove(Remove { operation_id, cascade: false, asker }), cancel]
    };
    for command in commands(Channel::Hub, Some(organization())) {
        assert_eq!(refusal(&customer, command), ChangeRefusal::ApiOnly.into());
    }
    for command in
        commands(Channel::Api, Some(organization())).into_iter().chain(commands(Channel::Hub, None))
    {
        assert_ne!(customer.decide(command).err(), Some(ChangeRefusal::ApiOnly.into()));
    }
    // D7: one that the partner created is not its home organization.
    let created = provisioned_with(TWO);
    for command in commands(Channel::Hub, Some(organization())) {
        assert_ne!(created.decide(command).err(), Some(ChangeRefusal::ApiOnly.into()));
    }
}

#[test]
fn one_failed_step_of_several_is_done_again() {
    let customer = folded([
        org_requested(&[WebexCalling, WebexMeetings]),
        started(),
        provisioned(WebexCalling),
        failed(WebexMeetings),
    ]);
    let mut customer = customer;
    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    let errors = vec![error()];
    let ended =
        crate::customer::CustomerProvisionedWithErrors { customer_id, organization_id, operation_id, errors };
    cqrs_es::Aggregate::apply(&mut customer, ended.into());
    let step = Step::ProvisionPackage(WebexMeetings);
    let events = customer.decide(CustomerCommand::RetryStep { step, retry: retry() }).expect("failed");
    let [CustomerEvent::UpdateRequested(change)] = &events[..] else { panic!("{events:?}") };
    assert_eq!(change.provision, [WebexMeetings]);
    let step = Step::ProvisionPackage(WebexCalling);
    let refused = refusal(&customer, CustomerCommand::RetryStep { step, retry: retry() });
    assert_eq!(refused, ChangeRefusal::StepNotOpen(step).into());
}

#[test]
fn without_its_organization_only_the_first_step_is_done_again() {
    let away = CustomerCommand::RecordOrganization {
        operation_id: operation(),
        outcome: crate::customer::StepOutcome::Failed { errors: vec![error()] },
    };
    let mut customer = folded([org_requested(TWO)]);
    for event in customer.decide(away).expect("is a report") {
        cqrs_es::Aggregate::apply(&mut customer, event);
    }
    let step = Step::ProvisionPackage(WebexCalling);
    let refused = refusal(&customer, CustomerCommand::RetryStep { step, retry: retry() });
    assert_eq!(refused, ChangeRefusal::StepNotOpen(step).into());
    assert!(
        customer
            .decide(CustomerCommand::RetryStep { step: Step::CreateOrganization, retry: retry() })
            .is_ok()
    );
}

#[test]
fn a_step_that_is_still_tried_can_be_skipped_but_not_the_only_one() {
    let working = folded([org_requested(TWO), started(), provisioned(TWO[0])]);
    let step = Step::ProvisionPackage(TWO[1]);
    let events = working.decide(skip(step)).expect("is under way");
    assert!(matches!(&events[..], [CustomerEvent::StepSkipped(_), CustomerEvent::Provisioned(_)]));
    let only = folded([org_requested(&[WebexMeetings]), started()]);
    let step = Step::ProvisionPackage(WebexMeetings);
    assert_eq!(refusal(&only, skip(step)), ChangeRefusal::NothingLeft(WebexMeetings).into());
    let step = Step::CreateOrganization;
    assert_eq!(refusal(&only, skip(step)), ChangeRefusal::StepNotSkippable(step).into());
}

#[test]
fn cancelled_work_ends_at_once_and_keeps_what_is_done() {
    let working = folded([org_requested(TWO), started(), provisioned(TWO[0])]);
    let cancel = |operation_id| CustomerCommand::Cancel { operation_id, reason: None, asker: asker() };
    let events = working.decide(cancel(operation())).expect("is under way");
    assert!(matches!(
        &events[..],
        [
            CustomerEvent::OperationCancelled(_),
            CustomerEvent::PackageFailed(_),
            CustomerEvent::ProvisionedWithErrors(_)
        ]
    ));
    let over = refusal(&working, cancel(other_operation()));
    assert_eq!(over, ChangeRefusal::OperationOver(other_operation()).into());
    let creating = folded([org_requested(TWO)]);
    assert_eq!(refusal(&creating, cancel(operation())), ChangeRefusal::NotCancellable(operation()).into());
}

#[test]
fn a_late_report_of_cancelled_work_does_not_end_a_step_of_the_next() {
    let mut customer = provisioned_with(&[WebexMeetings]);
    let next = update(other_operation(), &[WebexMeetings, WebexCalling]);
    for event in customer.decide(next).expect("is allowed") {
        cqrs_es::Aggregate::apply(&mut customer, event);
    }
    assert_eq!(customer.decide(report(WebexCalling, true)), Ok(vec![]));
}

fn screened() -> Vec<CustomerEvent> {
    let name = || "Example Retail".parse().expect("is a name");
    let started = ScreeningStarted {
        customer_id: id(),
        partner_id: partner(),
        operation_id: operation(),
        name: name(),
        country: "DE".parse().expect("is a country"),
        listed_name: name(),
    };
    vec![org_requested(TWO), started.into()]
}

#[test]
fn d9_a_hit_waits_for_an_operator() {
    let listed_name = "Example Retail".parse().expect("is a name");
    let name = "Example Retail".parse().expect("is a name");
    let hit = CustomerCommand::RecordScreening { operation_id: operation(), name, listed_name };
    decides(vec![org_requested(TWO)], hit.clone(), screened()[1..].to_vec());
    decides(screened(), hit.clone(), vec![]);
    decides(screened(), organization_done(), vec![]);
    let cleared = ScreeningCleared { customer_id: id(), operation_id: operation() };
    decides(screened(), CustomerCommand::ClearScreening, vec![cleared.clone().into()]);
    let mut after = screened();
    after.push(cleared.into());
    decides(after.clone(), hit, vec![]);
    decides(after, organization_done(), vec![started()]);
}

#[test]
fn d9_a_refused_customer_can_only_be_removed() {
    let reason = "on a list of the authorities".parse().expect("is a reason");
    let mut customer = folded(screened());
    for event in customer.decide(CustomerCommand::RefuseScreening { reason }).expect("is screened") {
        cqrs_es::Aggregate::apply(&mut customer, event);
    }
    let refused = refusal(&customer, CustomerCommand::Retry(retry()));
    assert_eq!(refused, ChangeRefusal::ScreeningRefused(id()).into());
    assert_eq!(refusal(&customer, CustomerCommand::ClearScreening), ChangeRefusal::NotScreened(id()).into());
    assert!(customer.decide(remove()).is_ok());
}

#[test]
fn a_removed_customer_is_not_there() {
    let mut customer = provisioned_with(&[]);
    let (customer_id, organization_id, operation_id) = (id(), organization(), other_operation());
    let removed = CustomerRemoved {
        customer_id,
        organization_id,
        operation_id,
        subscription_ids: vec![],
        subscriber_ids: vec![],
        location_ids: vec![LocationId::of_head_office(customer_id)],
        numbers: vec![],
    };
    cqrs_es::Aggregate::apply(&mut customer, removed.into());
    assert_eq!(refusal(&customer, remove()), CustomerRefusal::NotFound);
    assert_eq!(refusal(&customer, update(operation(), TWO)), CustomerRefusal::NotFound);
}

fn any_change_event() -> impl Strategy<Value = CustomerEvent> {
    let package = || proptest::sample::select(&Package::ALL[..]);
    let (customer_id, organization_id, operation_id) = (id(), organization(), operation());
    let reason = || "it does not matter".parse().expect("is a reason");
    let change = |packages: Vec<Package>| {
        let events = provisioned_with(&[WebexMeetings]).decide(update(operation(), &packages));
        events.map_or_else(|_| started(), |mut events| events.remove(0))
    };
    prop_oneof![
        any_event(),
        proptest::sample::subsequence(&Package::ALL[..], 1..9).prop_map(change),
        package().prop_map(move |package| PackageRemoved { customer_id, operation_id, package }.into()),
        package().prop_map(move |package| {
            PackageRemovalFailed { customer_id, operation_id, package, error: error() }.into()
        }),
        Just(CustomerUpdated { customer_id, organization_id, operation_id }.into()),
        proptest::collection::vec(package(), 0..5).prop_map(move |remove| {
            Box::new(CustomerRemovalRequested {
                customer_id,
                partner_id: partner(),
                organization_id,
                operation_id,
                external_id: None,
                cascade: false,
                remove,
                license_ids: [].into(),
            })
            .into()
        }),
        Just(
            CustomerRemovalFailed {
                customer_id,
                operation_id,
                status: CustomerStatus::Provisioned,
                errors: vec![error()]
            }
            .into()
        ),
        (package(), any::<bool>()).prop_map(move |(package, removal)| {
            let step = if removal { Step::RemovePackage(package) } else { Step::ProvisionPackage(package) };
            let license_ids = vec![];
            StepSkipped { customer_id, organization_id, operation_id, step, license_ids, reason: reason() }
                .into()
        }),
        Just(OperationCancelled { customer_id, operation_id, reason: None }.into()),
        Just(screened().remove(1)),
        Just(ScreeningCleared { customer_id, operation_id }.into()),
        Just(ScreeningRefused { customer_id, operation_id, reason: reason() }.into()),
    ]
}

fn any_change() -> impl Strategy<Value = CustomerCommand> {
    let package = || proptest::sample::select(&Package::ALL[..]);
    prop_oneof![
        proptest::sample::subsequence(&Package::ALL[..], 1..9)
            .prop_map(|packages| update(other_operation(), &packages)),
        proptest::sample::subsequence(&Package::ALL[..], 1..9).prop_map(|packages| create(&packages)),
        Just(remove()),
        Just(CustomerCommand::Retry(retry())),
        package().prop_map(|package| skip(Step::ProvisionPackage(package))),
        package().prop_map(|package| skip(Step::RemovePackage(package))),
        Just(CustomerCommand::Cancel { operation_id: operation(), reason: None, asker: asker() }),
        Just(CustomerCommand::ClearScreening),
        Just(CustomerCommand::RecordReleased { operation_id: operation() }),
    ]
}

proptest! {
    #[test]
    fn any_order_of_changes_folds_and_decides_the_same_twice(
        events in proptest::collection::vec(any_change_event(), 0..20),
        command in any_change(),
    ) {
        let customer = folded(events);
        let state = serde_json::to_string(&customer).expect("holds nothing personal");
        prop_assert_eq!(&serde_json::from_str::<Customer>(&state).expect("reads back"), &customer);
        prop_assert_eq!(customer.decide(command.clone()), customer.decide(command));
    }
}
