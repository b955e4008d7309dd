//! The steps of provisioning a customer, as the provisioning status and the operation show them.

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::{self, BaseState, Package, Readiness};
use tenantry_domain::customer::{AttachAnswer, CustomerEvent, Step, StepError, StepRetried};
use utoipa::ToSchema;

use crate::customers::attach_error;

/// A step of a piece of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepRow {
    /// Its name: `create_organization`, or for example `provision_package:webex_calling`.
    #[schema(value_type = String, example = "provision_package:webex_calling")]
    pub name: Step,
    /// How far it is.
    pub state: StepState,
    /// How often it was tried, the running attempt included.
    pub attempts: u32,
    /// Why it failed last; absent once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<StepError>,
    /// When it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub retry_at: Option<i64>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<i64>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<i64>,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Waits for another step.
    Pending,
    /// Under way.
    Running,
    /// Failed, and will be tried again.
    Retrying,
    /// Ended well.
    Done,
    /// Ended badly, or never began because the work ended badly.
    Failed,
    /// Left out by the partner.
    Skipped,
}

impl StepRow {
    fn pending(name: Step) -> Self {
        Self {
            name,
            state: StepState::Pending,
            attempts: 0,
            error: None,
            retry_at: None,
            started_at: None,
            finished_at: None,
        }
    }

    fn is_open(&self) -> bool {
        match self.state {
            StepState::Pending | StepState::Running | StepState::Retrying => true,
            StepState::Done | StepState::Failed | StepState::Skipped => false,
        }
    }

    fn start(&mut self, at: i64) {
        self.state = StepState::Running;
        self.attempts = 1;
        self.started_at = Some(at);
    }

    fn retry(&mut self, retried: &StepRetried) {
        self.state = StepState::Retrying;
        self.attempts = retried.attempt;
        self.error = Some(retried.error.clone());
        self.retry_at = Some(retried.retry_at.as_microsecond());
    }

    fn finish(&mut self, error: Option<StepError>, state: StepState, at: i64) {
        if self.state == StepState::Retrying {
            self.attempts = self.attempts.saturating_add(1);
        }
        self.state = state;
        self.error = error;
        self.retry_at = None;
        self.finished_at = Some(at);
    }
}

/// Lists the steps of new work, of which the first runs.
pub(crate) fn planned(first: Step, packages: &[Package], at: i64) -> Vec<StepRow> {
    let mut first = StepRow::pending(first);
    first.start(at);
    let packages = packages.iter().map(|package| StepRow::pending(Step::ProvisionPackage(*package)));
    std::iter::once(first).chain(packages).collect()
}

/// Lists the steps of a change: what is provisioned, then what is removed, and for a removal the organization.
pub(crate) fn of_change(provision: &[Package], remove: &[Package], removal: bool, at: i64) -> Vec<StepRow> {
    let provisioned = provision.iter().map(|package| Step::ProvisionPackage(*package));
    let removed = remove.iter().map(|package| Step::RemovePackage(*package));
    let released = removal.then_some(Step::ReleaseOrganization);
    let mut steps: Vec<StepRow> = provisioned.chain(removed).chain(released).map(StepRow::pending).collect();
    for step in &mut steps {
        // A base package that is there already keeps no add-on waiting.
        if let Step::ProvisionPackage(package) = step.name
            && !package.requires_any().iter().any(|base| provision.contains(base))
        {
            step.start(at);
        }
    }
    start_removals(&mut steps, at);
    steps
}

/// Lists the steps of a case's work: the organization, then the invitation.
pub(crate) fn of_case(at: i64) -> Vec<StepRow> {
    let mut first = StepRow::pending(Step::CreateOrganization);
    first.start(at);
    vec![first, StepRow::pending(Step::SendInvitation)]
}

/// Lists the one step of a billing report's work.
pub(crate) fn of_report(at: i64) -> Vec<StepRow> {
    let mut step = StepRow::pending(Step::BuildReport);
    step.start(at);
    vec![step]
}

/// Ends every step of a case's work, or a report's.
pub(crate) fn end_case(steps: &mut [StepRow], errors: &[StepError], at: i64) {
    let state = if errors.is_empty() { StepState::Done } else { StepState::Failed };
    for (step, error) in steps.iter_mut().zip(errors.first().map(Some).into_iter().chain([None, None])) {
        step.finish(error.cloned(), state, at);
    }
}

/// Begins the steps that are done again; those that are there already begin anew.
pub(crate) fn again(steps: &mut Vec<StepRow>, names: &[Step], at: i64) {
    for name in names {
        match steps.iter_mut().find(|step| step.name == *name) {
            Some(step) => *step = StepRow::pending(*name),
            None => steps.push(StepRow::pending(*name)),
        }
    }
    let first = names.first().copied();
    match first.and_then(|first| find(steps, first)) {
        Some(step) if !matches!(step.name, Step::ProvisionPackage(_)) => step.start(at),
        _ => {
            start_base_packages(steps, at);
            start_add_ons(steps, at);
        }
    }
}

/// Brings the steps up to date with an event.
pub(crate) fn fold(steps: &mut [StepRow], event: &CustomerEvent, at: i64) {
    match event {
        CustomerEvent::OrgRequested(_)
        | CustomerEvent::AttachRequested(_)
        | CustomerEvent::Created(_)
        | CustomerEvent::Activated(_)
        | CustomerEvent::BrandingOverrideSet(_)
        | CustomerEvent::LocationAdded(_)
        | CustomerEvent::LocationRemoved(_)
        | CustomerEvent::NumbersAdded(_)
        | CustomerEvent::NumbersRemoved(_)
        | CustomerEvent::SetupAssistRequested(_)
        | CustomerEvent::SeatTaken(_)
        | CustomerEvent::SeatChanged(_)
        | CustomerEvent::SeatReleased(_)
        | CustomerEvent::ConsoleAccessSet(_)
        // Whoever lists the steps begins them anew.
        | CustomerEvent::ProvisioningRetried(_)
        | CustomerEvent::UpdateRequested(_)
        | CustomerEvent::RemovalRequested(_)
        | CustomerEvent::PackageWarned(_)
        | CustomerEvent::ScreeningStarted(_)
        | CustomerEvent::ScreeningCleared(_)
        | CustomerEvent::ScreeningRefused(_)
        | CustomerEvent::OperationCancelled(_)
        | CustomerEvent::Updated(_)
        | CustomerEvent::UpdatedWithErrors(_)
        | CustomerEvent::Provisioned(_)
        | CustomerEvent::ProvisionedWithErrors(_) => {}
        CustomerEvent::AttachAnswered(body) => answered(steps, &body.answer, at),
        CustomerEvent::ProvisioningStarted(_) => {
            finish(steps, Step::CreateOrganization, None, at);
            start_base_packages(steps, at);
        }
        CustomerEvent::StepRetried(retried) => {
            if let Some(step) = find(steps, retried.step) {
                step.retry(retried);
            }
        }
        CustomerEvent::PackageProvisioned(body) => {
            finish(steps, Step::ProvisionPackage(body.package), None, at);
            start_next(steps, at);
        }
        CustomerEvent::PackageFailed(body) => {
            finish(steps, Step::ProvisionPackage(body.package), Some(body.error.clone()), at);
            start_next(steps, at);
        }
        CustomerEvent::PackageRemoved(body) => {
            finish(steps, Step::RemovePackage(body.package), None, at);
            start_next(steps, at);
        }
        CustomerEvent::PackageRemovalFailed(body) => {
            finish(steps, Step::RemovePackage(body.package), Some(body.error.clone()), at);
            start_next(steps, at);
        }
        CustomerEvent::StepSkipped(body) => {
            if let Some(step) = find(steps, body.step) {
                step.finish(None, StepState::Skipped, at);
            }
            start_next(steps, at);
        }
        CustomerEvent::Removed(_) => finish(steps, Step::ReleaseOrganization, None, at),
        CustomerEvent::UpdateFailed(_) | CustomerEvent::RemovalFailed(_) => fail_open(steps, at),
        CustomerEvent::ProvisioningFailed(body) => {
            finish(steps, Step::CreateOrganization, body.errors.first().cloned(), at);
            fail_open(steps, at);
        }
    }
}

fn answered(steps: &mut [StepRow], answer: &AttachAnswer, at: i64) {
    match answer {
        AttachAnswer::ConsentRequested { .. } => {}
        AttachAnswer::Approved { .. } => {
            finish(steps, Step::AttachOrganization, None, at);
            start_base_packages(steps, at);
        }
        AttachAnswer::Refused { .. }
        | AttachAnswer::Declined
        | AttachAnswer::Expired
        | AttachAnswer::Withdrawn => {
            finish(steps, Step::AttachOrganization, attach_error(answer), at);
            fail_open(steps, at);
        }
    }
}

/// What was never begun fails with the work.
pub(crate) fn fail_open(steps: &mut [StepRow], at: i64) {
    for step in steps.iter_mut().filter(|step| step.is_open()) {
        step.finish(None, StepState::Failed, at);
    }
}

fn find(steps: &mut [StepRow], name: Step) -> Option<&mut StepRow> {
    steps.iter_mut().find(|step| step.name == name)
}

/// Ends a step, if it has not ended: badly with an error, else well.
fn finish(steps: &mut [StepRow], name: Step, error: Option<StepError>, at: i64) {
    if let Some(step) = find(steps, name).filter(|step| step.is_open()) {
        let state = if error.is_some() { StepState::Failed } else { StepState::Done };
        step.finish(error, state, at);
    }
}

fn start_base_packages(steps: &mut [StepRow], at: i64) {
    for step in steps.iter_mut().filter(|step| step.state == StepState::Pending) {
        if let Step::ProvisionPackage(package) = step.name
            && !package.is_add_on()
        {
            step.start(at);
        }
    }
}

fn start_add_ons(steps: &mut [StepRow], at: i64) {
    let before = steps.to_vec();
    for step in steps.iter_mut().filter(|step| step.state == StepState::Pending) {
        if let Step::ProvisionPackage(package) = step.name
            && catalogue::readiness(package, |base| base_state(&before, base)) == Readiness::Ready
        {
            step.start(at);
        }
    }
}

/// Begins what waited for the step that has ended.
fn start_next(steps: &mut [StepRow], at: i64) {
    start_add_ons(steps, at);
    start_removals(steps, at);
}

/// Removals begin once nothing is provisioned any more: add-ons, then base packages, then the organization.
fn start_removals(steps: &mut [StepRow], at: i64) {
    for rank in 1..=RANKS {
        if steps.iter().any(|step| step.is_open() && removal_rank(step.name) < rank) {
            return;
        }
        let all_done = steps.iter().all(|step| {
            removal_rank(step.name) == 0
                || removal_rank(step.name) == RANKS
                || step.state != StepState::Failed
        });
        if rank == RANKS && !all_done {
            return;
        }
        let waiting = steps.iter_mut().filter(|step| step.state == StepState::Pending);
        waiting.filter(|step| removal_rank(step.name) == rank).for_each(|step| step.start(at));
    }
}

/// The last rank of [`removal_rank`].
const RANKS: u8 = 3;

/// The place of a step in a removal; 0 for what comes before it.
fn removal_rank(step: Step) -> u8 {
    match step {
        Step::RemovePackage(package) if package.is_add_on() => 1,
        Step::RemovePackage(_) => 2,
        Step::ReleaseOrganization => RANKS,
        Step::AttachOrganization
        | Step::CreateOrganization
        | Step::SendInvitation
        | Step::ProvisionPackage(_)
        | Step::BuildReport => 0,
    }
}

fn base_state(steps: &[StepRow], package: Package) -> BaseState {
    let step = steps.iter().find(|step| step.name == Step::ProvisionPackage(package));
    match step.map(|step| step.state) {
        None => BaseState::Absent,
        Some(StepState::Pending | StepState::Running | StepState::Retrying) => BaseState::Open,
        Some(StepState::Done) => BaseState::Provisioned,
        Some(StepState::Failed | StepState::Skipped) => BaseState::Failed,
    }
}
