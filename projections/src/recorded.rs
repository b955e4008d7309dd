//! An event as a view reads it.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tenantry_domain::event::Metadata;
use tenantry_domain::tenant::TenantId;

/// An event as the ledger holds it: personal values are sealed, and stay so in a fold.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its place in the log.
    pub position: i64,
    /// Whose it is.
    pub tenant_id: TenantId,
    /// The kind of its stream.
    pub aggregate_type: String,
    /// Its stream.
    pub aggregate_id: String,
    /// Its place in the stream.
    pub sequence: i64,
    /// Its stored name.
    pub event_type: String,
    /// The version of its shape.
    pub event_version: String,
    /// What it says: `{"stored.name":{…}}`.
    pub payload: Box<RawValue>,
    /// What is known about how it came to be.
    pub metadata: Metadata,
    /// When it was recorded, in microseconds.
    pub recorded_at: i64,
}

/// The error of an event that a view cannot fold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event at position {position} cannot be folded: {reason}")]
pub struct FoldError {
    /// The event's place in the log.
    pub position: i64,
    /// What went wrong.
    pub reason: String,
}

impl Recorded {
    /// Reads the event as one of an aggregate's events.
    pub fn event<E: DeserializeOwned>(&self) -> Result<E, FoldError> {
        serde_json::from_str(self.payload.get()).map_err(|e| self.unreadable(&e))
    }

    /// Returns what stands under the stored name.
    pub fn data(&self) -> Result<&RawValue, FoldError> {
        let named: HashMap<String, &RawValue> =
            serde_json::from_str(self.payload.get()).map_err(|e| self.unreadable(&e))?;
        named
            .get(&self.event_type)
            .copied()
            .ok_or_else(|| self.error(format!("the payload does not hold {}", self.event_type)))
    }

    /// Reads some fields of what stands under the stored name.
    pub(crate) fn part<T: DeserializeOwned>(&self) -> Result<T, FoldError> {
        serde_json::from_str(self.data()?.get()).map_err(|e| self.unreadable(&e))
    }

    /// Returns an entry of the metadata.
    pub fn meta(&self, name: &str) -> Option<&str> {
        self.metadata.get(name).map(String::as_str)
    }

    /// Makes the error of this event.
    pub fn error(&self, reason: impl Into<String>) -> FoldError {
        FoldError { position: self.position, reason: reason.into() }
    }

    /// Makes the error of this event, which needs a row that is not there.
    pub(crate) fn row_missing(&self) -> FoldError {
        self.error(format!("no row of {} {} for {}", self.aggregate_type, self.aggregate_id, self.event_type))
    }

    fn unreadable(&self, source: &serde_json::Error) -> FoldError {
        self.error(format!("the payload of {} cannot be read: {source}", self.event_type))
    }
}
