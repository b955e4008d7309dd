//! The tasks of `case_onboarding`, and the issue of invitations.

use std::sync::Arc;

use tenantry_domain::case::{Case, CaseCommand, CaseOrgRequested, Opened};
use tenantry_domain::customer::{CreateFromCase, Customer, CustomerCommand, StepError};
use tenantry_domain::ids::{CaseId, CustomerId, InvitationId, OrganizationId, PartnerId};
use tenantry_domain::invitation::{Invitation, InvitationCommand, Issue};
use tenantry_domain::notification::Notification;
use tenantry_domain::organization::{Create, Created, MemberRole, Organization, OrganizationCommand};
use tenantry_domain::person::KnownPerson;
use tenantry_domain::personal::{Personal, Slot};
use tenantry_domain::process::CaseTask;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{EmailAddress, Language, Name};

use super::provisioning::in_time;
use super::run::{Done, Run};
use crate::app::{Rejection, organization_claim};
use crate::ports::{CreateOrganization, NewClaim, NewTenant, Platform, PlatformError};

/// The number of the error of a case that was put aside while its organization was being created.
const DEACTIVATED: u32 = 409;

/// The number of the error of a case whose customer is like an entry of the screening list.
const DENIED: u32 = 451;

/// The suffix of the command that creates the organization.
const ORGANIZATION: &str = "organization";

/// Performs the tasks of `case_onboarding`.
pub(super) struct OnboardingTasks {
    pub(super) platform: Arc<dyn Platform>,
}

impl OnboardingTasks {
    /// Performs a task up to its report.
    pub(super) async fn perform(&self, run: &Run<'_>) -> Result<Done, Rejection> {
        match run.order()? {
            CaseTask::OpenOrganization { request } => self.open_organization(run, request).await,
            CaseTask::WithdrawInvitation { case_id, partner_id, organization_id, invitation_id } => {
                withdraw(run, (partner_id, case_id), organization_id, invitation_id).await
            }
            CaseTask::InviteAgain { case_id, partner_id, invitation_id } => {
                invite_again(run, (partner_id, case_id), invitation_id).await
            }
        }
    }

    async fn open_organization(
        &self,
        run: &Run<'_>,
        request: Box<CaseOrgRequested>,
    ) -> Result<Done, Rejection> {
        let tenant_id = TenantId::from(request.organization_id);
        // It ends in the organization's tenant, or in the partner's when it fails.
        if run.is_reported(tenant_id).await? || run.is_reported(request.partner_id.into()).await? {
            return Ok(Done::Reported);
        }
        // What was there before is not made again, whatever the platform would say now.
        if organization_exists(run, request.organization_id).await? {
            return self.prepare(run, *request).await;
        }
        if let Some(failed) = fail_if_deactivated(run, &request).await? {
            return Ok(failed);
        }
        let (name, country) = (&request.company_name, &request.address.country);
        if run.app.find_denied_party(name, country).await?.is_some() {
            let error = StepError::new(DENIED, "the company is like an entry of the screening list");
            return fail(run, &request, error).await;
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
            ) => fail(run, &request, StepError::new(code, &description)).await,
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
        // Nobody is invited for a case that was put aside; whoever reopens it takes the work up again from here.
        if let Some(failed) = fail_if_deactivated(run, &request).await? {
            return Ok(failed);
        }
        run.open(request.partner_id.into(), &mut request.primary_contact).await?;
        let (partner_id, case_id, invitation_id) =
            (request.partner_id, request.case_id, request.invitation_id);
        if let Some(invited) = Invited::to(request, invitation_id) {
            return invite(run, invited).await;
        }
        // The organization is there; somebody who is erased gets no mail.
        let command = CaseCommand::RecordOrgReady;
        run.end(run.command::<Case>("", "ReportCaseOrg", partner_id, case_id, command)).await
    }
}

/// Tells whether the organization is there, made by an earlier run or by work that failed afterwards.
async fn organization_exists(run: &Run<'_>, id: OrganizationId) -> Result<bool, Rejection> {
    let loaded = run.app.streams.state::<Organization>(Some(id.into()), &id.to_string(), true).await?;
    Ok(loaded.state.created.is_some())
}

async fn case(
    run: &Run<'_>,
    (partner_id, case_id): (PartnerId, CaseId),
) -> Result<Option<Opened>, Rejection> {
    let loaded = run.app.streams.state::<Case>(Some(partner_id.into()), &case_id.to_string(), true).await?;
    Ok(loaded.state.opened.clone())
}

async fn fail(run: &Run<'_>, request: &CaseOrgRequested, error: StepError) -> Result<Done, Rejection> {
    let CaseOrgRequested { operation_id, partner_id, case_id, .. } = *request;
    let command = CaseCommand::RecordOrgFailed { operation_id, errors: vec![error] };
    run.end(run.command::<Case>("", "ReportCaseOrg", partner_id, case_id, command)).await
}

async fn fail_if_deactivated(run: &Run<'_>, request: &CaseOrgRequested) -> Result<Option<Done>, Rejection> {
    let case = case(run, (request.partner_id, request.case_id)).await?;
    if !case.is_some_and(|case| case.is_deactivated()) {
        return Ok(None);
    }
    let error = StepError::new(DEACTIVATED, "the case was deactivated");
    fail(run, request, error).await.map(Some)
}

/// Takes the invitation of a deactivated case back; one that is being issued meanwhile is waited for.
async fn withdraw(
    run: &Run<'_>,
    (partner_id, case_id): (PartnerId, CaseId),
    organization_id: OrganizationId,
    invitation_id: InvitationId,
) -> Result<Done, Rejection> {
    // Read before the invitation: once the case does not wait any more, the invitation was issued or never will be.
    let Some(case) = case(run, (partner_id, case_id)).await? else { return Ok(Done::Reported) };
    if !case.is_deactivated() && case.invitation_id == Some(invitation_id) {
        return Ok(Done::Reported);
    }
    let (tenant_id, id) = (TenantId::from(organization_id), invitation_id.to_string());
    let invitation = run.app.streams.state::<Invitation>(Some(tenant_id), &id, true).await?;
    if invitation.state.issued.is_none() {
        if case.awaits_organization() {
            return Ok(Done::TryAgain { error: "the invitation is being issued".to_owned() });
        }
        return Ok(Done::Reported);
    }
    let command = InvitationCommand::Withdraw;
    run.end(run.command::<Invitation>("", "WithdrawInvitation", tenant_id, id, command)).await
}

/// Invites anew whom a case that is reopened had invited, unless somebody administers the organization by now.
async fn invite_again(
    run: &Run<'_>,
    case_of: (PartnerId, CaseId),
    invitation_id: InvitationId,
) -> Result<Done, Rejection> {
    let Some(case) = case(run, case_of).await? else { return Ok(Done::Reported) };
    let wanted = !case.is_deactivated() && case.invitation_id == Some(invitation_id);
    let Some(request) = case.request.filter(|_| wanted) else { return Ok(Done::Reported) };
    let id = request.organization_id;
    let loaded = run.app.streams.state::<Organization>(Some(id.into()), &id.to_string(), true).await?;
    if loaded.state.created.as_ref().is_some_and(Created::is_active) {
        return Ok(Done::Reported);
    }
    let Some(invited) = Invited::to(*request, invitation_id) else { return Ok(Done::Reported) };
    invite(run, invited).await?;
    // Whoever has put the case aside meanwhile found no invitation to take back.
    if self::case(run, case_of).await?.is_some_and(|case| case.is_deactivated()) {
        let (suffix, name, command) = ("withdraw", "WithdrawInvitation", InvitationCommand::Withdraw);
        run.give(run.command::<Invitation>(suffix, name, id, invitation_id, command)).await?;
    }
    Ok(Done::Reported)
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
    /// Of whom the address is known, and where.
    pub(super) source: KnownPerson,
    pub(super) role: MemberRole,
    /// Which mail of the list it is, where that does not follow from the rest.
    pub(super) notification: Option<Notification>,
    pub(super) brand_name: Name,
    pub(super) language: Language,
}

impl Invited {
    /// The primary contact of a case, whose values are open; `None` if the person is erased.
    fn to(request: CaseOrgRequested, invitation_id: InvitationId) -> Option<Self> {
        let contact = request.primary_contact;
        let person_id = Slot::subject(&contact.email)?;
        Some(Self {
            source: KnownPerson { tenant_id: request.partner_id.into(), person_id },
            invitation_id,
            organization_id: request.organization_id,
            organization_name: request.company_name,
            partner_id: Some(request.partner_id),
            customer_id: Some(request.customer_id),
            case_id: Some(request.case_id),
            name: contact.name.value().cloned(),
            email: contact.email.value().cloned()?,
            role: MemberRole::OrgAdmin,
            notification: None,
            brand_name: request.settings.brand_name,
            language: request.settings.language,
        })
    }
}

/// Issues the invitation: the last command of a task, unless the customer for which it is has gone meanwhile.
pub(super) async fn invite(run: &Run<'_>, invited: Invited) -> Result<Done, Rejection> {
    let (organization_id, invitation_id) = (invited.organization_id, invited.invitation_id);
    let customer = invited.partner_id.zip(invited.customer_id);
    let source = invited.source;
    let Some(person) = issue(run, invited).await? else { return Ok(Done::Reported) };
    // Somebody who was erased while the address was at hand is nobody new for that.
    if !run.app.persons.has_key(source.tenant_id, source.person_id).await? {
        run.app.erase(&run.origin, format!("{}:erase", run.key), person).await?;
    }
    // Whoever ends the invitations of that customer may have looked before this one was there.
    match customer {
        Some(customer) if !is_there(run, customer).await? => {
            take_back(run, organization_id, invitation_id).await
        }
        Some(_) | None => Ok(Done::Reported),
    }
}

/// Takes back what an earlier run may have issued for a customer that is gone.
pub(super) async fn take_back(
    run: &Run<'_>,
    organization_id: OrganizationId,
    invitation_id: InvitationId,
) -> Result<Done, Rejection> {
    let (suffix, name, command) = ("take_back", "WithdrawInvitation", InvitationCommand::Withdraw);
    run.end(run.command::<Invitation>(suffix, name, organization_id, invitation_id, command)).await
}

/// Tells whether a customer is there.
pub(super) async fn is_there(
    run: &Run<'_>,
    (partner_id, customer_id): (PartnerId, CustomerId),
) -> Result<bool, Rejection> {
    let (tenant_id, id) = (Some(TenantId::from(partner_id)), customer_id.to_string());
    let loaded = run.app.streams.state::<Customer>(tenant_id, &id, true).await?;
    Ok(loaded.state.requested.as_ref().is_some_and(tenantry_domain::customer::Requested::is_there))
}

/// Issues the invitation and returns whom it is for; `None` if that is nobody any more.
async fn issue(run: &Run<'_>, invited: Invited) -> Result<Option<KnownPerson>, Rejection> {
    let tenant_id = TenantId::from(invited.organization_id);
    let mut persons = run.app.no_persons();
    // Whom the organization knows is not looked up by the address: erased meanwhile, it would be somebody new.
    let person = if invited.source.tenant_id == tenant_id {
        let person = invited.source.person_id;
        persons.1 = run.app.persons.keys_for(&[(tenant_id, person)]).await?;
        if !persons.1.has(person) {
            return Ok(None);
        }
        person
    } else {
        run.app.persons.person(tenant_id, &invited.email, &mut persons).await?
    };
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
        notification: invited.notification,
        brand_name: invited.brand_name,
        language: invited.language,
        now_us: run.app.clock.now_us(),
    };
    let command = InvitationCommand::Issue(Box::new(issue));
    let mut report =
        run.command::<Invitation>("", "IssueInvitation", tenant_id, invited.invitation_id, command);
    report.persons = persons;
    run.give(report).await?;
    Ok(Some(KnownPerson { tenant_id, person_id: person }))
}
