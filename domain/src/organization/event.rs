//! What happened to an organization.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::Package;
use crate::ids::{OrganizationId, PartnerId};
use crate::personal::PersonalSlots;
use crate::values::{Country, Language, Name};

/// Whether a license can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenseState {
    /// It can.
    Active,
    /// Not now.
    Suspended,
    /// No more.
    Cancelled,
}

/// An organization was created on the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationCreated {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The language of its mails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The partner for which it was created.
    pub created_by: PartnerId,
}

/// A license of an organization was set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseSet {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The package that it is for.
    pub package: Package,
    /// Its state.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The platform's name of the license.
    pub license_id: String,
}

impl PersonalSlots for OrganizationCreated {}
impl PersonalSlots for LicenseSet {}

crate::events! {
    /// The events of an organization.
    pub enum OrganizationEvent {
        /// See [`OrganizationCreated`].
        Created(OrganizationCreated) = "organization.created", "1";
        /// See [`LicenseSet`].
        LicenseSet(LicenseSet) = "organization.license_set", "1";
    }
}
