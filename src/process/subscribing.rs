//! The tasks of `run_subscription`: the customer's packages, the licenses of its organization, and the end.

use tenantry_domain::ids::{OperationId, SubscriptionId};
use tenantry_domain::organization::{LicenseState, Organization, OrganizationCommand};
use tenantry_domain::process::SubscriptionTask;
use tenantry_domain::subscription::{Started, Subscription, SubscriptionCommand, SubscriptionState};

use super::run::{Done, Run};
use crate::app::Rejection;

/// Performs a task of `run_subscription` up to its report.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    match run.order()? {
        SubscriptionTask::ApplySubscription { .. } | SubscriptionTask::EndSubscription { .. } => {
            Ok(Done::Reported)
        }
        SubscriptionTask::ExpireSubscription { subscription_id, .. } => {
            // The work has the ID of the task, so that it is one however often this runs.
            let command =
                SubscriptionCommand::Expire { operation_id: OperationId::from_uuid(run.task.task_id.uuid()) };
            let tenant_id = run.task.tenant_id;
            run.end(run.command::<Subscription>(
                "",
                "ExpireSubscription",
                tenant_id,
                subscription_id,
                command,
            ))
            .await
        }
        SubscriptionTask::SetLicenses { subscription_id } => set_licenses(run, subscription_id).await,
    }
}

/// Loads the subscription as it is now, with its sequence.
async fn subscription(run: &Run<'_>, id: SubscriptionId) -> Result<Option<(Started, i64)>, Rejection> {
    let tenant_id = run.task.tenant_id;
    let loaded = run.app.streams.state::<Subscription>(Some(tenant_id), &id.to_string(), true).await?;
    Ok(loaded.state.started.clone().map(|started| (started, loaded.sequence)))
}

/// Makes the licenses what the subscription is, and looks whether it has become another since: whoever writes last has
/// looked last, so however the tasks of a suspension and of its end meet, the licenses are right in the end.
async fn set_licenses(run: &Run<'_>, id: SubscriptionId) -> Result<Done, Rejection> {
    let mut known = subscription(run, id).await?;
    while let Some((started, sequence)) = known {
        let state = match started.state {
            SubscriptionState::Active => LicenseState::Active,
            SubscriptionState::Suspended => LicenseState::Suspended,
            SubscriptionState::Cancelled | SubscriptionState::Expired => return Ok(Done::Reported),
        };
        let command = OrganizationCommand::SetLicenseState {
            customer_id: started.customer_id,
            packages: started.packages(),
            state,
        };
        let (suffix, organization_id) = (format!("licenses:{sequence}"), started.organization_id);
        let name = "SetLicenseState";
        run.give(run.command::<Organization>(&suffix, name, organization_id, organization_id, command))
            .await?;
        known = subscription(run, id).await?.filter(|(_, now)| *now != sequence);
    }
    Ok(Done::Reported)
}
