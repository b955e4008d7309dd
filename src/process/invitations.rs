//! The tasks of `invite_person`: the mail, its expiry, the case, and the new member.

use std::sync::Arc;

use tenantry_domain::case::{Case, CaseCommand};
use tenantry_domain::ids::{InvitationId, OrganizationId};
use tenantry_domain::invitation::{Invitation, InvitationAccepted, InvitationCommand, Issued};
use tenantry_domain::notification::Notice;
use tenantry_domain::organization::{NewMember, Organization, OrganizationCommand};
use tenantry_domain::personal::Personal;
use tenantry_domain::process::InvitationTask;
use tenantry_domain::process::invite_person::InvitationMail;
use tenantry_domain::tenant::TenantId;

use super::mails;
use super::run::{Done, Run};
use crate::app::{InvitationToken, Rejection};
use crate::ports::Mailer;

/// Performs the tasks of `invite_person`.
pub(super) struct InvitationTasks {
    pub(super) mailer: Arc<dyn Mailer>,
    /// Where people find the pages behind links.
    pub(super) public_url: String,
}

impl InvitationTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        match run.order()? {
            InvitationTask::SendInvitation { mail } => self.send(run, *mail).await,
            InvitationTask::ExpireInvitation { invitation_id, generation, .. } => {
                let command = InvitationCommand::Expire { generation };
                let tenant_id = run.task.tenant_id;
                run.end(run.command::<Invitation>("", "ExpireInvitation", tenant_id, invitation_id, command))
                    .await
            }
            InvitationTask::TellCase { case_id, partner_id } => {
                let command = CaseCommand::RecordOrgReady;
                run.end(run.command::<Case>("", "ReportCaseOrg", partner_id, case_id, command)).await
            }
            InvitationTask::AddMember { accepted } => {
                let mut accepted = *accepted;
                let organization_id = accepted.organization_id;
                run.open(organization_id.into(), &mut accepted).await?;
                let InvitationAccepted {
                    invitation_id,
                    email,
                    given_name,
                    family_name,
                    role,
                    credential_id,
                    ..
                } = accepted;
                let Personal::Open { subject, value } = &email else { return Ok(Done::Reported) };
                let member = NewMember {
                    user_id: (*subject).into(),
                    role,
                    email_hash: run.app.persons.address_hash(value),
                    email: email.clone(),
                    given_name: Some(given_name),
                    family_name: Some(family_name),
                    credential_id: Some(credential_id),
                };
                self.add(run, organization_id, invitation_id, member).await
            }
        }
    }

    async fn add(
        &self,
        run: &Run<'_>,
        organization_id: OrganizationId,
        invitation_id: InvitationId,
        member: NewMember,
    ) -> Result<Done, Rejection> {
        let subject = member.user_id.into();
        let command = OrganizationCommand::AddMembers {
            members: vec![member],
            user_count: None,
            invitation_id: Some(invitation_id),
        };
        let tenant_id = TenantId::from(organization_id);
        let mut report = run.command::<Organization>("", "AddMember", tenant_id, organization_id, command);
        report.persons.1 = run.app.persons.keys_for(&[(tenant_id, subject)]).await?;
        run.end(report).await
    }

    async fn send(&self, run: &Run<'_>, mut mail: InvitationMail) -> Result<Done, Rejection> {
        let tenant_id = TenantId::from(mail.organization_id);
        if run.is_reported(tenant_id).await? {
            return Ok(Done::Reported);
        }
        // One that was taken back or sent anew meanwhile would bring a link that does not work.
        let id = mail.invitation_id.to_string();
        let invitation = run.app.streams.state::<Invitation>(Some(tenant_id), &id, true).await?;
        let is_current = |issued: &Issued| issued.status.is_open() && issued.generation == mail.generation;
        if !invitation.state.issued.as_ref().is_some_and(is_current) {
            return Ok(Done::Reported);
        }
        run.open(tenant_id, &mut mail.email).await?;
        // Whoever is erased is not invited any more, by whatever way the address came in meanwhile.
        if mail.email.value().is_none() {
            let command = InvitationCommand::Withdraw;
            return run
                .end(run.command::<Invitation>("", "WithdrawInvitation", tenant_id, id, command))
                .await;
        }
        if let Some(name) = &mut mail.name {
            run.open(tenant_id, name).await?;
        }
        let (invitation_id, generation) = (mail.invitation_id, mail.generation);
        let token = InvitationToken { invitation_id, generation }.to_text(run.app.persons.ring());
        let link = format!("{}/get-started?token={token}", self.public_url);
        let letter = mails::invitation(&mail, &link);
        let notice = Notice::Invitation(&mail);
        if let Some(later) = run.send(self.mailer.as_ref(), &notice, tenant_id, letter).await? {
            return Ok(later);
        }
        let command = InvitationCommand::RecordSent { generation };
        run.end(run.command::<Invitation>("", "ReportInvitationSent", tenant_id, invitation_id, command))
            .await
    }
}
