//! What a partner can be asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::branding::Branding;
use crate::ids::{OrganizationId, PartnerId, UserId};
use crate::values::{Country, EmailAddress, Name};

/// Registers a partner (R1, R2).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterPartner {
    /// Name of the partner.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its own data lives.
    pub region: Name,
    /// The partner above it; makes it a sub-partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<PartnerId>,
    /// The partner's own organization (R103); only the API changes what is attached there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_organization_id: Option<OrganizationId>,
}

/// What a user of a partner may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartnerRole {
    /// Everything of the partner.
    PartnerAdmin,
    /// Cases, customers and quotes.
    PartnerUser,
}

/// Adds a person to the users of the partner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddPartnerUser {
    /// Name of the person.
    pub name: Name,
    /// E-mail address of the person; names the person within the partner.
    pub email: EmailAddress,
    /// What the person may do.
    pub role: PartnerRole,
}

/// Changes what a user of the partner may do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePartnerUserRole {
    /// The user.
    pub user_id: UserId,
    /// What the user may do from now on.
    pub role: PartnerRole,
}

/// Takes a person out of the users of the partner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemovePartnerUser {
    /// The user.
    pub user_id: UserId,
}

/// Sets the advanced branding of the partner (R110).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetBranding {
    /// The branding; none without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
}

/// Suspends a partner: it may withdraw, remove, hand in usage and revoke keys, and nothing else; work that is under way ends.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuspendPartner {
    /// The partner.
    pub partner_id: PartnerId,
}

/// Lets a suspended partner act again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReactivatePartner {
    /// The partner.
    pub partner_id: PartnerId,
}

/// A command to a partner, with the facts it needs.
#[derive(Debug, Clone)]
pub enum PartnerCommand {
    /// See [`RegisterPartner`].
    Register {
        /// The ID of the new partner.
        id: PartnerId,
        /// The request.
        data: RegisterPartner,
        /// Whether the named parent exists and is active; `None` without a parent.
        parent_active: Option<bool>,
    },
    /// See [`AddPartnerUser`].
    AddUser {
        /// The person behind the address.
        user_id: UserId,
        /// The request.
        data: AddPartnerUser,
    },
    /// See [`ChangePartnerUserRole`].
    ChangeUserRole(ChangePartnerUserRole),
    /// See [`RemovePartnerUser`].
    RemoveUser(RemovePartnerUser),
    /// Takes somebody out who was erased.
    EraseUser {
        /// Who was erased; a user or not.
        user_id: UserId,
    },
    /// See [`SetBranding`].
    SetBranding(SetBranding),
    /// See [`SuspendPartner`].
    Suspend,
    /// See [`ReactivatePartner`].
    Reactivate,
}
