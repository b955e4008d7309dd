//! The task of `end_invitations`: what is open of the invitations that were issued for a customer that is gone.

use tenantry_domain::process::EndInvitationsTask;

use super::erasing::{may_be_accepted, withdraw_one};
use super::run::{Done, Run};
use crate::app::Rejection;

/// Performs the task.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    let EndInvitationsTask::WithdrawForCustomer { customer_id, organization_id } = run.order()?;
    let of_customer = [("customerId".to_owned(), customer_id.to_string())];
    for id in run.app.listed("invitations", organization_id.into(), &of_customer, may_be_accepted).await? {
        withdraw_one(run, organization_id.into(), &id).await?;
    }
    Ok(Done::Reported)
}
