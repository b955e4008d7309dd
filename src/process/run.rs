//! One run of a task: what its performer needs to read the order, open people's data, and give commands under its key.

use serde::de::DeserializeOwned;
use tenantry_domain::notification::Notice;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::worker::is_last_attempt;
use crate::app::{App, Origin, Rejection, Report};
use crate::ports::{LeasedTask, Letter, Mail, MailError, Mailer, StoreFault};

/// What became of a task.
pub(super) enum Done {
    /// Its outcome is an event, or there was nothing to do.
    Reported,
    /// The outside could not do it now.
    TryAgain {
        /// What it said.
        error: String,
    },
}

/// A task that is being performed.
pub(super) struct Run<'a> {
    pub(super) app: &'a App,
    pub(super) task: &'a LeasedTask,
    /// The key of its effects and of its last command.
    pub(super) key: String,
    pub(super) origin: Origin,
}

impl<'a> Run<'a> {
    /// Begins a run.
    pub(super) fn new(app: &'a App, task: &'a LeasedTask) -> Result<Self, Rejection> {
        let origin = read(task, &task.origin)?;
        Ok(Self { app, task, key: task.task_id.to_string(), origin })
    }

    /// Reads what is to be done.
    pub(super) fn order<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        read(self.task, &self.task.payload)
    }

    /// Tells whether an earlier run reached the last command, which writes in that tenant.
    pub(super) async fn is_reported(&self, tenant_id: TenantId) -> Result<bool, Rejection> {
        Ok(self.task.attempts > 1 && self.app.is_reported(&self.origin, tenant_id, &self.key).await?)
    }

    /// Tells whether an earlier run gave the command with a suffix, in that tenant.
    pub(super) async fn has_given(&self, suffix: &str, tenant_id: TenantId) -> Result<bool, Rejection> {
        let command_id = format!("{}:{suffix}", self.key);
        Ok(self.task.attempts > 1 && self.app.is_reported(&self.origin, tenant_id, &command_id).await?)
    }

    /// Opens people's data of a tenant.
    pub(super) async fn open<T: PersonalSlots>(
        &self,
        tenant_id: TenantId,
        thing: &mut T,
    ) -> Result<(), Rejection> {
        Ok(self.app.persons.open(tenant_id, thing).await?)
    }

    /// Makes a command under the task's key and a suffix; none for its last one.
    ///
    /// The order is its body: what a task does is always the same.
    pub(super) fn command<A: Decide>(
        &self,
        suffix: &str,
        name: &'static str,
        tenant_id: impl Into<TenantId>,
        aggregate_id: impl std::fmt::Display,
        command: A::Command,
    ) -> Report<A> {
        let separator = if suffix.is_empty() { "" } else { ":" };
        Report {
            command_id: format!("{}{separator}{suffix}", self.key),
            name,
            tenant_id: tenant_id.into(),
            aggregate_id: aggregate_id.to_string(),
            command,
            body: self.task.payload.clone(),
            tenant: None,
            claims: Vec::new(),
            releases: Vec::new(),
            persons: self.app.no_persons(),
        }
    }

    /// Gives a command.
    pub(super) async fn give<A: Decide>(&self, report: Report<A>) -> Result<(), Rejection> {
        self.app.report(&self.origin, report).await
    }

    /// Gives the last command.
    pub(super) async fn end<A: Decide>(&self, report: Report<A>) -> Result<Done, Rejection> {
        self.give(report).await?;
        Ok(Done::Reported)
    }

    /// Hands a mail over; `Some` is how the task ends when that does not work now. Somebody who is erased gets none.
    pub(super) async fn send(
        &self,
        mailer: &dyn Mailer,
        notice: &Notice<'_>,
        tenant_id: TenantId,
        letter: Letter,
    ) -> Result<Option<Done>, Rejection> {
        let Some(mail) = Mail::of(notice, self.key.clone(), tenant_id, letter) else { return Ok(None) };
        match mailer.send(&mail).await {
            Ok(()) => Ok(None),
            Err(MailError::Transient(error)) => Ok(Some(Done::TryAgain { error })),
            Err(MailError::Store(fault)) => Err(fault.into()),
        }
    }

    /// Tells whether a task that failed again is to be given up.
    pub(super) fn is_last_attempt(&self) -> bool {
        is_last_attempt(self.task)
    }
}

fn read<T: DeserializeOwned>(task: &LeasedTask, text: &str) -> Result<T, Rejection> {
    serde_json::from_str(text)
        .map_err(|error| StoreFault::Corrupt(format!("task {}: {error}", task.task_id)).into())
}
