//! Organizations as those see them who may: their own people, the partners whose customers they are, operators.
//!
//! Whether a partner may is read from the organization itself, never from a view (INV-TENANT).

use serde_json::Value;
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::organization::{Created, Grant, Organization};
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;

use super::{App, Caller, Page, PageRequest, Rejection};
use crate::limits::READ_WAIT;
use crate::ports::StoreFault;

impl App {
    pub(super) async fn organization_state(&self, id: OrganizationId) -> Result<Option<Created>, Rejection> {
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), false).await?;
        Ok(loaded.state.created.clone())
    }

    /// The access of a partner to an organization, if the organization is anything to it.
    async fn access(&self, partner_id: PartnerId, id: OrganizationId) -> Result<Option<Grant>, Rejection> {
        let state = self.organization_state(id).await?;
        let relation = state.and_then(|created| created.partners.get(&partner_id).cloned());
        let visible = relation.filter(|it| it.customer_id.is_some() || it.grant != Grant::None);
        Ok(visible.map(|relation| relation.grant))
    }

    /// Returns an organization.
    pub async fn organization(
        &self,
        caller: &Caller,
        id: &str,
        min_position: Option<i64>,
    ) -> Result<(Value, i64), Rejection> {
        let TenantId::Partner(partner_id) = caller.tenant_id else {
            return self.get("organizations", caller, id, min_position).await;
        };
        let organization_id: OrganizationId = id.parse().map_err(|_| Rejection::NotFound)?;
        self.access(partner_id, organization_id).await?.ok_or(Rejection::NotFound)?;
        let viewer = caller.within(organization_id);
        let (mut item, position) = self.get("organizations", &viewer, id, min_position).await?;
        only_own_relation(&mut item, partner_id);
        Ok((item, position))
    }

    /// Returns a page of organizations; of partners those of their customers, in the order of the customers.
    pub async fn organizations(&self, caller: &Caller, request: PageRequest) -> Result<Page, Rejection> {
        let TenantId::Partner(partner_id) = caller.tenant_id else {
            return self.list("organizations", caller, request).await;
        };
        if let Some(position) = request.min_position {
            self.wait_for("organizations", position, READ_WAIT).await?;
        }
        let customers = self.list("customers", caller, request).await?;
        let mut keys = Vec::new();
        for customer in customers.items {
            let unreadable = |_| StoreFault::Corrupt("a row of customers".to_owned());
            let part: CustomerPart = serde_json::from_value(customer).map_err(unreadable)?;
            let id = part.organization_id;
            // What is only asked for is not there to be seen.
            if self.access(partner_id, id).await?.is_some() {
                keys.push(RowKey { tenant_id: id.into(), key: id.to_string() });
            }
        }
        let generation = self.progress.live("organizations").await?;
        let rows = self.views.rows(generation, &keys).await?;
        let mut items = self.shown(caller, rows).await?;
        for item in &mut items {
            only_own_relation(item, partner_id);
        }
        Ok(Page { items, ..customers })
    }

    /// Returns a page of users: of the caller's own partner or organization, or of an organization that a partner may
    /// look into; with less than full access only what R81 leaves.
    pub async fn users(
        &self,
        caller: &Caller,
        organization_id: Option<OrganizationId>,
        request: PageRequest,
    ) -> Result<Page, Rejection> {
        let (Some(organization_id), TenantId::Partner(partner_id)) = (organization_id, caller.tenant_id)
        else {
            let wanted = organization_id.map(TenantId::from).or(request.tenant_id);
            return self.list("users", caller, PageRequest { tenant_id: wanted, ..request }).await;
        };
        let missing = || Rejection::NotFound.naming("organization", &organization_id.to_string());
        let grant = self.access(partner_id, organization_id).await?.ok_or_else(missing)?;
        let state = self.organization_state(organization_id).await?;
        let made_it = state.is_some_and(|created| created.created_by == Some(partner_id));
        if grant == Grant::None && !made_it {
            return Err(Rejection::access_revoked());
        }
        let viewer = caller.within(organization_id);
        let mut page = self.list("users", &viewer, request).await?;
        if grant != Grant::FullAdmin {
            for item in &mut page.items {
                if let Some(fields) = item.as_object_mut() {
                    fields.retain(|name, _| name == "id" || name == "role" || name == "createdAt");
                }
            }
        }
        Ok(page)
    }
}

/// The part of a customer's row that names the organization.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct CustomerPart {
    organization_id: OrganizationId,
}

/// What an organization is to other partners, and what it has from them, is not shown to one.
fn only_own_relation(item: &mut Value, partner_id: PartnerId) {
    let mut own = Value::Null;
    if let Some(partners) = item.get_mut("partners").and_then(Value::as_array_mut) {
        partners.retain(|relation| relation["partnerId"] == partner_id.to_string());
        own = partners.first().map(|relation| relation["customerId"].clone()).unwrap_or_default();
    }
    if let Some(licenses) = item.get_mut("licenses").and_then(Value::as_array_mut) {
        licenses.retain(|license| license["customerId"].is_null() || license["customerId"] == own);
    }
}
