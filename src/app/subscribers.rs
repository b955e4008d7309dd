//! Subscribers as their partner sees them: whole where the organization is new or trusts it, else in a limited form (R81).
//!
//! Whether a partner sees all is read from the organization itself, never from a view (INV-TENANT).

use serde_json::Value;
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::organization::Grant;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;

use super::{App, Caller, Page, PageRequest, Rejection, When};
use crate::ports::StoreFault;

/// What a limited form leaves out: who the person is.
const OF_THE_PERSON: [&str; 3] = ["email", "firstName", "lastName"];

/// By which field of the rows a person is found; it is never shown.
const HASH: &str = "emailHash";

impl App {
    /// Returns a page of subscribers; of one address only, if one is given.
    pub async fn subscribers(
        &self,
        caller: &Caller,
        email: Option<&EmailAddress>,
        mut request: PageRequest,
    ) -> Result<Page, Rejection> {
        // A match would tell who somebody is.
        if email.is_some() && !caller.sees_people() {
            return Err(Rejection::forbidden(caller.role));
        }
        let of_address = email.map(|email| (HASH.to_owned(), self.persons.address_hash(email)));
        request.filters.extend(of_address);
        let mut page = self.list("subscribers", caller, request).await?;
        for item in &mut page.items {
            self.limit_subscriber(caller, item).await?;
        }
        Ok(page)
    }

    /// Returns a subscriber.
    pub async fn subscriber(&self, caller: &Caller, id: &str, when: When) -> Result<(Value, i64), Rejection> {
        let (mut item, position) = self.get("subscribers", caller, id, when).await?;
        self.limit_subscriber(caller, &mut item).await?;
        Ok((item, position))
    }

    async fn limit_subscriber(&self, caller: &Caller, item: &mut Value) -> Result<(), Rejection> {
        let unreadable = || StoreFault::Corrupt("a row of subscribers".to_owned());
        let organization_id = item["organizationId"].as_str().unwrap_or_default();
        let organization_id: OrganizationId = organization_id.parse().map_err(|_| unreadable())?;
        let limited = match caller.tenant_id {
            TenantId::Partner(partner_id) => self.is_limited(partner_id, organization_id).await?,
            TenantId::Platform | TenantId::Organization(_) => false,
        };
        let fields = item.as_object_mut().ok_or_else(unreadable)?;
        fields.retain(|name, _| name != HASH && !(limited && OF_THE_PERSON.contains(&name.as_str())));
        Ok(())
    }

    /// Tells whether a partner sees the users of an organization that was there before in a limited form only.
    async fn is_limited(&self, partner_id: PartnerId, id: OrganizationId) -> Result<bool, Rejection> {
        let organization = self.organization_state(id).await?;
        Ok(organization.is_some_and(|created| {
            created.created_by != Some(partner_id) && created.grant_of(partner_id) != Grant::FullAdmin
        }))
    }
}
