//! Sentences about partners and what they sell.

use tenantry_domain::access_key::AccessKeyEvent;
use tenantry_domain::case::CaseEvent;
use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{AttachAnswer, CustomerEvent, CustomerUpdateRequested, StepError};
use tenantry_domain::invitation::InvitationEvent;
use tenantry_domain::meter::MeterEvent;
use tenantry_domain::partner::PartnerEvent;
use tenantry_domain::screening_list::ScreeningListEvent;
use tenantry_domain::template::TemplateEvent;
use tenantry_domain::terms::AcceptedTerms;
use tenantry_domain::usage::UsageEvent;
use tenantry_domain::values::Name;

use super::places;

fn packages(packages: &[Package]) -> String {
    packages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn errors(errors: &[StepError]) -> String {
    errors.iter().map(|error| error.description.as_str()).collect::<Vec<_>>().join("; ")
}

/// Says what happened, and why where somebody told.
pub(super) fn because(what: &str, reason: Option<&Name>) -> String {
    match reason {
        Some(reason) => format!("{what}: {}.", reason.as_str()),
        None => format!("{what}."),
    }
}

pub(super) fn customer(event: CustomerEvent) -> String {
    match event {
        CustomerEvent::OrgRequested(body) => format!(
            "Customer {} was asked for, with a new organization and {}.",
            body.name.as_str(),
            packages(&body.packages)
        ),
        CustomerEvent::AttachRequested(body) => format!(
            "The attach of organization {} was asked for, with {}.",
            body.name.as_str(),
            packages(&body.packages)
        ),
        CustomerEvent::AttachAnswered(body) => attach(&body.answer),
        CustomerEvent::Created(body) => {
            format!("Customer {} was created from case {}.", body.name.as_str(), body.case_id)
        }
        CustomerEvent::Activated(_) => {
            "The first administrator of the customer's organization accepted.".to_owned()
        }
        CustomerEvent::ConsoleAccessSet(body) if body.console_access => {
            "The organization has access to its console; the partner helps to administer it.".to_owned()
        }
        CustomerEvent::ConsoleAccessSet(_) => "The organization has no access to its console.".to_owned(),
        CustomerEvent::LocationAdded(body) => {
            format!("Location {} was added.", body.location.name.as_str())
        }
        CustomerEvent::LocationRemoved(body) => format!("Location {} was removed.", body.location_id),
        CustomerEvent::NumbersAdded(body) => places::numbers_added(&body.numbers),
        CustomerEvent::NumbersRemoved(body) => places::numbers_removed(&body.numbers),
        CustomerEvent::SetupAssistRequested(_) => {
            "Help with setting the customer up was asked for.".to_owned()
        }
        CustomerEvent::SeatTaken(body) => places::seat_taken(&body),
        CustomerEvent::SeatChanged(body) => places::seat_changed(&body),
        CustomerEvent::SeatReleased(body) => places::seat_released(&body),
        CustomerEvent::BrandingOverrideSet(body) if body.overridden => {
            "The customer's organization keeps its own branding.".to_owned()
        }
        CustomerEvent::BrandingOverrideSet(_) => {
            "The partner's advanced branding holds for the customer's organization.".to_owned()
        }
        CustomerEvent::ProvisioningRetried(_) => "The failed work was taken up again.".to_owned(),
        CustomerEvent::ProvisioningStarted(_) => "The organization is there; packages follow.".to_owned(),
        CustomerEvent::StepRetried(body) => format!(
            "Step {} failed at attempt {} ({}) and is tried again.",
            body.step, body.attempt, body.error.description
        ),
        CustomerEvent::PackageProvisioned(body) => format!("Package {} was provisioned.", body.package),
        CustomerEvent::PackageWarned(body) => {
            format!("The platform warned about package {}: {}.", body.package, errors(&body.warnings))
        }
        CustomerEvent::PackageFailed(body) => {
            format!("Package {} failed: {}.", body.package, body.error.description)
        }
        CustomerEvent::Provisioned(_) => "The customer is provisioned.".to_owned(),
        CustomerEvent::ProvisionedWithErrors(body) => {
            format!("The customer is provisioned with errors: {}.", errors(&body.errors))
        }
        CustomerEvent::ProvisioningFailed(body) => {
            format!("Provisioning the customer failed: {}.", errors(&body.errors))
        }
        CustomerEvent::ScreeningStarted(body) => {
            format!("The customer is like {} on the screening list.", body.listed_name.as_str())
        }
        CustomerEvent::ScreeningCleared(_) => "An operator cleared the customer.".to_owned(),
        CustomerEvent::ScreeningRefused(body) => {
            format!("An operator refused the customer: {}.", body.reason.as_str())
        }
        CustomerEvent::UpdateRequested(body) => update(&body),
        CustomerEvent::PackageRemoved(body) => format!("Package {} was removed.", body.package),
        CustomerEvent::PackageRemovalFailed(body) => {
            format!("Package {} could not be removed: {}.", body.package, body.error.description)
        }
        CustomerEvent::Updated(_) => "The customer is as it was asked for.".to_owned(),
        CustomerEvent::UpdatedWithErrors(body) => {
            format!("The customer was changed with errors: {}.", errors(&body.errors))
        }
        CustomerEvent::UpdateFailed(body) => {
            format!("Changing the customer failed: {}.", errors(&body.errors))
        }
        CustomerEvent::RemovalRequested(_) => "The removal of the customer was asked for.".to_owned(),
        CustomerEvent::Removed(_) => "The customer was removed; its organization stays.".to_owned(),
        CustomerEvent::RemovalFailed(body) => {
            format!("Removing the customer failed: {}.", errors(&body.errors))
        }
        CustomerEvent::StepSkipped(body) => {
            format!("Step {} was left out: {}.", body.step, body.reason.as_str())
        }
        CustomerEvent::OperationCancelled(body) => match &body.reason {
            Some(reason) => format!("Operation {} was cancelled: {}.", body.operation_id, reason.as_str()),
            None => format!("Operation {} was cancelled.", body.operation_id),
        },
    }
}

fn update(body: &CustomerUpdateRequested) -> String {
    match (body.provision.is_empty(), body.remove.is_empty()) {
        (true, true) => "A change of the customer was asked for.".to_owned(),
        (false, true) => {
            format!("A change of the customer was asked for, with {}.", packages(&body.provision))
        }
        (true, false) => {
            format!("A change of the customer was asked for, without {}.", packages(&body.remove))
        }
        (false, false) => format!(
            "A change of the customer was asked for, with {} and without {}.",
            packages(&body.provision),
            packages(&body.remove)
        ),
    }
}

fn attach(answer: &AttachAnswer) -> String {
    match answer {
        AttachAnswer::Approved { .. } => "The organization is attached; packages follow.".to_owned(),
        AttachAnswer::ConsentRequested { expires_at, .. } => {
            format!("The organization's administrators are asked for consent until {expires_at}.")
        }
        AttachAnswer::Refused { reason, .. } => format!("The attach was refused: {reason}."),
        AttachAnswer::Declined => "An administrator of the organization declined the attach.".to_owned(),
        AttachAnswer::Expired => {
            "No administrator of the organization answered in time; the attach failed.".to_owned()
        }
        AttachAnswer::Withdrawn => "The request to attach the organization was withdrawn.".to_owned(),
    }
}

pub(super) fn case(event: CaseEvent) -> String {
    match event {
        CaseEvent::Created(body) => format!("A case for {} was created.", body.company_name.as_str()),
        CaseEvent::OrgRequested(body) => {
            format!("A new organization for {} was asked for.", body.company_name.as_str())
        }
        CaseEvent::OrgReady(body) => {
            format!("Organization {} of the case is ready, and the invitation is sent.", body.organization_id)
        }
        CaseEvent::OrgFailed(body) => {
            format!("The organization of the case could not be created: {}.", errors(&body.errors))
        }
        CaseEvent::Linked(body) => format!("The case was linked to organization {}.", body.organization_id),
        CaseEvent::Deactivated(body) => because("The case was put aside", body.reason.as_ref()),
        CaseEvent::Reopened(_) => "The case was reopened.".to_owned(),
        CaseEvent::QuotingStarted(_) => "Quotes are written for the case.".to_owned(),
        CaseEvent::Won(body) => format!("The case was won with quote {}.", body.quote_id),
        CaseEvent::Lost(body) => because("The case was lost", Some(&body.reason)),
    }
}

pub(super) fn invitation(event: InvitationEvent) -> String {
    match event {
        InvitationEvent::Issued(body) => {
            format!("Somebody was invited to organization {}.", body.organization_name.as_str())
        }
        InvitationEvent::Sent(_) => "The invitation's mail was handed over.".to_owned(),
        InvitationEvent::Resent(_) => "The invitation is sent again under a new link.".to_owned(),
        InvitationEvent::Redirected(_) => "The invitation goes to another person.".to_owned(),
        InvitationEvent::Revoked(_) => "The invitation was taken back.".to_owned(),
        InvitationEvent::Expired(_) => "The invitation expired.".to_owned(),
        InvitationEvent::TermsAccepted(body) => {
            let accepted: Vec<String> = body.accepted.iter().map(AcceptedTerms::id).collect();
            format!("The invited person accepted {}.", accepted.join(" and "))
        }
        InvitationEvent::Accepted(_) => "The invited person accepted the invitation.".to_owned(),
    }
}

pub(super) fn partner(event: PartnerEvent) -> String {
    match event {
        PartnerEvent::Registered(body) => format!("Partner {} was registered.", body.name.as_str()),
        PartnerEvent::UserAdded(body) => format!("User {} was added to the partner.", body.user_id),
        PartnerEvent::UserRoleChanged(body) => {
            format!("What user {} of the partner may do was changed.", body.user_id)
        }
        PartnerEvent::BrandingSet(body) => match body.branding {
            Some(branding) => format!("The partner's advanced branding is {}.", branding.brand_name.as_str()),
            None => "The partner has no advanced branding any more.".to_owned(),
        },
        PartnerEvent::Suspended(_) => "The partner was suspended.".to_owned(),
        PartnerEvent::Reactivated(_) => "The partner may act again.".to_owned(),
        PartnerEvent::UserRemoved(body) => format!("User {} was taken out of the partner.", body.user_id),
    }
}

pub(super) fn screening_list(event: ScreeningListEvent) -> String {
    let ScreeningListEvent::Set(body) = event;
    format!("The screening list was set; denied parties: {}.", body.entries.len())
}

pub(super) fn template(event: TemplateEvent) -> String {
    match event {
        TemplateEvent::Created(body) => {
            format!("Onboarding template {} was created.", body.settings.name.as_str())
        }
        TemplateEvent::Edited(body) => {
            format!("The settings of onboarding template {} were set anew.", body.settings.name.as_str())
        }
        TemplateEvent::Retired(_) => "The onboarding template was retired.".to_owned(),
    }
}

pub(super) fn access_key(event: AccessKeyEvent) -> String {
    match event {
        AccessKeyEvent::Issued(body) => {
            format!("Access key {} for {} was issued.", body.name.as_str(), body.role.as_str())
        }
        AccessKeyEvent::Revoked(body) => format!("Access key {} was revoked.", body.key_id),
    }
}

pub(super) fn meter(event: MeterEvent) -> String {
    match event {
        MeterEvent::Defined(body) => format!("Meter {} was defined.", body.meter.as_str()),
    }
}

pub(super) fn usage(event: UsageEvent) -> String {
    match event {
        UsageEvent::Recorded(body) => format!(
            "Organization {} used {} of {} at {}.",
            body.organization_id,
            body.value.decimal(),
            body.meter.as_str(),
            body.time
        ),
        UsageEvent::Corrected(body) => format!(
            "The usage of {} by organization {} at {} was corrected by {}.",
            body.meter.as_str(),
            body.organization_id,
            body.time,
            body.value.decimal()
        ),
    }
}
