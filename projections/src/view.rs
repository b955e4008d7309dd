//! What a view is: a pure fold from events to keyed rows.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;

use crate::recorded::Recorded;

/// Names a row of a view.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// Whose row it is.
    pub tenant_id: TenantId,
    /// Which row of the tenant.
    pub key: String,
}

/// An event that cannot be folded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event at position {position} cannot be folded: {reason}")]
pub struct FoldError {
    /// Position of the event.
    pub position: i64,
    /// Why not.
    pub reason: String,
}

impl FoldError {
    /// Names the event and the reason.
    pub fn new(position: i64, reason: String) -> Self {
        Self { position, reason }
    }
}

/// A view: rows that are folded from events, one row at a time.
pub trait View: Send + Sync + 'static {
    /// Its name, a plural noun.
    const NAME: &'static str;

    /// The stored names of the events that it folds; empty for all.
    const EVENTS: &'static [&'static str];

    /// One row.
    type Row: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + PersonalSlots;

    /// Returns the rows that an event touches.
    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError>;

    /// Returns a row after an event; `None` removes it.
    fn fold(key: &RowKey, row: Option<Self::Row>, event: &Recorded) -> Result<Option<Self::Row>, FoldError>;

    /// Returns what lists are ordered by, ascending; the key makes it unique.
    fn sort_key(row: &Self::Row) -> String;
}
