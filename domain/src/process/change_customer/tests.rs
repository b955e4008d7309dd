use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Change, ChangeCustomer};
use crate::catalogue::Package::{
    self, AttendantConsole, CiscoCallingPlan, WebexCalling, WebexMeetings, WebexSuite,
};
use crate::customer::tests::{asker, create, update};
use crate::customer::{
    ApplySubscription, Customer, CustomerCommand, CustomerEvent, CustomerStatus, PackageOutcome,
    PackageStatus, RemovalOutcome, Remove, Retry, Step, StepError, StepOutcome,
};
use crate::ids::{OperationId, SubscriptionId};
use crate::personal::{PersonalSlots, SealError, Sealed, Sealer};
use crate::process::provision_customer::{Journey, ProvisionCustomer, ProvisionTask};
use crate::process::{Process, Reaction};
use crate::stream::Decide;

/// Seals without a key: a process sees personal values only sealed.
struct PlainSealer;

impl Sealer for PlainSealer {
    fn seal(&self, subject: crate::ids::PersonId, _: &[u8]) -> Result<Sealed, SealError> {
        Ok(Sealed { subject, generation: 1, algorithm: "none".to_owned(), body: String::new() })
    }

    fn unseal(&self, _: &Sealed) -> Result<Option<Vec<u8>>, SealError> {
        Ok(None)
    }
}

/// A customer, its two processes and the licenses of its organization, joined as the runner and the worker join them.
#[derive(Default)]
struct World {
    customer: Customer,
    journey: Option<Journey>,
    change: Option<Change>,
    tasks: Vec<ProvisionTask>,
    licenses: BTreeMap<Package, String>,
    released: bool,
    operations: u128,
}

impl World {
    fn with(packages: &[Package]) -> Self {
        let mut world = Self::default();
        world.execute(create(packages)).expect("is allowed");
        world.settle();
        world
    }

    fn next_operation(&mut self) -> OperationId {
        self.operations += 1;
        OperationId::from_uuid(Uuid::from_u128(1000 + self.operations))
    }

    fn execute(&mut self, command: CustomerCommand) -> Result<(), crate::customer::CustomerRefusal> {
        for event in self.customer.decide(command)? {
            self.customer.apply(event.clone());
            let mut sealed = event;
            sealed.visit_slots(&mut |slot| slot.seal(&PlainSealer).expect("it seals"));
            let Reaction { state, tasks } = ProvisionCustomer::react(self.journey.take(), &sealed);
            self.journey = state.flatten();
            self.tasks.extend(tasks);
            let wanted = ChangeCustomer::EVENTS.contains(&crate::event::EventSet::type_name(&sealed));
            if wanted {
                let Reaction { state, tasks } = ChangeCustomer::react(self.change.take(), &sealed);
                self.change = stored(state.flatten().as_ref());
                self.tasks.extend(tasks);
            }
        }
        Ok(())
    }

    fn report(&mut self, command: CustomerCommand) {
        self.execute(command).expect("a report is never refused");
    }

    fn awaits(&self, operation_id: OperationId, step: Step) -> bool {
        self.requested().is_some_and(|requested| requested.awaits(operation_id, step))
    }

    fn requested(&self) -> Option<&crate::customer::Requested> {
        self.customer.requested.as_ref()
    }

    fn status(&self) -> CustomerStatus {
        self.requested().expect("exists").status
    }

    /// Does what the worker does with a task whose first attempt this is.
    fn perform(&mut self, task: &ProvisionTask, ok: bool) {
        match task.clone() {
            ProvisionTask::CreateOrganization { operation_id, .. } => {
                let done = StepOutcome::Done { reference: "platform-1".to_owned() };
                let failed = StepOutcome::Failed { errors: vec![StepError::new(1, "away")] };
                let outcome = if ok { done } else { failed };
                self.report(CustomerCommand::RecordOrganization { operation_id, outcome });
            }
            ProvisionTask::ProvisionPackage { operation_id, package, license_ids, .. } => {
                if self.awaits(operation_id, Step::ProvisionPackage(package)) {
                    self.provision(operation_id, package, license_ids, ok);
                }
            }
            ProvisionTask::FailPackage { operation_id, package, error, .. } => {
                let outcome = PackageOutcome::Failed(error);
                self.report(CustomerCommand::RecordPackage { operation_id, package, outcome });
            }
            ProvisionTask::RemovePackage { operation_id, package, .. } => {
                if self.awaits(operation_id, Step::RemovePackage(package)) {
                    if ok {
                        self.licenses.remove(&package);
                    }
                    let failed = RemovalOutcome::Failed(StepError::new(3, "in use"));
                    let outcome = if ok { RemovalOutcome::Removed } else { failed };
                    self.report(CustomerCommand::RecordRemoval { operation_id, package, outcome });
                }
            }
            ProvisionTask::FailRemoval { operation_id, package, error, .. } => {
                let outcome = RemovalOutcome::Failed(error);
                self.report(CustomerCommand::RecordRemoval { operation_id, package, outcome });
            }
            ProvisionTask::CancelLicense { package, license_id, .. } => {
                self.licenses.retain(|known, id| *known != package || Some(&*id) != license_id.as_ref());
            }
            ProvisionTask::ReleaseOrganization { operation_id, .. } => {
                self.released = true;
                self.licenses.clear();
                self.report(CustomerCommand::RecordReleased { operation_id });
            }
            ProvisionTask::AttachOrganization { .. } | ProvisionTask::InviteAdministrator { .. } => {}
        }
    }

    fn provision(&mut self, operation_id: OperationId, package: Package, known: Vec<String>, ok: bool) {
        let license_ids = if known.is_empty() { vec![format!("{operation_id} {package}")] } else { known };
        let outcome = if ok {
            self.licenses.insert(package, license_ids[0].clone());
            PackageOutcome::Provisioned { license_ids, warnings: vec![] }
        } else {
            PackageOutcome::Failed(StepError::new(2, "none left"))
        };
        self.report(CustomerCommand::RecordPackage { operation_id, package, outcome });
    }

    /// Performs what is ordered until nothing is left, each task well and in order.
    fn settle(&mut self) {
        while !self.tasks.is_empty() {
            let task = self.tasks.remove(0);
            self.perform(&task, true);
        }
    }

    fn update(&mut self, packages: &[Package]) {
        let operation_id = self.next_operation();
        self.execute(update(operation_id, packages)).expect("is allowed");
    }

    fn remove(&mut self) {
        let operation_id = self.next_operation();
        let remove = Remove { operation_id, cascade: false, asker: asker() };
        self.execute(CustomerCommand::Remove(remove)).expect("is allowed");
    }

    fn retry(&mut self) -> Retry {
        let operation_id = self.next_operation();
        Retry { operation_id, asker: asker(), organization: None, now_us: 0 }
    }

    fn kinds(&self) -> Vec<String> {
        let told = |task: &ProvisionTask| match task {
            ProvisionTask::ProvisionPackage { package, .. }
            | ProvisionTask::FailPackage { package, .. }
            | ProvisionTask::RemovePackage { package, .. }
            | ProvisionTask::FailRemoval { package, .. }
            | ProvisionTask::CancelLicense { package, .. } => format!("{} {package}", task.kind()),
            ProvisionTask::CreateOrganization { .. }
            | ProvisionTask::AttachOrganization { .. }
            | ProvisionTask::InviteAdministrator { .. }
            | ProvisionTask::ReleaseOrganization { .. } => task.kind().to_owned(),
        };
        self.tasks.iter().map(told).collect()
    }

    fn step(&mut self, ok: bool) {
        let task = self.tasks.remove(0);
        self.perform(&task, ok);
    }

    fn packages(&self) -> Vec<Package> {
        let provisioned = |state: &&crate::customer::PackageState| state.status == PackageStatus::Provisioned;
        let states = self.requested().expect("exists").packages.iter();
        states.filter(provisioned).map(|state| state.package).collect()
    }

    /// Nothing is had that is not paid for, and nothing is paid for that is not had.
    fn check_sound(&self) {
        let requested = self.requested().expect("exists");
        let licensed: Vec<Package> = self.licenses.keys().copied().collect();
        if requested.status == CustomerStatus::Removed {
            assert!(self.released && licensed.is_empty(), "a removed customer has left {licensed:?}");
            return;
        }
        for state in &requested.packages {
            if state.status == PackageStatus::Provisioned {
                assert_eq!(self.licenses.get(&state.package), state.license_ids.first(), "{state:?}");
            }
        }
        for package in licensed {
            assert!(requested.package(package).is_some(), "{package} has a license and is no package");
        }
    }
}

/// A state as it comes back from the store.
fn stored(change: Option<&Change>) -> Option<Change> {
    let text = serde_json::to_string(&change).expect("is JSON");
    serde_json::from_str(&text).expect("reads back")
}

#[test]
fn what_is_new_is_provisioned_before_what_is_not_wanted_is_removed() {
    let mut world = World::with(&[WebexCalling, AttendantConsole]);
    world.update(&[WebexSuite, AttendantConsole]);
    assert_eq!(world.kinds(), ["provision_package webex_suite"]);
    world.step(true);
    assert_eq!(world.kinds(), ["remove_package webex_calling"]);
    world.step(true);
    assert_eq!(world.status(), CustomerStatus::Provisioned);
    assert_eq!(world.packages(), [AttendantConsole, WebexSuite]);
    world.check_sound();
}

#[test]
fn a_base_package_is_kept_when_the_one_that_replaces_it_failed() {
    let mut world = World::with(&[WebexCalling, AttendantConsole]);
    world.update(&[WebexSuite, AttendantConsole]);
    world.step(false);
    assert_eq!(world.kinds(), ["fail_removal webex_calling"]);
    world.step(true);
    assert_eq!(world.status(), CustomerStatus::Provisioned, "nothing worked, so all is as before");
    assert_eq!(world.requested().expect("exists").errors.len(), 2);
    assert_eq!(world.licenses.len(), 2);
}

#[test]
fn a_base_package_is_kept_as_well_when_its_removal_alone_is_tried_again() {
    let mut world = World::with(&[WebexCalling, AttendantConsole]);
    world.update(&[WebexSuite, AttendantConsole]);
    world.step(false);
    world.step(true);
    let (step, retry) = (Step::RemovePackage(WebexCalling), Box::new(world.retry()));
    world.execute(CustomerCommand::RetryStep { step, retry }).expect("it failed");
    assert_eq!(world.kinds(), ["fail_removal webex_calling"], "the other base is still not there");
}

#[test]
fn add_ons_are_removed_before_their_base_packages() {
    let mut world = World::with(&[WebexCalling, WebexMeetings, CiscoCallingPlan, AttendantConsole]);
    world.update(&[WebexMeetings]);
    assert_eq!(world.kinds(), ["remove_package cisco_calling_plan", "remove_package attendant_console"]);
    world.step(true);
    assert_eq!(world.tasks.len(), 1, "the base package waits for both");
    world.step(false);
    assert_eq!(world.kinds(), ["fail_removal webex_calling"]);
    world.step(true);
    assert_eq!(world.status(), CustomerStatus::ProvisionedWithErrors);
    let retry = Box::new(world.retry());
    world.execute(CustomerCommand::Retry(retry)).expect("something failed");
    world.settle();
    assert_eq!((world.status(), world.packages()), (CustomerStatus::Provisioned, vec![WebexMeetings]));
    world.check_sound();
}

#[test]
fn a_limit_that_cannot_be_changed_leaves_the_package_as_it_was_once_the_step_is_skipped() {
    let mut world = World::with(&[WebexMeetings]);
    let operation_id = world.next_operation();
    let mut change = update(operation_id, &[WebexMeetings]);
    if let CustomerCommand::Update(update) = &mut change {
        update.data.limits = Some(BTreeMap::from([(WebexMeetings, 9)]));
    }
    world.execute(change).expect("is allowed");
    world.step(false);
    assert_eq!(world.status(), CustomerStatus::Provisioned);
    assert_eq!(world.packages(), []);
    let reason = "no more units".parse().expect("is a reason");
    let skip =
        CustomerCommand::SkipStep { step: Step::ProvisionPackage(WebexMeetings), reason, asker: asker() };
    world.execute(skip).expect("failed");
    assert_eq!(world.packages(), [WebexMeetings]);
    assert_eq!(world.requested().expect("exists").limits.get(&WebexMeetings), None);
    world.check_sound();
}

#[test]
fn a_removed_customer_gives_back_its_packages_first_and_its_organization_last() {
    let mut world = World::with(&[WebexCalling, AttendantConsole]);
    world.remove();
    assert_eq!(world.kinds(), ["remove_package attendant_console"]);
    world.step(true);
    assert_eq!(world.kinds(), ["remove_package webex_calling"]);
    world.step(true);
    assert_eq!(world.kinds(), ["release_organization"]);
    assert_eq!(world.status(), CustomerStatus::Removing);
    world.step(true);
    assert_eq!(world.status(), CustomerStatus::Removed);
    world.check_sound();
}

#[test]
fn a_removal_that_failed_leaves_the_customer_where_it_was_and_can_be_asked_for_again() {
    let mut world = World::with(&[WebexCalling, WebexMeetings]);
    world.remove();
    world.step(false);
    world.step(true);
    assert_eq!(world.status(), CustomerStatus::Provisioned);
    assert!(!world.released);
    world.remove();
    world.settle();
    assert_eq!(world.status(), CustomerStatus::Removed);
    world.check_sound();
}

#[test]
fn a_customer_that_failed_without_an_organization_is_gone_when_it_is_removed() {
    let mut world = World::default();
    world.execute(create(&[WebexCalling])).expect("is allowed");
    world.step(false);
    assert_eq!(world.status(), CustomerStatus::Failed);
    world.remove();
    assert_eq!(world.kinds(), ["release_organization"]);
    world.settle();
    assert_eq!(world.status(), CustomerStatus::Removed);
}

#[test]
fn a_customer_whose_organization_was_never_its_own_is_gone_when_it_is_removed() {
    let mut world = World::default();
    world.execute(create(&[WebexCalling])).expect("is allowed");
    world.customer.requested.as_mut().expect("exists").status = CustomerStatus::AwaitingConsent;
    world.tasks.clear();
    let asked = world.requested().expect("exists").operation_id.expect("it is under way");
    let operation_id = world.next_operation();
    let command = CustomerCommand::Remove(Remove { operation_id, cascade: false, asker: asker() });
    let events = world.customer.decide(command).expect("is allowed");
    let [CustomerEvent::OperationCancelled(given_up), CustomerEvent::RemovalRequested(_)] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(given_up.operation_id, asked, "nobody waits for the request any more");
    world.remove();
    world.settle();
    assert_eq!(world.status(), CustomerStatus::Removed);
}

#[test]
fn a_removal_that_is_skipped_leaves_no_license() {
    let mut world = World::with(&[WebexCalling, WebexMeetings]);
    world.update(&[WebexMeetings]);
    world.step(false);
    let reason = "the platform has lost it".parse().expect("is a reason");
    world
        .execute(CustomerCommand::SkipStep {
            step: Step::RemovePackage(WebexCalling),
            reason,
            asker: asker(),
        })
        .expect("failed");
    assert_eq!(world.kinds(), ["cancel_license webex_calling"]);
    world.settle();
    assert_eq!((world.status(), world.packages()), (CustomerStatus::Provisioned, vec![WebexMeetings]));
    world.check_sound();
}

#[test]
fn what_two_subscriptions_order_adds_up_and_stays_until_both_have_ended() {
    let mut world = World::with(&[WebexMeetings]);
    let subscription = |n| SubscriptionId::from_uuid(Uuid::from_u128(n));
    for (n, lines) in [(1, vec![(WebexCalling, 5), (WebexMeetings, 2)]), (2, vec![(WebexCalling, 7)])] {
        let operation_id = world.next_operation();
        let order = ApplySubscription {
            subscription_id: subscription(n),
            operation_id,
            lines: lines.into_iter().collect(),
            location: None,
        };
        for _ in 0..2 {
            world.execute(CustomerCommand::ApplySubscription(Box::new(order.clone()))).expect("is allowed");
            world.settle();
        }
    }
    let limits = |world: &World| world.requested().expect("exists").limits.clone();
    assert_eq!(limits(&world), BTreeMap::from([(WebexCalling, 12), (WebexMeetings, 2)]));
    for (n, left) in [(2, vec![(WebexCalling, 5), (WebexMeetings, 2)]), (1, vec![])] {
        let (subscription_id, operation_id) = (subscription(n), world.next_operation());
        for _ in 0..2 {
            let end = CustomerCommand::EndSubscription { subscription_id, operation_id };
            world.execute(end).expect("is allowed");
            world.settle();
        }
        assert_eq!(limits(&world), left.into_iter().collect());
    }
    assert_eq!(world.packages(), []);
    world.check_sound();
}

/// What a partner or an operator may do at any moment.
#[derive(Debug, Clone)]
enum Move {
    Perform { place: prop::sample::Index, ok: bool, again: bool },
    Update(Vec<Package>),
    Remove,
    Retry,
    RetryStep(Step),
    Skip(Step),
    Cancel,
    Subscribe(u128, Vec<Package>),
    Unsubscribe(u128),
}

fn any_step() -> impl Strategy<Value = Step> {
    let package = || proptest::sample::select(&Package::ALL[..]);
    prop_oneof![
        package().prop_map(Step::ProvisionPackage),
        package().prop_map(Step::RemovePackage),
        Just(Step::CreateOrganization),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let packages = || proptest::sample::subsequence(&Package::ALL[..], 1..6);
    prop_oneof![
        12 => (any::<prop::sample::Index>(), any::<bool>(), any::<bool>())
            .prop_map(|(place, ok, again)| Move::Perform { place, ok, again }),
        2 => packages().prop_map(Move::Update),
        1 => Just(Move::Remove),
        1 => Just(Move::Retry),
        1 => any_step().prop_map(Move::RetryStep),
        2 => any_step().prop_map(Move::Skip),
        1 => Just(Move::Cancel),
        1 => (1..4_u128, packages()).prop_map(|(n, packages)| Move::Subscribe(n, packages)),
        1 => (1..4_u128).prop_map(Move::Unsubscribe),
    ]
}

impl World {
    fn make(&mut self, next: Move) {
        let subscription = |n| SubscriptionId::from_uuid(Uuid::from_u128(n));
        let operation_id = self.next_operation();
        let retry = Box::new(self.retry());
        let reason = "it does not matter".parse().expect("is a reason");
        let command = match next {
            Move::Perform { place, ok, again } => {
                if !self.tasks.is_empty() {
                    let place = place.index(self.tasks.len());
                    let task = if again { self.tasks[place].clone() } else { self.tasks.remove(place) };
                    self.perform(&task, ok);
                }
                return;
            }
            Move::Update(packages) => update(operation_id, &packages),
            Move::Remove => CustomerCommand::Remove(Remove { operation_id, cascade: false, asker: asker() }),
            Move::Retry => CustomerCommand::Retry(retry),
            Move::RetryStep(step) => CustomerCommand::RetryStep { step, retry },
            Move::Skip(step) => CustomerCommand::SkipStep { step, reason, asker: asker() },
            Move::Cancel => {
                let Some(operation_id) = self.requested().and_then(|it| it.operation_id) else { return };
                CustomerCommand::Cancel { operation_id, reason: None, asker: asker() }
            }
            Move::Subscribe(n, packages) => CustomerCommand::ApplySubscription(Box::new(ApplySubscription {
                subscription_id: subscription(n),
                operation_id,
                lines: packages.into_iter().map(|package| (package, 3)).collect(),
                location: None,
            })),
            Move::Unsubscribe(n) => {
                CustomerCommand::EndSubscription { subscription_id: subscription(n), operation_id }
            }
        };
        // A refusal is as good an answer as any; it changes nothing.
        let (before, tasks) = (self.customer.clone(), self.tasks.len());
        if self.execute(command).is_err() {
            assert_eq!((&before, tasks), (&self.customer, self.tasks.len()));
        }
    }
}

proptest! {
    /// Whatever is asked for and however steps end: once the tasks are done nothing is under way and nothing is left
    /// over, and the customer can still be removed.
    #[test]
    fn every_run_ends_soundly_and_the_customer_can_be_removed(
        packages in proptest::sample::subsequence(&[WebexCalling, WebexMeetings, WebexSuite][..], 1..3),
        moves in proptest::collection::vec(any_move(), 0..60),
    ) {
        let mut world = World::default();
        world.execute(create(&packages)).expect("is allowed");
        for next in moves {
            world.make(next);
        }
        world.settle();
        let open = [
            CustomerStatus::Requested,
            CustomerStatus::Provisioning,
            CustomerStatus::Updating,
            CustomerStatus::Removing,
        ];
        prop_assert!(!open.contains(&world.status()), "{:?} rests", world.status());
        world.check_sound();
        if world.status() != CustomerStatus::Removed {
            world.remove();
            world.settle();
            prop_assert_eq!(world.status(), CustomerStatus::Removed);
            world.check_sound();
        }
    }
}
