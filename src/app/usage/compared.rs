//! Two periods of usage beside each other.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::values::MeterName;
use tenantry_projections::RowKey;
use tenantry_projections::tally::Tally;
use tenantry_projections::usage::Place;
use tenantry_projections::window::Window;

use super::counted::{Definitions, Item, Tallies, item_key, tell_meter, tell_place, tell_tally, value_of};
use super::scan::{Scan, Wanted};
use super::{UsageRequest, too_much};
use crate::app::{App, Page, Rejection, write_cursor};

/// A span of time: its beginning, and its end, which is not in it.
pub(super) type Period = (Timestamp, Timestamp);

/// With what a period is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// With the period of as many windows before it.
    Previous,
    /// With another one, from a time to a time.
    With(Timestamp, Timestamp),
}

/// An organization, a meter and a group of it, in the order of their keys: this period and the other.
type Pairs = BTreeMap<String, Pair>;

struct Pair {
    organization_id: OrganizationId,
    meter: MeterName,
    place: Place,
    tallies: [Tally; 2],
}

/// Returns the whole windows that a span of time touches.
pub(super) fn widened(window: Window, zone: &TimeZone, (from, to): Period) -> Period {
    (window.start(zone, from), end_of(window, zone, to))
}

/// Returns the end of the last window that begins before a time.
pub(super) fn end_of(window: Window, zone: &TimeZone, to: Timestamp) -> Timestamp {
    let start = window.start(zone, to);
    if start == to { to } else { window.end(zone, to) }
}

/// Returns the period of as many windows before one.
fn before(window: Window, zone: &TimeZone, (from, to): Period) -> Period {
    let (first, end) = (from.to_zoned(zone.clone()), to.to_zoned(zone.clone()));
    let span = match window {
        Window::Hour => {
            return (from.saturating_sub(from.until(to).unwrap_or_default()).unwrap_or(from), from);
        }
        Window::Day => first.date().until((jiff::Unit::Day, end.date())),
        Window::Month => first.date().until((jiff::Unit::Month, end.date())),
    };
    let begin = first.saturating_sub(span.unwrap_or_default());
    (window.start(zone, begin.timestamp()), from)
}

impl App {
    /// Returns what usage came to in a period and in another one, in the order of organizations, meters and groups.
    pub(super) async fn compared(
        &self,
        wanted: Wanted,
        request: &UsageRequest,
        comparison: Comparison,
    ) -> Result<Page, Rejection> {
        let (Some(from), Some(to)) = (request.from, request.to) else {
            let detail = "a comparison is of a period: give from and to";
            return Err(Rejection::malformed("from", "missing", detail));
        };
        let UsageRequest { window, zone, .. } = request;
        let period = widened(*window, zone, (from, to));
        let other = match comparison {
            Comparison::Previous => before(*window, zone, period),
            Comparison::With(from, to) => widened(*window, zone, (from, to)),
        };
        let mut pairs = Pairs::new();
        let mut position = None;
        for (n, (from, to)) in [period, other].into_iter().enumerate() {
            let wanted = Wanted { from: Some(from), to: Some(to), ..wanted.clone() };
            let mut scan = Scan::new(self, wanted, None);
            self.pair_up(&mut scan, request, n, &mut pairs).await?;
            position = position.or(scan.position);
        }
        let after = request.after.as_ref().map(|key| key.key.clone()).unwrap_or_default();
        let limit = usize::try_from(request.limit).expect("a limit is small");
        let mut left = pairs.into_iter().filter(|(key, _)| *key > after);
        let (mut items, mut last, mut definitions) = (Vec::new(), None, Definitions::default());
        for (key, pair) in left.by_ref().take(limit) {
            items.push(self.pair_shown(&pair, [period, other], &mut definitions).await?);
            last = Some(RowKey { tenant_id: wanted.tenant_id, key });
        }
        let next = left.next().and(last).map(|key| write_cursor(&key));
        Ok(Page { items, position: position.unwrap_or_default(), next })
    }

    async fn pair_up(
        &self,
        scan: &mut Scan<'_>,
        request: &UsageRequest,
        n: usize,
        pairs: &mut Pairs,
    ) -> Result<(), Rejection> {
        let (mut of, mut tallies) = (None, Tallies::default());
        let mut settle = |of: Option<OrganizationId>, tallies: Tallies| {
            let Some(organization_id) = of else { return };
            for (key, Item { meter, place, tally }) in tallies.0 {
                let key = item_key(organization_id, "", &key);
                let new = || Pair { organization_id, meter, place, tallies: Default::default() };
                pairs.entry(key).or_insert_with(new).tallies[n] = tally;
            }
        };
        while let Some(rows) = scan.next().await? {
            if scan.is_exhausted() || scan.is_tired() {
                return Err(too_much());
            }
            for row in rows {
                if of != Some(row.organization_id) {
                    settle(of, std::mem::take(&mut tallies));
                    of = Some(row.organization_id);
                }
                tallies.take(&row, request.groups);
            }
        }
        settle(of, tallies);
        Ok(())
    }

    async fn pair_shown(
        &self,
        pair: &Pair,
        periods: [Period; 2],
        definitions: &mut Definitions,
    ) -> Result<Value, Rejection> {
        let Pair { organization_id, meter, place, tallies } = pair;
        let definition = definitions.find(self, meter).await?;
        let mut items = [json!({ "organizationId": organization_id, "meter": meter }), json!({})];
        for ((item, tally), (from, to)) in items.iter_mut().zip(tallies).zip(periods) {
            item["from"] = json!(from);
            item["to"] = json!(to);
            tell_tally(item, tally);
            if definition.is_some() {
                item["value"] = json!(value_of(tally, definition));
            }
        }
        let [mut item, previous] = items;
        tell_place(&mut item, place);
        tell_meter(&mut item, definition);
        if definition.is_some() {
            let values = tallies.each_ref().map(|tally| value_of(tally, definition).unwrap_or_default());
            item["difference"] = json!((values[0] - values[1]).normalize());
        }
        item["previous"] = previous;
        Ok(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("is a time")
    }

    #[test]
    fn the_period_before_has_as_many_windows_as_the_clocks_show() {
        let zone = TimeZone::get("Europe/Berlin").expect("it is a zone");
        let of = |window, from, to| {
            let (from, to) = before(window, &zone, widened(window, &zone, (time(from), time(to))));
            (from.to_string(), to.to_string())
        };
        let month = of(Window::Month, "2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00");
        assert_eq!(month, ("2026-01-31T23:00:00Z".to_owned(), "2026-02-28T23:00:00Z".to_owned()));
        let days = of(Window::Day, "2026-03-30T00:00:00+02:00", "2026-04-01T00:00:00+02:00");
        assert_eq!(days, ("2026-03-27T23:00:00Z".to_owned(), "2026-03-29T22:00:00Z".to_owned()));
        let hours = of(Window::Hour, "2026-03-29T03:00:00+02:00", "2026-03-29T05:00:00+02:00");
        assert_eq!(hours, ("2026-03-28T23:00:00Z".to_owned(), "2026-03-29T01:00:00Z".to_owned()));
    }
}
