//! An event as a view reads it.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tenantry_domain::event::Metadata;
use tenantry_domain::evolution;
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
    /// The version of the shape in which it is stored.
    pub event_version: String,
    /// What it says, as it is stored: `{"stored.name":{…}}`.
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
        serde_json::from_str(self.present()?.get()).map_err(|e| self.unreadable(&e))
    }

    /// Returns what stands under the stored name, in the shape of now.
    pub fn data(&self) -> Result<Cow<'_, RawValue>, FoldError> {
        match self.present()? {
            Cow::Borrowed(payload) => self.under_name::<&RawValue>(payload).map(Cow::Borrowed),
            Cow::Owned(payload) => self.under_name::<Box<RawValue>>(&payload).map(Cow::Owned),
        }
    }

    fn under_name<'a, T: Deserialize<'a>>(&self, payload: &'a RawValue) -> Result<T, FoldError> {
        let mut named: HashMap<String, T> =
            serde_json::from_str(payload.get()).map_err(|e| self.unreadable(&e))?;
        named
            .remove(&self.event_type)
            .ok_or_else(|| self.error(format!("the payload does not hold {}", self.event_type)))
    }

    /// Returns the version of its shape as it is read: that of now.
    pub fn version(&self) -> &str {
        evolution::read_as(&self.event_type, &self.event_version).unwrap_or(&self.event_version)
    }

    /// Returns the payload in the shape of now.
    fn present(&self) -> Result<Cow<'_, RawValue>, FoldError> {
        if evolution::read_as(&self.event_type, &self.event_version).is_none() {
            return Ok(Cow::Borrowed(&self.payload));
        }
        let unreadable = |e: serde_json::Error| self.unreadable(&e);
        let mut payload = serde_json::from_str(self.payload.get()).map_err(unreadable)?;
        evolution::lift(&self.event_type, &self.event_version, &mut payload);
        serde_json::value::to_raw_value(&payload).map(Cow::Owned).map_err(unreadable)
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
