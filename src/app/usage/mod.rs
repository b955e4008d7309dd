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
use tenantry_projections::usage::Place;
use tenantry_projections::window::Window;

use self::compared::end_of;
use self::counted::{Definitions, Tallies, item_key, tell_meter, tell_place, tell_tally, value_of};
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
    /// The key of the last item of the page before.
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
    more: bool,
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
        let Windows { used, position, more } = self.windows(wanted, &request).await?;
        let last = used.last().filter(|_| more);
        let next = last.map(|last| super::write_cursor(&RowKey { tenant_id, key: last.key.clone() }));
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
        let after = request.after.as_ref().map(|key| key.key.clone());
        // The window in which the page before ended is counted again: what it shows comes from all of its rows.
        let begin = after.as_ref().map(|key| key.splitn(3, '/').take(2).collect::<Vec<_>>().join("/"));
        let mut scan = Scan::new(self, wanted, begin);
        let (mut used, mut open): (Vec<Used>, Option<(OrganizationId, Timestamp)>) = (Vec::new(), None);
        let mut tallies = Tallies::default();
        'reading: while let Some(rows) = scan.next().await? {
            for row in rows {
                let within = (row.organization_id, request.window.start(&request.zone, row.start));
                if open != Some(within) {
                    settle(open, &mut tallies, after.as_deref(), &mut used);
                    open = Some(within);
                    if used.len() > limit {
                        open = None;
                        break 'reading;
                    }
                }
                tallies.take(&row, request.groups);
            }
            if scan.is_exhausted() {
                let position = scan.position.unwrap_or_default();
                return if used.is_empty() {
                    Err(too_much())
                } else {
                    Ok(Windows { used, position, more: true })
                };
            }
        }
        settle(open, &mut tallies, after.as_deref(), &mut used);
        let more = used.len() > limit;
        used.truncate(limit);
        Ok(Windows { used, position: scan.position.unwrap_or_default(), more })
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

/// Ends a window: what it came to is listed, unless the page before had it.
fn settle(
    open: Option<(OrganizationId, Timestamp)>,
    tallies: &mut Tallies,
    after: Option<&str>,
    used: &mut Vec<Used>,
) {
    let Some((organization_id, start)) = open else { return };
    for ((meter, parts), (place, tally)) in std::mem::take(tallies).0 {
        let key = item_key(organization_id, &start.to_string(), &meter, &parts);
        if after.is_none_or(|after| *key > *after) {
            used.push(Used { key, organization_id, start, meter, place, tally });
        }
    }
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
