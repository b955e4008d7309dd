//! Where the person with an address is known already, whatever the tenant: as a member, and as a subscriber.
//!
//! A view finds the organizations, once it has taken in all that was in the log when the question came; each one's own
//! stream says whether the person is still there. Who is a subscriber is a claim of the platform, so the commit decides.

use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::organization::{MemberRole, Organization};
use tenantry_domain::subscriber::Whereabouts;
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;
use tenantry_projections::memberships::{self, MembershipRow};

use super::{App, Rejection, license_claim, subscriber_claim};
use crate::limits::{LOG, PAGE_ROWS_MAX, WHEREABOUTS_WAIT};
use crate::ports::{PageQuery, StoreFault};

impl App {
    /// Says where the person with an address is known, as a customer of a partner must know it.
    pub(super) async fn whereabouts(
        &self,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        email_hash: &str,
    ) -> Result<Whereabouts, Rejection> {
        let mut named = self.named_memberships(email_hash).await?;
        let is_named = named.contains(&organization_id);
        named.retain(|id| *id != organization_id);
        let here = if is_named { self.role_in(organization_id, email_hash, true).await? } else { None };
        // Who belongs here needs not be looked for elsewhere.
        let elsewhere = here.is_none() && self.is_member_of_any(named, email_hash).await?;
        let licensed = self.is_licensed(email_hash).await?
            || self.keys.find_claim(LOG, &subscriber_claim(partner_id, email_hash)).await?.is_some();
        Ok(Whereabouts { here, elsewhere, licensed })
    }

    /// Tells whether somebody with an address is a subscriber, of whatever partner.
    pub(super) async fn is_licensed(&self, email_hash: &str) -> Result<bool, StoreFault> {
        Ok(self.keys.find_claim(LOG, &license_claim(email_hash)).await?.is_some())
    }

    /// Returns the organizations of which the person with an address is a member now.
    pub async fn memberships(&self, email_hash: &str) -> Result<Vec<OrganizationId>, Rejection> {
        let mut found = Vec::new();
        for id in self.named_memberships(email_hash).await? {
            if self.role_in(id, email_hash, true).await?.is_some() {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// Tells whether the person with an address is a member of any of these organizations.
    async fn is_member_of_any(
        &self,
        organizations: Vec<OrganizationId>,
        email_hash: &str,
    ) -> Result<bool, Rejection> {
        for id in organizations {
            if self.role_in(id, email_hash, true).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads the view, once it has come as far as the log is now.
    async fn named_memberships(&self, email_hash: &str) -> Result<Vec<OrganizationId>, Rejection> {
        self.wait_for(memberships::NAME, self.feed.refresh().await?, WHEREABOUTS_WAIT).await?;
        let prefix = memberships::prefix(email_hash);
        let mut after = RowKey { tenant_id: TenantId::Platform, key: prefix.clone() };
        let mut named = Vec::new();
        loop {
            let query = PageQuery {
                tenant_id: Some(TenantId::Platform),
                after: Some(after.clone()),
                limit: PAGE_ROWS_MAX,
                ..PageQuery::default()
            };
            let (_, rows) = self.page(memberships::NAME, &query).await?;
            for row in rows.iter().take_while(|row| row.key.key.starts_with(&prefix)) {
                let corrupt = |_| StoreFault::Corrupt(format!("row {} of memberships", row.key.key));
                let row: MembershipRow = serde_json::from_str(&row.doc).map_err(corrupt)?;
                named.push(row.organization_id);
            }
            match rows.last().filter(|last| last.key.key.starts_with(&prefix)) {
                Some(last) => after = last.key.clone(),
                None => return Ok(named),
            }
        }
    }

    /// Asks an organization what the person with an address is in it.
    pub(super) async fn role_in(
        &self,
        id: OrganizationId,
        email_hash: &str,
        fresh: bool,
    ) -> Result<Option<MemberRole>, Rejection> {
        let tenant_id = Some(TenantId::from(id));
        let loaded = self.streams.state::<Organization>(tenant_id, &id.to_string(), fresh).await?;
        Ok(loaded.state.created.as_ref().and_then(|created| created.role_of(email_hash)))
    }
}
