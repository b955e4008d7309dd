//! What takes away from a customer, and the screening that comes before it gets anything.

use tenantry_domain::customer::{Customer, CustomerCommand, RemovalOutcome, Step};
use tenantry_domain::ids::{CustomerId, OperationId};
use tenantry_domain::organization::{Organization, OrganizationCommand};
use tenantry_domain::process::ProvisionTask;
use tenantry_domain::values::{Country, Name, PhoneNumber};

use super::provisioning::{
    ProvisioningTasks, Settled, Work, in_time, organization, report, reported, settle,
};
use super::run::{Done, Run};
use crate::app::{Rejection, external_id_claim, number_claim, organization_claim};
use crate::ports::{RemovePackage, StoreFault};

impl ProvisioningTasks {
    /// Performs the tasks that remove something.
    pub(super) async fn take_away(&self, run: &Run<'_>, order: ProvisionTask) -> Result<Done, Rejection> {
        match order {
            ProvisionTask::RemovePackage {
                customer_id,
                partner_id,
                organization_id,
                operation_id,
                package,
                license_ids,
            } => {
                let work = Work { customer_id, operation_id };
                let request = RemovePackage { organization_id, partner_id, package, license_ids };
                self.remove_package(run, work, &request).await
            }
            ProvisionTask::FailRemoval { customer_id, operation_id, package, error } => {
                let outcome = RemovalOutcome::Failed(error);
                let command = CustomerCommand::RecordRemoval { operation_id, package, outcome };
                report(run, customer_id, command).await
            }
            ProvisionTask::CancelLicense { customer_id, organization_id, package, license_id } => {
                let command = OrganizationCommand::CancelLicense { customer_id, package, license_id };
                let id = organization_id;
                run.end(run.command::<Organization>("", "CancelLicense", id, id, command)).await
            }
            ProvisionTask::ReleaseOrganization {
                customer_id,
                partner_id,
                organization_id,
                operation_id,
                external_id,
            } => {
                let command = OrganizationCommand::Release { customer_id, partner_id };
                run.give(organization(run, "ReleaseOrganization", organization_id, command)).await?;
                let command = CustomerCommand::RecordReleased { operation_id };
                let mut released = reported(run, "", customer_id, command);
                released.releases.push(organization_claim(partner_id, organization_id));
                released.releases.extend(external_id.map(|id| external_id_claim(partner_id, &id)));
                // No number comes or goes while the customer is being removed.
                released.releases.extend(numbers(run, customer_id).await?.iter().map(number_claim));
                run.end(released).await
            }
            other => {
                Err(StoreFault::Corrupt(format!("task {} removes nothing: {}", run.key, other.kind())).into())
            }
        }
    }

    async fn remove_package(
        &self,
        run: &Run<'_>,
        work: Work,
        request: &RemovePackage,
    ) -> Result<Done, Rejection> {
        let (package, operation_id) = (request.package, work.operation_id);
        let step = Step::RemovePackage(package);
        if !is_awaited(run, work, step).await? {
            return Ok(Done::Reported);
        }
        let outcome = match in_time(self.platform.remove_package(&run.key, request)).await {
            Ok(()) => {
                let customer_id = work.customer_id;
                let command = OrganizationCommand::CancelLicense { customer_id, package, license_id: None };
                run.give(organization(run, "CancelLicense", request.organization_id, command)).await?;
                RemovalOutcome::Removed
            }
            Err(error) => match settle(run, work, step, error).await? {
                Settled::Later(later) => return Ok(later),
                Settled::Final(error) => RemovalOutcome::Failed(error),
            },
        };
        report(run, work.customer_id, CustomerCommand::RecordRemoval { operation_id, package, outcome }).await
    }
}

/// Tells whether a customer waits for a step of some work.
pub(super) async fn is_awaited(
    run: &Run<'_>,
    Work { customer_id, operation_id }: Work,
    step: Step,
) -> Result<bool, Rejection> {
    let customer = state(run, customer_id).await?;
    Ok(customer.requested.as_ref().is_some_and(|requested| requested.awaits(operation_id, step)))
}

/// Loads a customer as it is now: a task that is dropped on old state would leave its work open for ever.
pub(super) async fn state(run: &Run<'_>, customer_id: CustomerId) -> Result<Customer, Rejection> {
    let (tenant_id, id) = (Some(run.task.tenant_id), customer_id.to_string());
    Ok(run.app.streams.state::<Customer>(tenant_id, &id, true).await?.state.clone())
}

/// Compares a party with the screening list (D9); `Some` if it is like an entry, and an operator has to look at it.
pub(super) async fn screen(
    run: &Run<'_>,
    customer_id: CustomerId,
    operation_id: OperationId,
    party: Option<&(Name, Country)>,
) -> Result<Option<Done>, Rejection> {
    let Some((name, country)) = party else { return Ok(None) };
    let Some(listed_name) = run.app.find_denied_party(name, country).await? else { return Ok(None) };
    let name = name.clone();
    let command = CustomerCommand::RecordScreening { operation_id, name, listed_name };
    report(run, customer_id, command).await.map(Some)
}

/// The numbers that a customer has now.
async fn numbers(run: &Run<'_>, id: CustomerId) -> Result<Vec<PhoneNumber>, Rejection> {
    let tenant_id = run.task.tenant_id;
    let loaded = run.app.streams.state::<Customer>(Some(tenant_id), &id.to_string(), true).await?;
    let requested = loaded.state.requested.as_ref();
    Ok(requested.map(|customer| customer.places.numbers.keys().cloned().collect()).unwrap_or_default())
}
