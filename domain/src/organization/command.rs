//! What an organization can be asked.

use super::LicenseState;
use crate::catalogue::Package;
use crate::ids::{OrganizationId, PartnerId};
use crate::values::{Country, Language, Name};

/// A command to an organization. Both come from processes: the same again changes nothing.
#[derive(Debug, Clone)]
pub enum OrganizationCommand {
    /// Records that the platform created the organization.
    Create {
        /// The ID of the new organization.
        id: OrganizationId,
        /// Its name.
        name: Name,
        /// Country of its head office.
        country: Country,
        /// The language of its mails.
        language: Option<Language>,
        /// The partner for which it was created.
        created_by: PartnerId,
    },
    /// Records the license that the platform gave for a package (R80).
    SetLicense {
        /// The package.
        package: Package,
        /// The license's state.
        state: LicenseState,
        /// How often the package may be assigned; unlimited without.
        quantity: Option<u32>,
        /// The platform's name of the license.
        license_id: String,
    },
}
