//! What happened to a partner.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PartnerRole;
use crate::branding::Branding;
use crate::ids::{OrganizationId, PartnerId, UserId};
use crate::personal::{Personal, PersonalSlots, Slot};
use crate::values::{Country, EmailAddress, Name};

/// A partner was registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRegistered {
    /// The partner.
    pub partner_id: PartnerId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its data lives.
    pub region: Name,
    /// The partner above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<PartnerId>,
    /// Its own organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_organization_id: Option<OrganizationId>,
}

/// A person became a user of a partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerUserAdded {
    /// The partner.
    pub partner_id: PartnerId,
    /// The user.
    pub user_id: UserId,
    /// Name of the person.
    pub name: Personal<Name>,
    /// E-mail address of the person.
    pub email: Personal<EmailAddress>,
    /// What the user may do.
    pub role: PartnerRole,
}

/// What a user of a partner may do was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerUserRoleChanged {
    /// The partner.
    pub partner_id: PartnerId,
    /// The user.
    pub user_id: UserId,
    /// What the user may do from now on.
    pub role: PartnerRole,
}

/// A person is no longer a user of a partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerUserRemoved {
    /// The partner.
    pub partner_id: PartnerId,
    /// The user.
    pub user_id: UserId,
}

/// The advanced branding of a partner was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BrandingSet {
    /// The partner.
    pub partner_id: PartnerId,
    /// The branding; none from now on without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
}

/// A partner was suspended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerSuspended {
    /// The partner.
    pub partner_id: PartnerId,
}

/// A suspended partner may act again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerReactivated {
    /// The partner.
    pub partner_id: PartnerId,
}

impl PersonalSlots for PartnerSuspended {}
impl PersonalSlots for PartnerReactivated {}

impl PersonalSlots for PartnerUserAdded {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        visit(&mut self.name);
        visit(&mut self.email);
    }
}

impl PersonalSlots for PartnerRegistered {}
impl PersonalSlots for PartnerUserRoleChanged {}
impl PersonalSlots for PartnerUserRemoved {}
impl PersonalSlots for BrandingSet {}

crate::events! {
    /// The events of a partner.
    pub enum PartnerEvent {
        /// See [`PartnerRegistered`].
        Registered(PartnerRegistered) = "partner.registered", "1";
        /// See [`PartnerUserAdded`].
        UserAdded(Box<PartnerUserAdded>) = "partner.user_added", "1";
        /// See [`PartnerUserRoleChanged`].
        UserRoleChanged(PartnerUserRoleChanged) = "partner.user_role_changed", "1";
        /// See [`PartnerUserRemoved`].
        UserRemoved(PartnerUserRemoved) = "partner.user_removed", "1";
        /// See [`BrandingSet`].
        BrandingSet(BrandingSet) = "partner.branding_set", "1";
        /// See [`PartnerSuspended`].
        Suspended(PartnerSuspended) = "partner.suspended", "1";
        /// See [`PartnerReactivated`].
        Reactivated(PartnerReactivated) = "partner.reactivated", "1";
    }
}
