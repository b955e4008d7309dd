//! A package on its way to a customer: the platform, the license on the organization's stream, the report, and the way
//! back where nobody waits for it any more.

use tenantry_domain::customer::{CustomerCommand, PackageOutcome, Step, StepError};
use tenantry_domain::organization::{License, LicenseState, Organization, OrganizationCommand};

use super::changing::{is_awaited, state};
use super::provisioning::{ProvisioningTasks, Settled, Work, in_time, organization, reported, settle};
use super::run::{Done, Run};
use super::subscribing::license_state;
use crate::app::Rejection;
use crate::ports::{PlatformError, ProvisionPackage, Provisioned, RemovePackage};

/// The suffix of the report; the last command is that of the way back, if there is one.
const REPORTED: &str = "reported";

impl ProvisioningTasks {
    /// Provisions a package. Whether somebody waits for it is asked after the platform has answered, too: a step can be
    /// skipped or cancelled, and done again by another task, while the platform is at it.
    pub(super) async fn provision_package(
        &self,
        run: &Run<'_>,
        work: Work,
        request: &ProvisionPackage,
    ) -> Result<Done, Rejection> {
        let package = request.package;
        let step = Step::ProvisionPackage(package);
        // An earlier attempt may have had its effect; before the first there is none.
        if run.task.attempts == 1 && !is_awaited(run, work, step).await? {
            return Ok(Done::Reported);
        }
        let answer = in_time(self.platform.provision_package(&run.key, request)).await;
        let is_open = !run.has_given(REPORTED, run.task.tenant_id).await?;
        let awaited = is_open && is_awaited(run, work, step).await?;
        let (outcome, license_ids) = match answer {
            Ok(provisioned) if awaited => {
                give_license(run, work, request, &provisioned.license_ids).await?;
                let license_ids = provisioned.license_ids.clone();
                (outcome_of(provisioned), Some(license_ids))
            }
            Ok(provisioned) => return self.take_back(run, work, request, provisioned.license_ids).await,
            Err(PlatformError::Transient { description, .. }) if !awaited => {
                return Ok(Done::TryAgain { error: description });
            }
            Err(PlatformError::Permanent { .. }) if !awaited => return Ok(Done::Reported),
            Err(error) => match settle(run, work, step, error).await? {
                Settled::Later(later) => return Ok(later),
                Settled::Final(error) => (PackageOutcome::Failed(error), None),
            },
        };
        let operation_id = work.operation_id;
        let command = CustomerCommand::RecordPackage { operation_id, package, outcome };
        run.give(reported(run, REPORTED, work.customer_id, command)).await?;
        match license_ids {
            Some(license_ids) => self.take_back(run, work, request, license_ids).await,
            None => Ok(Done::Reported),
        }
    }

    /// Takes back what was provisioned, unless the customer knows of it: then the report was taken.
    async fn take_back(
        &self,
        run: &Run<'_>,
        work: Work,
        request: &ProvisionPackage,
        license_ids: Vec<String>,
    ) -> Result<Done, Rejection> {
        let (package, customer_id) = (request.package, work.customer_id);
        let customer = state(run, customer_id).await?;
        let known = customer.requested.as_ref().and_then(|requested| requested.package(package));
        if known.is_some_and(|known| known.has_licenses(&license_ids)) {
            return Ok(Done::Reported);
        }
        let license_id = Some(license_ids.first().cloned().unwrap_or_default());
        let (organization_id, partner_id) = (request.organization_id, request.partner_id);
        let removal = RemovePackage { organization_id, partner_id, package, license_ids };
        let key = format!("{}:back", run.key);
        if let Err(PlatformError::Transient { description, .. }) =
            in_time(self.platform.remove_package(&key, &removal)).await
        {
            return Ok(Done::TryAgain { error: description });
        }
        let command = OrganizationCommand::CancelLicense { customer_id, package, license_id };
        let id = organization_id;
        run.end(run.command::<Organization>("back", "CancelLicense", id, id, command)).await
    }
}

/// Records the license on the organization's stream.
async fn give_license(
    run: &Run<'_>,
    work: Work,
    request: &ProvisionPackage,
    license_ids: &[String],
) -> Result<(), Rejection> {
    let customer = state(run, work.customer_id).await?;
    let state = match &customer.requested {
        Some(customer) => license_state(run, customer, request.package).await?,
        None => LicenseState::Active,
    };
    let license = OrganizationCommand::ProvisionLicense(License {
        package: request.package,
        customer_id: Some(work.customer_id),
        state,
        quantity: request.limit,
        license_id: license_ids.first().cloned().unwrap_or_default(),
    });
    run.give(organization(run, "ProvisionLicense", request.organization_id, license)).await
}

fn outcome_of(provisioned: Provisioned) -> PackageOutcome {
    let Provisioned { license_ids, warnings } = provisioned;
    let warnings = warnings.iter().map(|(code, text)| StepError::new(*code, text)).collect();
    PackageOutcome::Provisioned { license_ids, warnings }
}
