//! Sentences about organizations and their domains.

use tenantry_domain::directory_search::DirectorySearchEvent;
use tenantry_domain::domain_name::DomainEvent;
use tenantry_domain::organization::{
    AttachWay, Criterion, Grant, LicenseState, MemberRole, OrganizationEvent,
};

pub(super) fn directory_search(event: DirectorySearchEvent) -> String {
    let DirectorySearchEvent::Searched(body) = event;
    let found = body.found.len();
    format!("The directory was searched by an administrator's address; organizations found: {found}.")
}

fn criteria(criteria: &[Criterion]) -> String {
    let said = |criterion: &Criterion| match criterion {
        Criterion::ManagedByAnotherPartner => "another partner manages it",
        Criterion::ManyUsers => "it has a hundred users or more",
        Criterion::VerifiedDomain => "it has a verified domain",
        Criterion::ClaimedDomain => "a domain of it is claimed",
    };
    criteria.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn access(grant: Grant) -> &'static str {
    match grant {
        Grant::None => "no access",
        Grant::ProvisioningAdmin => "the access of a provisioning administrator",
        Grant::FullAdmin => "full access",
    }
}

pub(super) fn organization(event: OrganizationEvent) -> String {
    match event {
        OrganizationEvent::Created(body) => format!("Organization {} was created.", body.name.as_str()),
        OrganizationEvent::Registered(body) => {
            format!("Organization {} was entered in the directory.", body.name.as_str())
        }
        OrganizationEvent::LicenseSet(body) => {
            let state = match body.state {
                LicenseState::Active => "active",
                LicenseState::Suspended => "suspended",
                LicenseState::Cancelled => "cancelled",
            };
            format!("The license for {} is {state}.", body.package)
        }
        OrganizationEvent::DomainVerified(body) => {
            format!("Domain {} was verified.", body.0.domain.as_str())
        }
        OrganizationEvent::DomainClaimed(body) => format!("Domain {} was claimed.", body.0.domain.as_str()),
        OrganizationEvent::MemberAdded(body) => match body.role {
            MemberRole::OrgAdmin => format!("Member {} administers the organization.", body.user_id),
            MemberRole::OrgUser => format!("Member {} uses the organization.", body.user_id),
        },
        OrganizationEvent::UserInvited(body) => match body.role {
            MemberRole::OrgAdmin => "A person is invited to administer the organization.".to_owned(),
            MemberRole::OrgUser => "A person is invited to use the organization.".to_owned(),
        },
        OrganizationEvent::MemberRemoved(body) => format!("Member {} was taken out.", body.user_id),
        OrganizationEvent::RoleAssigned(body) => match body.role {
            MemberRole::OrgAdmin => {
                format!("Member {} administers the organization from now on.", body.user_id)
            }
            MemberRole::OrgUser => format!("Member {} only uses the organization from now on.", body.user_id),
        },
        OrganizationEvent::RoleRevoked(body) => {
            format!("Member {} administers the organization no more.", body.user_id)
        }
        OrganizationEvent::ProjectCreated(body) => format!("Project {} was created.", body.name.as_str()),
        OrganizationEvent::AppIdCreated(body) => format!("App ID {} was created.", body.name.as_str()),
        OrganizationEvent::SettingsSet(_) => "The settings of the organization were changed.".to_owned(),
        OrganizationEvent::Activated(_) => "The organization is active.".to_owned(),
        OrganizationEvent::UsersCounted(body) => format!("The organization has {} users.", body.user_count),
        OrganizationEvent::AttachReserved(body) => {
            format!("Partner {} wants to attach the organization.", body.partner_name.as_str())
        }
        OrganizationEvent::AttachAssessed(body) => match body.assessment.way {
            AttachWay::Managed => "The partner has full access already: no consent is needed.".to_owned(),
            AttachWay::Automatic => "No criterion holds: the organization is attached at once.".to_owned(),
            AttachWay::Consent => {
                format!("Consent is needed: {}.", criteria(&body.assessment.criteria))
            }
        },
        OrganizationEvent::AttachApproved(_) => "The attach was approved.".to_owned(),
        OrganizationEvent::AttachRefused(body) => format!("The attach was refused: {}.", body.reason),
        OrganizationEvent::ConsentRequested(body) => {
            format!("{} administrators are asked for consent.", body.administrators.len())
        }
        OrganizationEvent::ConsentMailed(body) => {
            format!("The mail that asks administrator {} was handed over.", body.administrator)
        }
        OrganizationEvent::ConsentReminded(_) => "The administrators are reminded.".to_owned(),
        OrganizationEvent::ConsentResent(_) => "The administrators are asked again.".to_owned(),
        OrganizationEvent::ConsentGranted(_) => "An administrator consented to the attach.".to_owned(),
        OrganizationEvent::ConsentDeclined(_) => "An administrator declined the attach.".to_owned(),
        OrganizationEvent::ConsentExpired(_) => "Nobody answered in time.".to_owned(),
        OrganizationEvent::ConsentSuperseded(_) => {
            "The partner was given full access: nobody needs to answer.".to_owned()
        }
        OrganizationEvent::AttachWithdrawn(_) => "The partner took its request back.".to_owned(),
        OrganizationEvent::Attached(body) => {
            format!("The organization is customer {} of the partner.", body.attach.customer_id)
        }
        OrganizationEvent::GrantGiven(body) => {
            format!("Partner {} was given {}.", body.partner_id, access(body.grant))
        }
        OrganizationEvent::GrantRevoked(body) => {
            format!("The access of partner {} was taken back.", body.partner_id)
        }
        OrganizationEvent::CustomerReleased(body) => {
            format!("The organization is not customer {} of the partner any more.", body.customer_id)
        }
        OrganizationEvent::RestrictedModeDisabled(_) => {
            "Administrators are no longer restricted by a partner.".to_owned()
        }
        OrganizationEvent::FullAccessRequested(body) => {
            format!("Partner {} asks for full access.", body.partner_name.as_str())
        }
    }
}

pub(super) fn domain(event: DomainEvent) -> String {
    match event {
        DomainEvent::Reserved(body) => {
            format!("Domain {} was reserved for organization {}.", body.domain.as_str(), body.organization_id)
        }
        DomainEvent::Confirmed(body) => {
            format!("The domain belongs to organization {}.", body.organization_id)
        }
    }
}
