//! Organizations and their licenses.

use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::organization::{LicenseSet, LicenseState, OrganizationCreated, OrganizationEvent};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{Country, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the organization's ID, its tenant the organization.
#[derive(Debug)]
pub struct Organizations;

/// An organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationRow {
    /// Its ID.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Its licenses, one for each package, in the order of the catalogue.
    pub licenses: Vec<LicenseRow>,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

/// The right to use a package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LicenseRow {
    /// The platform's name of it.
    pub id: String,
    /// The package.
    pub package: Package,
    /// Whether it can be used.
    pub state: LicenseState,
    /// How often the package may be assigned; unlimited without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}

impl PersonalSlots for OrganizationRow {}

impl OrganizationRow {
    fn set_license(&mut self, set: LicenseSet) {
        let LicenseSet { package, state, quantity, license_id, .. } = set;
        self.licenses.retain(|license| license.package != package);
        self.licenses.push(LicenseRow { id: license_id, package, state, quantity });
        self.licenses.sort_by_key(|license| license.package);
    }
}

impl View for Organizations {
    const NAME: &'static str = "organizations";
    const EVENTS: &'static [&'static str] = OrganizationEvent::NAMES;
    type Row = OrganizationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<OrganizationRow>,
        recorded: &Recorded,
    ) -> Result<Option<OrganizationRow>, FoldError> {
        match recorded.event()? {
            OrganizationEvent::Created(OrganizationCreated { organization_id, name, country, .. }) => {
                let (licenses, created_at) = (vec![], recorded.recorded_at);
                Ok(Some(OrganizationRow { id: organization_id, name, country, licenses, created_at }))
            }
            OrganizationEvent::LicenseSet(set) => {
                let mut row = row.ok_or_else(|| recorded.row_missing())?;
                row.set_license(set);
                Ok(Some(row))
            }
        }
    }
}
