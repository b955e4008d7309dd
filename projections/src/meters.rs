//! The meters of the platform.

use serde::{Deserialize, Serialize};
use tenantry_domain::event::EventSet;
use tenantry_domain::meter::{MeterDefined, MeterEvent, MeterKind};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{MeterName, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the meter's name, its tenant the platform, and everybody reads it.
#[derive(Debug)]
pub struct Meters;

/// A meter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeterRow {
    /// Its name.
    pub name: MeterName,
    /// What becomes of the values of a window.
    pub kind: MeterKind,
    /// What is counted, for people.
    pub unit: Name,
}

impl PersonalSlots for MeterRow {}

impl View for Meters {
    const NAME: &'static str = "meters";
    const EVENTS: &'static [&'static str] = MeterEvent::NAMES;
    type Row = MeterRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(_: &RowKey, _: Option<MeterRow>, event: &Recorded) -> Result<Option<MeterRow>, FoldError> {
        let MeterEvent::Defined(MeterDefined { meter, kind, unit }) = event.event()?;
        Ok(Some(MeterRow { name: meter, kind, unit }))
    }
}
