//! What a view is.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};

/// The name of a row: unique within a view.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey {
    /// Whose row it is.
    pub tenant_id: TenantId,
    /// Which of the tenant's rows.
    pub key: String,
}

impl RowKey {
    /// Names the row of an event's stream, in the event's tenant.
    pub(crate) fn of_stream(event: &Recorded) -> Self {
        Self { tenant_id: event.tenant_id, key: event.aggregate_id.clone() }
    }
}

/// Whose row it is, where a view has one for the organization and one for the partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The organization's.
    Organization,
    /// The partner's.
    Partner,
}

impl Side {
    pub(crate) fn of(key: &RowKey) -> Self {
        match key.tenant_id {
            TenantId::Partner(_) => Self::Partner,
            TenantId::Organization(_) | TenantId::Platform => Self::Organization,
        }
    }
}

/// Which events a row of a view follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Events of any streams.
    Streams,
    /// The events of the stream whose ID is the row's key, of this type.
    Stream(&'static str),
    /// The events of one stream that the row names.
    Named {
        /// The type of the stream.
        stream: &'static str,
        /// The field of the row that holds its ID.
        field: &'static str,
    },
}

/// A fold from events to rows: a function of a row and an event, nothing else.
pub trait View: Send + Sync + 'static {
    /// Its name in the store; never changes.
    const NAME: &'static str;
    /// Raised with each change after which the same events make other rows: a store whose rows are of an earlier version
    /// is filled anew when the program starts.
    const VERSION: i32 = 1;
    /// The stored names of the events that it folds; empty for all.
    const EVENTS: &'static [&'static str];
    /// The kinds of tenants whose rows take in events of other tenants, by the names of
    /// [`TenantId::kind`](tenantry_domain::tenant::TenantId::kind). The rows of all others follow from their own tenant's
    /// events alone.
    const FED_BY_OTHERS: &'static [&'static str] = &[];
    /// Which events a row follows from, where it is fewer than those of its tenant.
    const SOURCE: Source = Source::Streams;
    /// Whether its rows can hold values about people; a view without them is not searched when somebody is erased.
    const PERSONAL: bool = true;
    /// A row of it.
    type Row: Serialize + DeserializeOwned + ToSchema + Clone + PartialEq + Send + Sync + PersonalSlots;

    /// Tells whether it folds events of that stored name; the other functions are called for no others.
    fn wants(event_type: &str) -> bool {
        Self::EVENTS.is_empty() || Self::EVENTS.contains(&event_type)
    }

    /// Returns the rows that an event touches.
    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError>;

    /// Returns a row after an event; `None` removes it.
    fn fold(key: &RowKey, row: Option<Self::Row>, event: &Recorded) -> Result<Option<Self::Row>, FoldError>;
}
