//! The projects of organizations (R3).

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{OrganizationId, ProjectId};
use tenantry_domain::organization::ProjectCreated;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::Name;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the project's ID, its tenant the organization.
#[derive(Debug)]
pub struct Projects;

/// A project of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProjectRow {
    /// Its ID.
    pub id: ProjectId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// When it was created.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

impl PersonalSlots for ProjectRow {}

impl View for Projects {
    const NAME: &'static str = "projects";
    const EVENTS: &'static [&'static str] = &["organization.project_created"];
    type Row = ProjectRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let ProjectCreated { project_id, .. } = event.part()?;
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: project_id.to_string() }])
    }

    fn fold(_: &RowKey, _: Option<ProjectRow>, event: &Recorded) -> Result<Option<ProjectRow>, FoldError> {
        let ProjectCreated { organization_id, project_id, name } = event.part()?;
        Ok(Some(ProjectRow { id: project_id, organization_id, name, created_at: event.recorded_at }))
    }
}
