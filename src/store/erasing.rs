//! What both databases need for erasures besides their SQL.

use tenantry_domain::ids::PersonId;
use tenantry_domain::tenant::TenantId;

use crate::ports::StoreFault;

/// Returns what every sealed value of a person holds, and nothing else: its person between points.
pub(super) fn sealed_for(person_id: PersonId) -> String {
    format!(".{person_id}.")
}

/// Reads names of tenants.
pub(super) fn tenants(rows: Vec<String>) -> Result<Vec<TenantId>, StoreFault> {
    let tenant = |text: String| text.parse().map_err(|_| StoreFault::Corrupt(format!("tenant {text}")));
    rows.into_iter().map(tenant).collect()
}
