//! The tasks of `attach_organization`: mails and timers of consent, and the answers that go to partners' customers.

use std::sync::Arc;

use tenantry_domain::customer::{AttachAnswer, Customer, CustomerCommand};
use tenantry_domain::domain_name::{DomainCommand, DomainHolder};
use tenantry_domain::notification::Notice;
use tenantry_domain::organization::{AttachCommand, AttachRef, Organization, OrganizationCommand};
use tenantry_domain::process::AttachTask;
use tenantry_domain::process::attach_organization::AdministratorMail;
use tenantry_domain::tenant::TenantId;

use super::mails;
use super::run::{Done, Run};
use crate::app::{ConsentToken, Rejection, domain_id, external_id_claim, organization_claim};
use crate::ports::Mailer;

/// Performs the tasks of `attach_organization`.
pub(super) struct AttachTasks {
    pub(super) mailer: Arc<dyn Mailer>,
    /// Where people find the pages behind links.
    pub(super) public_url: String,
}

impl AttachTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        match run.order()? {
            AttachTask::Answer { attach, answer } => self.answer(run, attach, answer).await,
            AttachTask::MailConsent { attach, mailing, mail } => {
                self.mail_consent(run, attach, mailing, *mail).await
            }
            AttachTask::Remind { attach, reminder, .. } => {
                let operation_id = attach.operation_id;
                self.organization(
                    run,
                    attach,
                    "RemindConsent",
                    AttachCommand::Remind { operation_id, reminder, now_us: run.app.clock.now_us() },
                )
                .await
            }
            AttachTask::Expire { attach, .. } => {
                let operation_id = attach.operation_id;
                self.organization(run, attach, "ExpireConsent", AttachCommand::Expire { operation_id }).await
            }
            AttachTask::MailFullAccess { mut mail } => {
                let tenant_id = TenantId::from(mail.organization_id);
                run.open(tenant_id, &mut mail.email).await?;
                let letter = mails::full_access(&mail, &self.public_url);
                let sent =
                    run.send(self.mailer.as_ref(), &Notice::FullAccess(&mail), tenant_id, letter).await?;
                Ok(sent.unwrap_or(Done::Reported))
            }
            AttachTask::ConfirmDomain { organization_id, domain } => {
                let command = DomainCommand::Confirm { organization_id };
                let id = domain_id(&domain);
                run.end(run.command::<DomainHolder>("", "ConfirmDomain", TenantId::Platform, id, command))
                    .await
            }
            AttachTask::ActivateCustomer { partner_id, customer_id } => {
                let command = CustomerCommand::Activate;
                run.end(run.command::<Customer>("", "ActivateCustomer", partner_id, customer_id, command))
                    .await
            }
        }
    }

    async fn organization(
        &self,
        run: &Run<'_>,
        attach: AttachRef,
        name: &'static str,
        command: AttachCommand,
    ) -> Result<Done, Rejection> {
        let id = attach.organization_id;
        run.end(run.command::<Organization>("", name, id, id, OrganizationCommand::from(command))).await
    }

    /// A customer whose request was taken back is gone: its external ID and the organization are free again.
    async fn answer(
        &self,
        run: &Run<'_>,
        attach: AttachRef,
        answer: AttachAnswer,
    ) -> Result<Done, Rejection> {
        let AttachRef { organization_id, customer_id, partner_id, operation_id } = attach;
        let withdrawn = answer == AttachAnswer::Withdrawn;
        let command = CustomerCommand::RecordAttach { operation_id, answer };
        let mut report = run.command::<Customer>("", "ReportAttach", partner_id, customer_id, command);
        if withdrawn {
            let id = customer_id.to_string();
            let loaded = run.app.streams.state::<Customer>(Some(partner_id.into()), &id, true).await?;
            let external_id =
                loaded.state.requested.as_ref().and_then(|requested| requested.external_id.clone());
            report.releases.push(organization_claim(partner_id, organization_id));
            report
                .releases
                .extend(external_id.map(|external_id| external_id_claim(partner_id, &external_id)));
        }
        run.end(report).await
    }

    async fn mail_consent(
        &self,
        run: &Run<'_>,
        attach: AttachRef,
        mailing: u32,
        mut mail: AdministratorMail,
    ) -> Result<Done, Rejection> {
        let tenant_id = TenantId::from(attach.organization_id);
        if run.is_reported(tenant_id).await? {
            return Ok(Done::Reported);
        }
        // Whoever has answered meanwhile, or need not any more, is not asked.
        let id = attach.organization_id.to_string();
        let organization = run.app.streams.state::<Organization>(Some(tenant_id), &id, true).await?;
        if !organization.state.created.as_ref().is_some_and(|it| it.awaits_consent_to(attach.operation_id)) {
            return Ok(Done::Reported);
        }
        run.open(tenant_id, &mut mail.email).await?;
        // Whoever is erased is not asked, and was not.
        if mail.email.value().is_none() {
            return Ok(Done::Reported);
        }
        let token = ConsentToken {
            organization_id: attach.organization_id,
            customer_id: attach.customer_id,
            operation_id: attach.operation_id,
            administrator: mail.administrator,
        };
        let link = format!("{}/consent?token={}", self.public_url, token.to_text(run.app.persons.ring()));
        let letter = mails::consent(&mail, &link);
        let notice = Notice::Consent(&mail);
        if let Some(later) = run.send(self.mailer.as_ref(), &notice, tenant_id, letter).await? {
            return Ok(later);
        }
        let (operation_id, administrator) = (attach.operation_id, mail.administrator);
        let command = AttachCommand::RecordMailed { operation_id, administrator, mailing };
        self.organization(run, attach, "ReportConsentMailed", command).await
    }
}
