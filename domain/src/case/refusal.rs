//! Why a case says no.

use super::CaseStatus;
use crate::ids::{CaseId, OrganizationId, PartnerId};
use crate::refusal::{LOOK_AGAIN, Refusal, RefusalKind, SEND_AGAIN};
use crate::template::ProvisioningId;

/// Why a command to a case is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseRefusal {
    /// The ID is taken by another case.
    #[error("case {0} exists already")]
    AlreadyExists(CaseId),
    /// There is no such case.
    #[error("there is no such case")]
    NotFound,
    /// The partner does not exist or is suspended.
    #[error("partner {0} does not exist or is suspended")]
    PartnerSuspended(PartnerId),
    /// The new organization has no usable template.
    #[error("{}", template_fault(.named.as_ref(), *.retired))]
    Template {
        /// The named provisioning ID; `None` if the partner's default was meant.
        named: Option<ProvisioningId>,
        /// Whether there was one.
        retired: bool,
    },
    /// A template is named although no organization is asked for.
    #[error("a template is named, and no organization is asked for")]
    TemplateWithoutOrg,
    /// Nobody is there to be invited.
    #[error("the case has no primary contact: the caller is no person")]
    PrimaryContactMissing,
    /// The case has an organization, or one is on its way.
    #[error("case {0} has an organization already")]
    HasOrganization(CaseId),
    /// The organization is not the partner's.
    #[error("organization {0} is not a customer of this partner")]
    NotACustomer(OrganizationId),
    /// There is nothing to take up again.
    #[error("the organization of case {0} has not failed")]
    NotFailed(CaseId),
    /// The case has no organization yet.
    #[error("case {0} has no organization yet")]
    NotReady(CaseId),
    /// The organization is being created.
    #[error("the organization of case {0} is being created")]
    Busy(CaseId),
    /// The case is put aside.
    #[error("case {0} is deactivated")]
    Deactivated(CaseId),
    /// The name of a company that becomes a customer holds a `%` (R58).
    #[error("the name of the company holds a percent sign")]
    CompanyName,
    /// The case is won or lost.
    #[error("case {0} is {word}", word = closed(*.1))]
    Closed(CaseId, CaseStatus),
}

fn closed(status: CaseStatus) -> &'static str {
    if status == CaseStatus::Won { "won" } else { "lost" }
}

fn template_fault(named: Option<&ProvisioningId>, retired: bool) -> String {
    match named {
        Some(id) if retired => format!("provisioning ID {id} names a retired template"),
        Some(id) => format!("provisioning ID {id} names no template"),
        None => "no template is named, and the partner has no default template".to_owned(),
    }
}

impl Refusal for CaseRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "case_exists",
            Self::NotFound => "case_not_found",
            Self::PartnerSuspended(_) => "partner_suspended",
            Self::Template { retired: false, .. } => "template_missing",
            Self::Template { retired: true, .. } => "template_retired",
            Self::TemplateWithoutOrg => "template_without_organization",
            Self::PrimaryContactMissing => "primary_contact_missing",
            Self::HasOrganization(_) => "case_has_organization",
            Self::NotACustomer(_) => "not_a_customer",
            Self::NotFailed(_) => "not_failed",
            Self::NotReady(_) => "case_not_ready",
            Self::Busy(_) => "case_busy",
            Self::Deactivated(_) => "case_deactivated",
            Self::CompanyName => "company_name_invalid",
            Self::Closed(..) => "case_closed",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::AlreadyExists(_)
            | Self::HasOrganization(_)
            | Self::NotFailed(_)
            | Self::NotReady(_)
            | Self::Busy(_)
            | Self::Deactivated(_)
            | Self::Closed(..) => RefusalKind::Conflict,
            Self::NotFound => RefusalKind::NotFound,
            Self::PartnerSuspended(_) => RefusalKind::Forbidden,
            Self::Template { .. }
            | Self::TemplateWithoutOrg
            | Self::PrimaryContactMissing
            | Self::CompanyName
            | Self::NotACustomer(_) => RefusalKind::Rule,
        }
    }

    fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) | Self::NotFound | Self::PartnerSuspended(_) => &[],
            Self::NotFailed(_) | Self::Busy(_) => &["R15"],
            Self::NotReady(_) => &["R28"],
            Self::Deactivated(_) | Self::Closed(..) => &["R6"],
            Self::Template { .. } => &["R34"],
            Self::TemplateWithoutOrg => &["R13"],
            Self::PrimaryContactMissing => &["R16"],
            Self::CompanyName => &["R58"],
            Self::HasOrganization(_) | Self::NotACustomer(_) => &["R6", "R13"],
        }
    }

    fn remedies(&self) -> &'static [&'static str] {
        match self {
            Self::AlreadyExists(_) => SEND_AGAIN,
            Self::NotFound => LOOK_AGAIN,
            Self::PartnerSuspended(_) => &["ask the operator to reactivate the partner"],
            Self::Template { .. } => &[
                "create an onboarding template and name its provisioningId",
                "create an onboarding template with default set to true",
            ],
            Self::TemplateWithoutOrg => &["set createCustomerOrg to true, or leave provisioningId out"],
            Self::PrimaryContactMissing => &["name a primaryContact with name and email"],
            Self::HasOrganization(_) | Self::Closed(..) => &["open another case"],
            Self::NotFailed(_) => &["GET /api/v1/cases/{id} shows where the case stands"],
            Self::NotReady(_) => &[
                "link the case to an organization that is a customer of this partner with LinkCaseToOrg",
                "where its organization failed, take the work up again with RetryCase",
            ],
            Self::Busy(_) => {
                &["wait for the end of the case's operation", "put the case aside with DeactivateCase"]
            }
            Self::Deactivated(_) => &["reopen the case with ReopenCase"],
            Self::CompanyName => &["leave the percent sign out of customer.companyName"],
            Self::NotACustomer(_) => {
                &["name an organization that is a customer of this partner, or attach it first"]
            }
        }
    }
}
