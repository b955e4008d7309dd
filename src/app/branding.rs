//! The branding that the people of a customer see (R110, R111), from the streams that decide it.

use serde::Serialize;
use tenantry_domain::branding::{Branding, BrandingSource};
use tenantry_domain::customer::Customer;
use tenantry_domain::ids::{CustomerId, OrganizationId};
use tenantry_domain::partner::Partner;
use utoipa::ToSchema;

use super::{App, Caller, Rejection};

/// The branding of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ShownBranding {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Whose branding is shown.
    pub source: BrandingSource,
    /// The partner's advanced branding, where that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
    /// Whether the organization has basic branding.
    pub basic_branding: bool,
    /// Whether the partner overrides its advanced branding for this customer.
    #[serde(rename = "override")]
    pub overridden: bool,
}

impl App {
    /// Returns the branding of a customer of the caller's partner; none before the organization is its customer.
    pub async fn branding(&self, caller: &Caller, id: &str) -> Result<ShownBranding, Rejection> {
        let partner_id = caller.partner()?;
        let customer_id: CustomerId = id.parse().map_err(|_| Rejection::NotFound)?;
        let tenant_id = Some(partner_id.into());
        let customer = self.streams.state::<Customer>(tenant_id, &customer_id.to_string(), false).await?;
        let exists = customer.state.requested.as_ref().filter(|customer| customer.has_organization());
        let customer = exists.ok_or(Rejection::NotFound)?;
        let organization = self.organization_state(customer.organization_id).await?;
        let basic_branding = organization.is_some_and(|organization| organization.basic_branding);
        let partner = self.streams.state::<Partner>(tenant_id, &partner_id.to_string(), false).await?;
        let advanced = partner.state.registered.as_ref().and_then(|partner| partner.branding.clone());
        let overridden = customer.branding_override;
        let source = BrandingSource::of(advanced.is_some(), basic_branding, overridden);
        Ok(ShownBranding {
            customer_id,
            organization_id: customer.organization_id,
            source,
            branding: advanced.filter(|_| source == BrandingSource::Advanced),
            basic_branding,
            overridden,
        })
    }
}
