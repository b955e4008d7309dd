//! Performs due tasks: one effect each, then a report under the task's ID.
//!
//! A task may run twice, late, or stop half-way: its effects carry keys that follow from its ID, its report is recorded
//! once, and its lease ends by the database's clock.

use std::sync::Arc;

use tenantry_domain::process::{
    AttachOrganization, BuildReport, CaseOnboarding, ChangeCustomer, EndInvitations, EndSubscribers,
    EndSubscriptions, ErasePerson, FulfilQuote, InviteMember, InvitePerson, Process, ProvisionCustomer,
    RunSubscription, SettleSubscriber,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use super::attaching::AttachTasks;
use super::invitations::InvitationTasks;
use super::members;
use super::onboarding::OnboardingTasks;
use super::provisioning::ProvisioningTasks;
use super::run::{Done, Run};
use super::settling::SettlingTasks;
use super::{ending, erasing, quoting, reporting, settling, subscribing};
use crate::app::{App, Rejection};
use crate::limits::{
    LEASE_RENEWAL, LOG, READER_RETRY_PAUSE, TASK_ATTEMPTS_MAX, TASK_BACKOFF_MS, TASK_BACKOFF_MS_MAX,
    TASK_POLL, TASKS_RUNNING_MAX,
};
use crate::ports::{LeasedTask, Mailer, Platform, StoreFault, TaskEnd, TaskStore};
use crate::shutdown::Tasks;

/// Whom effects are asked of.
#[derive(Clone)]
pub struct Outside {
    /// The platform.
    pub platform: Arc<dyn Platform>,
    /// Who hands mails over.
    pub mailer: Arc<dyn Mailer>,
    /// Where people find the pages behind links in mails, without a slash at its end.
    pub public_url: String,
}

/// Performs the tasks of all processes.
pub struct Worker {
    app: Arc<App>,
    store: Arc<dyn TaskStore>,
    provisioning: ProvisioningTasks,
    onboarding: OnboardingTasks,
    invitations: InvitationTasks,
    attaching: AttachTasks,
    settling: SettlingTasks,
    owner: String,
    ordered: Arc<Notify>,
    places: Arc<Semaphore>,
}

impl Worker {
    /// Makes a worker; `ordered` wakes it when there are new tasks.
    pub fn new(app: Arc<App>, outside: Outside, owner: String, ordered: Arc<Notify>) -> Self {
        let Outside { platform, mailer, public_url } = outside;
        Self {
            store: app.tasks.clone(),
            provisioning: ProvisioningTasks { platform: platform.clone() },
            onboarding: OnboardingTasks { platform },
            invitations: InvitationTasks { mailer: mailer.clone(), public_url: public_url.clone() },
            attaching: AttachTasks { mailer: mailer.clone(), public_url: public_url.clone() },
            settling: SettlingTasks { mailer, public_url },
            app,
            owner,
            ordered,
            places: Arc::new(Semaphore::new(TASKS_RUNNING_MAX)),
        }
    }

    /// Performs tasks until the server stops.
    pub async fn run(self: Arc<Self>, tasks: Tasks) {
        while !tasks.is_stopping() {
            let mut places = self.free_places().await;
            match self.lease(places.num_permits() as i64).await {
                Ok(leased) if leased.is_empty() => tokio::select! {
                    () = tasks.stopping() => return,
                    () = self.ordered.notified() => {}
                    () = tokio::time::sleep(TASK_POLL) => {}
                },
                Ok(leased) => {
                    for task in leased {
                        let worker = self.clone();
                        let place = places.split(1).expect("no more tasks are leased than there are places");
                        tasks.spawn(async move {
                            Box::pin(worker.perform(task)).await;
                            drop(place);
                        });
                    }
                }
                Err(fault) => {
                    tracing::warn!(%fault, "cannot lease tasks");
                    tokio::select! {
                        () = tasks.stopping() => return,
                        () = tokio::time::sleep(READER_RETRY_PAUSE) => {}
                    }
                }
            }
        }
    }

    /// Waits for a place and takes all that are free: a task that is leased starts at once, within its lease.
    async fn free_places(&self) -> OwnedSemaphorePermit {
        let mut places = self.places.clone().acquire_owned().await.expect("the places are never closed");
        let more = u32::try_from(self.places.available_permits()).expect("the places are few");
        if let Ok(more) = self.places.clone().try_acquire_many_owned(more) {
            places.merge(more);
        }
        places
    }

    async fn lease(&self, limit: i64) -> Result<Vec<LeasedTask>, StoreFault> {
        self.store.lease_tasks(LOG, &self.owner, limit, self.ahead_ms()).await
    }

    fn ahead_ms(&self) -> i64 {
        self.app.clock.ahead_us() / 1000
    }

    async fn attempt(&self, task: &LeasedTask) -> Result<Done, Rejection> {
        let run = Run::new(&self.app, task)?;
        match task.process.as_str() {
            ProvisionCustomer::NAME | ChangeCustomer::NAME => self.provisioning.perform(&run).await,
            CaseOnboarding::NAME => self.onboarding.perform(&run).await,
            InviteMember::NAME => members::perform(&run).await,
            InvitePerson::NAME => self.invitations.perform(&run).await,
            AttachOrganization::NAME => self.attaching.perform(&run).await,
            FulfilQuote::NAME => quoting::perform(&run).await,
            RunSubscription::NAME => Box::pin(subscribing::perform(&run)).await,
            EndSubscriptions::NAME => subscribing::tell(&run).await,
            SettleSubscriber::NAME => self.settling.perform(&run).await,
            EndSubscribers::NAME => settling::tell(&run).await,
            EndInvitations::NAME => ending::perform(&run).await,
            ErasePerson::NAME => erasing::perform(&run).await,
            BuildReport::NAME => reporting::perform(&run).await,
            other => Err(StoreFault::Corrupt(format!("task of an unknown process {other}")).into()),
        }
    }

    async fn perform(&self, task: LeasedTask) {
        let performed = tokio::select! {
            performed = self.attempt(&task) => performed,
            () = self.hold(&task) => return taken_over(&task),
        };
        let end = match performed {
            Ok(Done::Reported) => TaskEnd::Done,
            Ok(Done::TryAgain { error }) => self.retry(&task, &error),
            Err(rejection) => self.after_rejection(&task, &rejection),
        };
        match self.store.end_task(LOG, &task, &end).await {
            Ok(true) => {}
            Ok(false) => taken_over(&task),
            Err(fault) => {
                tracing::warn!(task = %task.task_id, %fault, "cannot give a task back; its lease will end");
            }
        }
    }

    /// Renews the lease on a task for as long as it is this worker's.
    async fn hold(&self, task: &LeasedTask) {
        loop {
            tokio::time::sleep(LEASE_RENEWAL).await;
            match self.store.end_task(LOG, task, &TaskEnd::Held).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(fault) => {
                    tracing::warn!(task = %task.task_id, %fault, "cannot renew the lease on a task");
                }
            }
        }
    }

    /// The report was not taken: it is tried again for as long as it takes, so that nobody's work is stranded.
    fn after_rejection(&self, task: &LeasedTask, rejection: &Rejection) -> TaskEnd {
        let error = rejection.to_string();
        if !matches!(rejection, Rejection::Unavailable(_) | Rejection::NotYet) {
            metrics::counter!("tenantry_reports_rejected_total", "kind" => task.kind.clone()).increment(1);
            tracing::error!(task = %task.task_id, kind = task.kind, error, "a report is not taken");
        }
        self.retry(task, &error)
    }

    fn retry(&self, task: &LeasedTask, error: &str) -> TaskEnd {
        metrics::counter!("tenantry_tasks_retried_total", "kind" => task.kind.clone()).increment(1);
        // No text of the outside may hold what a database cannot store.
        let error = error.replace(char::is_control, " ");
        let after_ms = backoff_ms(task.attempts, self.app.ids.secret()[0]) + self.ahead_ms();
        TaskEnd::Retry { after_ms, error }
    }
}

/// Notes that another worker has begun a task again: it has what this one did, under the same keys.
fn taken_over(task: &LeasedTask) {
    metrics::counter!("tenantry_leases_lost_total", "of" => "task").increment(1);
    tracing::warn!(task = %task.task_id, "a task was taken over by another worker");
}

/// Tells whether a task that failed again is to be given up.
pub(super) fn is_last_attempt(task: &LeasedTask) -> bool {
    task.attempts >= TASK_ATTEMPTS_MAX
}

/// Returns the pause after an attempt: doubling, bounded, and jittered by up to a half so that many tasks spread out.
pub(super) fn backoff_ms(attempts: i32, chance: u8) -> i64 {
    let doublings = attempts.clamp(1, 32) - 1;
    let full = TASK_BACKOFF_MS.saturating_mul(1_i64 << doublings).min(TASK_BACKOFF_MS_MAX);
    full - full * i64::from(chance) / 512
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_their_bound() {
        assert_eq!(backoff_ms(1, 0), TASK_BACKOFF_MS);
        assert_eq!(backoff_ms(2, 0), 2 * TASK_BACKOFF_MS);
        assert_eq!(backoff_ms(i32::MAX, 0), TASK_BACKOFF_MS_MAX);
        assert!(backoff_ms(3, 255) > 2 * TASK_BACKOFF_MS);
    }
}
