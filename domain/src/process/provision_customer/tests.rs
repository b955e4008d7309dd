use cqrs_es::Aggregate;
use proptest::prelude::*;

use super::{Journey, ProvisionCustomer, ProvisionTask};
use crate::catalogue::Package;
use crate::customer::tests::{asker, create};
use crate::customer::{
    Customer, CustomerCommand, CustomerStatus, PackageOutcome, PackageStatus, Retry, StepError, StepOutcome,
};
use crate::ids::{OperationId, PersonId};
use crate::personal::{PersonalSlots, SealError, Sealed, Sealer};
use crate::process::Process;
use crate::stream::Decide;

/// Seals without a key: a process sees personal values only sealed.
struct PlainSealer;

impl Sealer for PlainSealer {
    fn seal(&self, subject: PersonId, _: &[u8]) -> Result<Sealed, SealError> {
        Ok(Sealed { subject, generation: 1, algorithm: "none".to_owned(), body: String::new() })
    }

    fn unseal(&self, _: &Sealed) -> Result<Option<Vec<u8>>, SealError> {
        Ok(None)
    }
}

/// A customer and its process, joined as the runner joins them.
#[derive(Default)]
struct World {
    customer: Customer,
    journey: Option<Journey>,
    tasks: Vec<ProvisionTask>,
    finished: bool,
}

impl World {
    fn with(packages: &[Package]) -> Self {
        let mut world = Self::default();
        world.execute(create(packages));
        world
    }

    fn execute(&mut self, command: CustomerCommand) {
        for event in self.customer.decide(command).expect("is allowed") {
            self.customer.apply(event.clone());
            let mut sealed = event;
            sealed.visit_slots(&mut |slot| slot.seal(&PlainSealer).expect("it seals"));
            let reaction = ProvisionCustomer::react(self.journey.take(), &sealed);
            self.finished = reaction.state.is_none();
            self.journey = stored(reaction.state.flatten().as_ref());
            self.tasks.extend(reaction.tasks);
        }
    }

    fn perform(&mut self, task: &ProvisionTask, ok: bool) {
        self.execute(match task {
            ProvisionTask::CreateOrganization { operation_id, .. } if ok => {
                CustomerCommand::RecordOrganization {
                    operation_id: *operation_id,
                    outcome: StepOutcome::Done { reference: "platform-1".to_owned() },
                }
            }
            ProvisionTask::CreateOrganization { operation_id, .. } => CustomerCommand::RecordOrganization {
                operation_id: *operation_id,
                outcome: StepOutcome::Failed { errors: vec![StepError::new(1, "away")] },
            },
            ProvisionTask::ProvisionPackage { operation_id, package, .. } => {
                let done = PackageOutcome::Provisioned { license_ids: vec![], warnings: vec![] };
                let failed = PackageOutcome::Failed(StepError::new(2, "none left"));
                let outcome = if ok { done } else { failed };
                CustomerCommand::RecordPackage { operation_id: *operation_id, package: *package, outcome }
            }
            ProvisionTask::AttachOrganization { .. }
            | ProvisionTask::InviteAdministrator { .. }
            | ProvisionTask::RemovePackage { .. }
            | ProvisionTask::FailRemoval { .. }
            | ProvisionTask::CancelLicense { .. }
            | ProvisionTask::ReleaseOrganization { .. } => return,
            ProvisionTask::FailPackage { operation_id, package, error, .. } => {
                CustomerCommand::RecordPackage {
                    operation_id: *operation_id,
                    package: *package,
                    outcome: PackageOutcome::Failed(error.clone()),
                }
            }
        });
    }

    fn steps(&self) -> Vec<String> {
        self.tasks
            .iter()
            .map(|task| match task {
                ProvisionTask::ProvisionPackage { package, .. }
                | ProvisionTask::FailPackage { package, .. } => {
                    format!("{} {package}", task.kind())
                }
                ProvisionTask::CreateOrganization { .. }
                | ProvisionTask::AttachOrganization { .. }
                | ProvisionTask::RemovePackage { .. }
                | ProvisionTask::FailRemoval { .. }
                | ProvisionTask::CancelLicense { .. }
                | ProvisionTask::ReleaseOrganization { .. }
                | ProvisionTask::InviteAdministrator { .. } => task.kind().to_owned(),
            })
            .collect()
    }

    fn take(&mut self) -> ProvisionTask {
        self.tasks.remove(0)
    }
}

/// A state as it comes back from the store.
fn stored(journey: Option<&Journey>) -> Option<Journey> {
    let text = serde_json::to_string(&journey).expect("is JSON");
    serde_json::from_str(&text).expect("reads back")
}

#[test]
fn the_organization_comes_first_then_all_base_packages_then_add_ons() {
    let mut world = World::with(&[Package::AttendantConsole, Package::WebexCalling, Package::WebexMeetings]);
    assert_eq!(world.steps(), ["create_organization"]);
    let task = world.take();
    world.perform(&task, true);
    assert_eq!(world.steps(), ["provision_package webex_calling", "provision_package webex_meetings",]);
    let task = world.take();
    world.perform(&task, true);
    assert_eq!(world.steps()[1..], ["provision_package attendant_console"]);
}

#[test]
fn an_add_on_waits_until_all_its_base_packages_have_settled() {
    let mut world = World::with(&[Package::WebexCalling, Package::WebexSuite, Package::AttendantConsole]);
    let task = world.take();
    world.perform(&task, true);
    let (first, second) = (world.take(), world.take());
    world.perform(&first, true);
    assert_eq!(world.steps(), [""; 0]);
    world.perform(&second, false);
    assert_eq!(world.steps(), ["provision_package attendant_console"]);
}

#[test]
fn an_add_on_fails_when_all_its_base_packages_failed() {
    let mut world = World::with(&[Package::WebexCalling, Package::AttendantConsole]);
    for ok in [true, false, true] {
        let task = world.take();
        world.perform(&task, ok);
    }
    let requested = world.customer.requested.clone().expect("exists");
    assert_eq!(requested.status, CustomerStatus::Failed);
    assert!(requested.errors[1].description.contains("no base package"));
    assert!(!world.finished, "the work may be taken up again");
    let retry = CustomerCommand::Retry(Box::new(Retry {
        operation_id: OperationId::from_uuid(uuid::Uuid::from_u128(9)),
        asker: asker(),
        organization: None,
        now_us: 0,
    }));
    world.execute(retry);
    assert_eq!(world.steps(), ["provision_package webex_calling"]);
    let task = world.take();
    world.perform(&task, true);
    assert_eq!(world.steps(), ["provision_package attendant_console"]);
}

#[test]
fn a_task_is_stored_with_the_name_of_its_kind() {
    let world = World::with(&[Package::WebexCalling]);
    let json = serde_json::to_value(&world.tasks[0]).expect("is JSON");
    assert_eq!(json["kind"], "create_organization");
    assert!(json.get("customerId").is_some());
    assert_eq!(serde_json::from_value::<ProvisionTask>(json).expect("reads back"), world.tasks[0]);
}

fn orderable_packages() -> impl Strategy<Value = Vec<Package>> {
    proptest::sample::subsequence(&Package::ALL[..], 1..14).prop_filter("add-ons need a base", |packages| {
        let stands = |package: &Package| {
            !package.is_add_on() || package.requires_any().iter().any(|base| packages.contains(base))
        };
        packages.iter().all(stands)
    })
}

proptest! {
    /// Whatever order tasks run in, fail in, or run again in: the end is an end.
    #[test]
    fn every_run_ends_with_every_package_settled(
        packages in orderable_packages(),
        choices in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<bool>()), 60),
    ) {
        let mut world = World::with(&packages);
        let mut choices = choices.into_iter();
        while !world.tasks.is_empty() {
            // A task that runs again leaves its report twice; after the last choice each runs once.
            let (index, ok, again) = match choices.next() {
                Some((index, ok, again)) => (index.index(world.tasks.len()), ok, again),
                None => (0, true, false),
            };
            let task = if again { world.tasks[index].clone() } else { world.tasks.remove(index) };
            world.perform(&task, ok);
        }
        let failed = world.customer.requested.as_ref().is_some_and(|it| it.status == CustomerStatus::Failed);
        prop_assert!(world.finished != failed, "failed work is remembered, all else is over");
        let requested = world.customer.requested.expect("exists");
        prop_assert!(!matches!(requested.status, CustomerStatus::Requested | CustomerStatus::Provisioning));
        prop_assert_eq!(requested.packages.len(), packages.len());
        prop_assert!(requested.packages.iter().all(|state| state.status != PackageStatus::Provisioning));
    }
}
