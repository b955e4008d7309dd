//! Organizations as those see them who may: their own people, the partners whose customers they are, operators.
//!
//! Whether a partner may is read from the organization itself, never from a view (INV-TENANT).

use serde_json::Value;
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::organization::{Created, Grant, ManageRefusal, Organization};
use tenantry_domain::tenant::TenantId;
use tenantry_projections::RowKey;

use super::moments::When;
use super::rejection::Refused;
use super::{App, Caller, Moment, Page, PageRequest, Rejection};
use crate::ports::{StoreFault, StoredRow};

impl App {
    pub(super) async fn organization_state(&self, id: OrganizationId) -> Result<Option<Created>, Rejection> {
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), false).await?;
        Ok(loaded.state.created.clone())
    }

    /// The access of a partner to an organization, if the organization is anything to it.
    async fn access(&self, partner_id: PartnerId, id: OrganizationId) -> Result<Option<Grant>, Rejection> {
        let state = self.organization_state(id).await?;
        Ok(state.and_then(|created| visible_grant(&created, partner_id)))
    }

    /// The same now, or at a moment.
    async fn access_at(
        &self,
        partner_id: PartnerId,
        id: OrganizationId,
        at: Option<Moment>,
    ) -> Result<Option<Grant>, Rejection> {
        let Some(moment) = at else { return self.access(partner_id, id).await };
        let created = self.organization_then(id, self.past_position("at", moment).await?).await?;
        Ok(created.and_then(|created| visible_grant(&created, partner_id)))
    }

    /// Returns an organization.
    pub async fn organization(
        &self,
        caller: &Caller,
        id: &str,
        when: When,
    ) -> Result<(Value, i64), Rejection> {
        let TenantId::Partner(partner_id) = caller.tenant_id else {
            return self.get("organizations", caller, id, when).await;
        };
        self.may_look_back(caller, when).await?;
        let when = self.settled(when).await?;
        let organization_id: OrganizationId = id.parse().map_err(|_| Rejection::NotFound)?;
        self.access_at(partner_id, organization_id, when.at).await?.ok_or(Rejection::NotFound)?;
        let viewer = caller.within(organization_id);
        let (mut item, position) = self.get("organizations", &viewer, id, when).await?;
        only_own_relation(&mut item, partner_id);
        Ok((item, position))
    }

    /// Returns a page of organizations; of partners those of their customers, in the order of the customers.
    pub async fn organizations(&self, caller: &Caller, request: PageRequest) -> Result<Page, Rejection> {
        let TenantId::Partner(partner_id) = caller.tenant_id else {
            return self.list("organizations", caller, request).await;
        };
        self.reach("organizations", request.when.min_position).await?;
        let then = request.when.at.is_some();
        let customers = self.list("customers", caller, request).await?;
        let mut ids = Vec::with_capacity(customers.items.len());
        for customer in customers.items {
            let unreadable = |_| StoreFault::Corrupt("a row of customers".to_owned());
            let part: CustomerPart = serde_json::from_value(customer).map_err(unreadable)?;
            ids.push(part.organization_id);
        }
        let rows = if then {
            self.organizations_then(partner_id, &ids, customers.position).await?
        } else {
            self.organizations_now(partner_id, &ids).await?
        };
        let mut items = self.shown(caller, rows).await?;
        for item in &mut items {
            only_own_relation(item, partner_id);
        }
        Ok(Page { items, position: customers.position, next: customers.next })
    }

    async fn organizations_now(
        &self,
        partner_id: PartnerId,
        ids: &[OrganizationId],
    ) -> Result<Vec<StoredRow>, Rejection> {
        let mut keys = Vec::new();
        for id in ids {
            // What is only asked for is not there to be seen.
            if self.access(partner_id, *id).await?.is_some() {
                keys.push(RowKey { tenant_id: (*id).into(), key: id.to_string() });
            }
        }
        let generation = self.progress.live("organizations").await?;
        Ok(self.views.rows(generation, &keys).await?)
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
        let whole = self.look_into(partner_id, organization_id).await?;
        let viewer = caller.within(organization_id);
        let mut page = self.list("users", &viewer, request).await?;
        if !whole {
            for item in &mut page.items {
                if let Some(fields) = item.as_object_mut() {
                    fields.retain(|name, _| name == "id" || name == "role" || name == "createdAt");
                }
            }
        }
        Ok(page)
    }
}

impl App {
    /// Tells whether a partner sees all of an organization that is something to it, or only a part (R81); what took its
    /// access back shows nothing.
    async fn look_into(&self, partner_id: PartnerId, id: OrganizationId) -> Result<bool, Rejection> {
        let missing = || Rejection::NotFound.naming("organization", &id.to_string());
        let grant = self.access(partner_id, id).await?.ok_or_else(missing)?;
        let created = self.organization_state(id).await?.ok_or_else(missing)?;
        if grant == Grant::None && created.created_by != Some(partner_id) {
            return Err(Rejection::access_revoked());
        }
        let console_access = self.console_access(partner_id, created.customer_of(partner_id), false).await?;
        Ok(created.is_managed_by(partner_id, console_access))
    }

    /// Returns a page of what an organization has, its projects or app IDs: for its own people, and for a partner that
    /// manages it.
    pub async fn belongings(
        &self,
        view: &'static str,
        caller: &Caller,
        organization_id: Option<OrganizationId>,
        request: PageRequest,
    ) -> Result<Page, Rejection> {
        match (caller.tenant_id, organization_id) {
            (TenantId::Partner(partner_id), Some(id)) => {
                if !self.look_into(partner_id, id).await? {
                    return Err(Rejection::Refused(Refused::from(&ManageRefusal::NoFullAccess)));
                }
                self.list(view, &caller.within(id), request).await
            }
            (TenantId::Partner(_), None) => {
                Err(Rejection::malformed("organizationId", "missing", "a partner names the organization"))
            }
            (TenantId::Organization(_) | TenantId::Platform, wanted) => {
                let tenant_id = wanted.map(TenantId::from);
                self.list(view, caller, PageRequest { tenant_id, ..request }).await
            }
        }
    }
}

/// The access of a partner to an organization, if the organization is anything to it.
pub(super) fn visible_grant(created: &Created, partner_id: PartnerId) -> Option<Grant> {
    let relation = created.partners.get(&partner_id);
    relation.filter(|it| it.customer_id.is_some() || it.grant != Grant::None).map(|it| it.grant)
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
