//! What happened to a meter.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::personal::PersonalSlots;
use crate::values::{MeterName, Name};

/// What becomes of the values of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeterKind {
    /// They are added up.
    Sum,
    /// Their records are counted.
    Count,
    /// Their different keys are counted; a record without a key is not.
    UniqueCount,
    /// The greatest counts.
    Maximum,
    /// The one of the latest time counts; of several at that time, the one recorded last.
    Last,
}

/// A meter was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeterDefined {
    /// Its name.
    pub meter: MeterName,
    /// What becomes of the values of a window.
    pub kind: MeterKind,
    /// What is counted, for people.
    pub unit: Name,
}

impl PersonalSlots for MeterDefined {}

crate::events! {
    /// The events of a meter.
    pub enum MeterEvent {
        /// See [`MeterDefined`].
        Defined(MeterDefined) = "meter.defined", "1";
    }
}
