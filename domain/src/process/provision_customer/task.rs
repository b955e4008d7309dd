//! What the processes ask for that provision a customer and change it.

use serde::{Deserialize, Serialize};

use crate::catalogue::Package;
use crate::customer::{CallingLocation, StepError};
use crate::ids::{CustomerId, OperationId, OrganizationId, PartnerId};
use crate::personal::Personal;
use crate::template::Authentication;
use crate::values::{Country, EmailAddress, ExternalId, Language, Name, TimeZone};

/// The code of the error of an add-on whose base packages all failed; platforms' codes are positive.
pub const BASE_PACKAGE_FAILED_CODE: u32 = 0;

/// One thing to do for a customer; its outcome goes back to the customer as a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ProvisionTask {
    /// Create the organization on the platform.
    CreateOrganization {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// The ID that the organization will have.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// Name of the company.
        name: Name,
        /// Country of the head office.
        country: Country,
        /// Language of its mails.
        language: Language,
        /// How its users sign in.
        authentication: Authentication,
        /// Whether an operator has cleared the customer (D9).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        screened: bool,
    },
    /// Ask an organization that exists whether it can be attached.
    AttachOrganization {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// The organization.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// Name of the partner.
        partner_name: Name,
        /// Whether the template lets administrators be asked.
        may_ask: bool,
        /// The name that mails carry.
        brand_name: Name,
        /// Language of mails.
        language: Language,
        /// Name of the organization; absent in tasks that are older than the screening.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Name>,
        /// Country of the head office; absent in tasks that are older than the screening.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
        /// Whether an operator has cleared the customer (D9).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        screened: bool,
    },
    /// Invite the administrator of a new organization.
    InviteAdministrator {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// The organization.
        organization_id: OrganizationId,
        /// The work that made it.
        operation_id: OperationId,
        /// Name of the organization.
        organization_name: Name,
        /// E-mail address of the administrator.
        email: Personal<EmailAddress>,
        /// The name that the mail carries.
        brand_name: Name,
        /// Language of the mail.
        language: Language,
    },
    /// Provision a package in the organization.
    ProvisionPackage {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// Its organization.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// The licenses that the customer has of it already.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        license_ids: Vec<String>,
        /// How often it may be assigned at most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
        /// The place to call from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<Box<CallingLocation>>,
        /// The time zone of the meeting site.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meetings_timezone: Option<TimeZone>,
    },
    /// Report a package as failed without asking the platform.
    FailPackage {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// Its organization.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// Why.
        error: StepError,
    },
    /// Remove a package from the organization.
    RemovePackage {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// Its organization.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// The licenses that the customer has of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        license_ids: Vec<String>,
    },
    /// Report a removal as failed without asking the platform.
    FailRemoval {
        /// The customer.
        customer_id: CustomerId,
        /// The work.
        operation_id: OperationId,
        /// The package.
        package: Package,
        /// Why.
        error: StepError,
    },
    /// Cancel the license of a package whose removal was left out.
    CancelLicense {
        /// The customer.
        customer_id: CustomerId,
        /// Its organization.
        organization_id: OrganizationId,
        /// The package.
        package: Package,
        /// The license, and no other that has come in its place.
        license_id: Option<String>,
    },
    /// Take the organization from the partner, and free what the customer held.
    ReleaseOrganization {
        /// The customer.
        customer_id: CustomerId,
        /// Whose customer it is.
        partner_id: PartnerId,
        /// Its organization, which stays.
        organization_id: OrganizationId,
        /// The work.
        operation_id: OperationId,
        /// The partner's own ID of the customer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        external_id: Option<ExternalId>,
    },
}

impl ProvisionTask {
    /// Returns the stored name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateOrganization { .. } => "create_organization",
            Self::AttachOrganization { .. } => "attach_organization",
            Self::InviteAdministrator { .. } => "invite_administrator",
            Self::ProvisionPackage { .. } => "provision_package",
            Self::FailPackage { .. } => "fail_package",
            Self::RemovePackage { .. } => "remove_package",
            Self::FailRemoval { .. } => "fail_removal",
            Self::CancelLicense { .. } => "cancel_license",
            Self::ReleaseOrganization { .. } => "release_organization",
        }
    }

    pub(in crate::process) fn base_package_failed(package: Package) -> StepError {
        StepError::new(
            BASE_PACKAGE_FAILED_CODE,
            &format!("{package} was not provisioned: no base package that it works with was"),
        )
    }
}
