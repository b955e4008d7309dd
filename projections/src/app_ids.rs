//! The app IDs of organizations (R3).

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{AppId, OrganizationId, ProjectId};
use tenantry_domain::organization::AppIdCreated;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::Name;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the app ID, its tenant the organization.
#[derive(Debug)]
pub struct AppIds;

/// An app ID of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppIdRow {
    /// The app ID.
    pub id: AppId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The project that it belongs to; none for one of the whole organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// Its name.
    pub name: Name,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

impl PersonalSlots for AppIdRow {}

impl View for AppIds {
    const NAME: &'static str = "app_ids";
    const EVENTS: &'static [&'static str] = &["organization.app_id_created"];
    type Row = AppIdRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let AppIdCreated { app_id, .. } = event.part()?;
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: app_id.to_string() }])
    }

    fn fold(_: &RowKey, _: Option<AppIdRow>, event: &Recorded) -> Result<Option<AppIdRow>, FoldError> {
        let AppIdCreated { organization_id, app_id, project_id, name } = event.part()?;
        let created_at = event.recorded_at;
        Ok(Some(AppIdRow { id: app_id, organization_id, project_id, name, created_at }))
    }
}
