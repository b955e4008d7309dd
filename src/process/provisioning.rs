//! The tasks of `provision_customer`: the platform first, then the organization's own stream, then the report.

use std::future::Future;
use std::sync::Arc;

use serde_json::json;
use tenantry_domain::customer::{Customer, CustomerCommand, PackageOutcome, Step, StepError, StepOutcome};
use tenantry_domain::ids::{CustomerId, InvitationId, OperationId, OrganizationId};
use tenantry_domain::limits::DAY_US;
use tenantry_domain::organization::{
    AttachCommand, Create, MemberRole, Organization, OrganizationCommand, Reserve,
};
use tenantry_domain::person::KnownPerson;
use tenantry_domain::personal::Personal;
use tenantry_domain::process::ProvisionTask;

use super::changing::screen;
use super::onboarding::{Invited, invite, is_there, take_back};
use super::run::{Done, Run};
use super::worker::backoff_ms;
use crate::app::{Rejection, Report};
use crate::limits::EFFECT_TIMEOUT;
use crate::ports::{CreateOrganization, NewTenant, Platform, PlatformError, ProvisionPackage, StoreFault};

/// A piece of work on a customer.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub(super) customer_id: CustomerId,
    pub(super) operation_id: OperationId,
}

/// Performs the tasks of `provision_customer` and `change_customer`.
pub(super) struct ProvisioningTasks {
    pub(super) platform: Arc<dyn Platform>,
}

impl ProvisioningTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        if run.is_reported(run.task.tenant_id).await? {
            return Ok(Done::Reported);
        }
        match run.order()? {
            order @ ProvisionTask::CreateOrganization { .. } => self.create_organization(run, order).await,
            ProvisionTask::AttachOrganization {
                customer_id,
                partner_id,
                organization_id,
                operation_id,
                partner_name,
                may_ask,
                brand_name,
                language,
                name,
                country,
                screened,
            } => {
                // What the organization was asked by an earlier run, it has answered.
                if run.is_reported(organization_id.into()).await? {
                    return Ok(Done::Reported);
                }
                let party = name.zip(country).filter(|_| !screened);
                if let Some(done) = screen(run, customer_id, operation_id, party.as_ref()).await? {
                    return Ok(done);
                }
                let (now_us, valid_us) = (run.app.clock.now_us(), i64::from(run.app.consent_days) * DAY_US);
                let reserve = Reserve {
                    customer_id,
                    partner_id,
                    partner_name,
                    operation_id,
                    may_ask,
                    brand_name,
                    language,
                    now_us,
                    valid_us,
                };
                let command = OrganizationCommand::from(AttachCommand::Reserve(Box::new(reserve)));
                let id = organization_id;
                run.end(run.command::<Organization>("", "ReserveAttach", id, id, command)).await
            }
            order @ ProvisionTask::InviteAdministrator { .. } => invite_administrator(run, order).await,
            ProvisionTask::ProvisionPackage {
                customer_id,
                partner_id,
                organization_id,
                operation_id,
                package,
                license_ids,
                limit,
                ..
            } => {
                let request = ProvisionPackage { organization_id, partner_id, package, license_ids, limit };
                self.provision_package(run, Work { customer_id, operation_id }, &request).await
            }
            ProvisionTask::FailPackage { customer_id, operation_id, package, error, .. } => {
                let outcome = PackageOutcome::Failed(error);
                let command = CustomerCommand::RecordPackage { operation_id, package, outcome };
                report(run, customer_id, command).await
            }
            order @ (ProvisionTask::RemovePackage { .. }
            | ProvisionTask::FailRemoval { .. }
            | ProvisionTask::CancelLicense { .. }
            | ProvisionTask::ReleaseOrganization { .. }) => self.take_away(run, order).await,
        }
    }

    async fn create_organization(&self, run: &Run<'_>, order: ProvisionTask) -> Result<Done, Rejection> {
        let ProvisionTask::CreateOrganization {
            customer_id,
            partner_id,
            organization_id,
            operation_id,
            name,
            country,
            language,
            authentication,
            screened,
        } = order
        else {
            return Err(StoreFault::Corrupt(format!("task {} creates no organization", run.key)).into());
        };
        let party = (!screened).then(|| (name.clone(), country.clone()));
        if let Some(done) = screen(run, customer_id, operation_id, party.as_ref()).await? {
            return Ok(done);
        }
        let work = Work { customer_id, operation_id };
        let request = CreateOrganization { organization_id, partner_id, name: name.as_str().to_owned() };
        let outcome = match in_time(self.platform.create_organization(&run.key, &request)).await {
            Ok(reference) => {
                let create = Create {
                    id: organization_id,
                    name,
                    country,
                    language: Some(language),
                    created_by: partner_id,
                    customer_id,
                    authentication: Some(authentication),
                };
                let command = OrganizationCommand::Create(Box::new(create));
                let mut created = organization(run, "CreateOrganization", organization_id, command);
                created.tenant = Some(NewTenant { tenant_id: organization_id.into() });
                run.give(created).await?;
                StepOutcome::Done { reference }
            }
            Err(error) => match settle(run, work, Step::CreateOrganization, error).await? {
                Settled::Later(later) => return Ok(later),
                Settled::Final(error) => StepOutcome::Failed { errors: vec![error] },
            },
        };
        report(run, customer_id, CustomerCommand::RecordOrganization { operation_id, outcome }).await
    }
}

/// Decides whether the platform's error is final; one that is not becomes an event and is tried again.
pub(super) async fn settle(
    run: &Run<'_>,
    Work { customer_id, operation_id }: Work,
    step: Step,
    error: PlatformError,
) -> Result<Settled, Rejection> {
    let (code, description, transient) = match error {
        PlatformError::Transient { code, description } => (code, description, true),
        PlatformError::Permanent { code, description } => (code, description, false),
    };
    let error = StepError::new(code, &description);
    if !transient || run.is_last_attempt() {
        return Ok(Settled::Final(error));
    }
    let attempt = run.task.attempts.unsigned_abs();
    let pause_us = backoff_ms(run.task.attempts, 0) * 1000;
    let retry_at = run.app.clock.now_us().saturating_add(pause_us);
    let command = CustomerCommand::RecordAttempt { operation_id, step, error, attempt, retry_at };
    run.give(reported(run, &format!("attempt:{attempt}"), customer_id, command)).await?;
    Ok(Settled::Later(Done::TryAgain { error: description }))
}

/// The effect on the organization's own stream.
pub(super) fn organization(
    run: &Run<'_>,
    name: &'static str,
    id: OrganizationId,
    command: OrganizationCommand,
) -> Report<Organization> {
    run.command("organization", name, id, id, command)
}

pub(super) async fn report(
    run: &Run<'_>,
    id: CustomerId,
    command: CustomerCommand,
) -> Result<Done, Rejection> {
    run.end(reported(run, "", id, command)).await
}

pub(super) fn reported(
    run: &Run<'_>,
    suffix: &str,
    id: CustomerId,
    command: CustomerCommand,
) -> Report<Customer> {
    let body = body_of(&command).to_string();
    Report { body, ..run.command(suffix, "ReportProvisioning", run.task.tenant_id, id, command) }
}

async fn invite_administrator(run: &Run<'_>, order: ProvisionTask) -> Result<Done, Rejection> {
    let ProvisionTask::InviteAdministrator {
        customer_id,
        partner_id,
        organization_id,
        organization_name,
        mut email,
        brand_name,
        language,
        ..
    } = order
    else {
        return Err(StoreFault::Corrupt(format!("task {} invites nobody", run.key)).into());
    };
    // Nobody is invited in the name of a partner whose customer is gone.
    let invitation_id = InvitationId::from_uuid(run.task.task_id.uuid());
    if !is_there(run, (partner_id, customer_id)).await? {
        return if run.task.attempts > 1 {
            take_back(run, organization_id, invitation_id).await
        } else {
            Ok(Done::Reported)
        };
    }
    run.open(partner_id.into(), &mut email).await?;
    let Personal::Open { subject: person_id, value: email } = email else { return Ok(Done::Reported) };
    let invited = Invited {
        source: KnownPerson { tenant_id: partner_id.into(), person_id },
        invitation_id,
        organization_id,
        organization_name,
        partner_id: Some(partner_id),
        customer_id: Some(customer_id),
        case_id: None,
        name: None,
        email,
        role: MemberRole::OrgAdmin,
        notification: None,
        brand_name,
        language,
    };
    invite(run, invited).await
}

/// Returns what tells two reports of one task apart.
fn body_of(command: &CustomerCommand) -> serde_json::Value {
    match command {
        CustomerCommand::RecordOrganization { outcome, .. } => json!(outcome),
        CustomerCommand::RecordPackage { package, outcome, .. } => json!([package, outcome]),
        CustomerCommand::RecordRemoval { package, outcome, .. } => json!([package, outcome]),
        CustomerCommand::RecordAttempt { step, error, attempt, .. } => json!([step, error, attempt]),
        CustomerCommand::RecordScreening { listed_name, .. } => json!(listed_name),
        // The others are no reports, or have nothing that differs.
        _ => json!(null),
    }
}

/// Waits for the platform, but not for ever: silence is an error like any other, and is tried again.
pub(super) async fn in_time<T>(
    call: impl Future<Output = Result<T, PlatformError>>,
) -> Result<T, PlatformError> {
    tokio::time::timeout(EFFECT_TIMEOUT, call).await.unwrap_or_else(|_| {
        let description = format!("no answer within {} ms", EFFECT_TIMEOUT.as_millis());
        Err(PlatformError::Transient { code: NO_ANSWER, description })
    })
}

/// The number of the error when the platform says nothing.
const NO_ANSWER: u32 = 504;

/// What became of an error of the platform.
pub(super) enum Settled {
    Later(Done),
    Final(StepError),
}
