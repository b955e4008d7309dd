//! The tasks of `provision_customer`: the platform first, then the organization's own stream, then the report.

use std::future::Future;
use std::sync::Arc;

use serde_json::json;
use tenantry_domain::customer::{Customer, CustomerCommand, PackageOutcome, Step, StepError, StepOutcome};
use tenantry_domain::ids::{CustomerId, OrganizationId, PartnerId};
use tenantry_domain::organization::{LicenseState, Organization, OrganizationCommand};
use tenantry_domain::process::ProvisionTask;

use super::runner::Ordered;
use super::worker::{backoff_ms, is_last_attempt};
use crate::app::{App, Origin, Rejection, Report};
use crate::limits::EFFECT_TIMEOUT;
use crate::ports::{
    CreateOrganization, LeasedTask, NewTenant, Platform, PlatformError, ProvisionPackage, StoreFault,
};

impl Ordered for ProvisionTask {
    fn kind(&self) -> &'static str {
        Self::kind(self)
    }
}

/// What became of a task.
pub(super) enum Done {
    /// Its outcome is an event.
    Reported,
    /// The platform could not do it now.
    TryAgain {
        /// What it said.
        error: String,
    },
}

/// Performs the tasks of `provision_customer`.
pub(super) struct ProvisioningTasks {
    pub(super) app: Arc<App>,
    pub(super) platform: Arc<dyn Platform>,
}

/// What every step of a task needs.
struct Run<'a> {
    task: &'a LeasedTask,
    key: String,
    origin: Origin,
}

impl ProvisioningTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, task: &LeasedTask) -> Result<Done, Rejection> {
        let unreadable =
            |error: serde_json::Error| StoreFault::Corrupt(format!("task {}: {error}", task.task_id));
        let order: ProvisionTask = serde_json::from_str(&task.payload).map_err(unreadable)?;
        let origin: Origin = serde_json::from_str(&task.origin).map_err(unreadable)?;
        let run = Run { task, key: task.task_id.to_string(), origin };
        if task.attempts > 1 && self.app.is_reported(&run.origin, task.tenant_id, &run.key).await? {
            return Ok(Done::Reported);
        }
        match order {
            ProvisionTask::CreateOrganization {
                customer_id,
                partner_id,
                organization_id,
                name,
                country,
                language,
                ..
            } => {
                let command = OrganizationCommand::Create {
                    id: organization_id,
                    name,
                    country,
                    language: Some(language),
                    created_by: partner_id,
                };
                self.create_organization(&run, customer_id, partner_id, organization_id, command).await
            }
            ProvisionTask::ProvisionPackage {
                customer_id,
                partner_id,
                organization_id,
                package,
                limit,
                ..
            } => {
                let request = ProvisionPackage { organization_id, partner_id, package, limit };
                self.provision_package(&run, customer_id, &request).await
            }
            ProvisionTask::FailPackage { customer_id, package, error, .. } => {
                let outcome = PackageOutcome::Failed(error);
                self.report(&run, customer_id, CustomerCommand::RecordPackage { package, outcome }).await
            }
        }
    }

    async fn create_organization(
        &self,
        run: &Run<'_>,
        customer_id: CustomerId,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        command: OrganizationCommand,
    ) -> Result<Done, Rejection> {
        let OrganizationCommand::Create { name, .. } = &command else {
            return Err(StoreFault::Corrupt(format!("task {} creates no organization", run.key)).into());
        };
        let request = CreateOrganization { organization_id, partner_id, name: name.as_str().to_owned() };
        let outcome = match in_time(self.platform.create_organization(&run.key, &request)).await {
            Ok(reference) => {
                let tenant = Some(NewTenant { tenant_id: organization_id.into() });
                self.organization(run, "CreateOrganization", organization_id, command, tenant).await?;
                StepOutcome::Done { reference }
            }
            Err(error) => match self.settle(run, customer_id, Step::CreateOrganization, error).await? {
                Settled::Later(later) => return Ok(later),
                Settled::Final(error) => StepOutcome::Failed { errors: vec![error] },
            },
        };
        self.report(run, customer_id, CustomerCommand::RecordOrganization { outcome }).await
    }

    async fn provision_package(
        &self,
        run: &Run<'_>,
        customer_id: CustomerId,
        request: &ProvisionPackage,
    ) -> Result<Done, Rejection> {
        let package = request.package;
        let outcome = match in_time(self.platform.provision_package(&run.key, request)).await {
            Ok(provisioned) => {
                let license = OrganizationCommand::SetLicense {
                    package,
                    state: LicenseState::Active,
                    quantity: request.limit,
                    license_id: provisioned.license_ids.first().cloned().unwrap_or_default(),
                };
                self.organization(run, "SetLicense", request.organization_id, license, None).await?;
                let warnings =
                    provisioned.warnings.iter().map(|(code, text)| StepError::new(*code, text)).collect();
                PackageOutcome::Provisioned { license_ids: provisioned.license_ids, warnings }
            }
            Err(error) => {
                match self.settle(run, customer_id, Step::ProvisionPackage(package), error).await? {
                    Settled::Later(later) => return Ok(later),
                    Settled::Final(error) => PackageOutcome::Failed(error),
                }
            }
        };
        self.report(run, customer_id, CustomerCommand::RecordPackage { package, outcome }).await
    }

    /// Decides whether the platform's error is final; one that is not becomes an event and is tried again.
    async fn settle(
        &self,
        run: &Run<'_>,
        customer_id: CustomerId,
        step: Step,
        error: PlatformError,
    ) -> Result<Settled, Rejection> {
        let (code, description, transient) = match error {
            PlatformError::Transient { code, description } => (code, description, true),
            PlatformError::Permanent { code, description } => (code, description, false),
        };
        let error = StepError::new(code, &description);
        if !transient || is_last_attempt(run.task) {
            return Ok(Settled::Final(error));
        }
        let attempt = run.task.attempts.unsigned_abs();
        let pause_us = backoff_ms(run.task.attempts, 0) * 1000;
        let command = CustomerCommand::RecordAttempt {
            step,
            error,
            attempt,
            retry_at: self.app.clock.now_us().saturating_add(pause_us),
        };
        let again =
            Run { task: run.task, key: format!("{}:attempt:{attempt}", run.key), origin: run.origin.clone() };
        self.report(&again, customer_id, command).await?;
        Ok(Settled::Later(Done::TryAgain { error: description }))
    }

    async fn organization(
        &self,
        run: &Run<'_>,
        name: &'static str,
        id: OrganizationId,
        command: OrganizationCommand,
        tenant: Option<NewTenant>,
    ) -> Result<(), Rejection> {
        let report = Report::<Organization> {
            command_id: format!("{}:organization", run.key),
            name,
            tenant_id: id.into(),
            aggregate_id: id.to_string(),
            // The order and the platform's answer under this key are always the same.
            body: run.task.payload.clone(),
            command,
            tenant,
        };
        self.app.report(&run.origin, report).await
    }

    async fn report(
        &self,
        run: &Run<'_>,
        id: CustomerId,
        command: CustomerCommand,
    ) -> Result<Done, Rejection> {
        let report = Report::<Customer> {
            command_id: run.key.clone(),
            name: "ReportProvisioning",
            tenant_id: run.task.tenant_id,
            aggregate_id: id.to_string(),
            body: body_of(&command).to_string(),
            command,
            tenant: None,
        };
        self.app.report(&run.origin, report).await?;
        Ok(Done::Reported)
    }
}

/// Returns what tells two reports of one task apart.
fn body_of(command: &CustomerCommand) -> serde_json::Value {
    match command {
        CustomerCommand::RecordOrganization { outcome } => json!(outcome),
        CustomerCommand::RecordPackage { package, outcome } => json!([package, outcome]),
        CustomerCommand::RecordAttempt { step, error, attempt, .. } => json!([step, error, attempt]),
        CustomerCommand::CreateOrg(_) => json!(null),
    }
}

/// Waits for the platform, but not for ever: silence is an error like any other, and is tried again.
async fn in_time<T>(call: impl Future<Output = Result<T, PlatformError>>) -> Result<T, PlatformError> {
    tokio::time::timeout(EFFECT_TIMEOUT, call).await.unwrap_or_else(|_| {
        let description = format!("no answer within {} ms", EFFECT_TIMEOUT.as_millis());
        Err(PlatformError::Transient { code: NO_ANSWER, description })
    })
}

/// The number of the error when the platform says nothing.
const NO_ANSWER: u32 = 504;

enum Settled {
    Later(Done),
    Final(StepError),
}
