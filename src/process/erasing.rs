//! The tasks of `erase_person`: the other tenants, and all by which the person could still act.
//!
//! Each finds what it ends by the sealed values, which name their person though nobody can open them.

use serde_json::{Value, json};
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand};
use tenantry_domain::ids::PersonId;
use tenantry_domain::invitation::{Invitation, InvitationCommand, InvitationStatus};
use tenantry_domain::organization::{Change, Manage, Manager, Organization, OrganizationCommand};
use tenantry_domain::partner::{Partner, PartnerCommand};
use tenantry_domain::process::ErasureTask;
use tenantry_domain::subscriber::Subscriber;
use tenantry_domain::tenant::TenantId;

use super::run::{Done, Run};
use super::settling::free_address;
use crate::app::{Rejection, may_be_of};
use crate::limits::LOG;

/// Performs a task.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    let tenant_id = run.task.tenant_id;
    match run.order()? {
        ErasureTask::EraseIn { person } => run.app.erase(&run.origin, run.key.clone(), person).await?,
        ErasureTask::ForgetPerson { person_id } => {
            run.app.erasing.forget_person(LOG, tenant_id, person_id).await?;
            run.app.overwrite_deleted().await?;
        }
        ErasureTask::TakeOut { person_id } => take_out(run, tenant_id, person_id).await?,
        ErasureTask::WithdrawInvitations { person_id } => withdraw(run, tenant_id, person_id).await?,
        ErasureTask::RevokeKeys { person_id } => revoke_keys(run, tenant_id, person_id).await?,
        ErasureTask::FreeAddresses { person_id } => free_addresses(run, tenant_id, person_id).await?,
    }
    Ok(Done::Reported)
}

async fn take_out(run: &Run<'_>, tenant_id: TenantId, person_id: PersonId) -> Result<(), Rejection> {
    let user_id = person_id.into();
    match tenant_id {
        TenantId::Organization(id) => {
            let found = run.app.streams.state::<Organization>(Some(tenant_id), &id.to_string(), true).await?;
            if found.state.created.is_none() {
                return Ok(());
            }
            let erase = Manage { by: Manager::Own, change: Change::Erase { user_id } };
            let command = OrganizationCommand::from(erase);
            run.give(run.command::<Organization>("", "TakeOutErased", id, id, command)).await
        }
        TenantId::Partner(id) => {
            let found = run.app.streams.state::<Partner>(Some(tenant_id), &id.to_string(), true).await?;
            if found.state.registered.is_none() {
                return Ok(());
            }
            let command = PartnerCommand::EraseUser { user_id };
            run.give(run.command::<Partner>("", "TakeOutErased", id, id, command)).await
        }
        // The platform's people have keys and nothing else.
        TenantId::Platform => Ok(()),
    }
}

async fn withdraw(run: &Run<'_>, tenant_id: TenantId, person_id: PersonId) -> Result<(), Rejection> {
    let wanted = |row: &Value| may_be_accepted(row) && may_be_of(row, person_id);
    for id in run.app.listed("invitations", tenant_id, &[], wanted).await? {
        if run.app.names::<Invitation>(&id, person_id).await? {
            withdraw_one(run, tenant_id, &id).await?;
        }
    }
    Ok(())
}

/// Tells whether anybody could still accept the invitation of a row, or send it again.
pub(super) fn may_be_accepted(row: &Value) -> bool {
    let ended = [InvitationStatus::Accepted, InvitationStatus::Revoked];
    !ended.iter().any(|status| row["status"] == json!(status))
}

/// Takes an invitation back, if anybody could still accept it or send it again.
pub(super) async fn withdraw_one(run: &Run<'_>, tenant_id: TenantId, id: &str) -> Result<(), Rejection> {
    let command = InvitationCommand::Withdraw;
    run.give(run.command::<Invitation>(id, "WithdrawInvitation", tenant_id, id, command)).await
}

async fn revoke_keys(run: &Run<'_>, tenant_id: TenantId, person_id: PersonId) -> Result<(), Rejection> {
    let wanted = |row: &Value| row.get("revokedAt").is_none();
    for id in run.app.listed("keys", tenant_id, &[], wanted).await? {
        if run.app.names::<AccessKey>(&id, person_id).await? {
            let command = AccessKeyCommand::Revoke;
            run.give(run.command::<AccessKey>(&id, "RevokeErasedKey", tenant_id, &id, command)).await?;
        }
    }
    Ok(())
}

/// Subscribers are a partner's.
async fn free_addresses(run: &Run<'_>, tenant_id: TenantId, person_id: PersonId) -> Result<(), Rejection> {
    let wanted = |row: &Value| row["emailHash"] != "" && may_be_of(row, person_id);
    for id in run.app.listed("subscribers", tenant_id, &[], wanted).await? {
        if run.app.names::<Subscriber>(&id, person_id).await? {
            let loaded = run.app.streams.state::<Subscriber>(Some(tenant_id), &id, true).await?;
            if let Some(added) = &loaded.state.added {
                free_address(run, &id, added).await?;
            }
        }
    }
    Ok(())
}
