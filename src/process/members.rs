//! The task of `invite_member`: the invitation of a person whom an organization invites.

use tenantry_domain::notification::Notification;
use tenantry_domain::organization::{Organization, UserInvited};
use tenantry_domain::person::KnownPerson;
use tenantry_domain::process::MemberTask;
use tenantry_domain::tenant::TenantId;

use super::onboarding::{Invited, invite, is_there, take_back};
use super::run::{Done, Run};
use crate::app::Rejection;

/// Performs a task up to its report.
pub(super) async fn perform(run: &Run<'_>) -> Result<Done, Rejection> {
    let MemberTask::IssueInvitation { invited } = run.order()?;
    let tenant_id = TenantId::from(invited.organization_id);
    if let Some(customer) = invited.partner_id.zip(invited.customer_id)
        && !is_there(run, customer).await?
    {
        return take_back(run, invited.organization_id, invited.invitation_id).await;
    }
    if run.is_reported(tenant_id).await? || !is_awaited(run, &invited).await? {
        return Ok(Done::Reported);
    }
    let mut invited = *invited;
    run.open(tenant_id, &mut invited).await?;
    // Somebody who is erased is not invited.
    let Some(email) = invited.email.value().cloned() else { return Ok(Done::Reported) };
    let name = invited.name.as_ref().and_then(|name| name.value().cloned());
    let invited = Invited {
        source: KnownPerson { tenant_id, person_id: invited.user_id.into() },
        invitation_id: invited.invitation_id,
        organization_id: invited.organization_id,
        organization_name: invited.organization_name,
        partner_id: invited.partner_id,
        customer_id: invited.customer_id,
        case_id: None,
        name,
        email,
        role: invited.role,
        notification: Some(Notification::UserInvited),
        brand_name: invited.brand_name,
        language: invited.language,
    };
    invite(run, invited).await
}

/// Tells whether the invitation is still the one that its person is to have: somebody may have become a member by
/// other means meanwhile.
async fn is_awaited(run: &Run<'_>, invited: &UserInvited) -> Result<bool, Rejection> {
    let id = invited.organization_id;
    let loaded = run.app.streams.state::<Organization>(Some(id.into()), &id.to_string(), true).await?;
    let current = |created: &tenantry_domain::organization::Created| {
        created.invited.get(&invited.user_id) == Some(&invited.invitation_id)
    };
    Ok(loaded.state.created.as_ref().is_some_and(current))
}
