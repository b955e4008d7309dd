//! What a meter can be asked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MeterKind;
use crate::values::{MeterName, Name};

/// Defines a meter; records that came before count from then on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DefineMeter {
    /// Its name, the `type` of its usage records.
    pub name: MeterName,
    /// What becomes of the values of a window.
    pub kind: MeterKind,
    /// What is counted, for people.
    pub unit: Name,
}

/// A command to a meter.
#[derive(Debug, Clone)]
pub enum MeterCommand {
    /// See [`DefineMeter`].
    Define(DefineMeter),
}
