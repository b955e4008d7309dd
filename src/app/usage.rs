//! Usage of organizations, as far as the caller may see it, counted by the definitions of the meters.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::Timestamp;
use serde_json::{Value, json};
use tenantry_domain::customer::{Customer, Requested};
use tenantry_domain::ids::{CustomerId, OrganizationId, PartnerId};
use tenantry_domain::meter::{Meter, MeterDefined, MeterKind};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::MeterName;
use tenantry_projections::RowKey;
use tenantry_projections::usage::{UsageRow, Window, rows_from};

use super::{App, Caller, Page, Rejection, organization_claim};
use crate::limits::{LOG, READ_WAIT};
use crate::ports::{PageQuery, StoreFault, StoredRow};

/// Which usage is wanted.
#[derive(Debug, Clone)]
pub struct UsageRequest {
    /// The organization; of callers that work in one, their own without.
    pub organization_id: Option<OrganizationId>,
    /// Only this meter.
    pub meter: Option<MeterName>,
    /// The length of the windows.
    pub window: Window,
    /// Only windows that begin at this time or later; with an organization only.
    pub from: Option<Timestamp>,
    /// Only windows that begin before this time; with an organization only.
    pub to: Option<Timestamp>,
    /// The key of the last row of the page before.
    pub after: Option<RowKey>,
    /// The most rows.
    pub limit: i64,
    /// The position that the view must have reached.
    pub min_position: Option<i64>,
}

impl App {
    /// Finds the customer that a partner has in an organization.
    pub(super) async fn customer_of(
        &self,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        fresh: bool,
    ) -> Result<Option<CustomerId>, Rejection> {
        let tenant_id = TenantId::from(partner_id);
        let claim = organization_claim(partner_id, organization_id);
        let known = if fresh { None } else { self.customers.get(&claim) };
        let found = match known {
            Some(customer) => Some(customer),
            None => match self.keys.find_claim(LOG, &claim).await? {
                Some(holder) => {
                    let corrupt = |_| StoreFault::Corrupt(format!("organization claimed by {holder}"));
                    Some(holder.parse::<CustomerId>().map_err(corrupt)?)
                }
                None => None,
            },
        };
        let Some(customer_id) = found else { return Ok(None) };
        let customer =
            self.streams.state::<Customer>(Some(tenant_id), &customer_id.to_string(), fresh).await?;
        if !customer.state.requested.as_ref().is_some_and(Requested::has_organization) {
            return Ok(None);
        }
        self.customers.insert(claim, customer_id);
        Ok(Some(customer_id))
    }

    /// Returns a page of usage, in the order of organizations, times and meters.
    pub async fn usage(&self, caller: &Caller, request: UsageRequest) -> Result<Page, Rejection> {
        if let Some(position) = request.min_position {
            self.wait_for("usage", position, READ_WAIT).await?;
        }
        let (tenant_id, organization_id) = scope(caller, request.organization_id)?;
        let (mut after, end) = range(tenant_id, organization_id, &request)?;
        if let Some(cursor) = request.after.clone() {
            after = after.max(Some(cursor));
        }
        let mut filters = vec![("window".to_owned(), request.window.as_str().to_owned())];
        filters.extend(request.meter.as_ref().map(|meter| ("meter".to_owned(), meter.as_str().to_owned())));
        filters.extend(organization_id.map(|id| ("organizationId".to_owned(), id.to_string())));
        let query = PageQuery { tenant_id, filters, after, limit: request.limit + 1 };
        let (position, mut rows) = self.page("usage", &query).await?;
        rows.retain(|row| end.as_ref().is_none_or(|end| row.key.key < *end));
        let more = rows.len() as i64 > request.limit;
        rows.truncate(usize::try_from(request.limit).expect("a limit is small"));
        let next = rows.last().filter(|_| more).map(|row| super::write_cursor(&row.key));
        let items = self.counted(rows).await?;
        Ok(Page { items, position, next })
    }

    /// Adds to each row what it comes to by its meter, or why it does not count.
    async fn counted(&self, rows: Vec<StoredRow>) -> Result<Vec<Value>, Rejection> {
        let mut meters: HashMap<MeterName, Option<MeterDefined>> = HashMap::new();
        let mut items = Vec::with_capacity(rows.len());
        for StoredRow { key, doc } in rows {
            let corrupt = |_| StoreFault::Corrupt(format!("row {}", key.key));
            let row: UsageRow = serde_json::from_str(&doc).map_err(corrupt)?;
            let meter = match meters.entry(row.meter.clone()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let platform = Some(TenantId::Platform);
                    let meter = self.streams.state::<Meter>(platform, row.meter.as_str(), false).await?;
                    place.insert(meter.state.defined.clone())
                }
            };
            items.push(shown(row, meter.as_ref()));
        }
        Ok(items)
    }
}

/// Says whose rows the caller sees: a partner its own, an organization its own, an operator those of the organization
/// that it names.
fn scope(
    caller: &Caller,
    organization_id: Option<OrganizationId>,
) -> Result<(Option<TenantId>, Option<OrganizationId>), Rejection> {
    match (caller.tenant_id, organization_id) {
        (TenantId::Partner(_), organization_id) => Ok((Some(caller.tenant_id), organization_id)),
        (TenantId::Organization(own), None) => Ok((Some(caller.tenant_id), Some(own))),
        (TenantId::Organization(own), Some(wanted)) if own == wanted => {
            Ok((Some(caller.tenant_id), Some(own)))
        }
        (TenantId::Organization(_), Some(wanted)) => {
            Err(Rejection::NotFound.naming("organization", &wanted.to_string()))
        }
        (TenantId::Platform, Some(wanted)) => Ok((Some(wanted.into()), Some(wanted))),
        (TenantId::Platform, None) => {
            Err(Rejection::malformed("organizationId", "missing", "an operator names the organization"))
        }
    }
}

/// Returns the key after which the wanted rows begin, and the one before which they end.
fn range(
    tenant_id: Option<TenantId>,
    organization_id: Option<OrganizationId>,
    request: &UsageRequest,
) -> Result<(Option<RowKey>, Option<String>), Rejection> {
    let text = |time: Option<Timestamp>| time.map(|time| request.window.start(time).to_string());
    let (Some(tenant_id), Some(organization_id)) = (tenant_id, organization_id) else {
        if request.from.is_some() || request.to.is_some() {
            let detail = "from and to go with organizationId";
            return Err(Rejection::malformed("organizationId", "missing", detail));
        }
        return Ok((None, None));
    };
    let of = |start: &str| rows_from(organization_id, request.window, start);
    let from = RowKey { tenant_id, key: of(&text(request.from).unwrap_or_default()) };
    // A window counts from its beginning, so one that began before `to` is within.
    let end = match request.to.map(|to| (request.window.start(to), to)) {
        Some((start, to)) if start == to => of(&start.to_string()),
        Some((start, _)) => of(&request.window.end(start).to_string()),
        // What comes after every time.
        None => of("~"),
    };
    Ok((Some(from), Some(end)))
}

fn shown(mut row: UsageRow, meter: Option<&MeterDefined>) -> Value {
    // Sums keep the longest scale of what they were made of.
    row.sum = row.sum.normalize();
    row.maximum = row.maximum.map(|value| value.normalize());
    if let Some(last) = &mut row.last {
        last.value = last.value.normalize();
    }
    let mut item = json!(row);
    item["end"] = json!(row.window.end(row.start));
    item["counted"] = json!(meter.is_some());
    match meter {
        Some(MeterDefined { kind, unit, .. }) => {
            item["kind"] = json!(kind);
            item["unit"] = json!(unit);
            item["value"] = match kind {
                MeterKind::Sum => json!(row.sum),
                MeterKind::Count => json!(row.records.to_string()),
                MeterKind::Maximum => json!(row.maximum),
                MeterKind::Last => json!(row.last.as_ref().map(|last| last.value)),
            };
        }
        None => item["reason"] = json!("meter_not_defined"),
    }
    item
}
