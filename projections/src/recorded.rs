//! An event as the ledger holds it: position, stream, metadata, and a payload that is decoded only when wanted.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tenantry_domain::event::Metadata;
use tenantry_domain::tenant::TenantId;

use crate::view::FoldError;

/// An event as the ledger holds it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Place in the log, from 1 without a hole.
    pub position: i64,
    /// Whose event it is.
    pub tenant_id: TenantId,
    /// `Aggregate::TYPE` of the stream.
    pub aggregate_type: String,
    /// The stream.
    pub aggregate_id: String,
    /// Place in the stream, from 1 without a hole.
    pub sequence: i64,
    /// Stored name of the event.
    pub event_type: String,
    /// Version of its shape.
    pub event_version: String,
    /// `{"stored.name":{…}}`, personal values sealed.
    pub payload: Box<RawValue>,
    /// Who, when, why; the names are in `tenantry_domain::event::metadata`.
    pub metadata: Metadata,
    /// The log's time in microseconds.
    pub recorded_at: i64,
}

impl Recorded {
    /// Decodes the event.
    pub fn event<E: DeserializeOwned>(&self) -> Result<E, FoldError> {
        serde_json::from_str(self.payload.get()).map_err(|e| FoldError::new(self.position, e.to_string()))
    }

    /// Returns the event's data without its name.
    pub fn data(&self) -> Result<Box<RawValue>, FoldError> {
        let named: std::collections::BTreeMap<String, Box<RawValue>> = self.event()?;
        let mut bodies = named.into_values();
        bodies.next().ok_or_else(|| FoldError::new(self.position, "the payload is empty".to_owned()))
    }

    /// Returns one entry of the metadata.
    pub fn meta(&self, name: &str) -> Option<&str> {
        self.metadata.get(name).map(String::as_str)
    }
}
