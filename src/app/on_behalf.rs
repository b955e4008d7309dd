//! Acting on behalf: a partner's callers do for its direct sub-partner what they may do for the partner
//! itself (R7).

use tenantry_domain::ids::PartnerId;
use tenantry_domain::partner::Partner;
use tenantry_domain::tenant::TenantId;

use super::{App, Caller, Rejection};

impl App {
    /// Returns the caller as one who acts for a sub-partner. What is no direct sub-partner of the caller's own partner
    /// does not exist for it.
    pub async fn on_behalf(&self, caller: Caller, sub: PartnerId) -> Result<Caller, Rejection> {
        let missing = || Rejection::NotFound.naming("partner", &sub.to_string());
        let TenantId::Partner(parent) = caller.tenant_id else { return Err(missing()) };
        let loaded = self.streams.state::<Partner>(Some(sub.into()), &sub.to_string(), false).await?;
        if loaded.state.registered.as_ref().and_then(|registered| registered.parent_id) != Some(parent) {
            return Err(missing());
        }
        Ok(Caller { tenant_id: sub.into(), parent: Some(parent), ..caller })
    }
}
