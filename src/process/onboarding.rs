//! The task of `case_onboarding`, and the issue of invitations.

use std::sync::Arc;

use tenantry_domain::case::{Case, CaseCommand, CaseOrgRequested};
use tenantry_domain::customer::{CreateFromCase, Customer, CustomerCommand, StepError};
use tenantry_domain::ids::{CaseId, CustomerId, InvitationId, OrganizationId, PartnerId};
use tenantry_domain::invitation::{Invitation, InvitationCommand, Issue};
use tenantry_domain::organization::{Create, MemberRole, Organization, OrganizationCommand};
use tenantry_domain::personal::Personal;
use tenantry_domain::process::CaseTask;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{EmailAddress, Language, Name};

use super::provisioning::in_time;
use super::run::{Done, Run};
use crate::app::{Rejection, organization_claim};
use crate::ports::{CreateOrganization, NewClaim, NewTenant, Platform, PlatformError};

/// The suffix of the command that creates the organization.
const ORGANIZATION: &str = "organization";

/// Performs the tasks of `case_onboarding`.
pub(super) struct OnboardingTasks {
    pub(super) platform: Arc<dyn Platform>,
}

impl OnboardingTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        let CaseTask::OpenOrganization { request } = run.order()?;
        let tenant_id = TenantId::from(request.organization_id);
        // It ends in the organization's tenant, or in the partner's when it fails.
        if run.is_reported(tenant_id).await? || run.is_reported(request.partner_id.into()).await? {
            return Ok(Done::Reported);
        }
        // What has begun is finished, whatever the platform would say now.
        if run.has_given(ORGANIZATION, tenant_id).await? {
            return self.prepare(run, *request).await;
        }
        let wanted = CreateOrganization {
            organization_id: request.organization_id,
            partner_id: request.partner_id,
            name: request.company_name.as_str().to_owned(),
        };
        match in_time(self.platform.create_organization(&run.key, &wanted)).await {
            Ok(_) => self.prepare(run, *request).await,
            Err(PlatformError::Transient { description, .. }) if !run.is_last_attempt() => {
                Ok(Done::TryAgain { error: description })
            }
            Err(
                PlatformError::Transient { code, description }
                | PlatformError::Permanent { code, description },
            ) => {
                let errors = vec![StepError::new(code, &description)];
                let command = CaseCommand::RecordOrgFailed { errors };
                let (partner_id, case_id) = (request.partner_id, request.case_id);
                run.end(run.command::<Case>("", "ReportCaseOrg", partner_id, case_id, command)).await
            }
        }
    }

    async fn prepare(&self, run: &Run<'_>, mut request: CaseOrgRequested) -> Result<Done, Rejection> {
        let tenant_id = TenantId::from(request.organization_id);
        let create = Create {
            id: request.organization_id,
            name: request.company_name.clone(),
            country: request.address.country.clone(),
            language: Some(request.settings.language.clone()),
            created_by: request.partner_id,
            customer_id: request.customer_id,
            authentication: Some(request.settings.authentication.clone()),
        };
        let mut organization = run.command::<Organization>(
            ORGANIZATION,
            "CreateOrganization",
            tenant_id,
            request.organization_id,
            OrganizationCommand::Create(Box::new(create)),
        );
        organization.tenant = Some(NewTenant { tenant_id });
        run.give(organization).await?;
        run.give(customer(run, &request)).await?;
        run.open(request.partner_id.into(), &mut request.primary_contact).await?;
        let contact = request.primary_contact;
        let Some(email) = contact.email.value().cloned() else { return Ok(Done::Reported) };
        let invited = Invited {
            invitation_id: request.invitation_id,
            organization_id: request.organization_id,
            organization_name: request.company_name,
            partner_id: Some(request.partner_id),
            customer_id: Some(request.customer_id),
            case_id: Some(request.case_id),
            name: contact.name.value().cloned(),
            email,
            role: MemberRole::OrgAdmin,
            brand_name: request.settings.brand_name,
            language: request.settings.language,
        };
        invite(run, invited).await
    }
}

fn customer(run: &Run<'_>, request: &CaseOrgRequested) -> crate::app::Report<Customer> {
    let create = CreateFromCase {
        id: request.customer_id,
        partner_id: request.partner_id,
        organization_id: request.organization_id,
        case_id: request.case_id,
        name: request.company_name.clone(),
        address: request.address.clone(),
        template_id: request.template_id,
        provisioning_id: request.provisioning_id,
        settings: request.settings.clone(),
    };
    let mut report = run.command::<Customer>(
        "customer",
        "CreateCustomer",
        request.partner_id,
        request.customer_id,
        CustomerCommand::CreateFromCase(Box::new(create)),
    );
    report.claims.push(NewClaim {
        key: organization_claim(request.partner_id, request.organization_id),
        holder: request.customer_id.to_string(),
    });
    report
}

/// Who is invited to an organization.
pub(super) struct Invited {
    pub(super) invitation_id: InvitationId,
    pub(super) organization_id: OrganizationId,
    pub(super) organization_name: Name,
    pub(super) partner_id: Option<PartnerId>,
    pub(super) customer_id: Option<CustomerId>,
    pub(super) case_id: Option<CaseId>,
    pub(super) name: Option<Name>,
    pub(super) email: EmailAddress,
    pub(super) role: MemberRole,
    pub(super) brand_name: Name,
    pub(super) language: Language,
}

/// Issues the invitation: the last command of a task.
pub(super) async fn invite(run: &Run<'_>, invited: Invited) -> Result<Done, Rejection> {
    let tenant_id = TenantId::from(invited.organization_id);
    let mut persons = run.app.no_persons();
    let person = run.app.persons.person(tenant_id, &invited.email, &mut persons).await?;
    let issue = Issue {
        id: invited.invitation_id,
        organization_id: invited.organization_id,
        organization_name: invited.organization_name,
        partner_id: invited.partner_id,
        customer_id: invited.customer_id,
        case_id: invited.case_id,
        name: invited.name.map(|name| Personal::open(person, name)),
        email: Personal::open(person, invited.email),
        role: invited.role,
        brand_name: invited.brand_name,
        language: invited.language,
        now_us: run.app.clock.now_us(),
    };
    let command = InvitationCommand::Issue(Box::new(issue));
    let mut report =
        run.command::<Invitation>("", "IssueInvitation", tenant_id, invited.invitation_id, command);
    report.persons = persons;
    run.end(report).await
}
