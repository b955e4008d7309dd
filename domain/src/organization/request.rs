//! The requests about organizations, as callers write them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LicenseState, MemberRole, RegisteredLicense};
use crate::catalogue::Package;
use crate::ids::{CustomerId, OrganizationId, PartnerId};
use crate::template::Authentication;
use crate::values::{Country, DomainName, EmailAddress, Name, Token};

/// Enters an organization that exists already in the directory.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterOrganization {
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// How many users it has.
    pub user_count: u32,
    /// E-mail domains that it has verified.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub verified_domains: Vec<DomainName>,
    /// Verified domains that it has claimed.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub claimed_domains: Vec<DomainName>,
    /// Whether it is on trial (R105).
    #[serde(default)]
    pub trial: bool,
    /// Its licenses, one for each package.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub licenses: Vec<RegisteredLicense>,
    /// E-mail addresses of its administrators.
    #[schema(max_items = 100)]
    pub admin_emails: Vec<EmailAddress>,
    /// Partners that manage it, with full access (D19).
    #[serde(default)]
    #[schema(max_items = 100)]
    pub managed_by: Vec<PartnerId>,
    /// How its users sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
    /// Whether a partner restricts its administrators (R113).
    #[serde(default)]
    pub restricted_mode: bool,
    /// Whether it has branding of its own (R110).
    #[serde(default)]
    pub basic_branding: bool,
}

/// Verifies an e-mail domain of an organization (R75).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerifyDomain {
    /// The organization; an administrator's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The domain.
    pub domain: DomainName,
}

/// Claims a verified e-mail domain of an organization (R76).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimDomain {
    /// The organization; an administrator's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The domain.
    pub domain: DomainName,
}

/// Sets a license that an organization has itself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetLicense {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The package that it is for.
    pub package: Package,
    /// Its state.
    pub state: LicenseState,
}

/// Adds members to an organization that exists already.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportMembers {
    /// The organization; an administrator's own without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// The members.
    #[schema(max_items = 1000)]
    pub members: Vec<ImportedMember>,
    /// How many users the organization has in all; those known without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_count: Option<u32>,
}

/// A member of an organization that exists already.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportedMember {
    /// E-mail address.
    pub email: EmailAddress,
    /// What the member may be.
    pub role: MemberRole,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_name: Option<Name>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_name: Option<Name>,
}

/// Consents to an attach; by an administrator of the organization, or by the token of the mail.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantConsent {
    /// The customer that a partner asked for; from a signed-in administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The token of the mail's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
}

/// Declines an attach; by an administrator of the organization, or by the token of the mail.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclineConsent {
    /// The customer that a partner asked for; from a signed-in administrator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// The token of the mail's link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
}

/// Sends a request for consent again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResendConsent {
    /// The customer.
    pub customer_id: CustomerId,
}

/// Takes a request for consent back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WithdrawAttach {
    /// The customer.
    pub customer_id: CustomerId,
}

/// Makes a partner an external administrator with full rights (R83).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddExternalAdmin {
    /// The partner.
    pub partner_id: PartnerId,
}

/// Takes a partner's access back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeGrant {
    /// The partner.
    pub partner_id: PartnerId,
}

/// Asks the administrators of an attached organization for full access (R82).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestFullAccess {
    /// The customer.
    pub customer_id: CustomerId,
}
