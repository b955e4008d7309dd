//! Access keys, without what verifies them and without their holders' addresses.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tenantry_domain::access_key::{AccessKeyEvent, KeyIssued};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::AccessKeyId;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::Name;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the key's ID.
#[derive(Debug)]
pub struct Keys;

/// A key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyRow {
    /// Its ID.
    pub id: AccessKeyId,
    /// The tenant in which its holder acts.
    #[schema(value_type = String)]
    pub tenant: TenantId,
    /// What the holder may be.
    pub role: Role,
    /// A name by which people recognize it.
    pub name: Name,
    /// The moment from which it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<i64>,
    /// When it was issued.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<i64>,
}

impl PersonalSlots for KeyRow {}

impl KeyRow {
    fn new(issued: KeyIssued, at: i64) -> Self {
        let KeyIssued { key_id, tenant, role, name, expires_at, .. } = issued;
        let expires_at = expires_at.map(Timestamp::as_microsecond);
        Self { id: key_id, tenant, role, name, expires_at, created_at: at, revoked_at: None }
    }
}

impl View for Keys {
    const NAME: &'static str = "keys";
    const EVENTS: &'static [&'static str] = AccessKeyEvent::NAMES;
    const SOURCE: Source = Source::Stream("access_key");
    type Row = KeyRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(_: &RowKey, row: Option<KeyRow>, recorded: &Recorded) -> Result<Option<KeyRow>, FoldError> {
        match recorded.event()? {
            AccessKeyEvent::Issued(issued) => Ok(Some(KeyRow::new(*issued, recorded.recorded_at))),
            AccessKeyEvent::Revoked(_) => {
                let mut row = row.ok_or_else(|| recorded.row_missing())?;
                row.revoked_at = Some(recorded.recorded_at);
                Ok(Some(row))
            }
        }
    }
}
