//! Usage of organizations by quarters of an hour, from which every longer window of any time zone follows (R5, R27, R29).
//!
//! A row holds all that any kind of meter counts by; which of it counts is for the meter's definition, which may come
//! later than the records. What a unique count counts is part of a row's key, so no row grows with what it counts.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{AppId, OrganizationId, ProjectId, SubscriptionId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::UsageEvent;
use tenantry_domain::values::MeterName;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};
use crate::window::quarter_of;

/// The view; a quarter of an hour has rows in the tenant of the partner, and rows in that of the organization: the sum
/// over all partners, without the subscriptions, which are none of its business (R26).
#[derive(Debug)]
pub struct UsageByQuarter;

/// By what usage can be told apart within an organization.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The package that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// The project in which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// The app ID by which it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_id: Option<AppId>,
    /// The one subscription that ordered the package; only in the tenant of the partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<SubscriptionId>,
}

/// What one organization used by one meter in one quarter of an hour at one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// What was measured.
    pub meter: MeterName,
    /// When the quarter of an hour begins.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// Where it was used.
    pub place: Place,
    /// The keyed hash of what a unique count counts; the row holds the records with this key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_hash: Option<String>,
    /// How many records it has.
    pub records: u64,
    /// How many corrections it has.
    pub corrections: u64,
    /// The sum of records and corrections.
    #[schema(value_type = String)]
    pub sum: Decimal,
    /// The greatest record.
    #[schema(value_type = Option<String>)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Decimal>,
    /// The record of the latest time; of several at that time, the one recorded last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastRecord>,
}

/// The record of the latest time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastRecord {
    /// Its time.
    #[schema(value_type = String, format = DateTime)]
    pub time: Timestamp,
    /// Its position in the log.
    pub position: i64,
    /// Its value.
    #[schema(value_type = String)]
    pub value: Decimal,
}

impl LastRecord {
    /// Returns the later of two.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        if (self.time, self.position) < (other.time, other.position) { other } else { self }
    }
}

impl PersonalSlots for UsageRow {}

/// Returns where the rows of an organization lie: those of a time and later come after this key.
pub fn rows_from(organization_id: OrganizationId, start: &str) -> String {
    format!("{organization_id}/{start}")
}

impl Place {
    /// Returns its parts as they stand in keys, with nothing where there is none.
    pub fn parts(&self) -> [String; 4] {
        fn text<T: ToString>(part: Option<T>) -> String {
            part.map(|part| part.to_string()).unwrap_or_default()
        }
        [text(self.package), text(self.project_id), text(self.app_id), text(self.subscription_id)]
    }
}

impl UsageRow {
    /// Makes the row of one event alone.
    pub fn of(event: &UsageEvent, position: i64) -> Self {
        let used = event.used();
        let value = used.value;
        let row = Self {
            organization_id: used.organization_id,
            meter: used.meter.clone(),
            start: quarter_of(used.time),
            place: Place {
                package: used.package,
                project_id: used.project_id,
                app_id: used.app_id,
                subscription_id: used.subscription_id,
            },
            key_hash: None,
            records: 0,
            corrections: 0,
            sum: value,
            maximum: None,
            last: None,
        };
        match event {
            UsageEvent::Recorded(body) => Self {
                key_hash: body.key_hash.clone(),
                records: 1,
                maximum: Some(value),
                last: Some(LastRecord { time: body.time, position, value }),
                ..row
            },
            UsageEvent::Corrected(_) => Self { corrections: 1, ..row },
        }
    }

    /// Leaves out what is nobody's business in the tenant of the row (R26): an organization sees no subscriptions.
    fn in_tenant(mut self, tenant_id: TenantId) -> Self {
        if let TenantId::Organization(_) = tenant_id {
            self.place.subscription_id = None;
        }
        self
    }

    /// Takes in a row of the same key.
    fn add(&mut self, other: Self) {
        self.records += other.records;
        self.corrections += other.corrections;
        self.sum += other.sum;
        self.maximum = self.maximum.max(other.maximum);
        self.last = match (self.last.take(), other.last) {
            (Some(one), Some(other)) => Some(one.later(other)),
            (one, other) => one.or(other),
        };
    }

    fn key(&self) -> String {
        let from = rows_from(self.organization_id, &self.start.to_string());
        let hash = self.key_hash.as_deref().unwrap_or_default();
        format!("{from}/{}/{}/{hash}", self.meter.as_str(), self.place.parts().join("/"))
    }
}

impl View for UsageByQuarter {
    const NAME: &'static str = "usage";
    const VERSION: i32 = 2;
    const EVENTS: &'static [&'static str] = UsageEvent::NAMES;
    const FED_BY_OTHERS: &'static [&'static str] = &["organization"];
    const PERSONAL: bool = false;
    type Row = UsageRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let row = UsageRow::of(&event.event()?, event.position);
        let tenants = [event.tenant_id, TenantId::from(row.organization_id)];
        let key = |tenant_id| RowKey { tenant_id, key: row.clone().in_tenant(tenant_id).key() };
        Ok(tenants.map(key).into())
    }

    fn fold(key: &RowKey, row: Option<UsageRow>, event: &Recorded) -> Result<Option<UsageRow>, FoldError> {
        let of_event = UsageRow::of(&event.event()?, event.position).in_tenant(key.tenant_id);
        Ok(Some(match row {
            Some(mut row) => {
                row.add(of_event);
                row
            }
            None => of_event,
        }))
    }
}
