//! What usage comes to by the definitions of its meters, as it is shown.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use serde_json::{Value, json};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::meter::{Meter, MeterDefined};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::MeterName;
use tenantry_projections::tally::Tally;
use tenantry_projections::usage::{Place, UsageRow};

use crate::app::{App, Rejection};

/// By what usage is told apart, besides organization and meter.
#[expect(clippy::struct_excessive_bools, reason = "any of them goes with any other")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Groups {
    /// By package.
    pub package: bool,
    /// By project.
    pub project: bool,
    /// By app ID.
    pub app: bool,
    /// By subscription.
    pub subscription: bool,
}

impl Groups {
    /// Every group.
    pub const ALL: Self = Self { package: true, project: true, app: true, subscription: true };

    fn of(self, place: &Place) -> Place {
        Place {
            package: place.package.filter(|_| self.package),
            project_id: place.project_id.filter(|_| self.project),
            app_id: place.app_id.filter(|_| self.app),
            subscription_id: place.subscription_id.filter(|_| self.subscription),
        }
    }
}

/// What a meter and a group came to.
pub(super) struct Item {
    pub(super) meter: MeterName,
    pub(super) place: Place,
    pub(super) tally: Tally,
}

/// Items by the end of their keys.
///
/// In the order of texts, because cursors compare texts: a meter's name may hold what comes before the `/` after it.
#[derive(Default)]
pub(super) struct Tallies(pub(super) BTreeMap<String, Item>);

impl Tallies {
    pub(super) fn take(&mut self, row: &UsageRow, groups: Groups) {
        let place = groups.of(&row.place);
        let key = format!("{}/{}", row.meter.as_str(), place.parts().join("/"));
        let new = || Item { meter: row.meter.clone(), place, tally: Tally::default() };
        self.0.entry(key).or_insert_with(new).tally.take(row);
    }
}

/// Returns where an item stands among others, by the key that its tally has.
pub(super) fn item_key(organization_id: OrganizationId, start: &str, key: &str) -> String {
    format!("{organization_id}/{start}/{key}")
}

/// The definitions of meters, as far as they were asked for.
#[derive(Default)]
pub(in crate::app) struct Definitions(HashMap<MeterName, Option<MeterDefined>>);

impl Definitions {
    /// Returns the definition of a meter, if it has one.
    pub(in crate::app) async fn find(
        &mut self,
        app: &App,
        meter: &MeterName,
    ) -> Result<Option<&MeterDefined>, Rejection> {
        if !self.0.contains_key(meter) {
            let platform = Some(TenantId::Platform);
            let loaded = app.streams.state::<Meter>(platform, meter.as_str(), false).await?;
            self.0.insert(meter.clone(), loaded.state.defined.clone());
        }
        Ok(self.0.get(meter).and_then(Option::as_ref))
    }
}

/// Returns what a tally comes to; nothing where the meter is not defined.
pub(super) fn value_of(tally: &Tally, meter: Option<&MeterDefined>) -> Option<Decimal> {
    meter.and_then(|meter| tally.value(meter.kind))
}

/// Adds to an item by which definition it counts, or why it does not.
pub(super) fn tell_meter(item: &mut Value, meter: Option<&MeterDefined>) {
    item["counted"] = json!(meter.is_some());
    match meter {
        Some(MeterDefined { kind, unit, .. }) => {
            item["kind"] = json!(kind);
            item["unit"] = json!(unit);
        }
        None => item["reason"] = json!("meter_not_defined"),
    }
}

/// Adds to an item all that was counted.
pub(super) fn tell_tally(item: &mut Value, tally: &Tally) {
    item["records"] = json!(tally.records);
    item["corrections"] = json!(tally.corrections);
    // Sums keep the longest scale of what they were made of.
    item["sum"] = json!(tally.sum.normalize());
    if let Some(maximum) = tally.maximum {
        item["maximum"] = json!(maximum.normalize());
    }
    if let Some(last) = &tally.last {
        item["last"] = json!({ "time": last.time, "value": last.value.normalize() });
    }
    if !tally.keys.is_empty() {
        item["unique"] = json!(tally.keys.len());
    }
}

/// Adds to an item which group it is of; a group of what names none stands without.
pub(super) fn tell_place(item: &mut Value, place: &Place) {
    if let (Some(item), Value::Object(parts)) = (item.as_object_mut(), json!(place)) {
        item.extend(parts);
    }
}
