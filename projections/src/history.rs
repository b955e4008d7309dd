//! History: what pages of events filter by; the events themselves are read from the ledger by position.

use serde::{Deserialize, Serialize};
use tenantry_domain::event::metadata;
use tenantry_domain::personal::PersonalSlots;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the event's position in 19 digits.
#[derive(Debug)]
pub struct History;

/// An event, without what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// Its stored name.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The kind of its stream.
    pub aggregate_type: String,
    /// Its stream.
    pub aggregate_id: String,
    /// The tracking ID of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_id: Option<String>,
    /// When it was recorded.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: i64,
}

impl PersonalSlots for HistoryRow {}

impl View for History {
    const NAME: &'static str = "history";
    const EVENTS: &'static [&'static str] = &[];
    const PERSONAL: bool = false;
    type Row = HistoryRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: format!("{:019}", event.position) }])
    }

    fn fold(_: &RowKey, _: Option<HistoryRow>, event: &Recorded) -> Result<Option<HistoryRow>, FoldError> {
        Ok(Some(HistoryRow {
            event_type: event.event_type.clone(),
            actor: event.meta(metadata::ACTOR).map(str::to_owned),
            aggregate_type: event.aggregate_type.clone(),
            aggregate_id: event.aggregate_id.clone(),
            tracking_id: event.meta(metadata::TRACKING).map(str::to_owned),
            recorded_at: event.recorded_at,
        }))
    }
}
