//! The tasks of `run_subscription` and `end_subscriptions`: the customer's packages, the licenses of its organization, and
//! the end.

use std::collections::BTreeSet;

use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{ApplySubscription, Customer, CustomerCommand, PackageStatus, Requested};
use tenantry_domain::ids::{CustomerId, OperationId, SubscriptionId};
use tenantry_domain::organization::{LicenseState, Organization, OrganizationCommand};
use tenantry_domain::process::{EndTask, SubscriptionTask};
use tenantry_domain::refusal::RefusalKind;
use tenantry_domain::subscription::{
    Started, Subscription, SubscriptionCommand, SubscriptionStarted, SubscriptionState,
};

use super::run::{Done, Run};
use crate::app::{Rejection, Report};

/// The suffix of the command that gives the customer what a subscription orders.
const APPLY: &str = "apply";

/// The suffix of the command that takes it away.
const END: &str = "end";

/// Performs a task of `run_subscription` up to its report.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    match run.order()? {
        SubscriptionTask::ApplySubscription { started } => apply(run, *started).await,
        SubscriptionTask::ExpireSubscription { subscription_id, .. } => {
            // The work has the ID of the task, so that it is one however often this runs.
            let operation_id = OperationId::from_uuid(run.task.task_id.uuid());
            let command = SubscriptionCommand::Expire { operation_id };
            run.end(reported(run, "", "ExpireSubscription", subscription_id, command)).await
        }
        SubscriptionTask::SetLicenses { subscription_id } => set_licenses(run, subscription_id).await,
        SubscriptionTask::EndSubscription { subscription_id, customer_id, operation_id } => {
            end(run, subscription_id, customer_id, operation_id).await
        }
    }
}

/// Performs the task of `end_subscriptions`.
pub(super) async fn tell(run: &Run<'_>) -> Result<Done, Rejection> {
    let EndTask::TellSubscription { subscription_id } = run.order()?;
    let command = SubscriptionCommand::RecordCustomerGone;
    run.end(reported(run, "", "ReportCustomerGone", subscription_id, command)).await
}

/// A command to the subscription.
fn reported(
    run: &Run<'_>,
    suffix: &str,
    name: &'static str,
    id: SubscriptionId,
    command: SubscriptionCommand,
) -> Report<Subscription> {
    run.command(suffix, name, run.task.tenant_id, id, command)
}

/// Loads the subscription as it is now, with its sequence.
async fn subscription(run: &Run<'_>, id: SubscriptionId) -> Result<Option<(Started, i64)>, Rejection> {
    let tenant_id = run.task.tenant_id;
    let loaded = run.app.streams.state::<Subscription>(Some(tenant_id), &id.to_string(), true).await?;
    Ok(loaded.state.started.clone().map(|started| (started, loaded.sequence)))
}

/// Loads the customer as it is now, if it is there.
async fn customer(run: &Run<'_>, id: CustomerId) -> Result<Option<Requested>, Rejection> {
    let tenant_id = run.task.tenant_id;
    let loaded = run.app.streams.state::<Customer>(Some(tenant_id), &id.to_string(), true).await?;
    Ok(loaded.state.requested.clone().filter(Requested::is_there))
}

/// Gives a command that the customer takes once other work on it has ended; `Some` while it does not.
async fn once_free(run: &Run<'_>, report: Report<Customer>) -> Result<Option<Done>, Rejection> {
    match run.give(report).await {
        Ok(()) => Ok(None),
        Err(Rejection::Refused(refused)) if refused.kind == RefusalKind::Conflict => {
            Ok(Some(Done::TryAgain { error: refused.detail }))
        }
        Err(rejection) => Err(rejection),
    }
}

/// Gives the customer what the subscription orders. Where the subscription has ended before, or the customer is gone, the
/// work ends without a change.
async fn apply(run: &Run<'_>, started: SubscriptionStarted) -> Result<Done, Rejection> {
    let SubscriptionStarted { subscription_id, customer_id, operation_id, location, .. } = started;
    let tenant_id = run.task.tenant_id;
    let Some((now, _)) = subscription(run, subscription_id).await? else { return Ok(Done::Reported) };
    if !run.has_given(APPLY, tenant_id).await? {
        if !now.state.is_open() {
            return dropped(run, subscription_id, operation_id).await;
        }
        let order = ApplySubscription { subscription_id, operation_id, lines: now.units(), location };
        let command = CustomerCommand::ApplySubscription(Box::new(order));
        let report = run.command::<Customer>(APPLY, "ApplySubscription", tenant_id, customer_id, command);
        if let Some(later) = once_free(run, report).await? {
            return Ok(later);
        }
    }
    let Some(customer) = customer(run, customer_id).await? else {
        let command = SubscriptionCommand::RecordCustomerGone;
        run.give(reported(run, "gone", "ReportCustomerGone", subscription_id, command)).await?;
        return dropped(run, subscription_id, operation_id).await;
    };
    // Whoever has ended the subscription meanwhile may have found nothing at the customer to end.
    match subscription(run, subscription_id).await? {
        Some((now, _)) if !now.state.is_open() && customer.subscriptions.contains_key(&now.id) => {
            Ok(take_back(run, &now, now.operation_id).await?.unwrap_or(Done::Reported))
        }
        _ => Ok(Done::Reported),
    }
}

/// Takes from the customer what only the subscription orders; where it has nothing of it, the work ends without a change.
async fn end(
    run: &Run<'_>,
    id: SubscriptionId,
    customer_id: CustomerId,
    operation_id: OperationId,
) -> Result<Done, Rejection> {
    let tenant_id = run.task.tenant_id;
    let given = run.has_given(END, tenant_id).await?;
    let before = customer(run, customer_id).await?;
    let holds = before.as_ref().is_some_and(|customer| customer.subscriptions.contains_key(&id));
    if holds
        && !given
        && let Some((now, _)) = subscription(run, id).await?
    {
        if let Some(later) = take_back(run, &now, operation_id).await? {
            return Ok(later);
        }
        if customer(run, customer_id).await?.is_some() {
            return Ok(Done::Reported);
        }
    }
    if given && before.is_some() {
        return Ok(Done::Reported);
    }
    dropped(run, id, operation_id).await
}

/// Gives the customer the word that the subscription has ended; `Some` while it does not take it.
async fn take_back(
    run: &Run<'_>,
    ended: &Started,
    operation_id: OperationId,
) -> Result<Option<Done>, Rejection> {
    // What another subscription orders too is as that one is.
    if ended.suspended
        && let Some(customer) = customer(run, ended.customer_id).await?
    {
        let (states, _) = states(run, &customer, ended).await?;
        set_states(run, "licenses", ended, states).await?;
    }
    let command = CustomerCommand::EndSubscription { subscription_id: ended.id, operation_id };
    let (tenant_id, id) = (run.task.tenant_id, ended.customer_id);
    once_free(run, run.command::<Customer>(END, "EndSubscription", tenant_id, id, command)).await
}

/// Ends work without a change of the customer.
async fn dropped(run: &Run<'_>, id: SubscriptionId, operation_id: OperationId) -> Result<Done, Rejection> {
    let command = SubscriptionCommand::RecordDropped { operation_id };
    run.end(reported(run, "", "ReportWorkDropped", id, command)).await
}

/// Makes the licenses what the customer's subscriptions are, and looks whether one has become another since: whoever
/// writes last has looked last, so however the tasks of suspensions and of their ends meet, the licenses are right in the
/// end.
async fn set_licenses(run: &Run<'_>, id: SubscriptionId) -> Result<Done, Rejection> {
    let mut seen = None;
    loop {
        let Some((started, _)) = subscription(run, id).await? else { return Ok(Done::Reported) };
        let Some(customer) = customer(run, started.customer_id).await? else { return Ok(Done::Reported) };
        if !started.state.is_open() {
            return Ok(Done::Reported);
        }
        // A license that comes later would be active.
        if !customer.subscriptions.contains_key(&id) || is_coming(&customer, &started) {
            return Ok(Done::TryAgain { error: "the packages are being provisioned".to_owned() });
        }
        let (states, sequences) = states(run, &customer, &started).await?;
        if seen.replace(sequences) == Some(sequences) {
            return Ok(Done::Reported);
        }
        set_states(run, &format!("licenses:{sequences}"), &started, states).await?;
    }
}

/// Returns what the licenses of a subscription's packages have to be, and the sum of the sequences that tell: a license
/// is suspended once nothing that goes on orders its package.
async fn states(
    run: &Run<'_>,
    customer: &Requested,
    started: &Started,
) -> Result<([(LicenseState, Vec<Package>); 2], i64), Rejection> {
    let (mut active, mut ordered, mut sequences) = (BTreeSet::new(), BTreeSet::new(), 0);
    for id in customer.subscriptions.keys() {
        let Some((known, sequence)) = subscription(run, *id).await? else { continue };
        sequences += sequence;
        match known.state {
            SubscriptionState::Active => active.extend(known.packages()),
            SubscriptionState::Suspended => ordered.extend(known.packages()),
            SubscriptionState::Cancelled | SubscriptionState::Expired => {}
        }
    }
    let own = started.packages();
    let usable = own.iter().copied().filter(|package| active.contains(package)).collect();
    let suspended = own.iter().copied().filter(|it| ordered.contains(it) && !active.contains(it)).collect();
    Ok(([(LicenseState::Active, usable), (LicenseState::Suspended, suspended)], sequences))
}

/// Returns what the license of a package that comes to a customer has to be: suspended where subscriptions order it and
/// none of them goes on. Whoever lifts a suspension meanwhile waits until the package is there.
pub(super) async fn license_state(
    run: &Run<'_>,
    customer: &Requested,
    package: Package,
) -> Result<LicenseState, Rejection> {
    let mut state = LicenseState::Active;
    for id in customer.subscriptions.keys() {
        let Some((known, _)) = subscription(run, *id).await? else { continue };
        match known.state {
            _ if !known.packages().contains(&package) => {}
            SubscriptionState::Active => return Ok(LicenseState::Active),
            SubscriptionState::Suspended => state = LicenseState::Suspended,
            SubscriptionState::Cancelled | SubscriptionState::Expired => {}
        }
    }
    Ok(state)
}

/// Tells whether a package of the subscription is on its way to the customer.
fn is_coming(customer: &Requested, started: &Started) -> bool {
    let status = |package| customer.package(package).map(|state| state.status);
    started.packages().into_iter().any(|package| status(package) == Some(PackageStatus::Provisioning))
}

async fn set_states(
    run: &Run<'_>,
    suffix: &str,
    started: &Started,
    states: [(LicenseState, Vec<Package>); 2],
) -> Result<(), Rejection> {
    let (customer_id, id) = (started.customer_id, started.organization_id);
    for (n, (state, packages)) in states.into_iter().enumerate() {
        let command = OrganizationCommand::SetLicenseState { customer_id, packages, state };
        let suffix = format!("{suffix}:{n}");
        run.give(run.command::<Organization>(&suffix, "SetLicenseState", id, id, command)).await?;
    }
    Ok(())
}
