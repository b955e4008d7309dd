//! Usage of organizations, as far as the caller may see it, counted by the definitions of the meters.

mod compared;
mod counted;
mod metered;
mod scan;
mod sheet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::MeterName;
use tenantry_projections::RowKey;
use tenantry_projections::tally::Tally;
use tenantry_projections::usage::{Place, UsageRow, rows_from};
use tenantry_projections::window::Window;

use self::compared::end_of;
use self::counted::{Definitions, Item, Tallies, item_key, tell_meter, tell_place, tell_tally, value_of};
use self::scan::{Scan, Wanted};
use super::{App, Caller, MinPosition, Page, Rejection};

pub use compared::Comparison;
pub use counted::Groups;
pub use sheet::SheetPage;

/// Which usage is wanted.
#[derive(Debug, Clone)]
pub struct UsageRequest {
    /// The organization; of callers that work in one, their own without.
    pub organization_id: Option<OrganizationId>,
    /// Only this meter.
    pub meter: Option<MeterName>,
    /// The length of the windows.
    pub window: Window,
    /// Whose clocks tell hours, days and months.
    pub zone: TimeZone,
    /// Whether windows say which zone theirs is.
    pub names_zone: bool,
    /// By what the usage of a window is told apart.
    pub groups: Groups,
    /// Only windows from the one on in which this time lies.
    pub from: Option<Timestamp>,
    /// Only windows that begin before this time.
    pub to: Option<Timestamp>,
    /// The period as a whole, beside another one.
    pub comparison: Option<Comparison>,
    /// After which key the page begins.
    pub after: Option<RowKey>,
    /// The most items.
    pub limit: i64,
    /// The position that the view must have reached.
    pub min_position: Option<MinPosition>,
}

/// What an organization used by one meter in one window, of one group.
pub(super) struct Used {
    key: String,
    organization_id: OrganizationId,
    start: Timestamp,
    meter: MeterName,
    place: Place,
    tally: Tally,
}

/// Windows in order, from where the page before ended.
struct Windows {
    used: Vec<Used>,
    position: i64,
    /// After which key the next page begins, if there is one.
    next: Option<String>,
}

/// There are more rows behind an answer than one request may read.
fn too_much() -> Rejection {
    let detail =
        "too many records lie in one window; ask for a shorter one, or for one meter or organization";
    Rejection::malformed("window", "out_of_range", detail)
}

impl App {
    /// Returns a page of usage, in the order of organizations, times, meters and groups.
    pub async fn usage(&self, caller: &Caller, request: UsageRequest) -> Result<Page, Rejection> {
        let wanted = self.wanted_usage(caller, &request).await?;
        if let Some(comparison) = request.comparison {
            return self.compared(wanted, &request, comparison).await;
        }
        let tenant_id = wanted.tenant_id;
        let Windows { used, position, next } = self.windows(wanted, &request).await?;
        let next = next.map(|key| super::write_cursor(&RowKey { tenant_id, key }));
        let mut definitions = Definitions::default();
        let mut items = Vec::with_capacity(used.len());
        for used in used {
            items.push(self.used_shown(&used, &request, &mut definitions).await?);
        }
        Ok(Page { items, position, next })
    }

    /// Says which rows are behind a request, once the view has them.
    async fn wanted_usage(&self, caller: &Caller, request: &UsageRequest) -> Result<Wanted, Rejection> {
        self.reach("usage", request.min_position).await?;
        let (tenant_id, organization_id) = scope(caller, request.organization_id)?;
        if request.groups.subscription && !has_subscriptions(tenant_id) {
            let detail = "subscriptions are between a partner and its customer; the usage of an organization is told \
                apart by package, project and app";
            return Err(Rejection::malformed("groupBy", "not_offered", detail));
        }
        Ok(Wanted {
            tenant_id,
            organization_id,
            meter: request.meter.clone(),
            from: request.from.map(|from| request.window.start(&request.zone, from)),
            to: request.to.map(|to| end_of(request.window, &request.zone, to)),
        })
    }

    /// Reads windows until there are as many as are wanted.
    async fn windows(&self, wanted: Wanted, request: &UsageRequest) -> Result<Windows, Rejection> {
        let limit = usize::try_from(request.limit).expect("a limit is small");
        // The window within which the page before ended is counted again: what it shows comes from all of its rows.
        let begin = request.after.as_ref().map(|after| window_of(&after.key));
        let mut scan = Scan::new(self, wanted, begin);
        let mut reading = Reading::new(request);
        while let Some(rows) = scan.next().await? {
            for row in rows {
                reading.take(&row);
            }
            if scan.has_jumped() {
                reading.settle();
            }
            let ends = if reading.used.len() > limit {
                true
            } else if scan.is_exhausted() {
                if reading.settled == 0 {
                    return Err(too_much());
                }
                true
            } else {
                scan.is_tired()
            };
            if ends {
                let position = scan.position.unwrap_or_default();
                return Ok(reading.page(limit, position, Some(scan.after())));
            }
        }
        reading.settle();
        Ok(reading.page(limit, scan.position.unwrap_or_default(), None))
    }

    async fn used_shown(
        &self,
        used: &Used,
        request: &UsageRequest,
        definitions: &mut Definitions,
    ) -> Result<Value, Rejection> {
        let definition = definitions.find(self, &used.meter).await?;
        let mut item = json!({
            "organizationId": used.organization_id, "meter": used.meter, "window": request.window,
            "start": used.start, "end": request.window.end(&request.zone, used.start),
        });
        if let Some(name) = request.zone.iana_name().filter(|_| request.names_zone) {
            item["timeZone"] = json!(name);
        }
        tell_place(&mut item, &used.place);
        tell_tally(&mut item, &used.tally);
        tell_meter(&mut item, definition);
        if definition.is_some() {
            item["value"] = json!(value_of(&used.tally, definition));
        }
        Ok(item)
    }
}

/// Returns the window of a key: where its rows lie.
fn window_of(key: &str) -> String {
    key.splitn(3, '/').take(2).collect::<Vec<_>>().join("/")
}

/// A reading of windows.
struct Reading<'a> {
    request: &'a UsageRequest,
    open: Option<(OrganizationId, Timestamp)>,
    tallies: Tallies,
    used: Vec<Used>,
    /// How many windows have ended.
    settled: usize,
}

impl<'a> Reading<'a> {
    fn new(request: &'a UsageRequest) -> Self {
        Self { request, open: None, tallies: Tallies::default(), used: Vec::new(), settled: 0 }
    }

    fn take(&mut self, row: &UsageRow) {
        let UsageRequest { window, zone, groups, .. } = self.request;
        let within = (row.organization_id, window.start(zone, row.start));
        if self.open != Some(within) {
            self.settle();
            self.open = Some(within);
        }
        self.tallies.take(row, *groups);
    }

    /// Ends a window: what it came to is listed, unless the page before had it.
    fn settle(&mut self) {
        let Some((organization_id, start)) = self.open.take() else { return };
        self.settled += 1;
        let after = self.request.after.as_ref().map(|after| &after.key);
        for (key, Item { meter, place, tally }) in std::mem::take(&mut self.tallies).0 {
            let key = item_key(organization_id, &start.to_string(), &key);
            if after.is_none_or(|after| key > *after) {
                self.used.push(Used { key, organization_id, start, meter, place, tally });
            }
        }
    }

    /// Returns what there is, and where the next page begins: within a window after the last item, else before the first
    /// window that is not shown; where rows were read up to a key, after it.
    fn page(mut self, limit: usize, position: i64, read_to: Option<&str>) -> Windows {
        let open = self.open.map(|(id, start)| rows_from(id, &start.to_string()));
        let next = match self.used.get(limit) {
            Some(beyond) => {
                let last = &self.used[limit - 1];
                let same = (last.organization_id, last.start) == (beyond.organization_id, beyond.start);
                Some(if same { last.key.clone() } else { window_of(&beyond.key) })
            }
            None => read_to.map(|read_to| open.unwrap_or_else(|| read_to.to_owned())),
        };
        self.used.truncate(limit);
        Windows { used: self.used, position, next }
    }
}

/// Tells whether the usage of a tenant names subscriptions (R26).
fn has_subscriptions(tenant_id: TenantId) -> bool {
    matches!(tenant_id, TenantId::Partner(_))
}

/// Says whose rows the caller sees: a partner its own, an organization its own, an operator those of the organization
/// that it names.
fn scope(
    caller: &Caller,
    organization_id: Option<OrganizationId>,
) -> Result<(TenantId, Option<OrganizationId>), Rejection> {
    match (caller.tenant_id, organization_id) {
        (TenantId::Partner(_), organization_id) => Ok((caller.tenant_id, organization_id)),
        (TenantId::Organization(own), None) => Ok((caller.tenant_id, Some(own))),
        (TenantId::Organization(own), Some(wanted)) if own == wanted => Ok((caller.tenant_id, Some(own))),
        (TenantId::Organization(_), Some(wanted)) => {
            Err(Rejection::NotFound.naming("organization", &wanted.to_string()))
        }
        (TenantId::Platform, Some(wanted)) => Ok((wanted.into(), Some(wanted))),
        (TenantId::Platform, None) => {
            Err(Rejection::malformed("organizationId", "missing", "an operator names the organization"))
        }
    }
}
