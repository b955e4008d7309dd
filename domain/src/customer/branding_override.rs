//! Whether an organization keeps its basic branding under the partner's advanced one (R111).

use serde::{Deserialize, Serialize};

use crate::ids::{CustomerId, OrganizationId};
use crate::personal::PersonalSlots;

/// Whether an organization keeps its basic branding was decided by the partner (R111).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrandingOverrideSet {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whether the partner's advanced branding is overridden.
    #[serde(rename = "override")]
    pub overridden: bool,
}

impl PersonalSlots for BrandingOverrideSet {}
