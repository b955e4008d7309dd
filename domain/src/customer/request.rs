//! The request for a customer with a new organization, as callers write it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId};
use crate::template::ProvisioningId;
use crate::values::{Address, EmailAddress, ExternalId, Language, Name, TimeZone};

/// Creates a customer and its organization (R57–R62, R86).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateCustomerOrg {
    /// The template to use, by its provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The partner's own ID of the customer, unique within the partner.
    pub external_id: ExternalId,
    /// The packages that the customer gets, each once.
    #[schema(min_items = 1, max_items = 50)]
    pub packages: Vec<Package>,
    /// Address of the head office; its country decides where the organization lives.
    pub address: Address,
    /// Who the customer is.
    pub customer_info: CustomerInfo,
    /// The partner's word that the head office is in a supported place; required from a signed-in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<bool>,
    /// What packages need to know; required with calling packages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<ProvisioningParameters>,
}

/// Creates a customer from an organization that exists already (R86, R94–R102).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachExistingOrg {
    /// The template to use, by its provisioning ID.
    pub provisioning_id: ProvisioningId,
    /// The organization (R87).
    pub organization_id: OrganizationId,
    /// The partner's own ID of the customer, unique within the partner.
    pub external_id: ExternalId,
    /// The packages that the customer gets, each once.
    #[schema(min_items = 1, max_items = 50)]
    pub packages: Vec<Package>,
    /// Address of the head office.
    pub address: Address,
    /// The partner's own name for the customer; the organization keeps its name (D17, R112).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// The partner's word that the head office is in a supported place; required from a signed-in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<bool>,
    /// What packages need to know; required with calling packages (R89).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisioning_parameters: Option<ProvisioningParameters>,
}

/// Takes up the work on a customer that failed, from where it failed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RetryProvisioning {
    /// The customer.
    pub customer_id: CustomerId,
}

/// Who a customer is (R58).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerInfo {
    /// Name of the company; without `%`.
    pub name: Name,
    /// E-mail address of its administrator.
    pub primary_email: EmailAddress,
    /// Language of its mails; the template's without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// What packages need to know.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProvisioningParameters {
    /// For calling packages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<CallingParameters>,
    /// For meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings: Option<MeetingsParameters>,
    /// For the packages' numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<PackagesParameters>,
}

/// Says whether an organization keeps its basic branding under the partner's advanced one (R111).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetBrandingOverride {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whether the partner's advanced branding is overridden.
    #[serde(rename = "override")]
    pub overridden: bool,
}

/// What calling packages need to know.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallingParameters {
    /// The head office as a place to call from.
    pub location: CallingLocation,
}

/// A place to call from (R61).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallingLocation {
    /// Its name, for example that of the office.
    pub name: Name,
    /// Its address.
    pub address: Address,
    /// Its time zone.
    pub timezone: TimeZone,
    /// Language of mails and announcements.
    pub language: Language,
    /// What emergency services find it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_location_identifier: Option<ExternalId>,
}

/// What meetings need to know.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeetingsParameters {
    /// The time zone of the meeting site.
    pub timezone: TimeZone,
}

/// The packages' numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PackagesParameters {
    /// How often each package may be assigned at most.
    #[serde(default)]
    pub limits: BTreeMap<Package, u32>,
}
