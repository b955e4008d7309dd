//! By which e-mail address of an administrator an organization is found (R95, R96); addresses are keyed hashes.

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{OrganizationId, UserId};
use tenantry_domain::organization::{MemberRole, OrganizationRegistered};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the hash of an address and an organization, its tenant the platform.
#[derive(Debug)]
pub struct Administrators;

/// An administrator of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdministratorRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member.
    pub user_id: UserId,
}

impl PersonalSlots for AdministratorRow {}

/// Returns what the keys of an address's rows begin with.
pub fn prefix(email_hash: &str) -> String {
    format!("{email_hash}/")
}

const REGISTERED: &str = "organization.registered";

/// The events after which a member has the role that they name; after the others, the member administers nothing.
const GIVE_ROLES: [&str; 2] = ["organization.member_added", "organization.role_assigned"];

/// The part of an event about a member that this view reads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MemberPart {
    organization_id: OrganizationId,
    user_id: UserId,
    role: Option<MemberRole>,
    email_hash: String,
}

/// The addresses that an event names, with their members; `None` for one who is no administrator.
fn named(event: &Recorded) -> Result<Vec<(String, Option<AdministratorRow>)>, FoldError> {
    if event.event_type == REGISTERED {
        let OrganizationRegistered { organization_id, administrators, .. } = event.part()?;
        let row = |user_id| Some(AdministratorRow { organization_id, user_id });
        return Ok(administrators.into_iter().map(|admin| (admin.email_hash, row(admin.user_id))).collect());
    }
    let MemberPart { organization_id, user_id, role, email_hash } = event.part()?;
    let administers = GIVE_ROLES.contains(&event.event_type.as_str()) && role == Some(MemberRole::OrgAdmin);
    let row = administers.then_some(AdministratorRow { organization_id, user_id });
    Ok(vec![(email_hash, row)])
}

fn key(event: &Recorded, email_hash: &str) -> String {
    format!("{}{}", prefix(email_hash), event.aggregate_id)
}

impl View for Administrators {
    const NAME: &'static str = "administrators";
    const EVENTS: &'static [&'static str] = &[
        "organization.member_added",
        "organization.member_removed",
        "organization.role_assigned",
        "organization.role_revoked",
        REGISTERED,
    ];
    const FED_BY_OTHERS: &'static [&'static str] = &["platform"];
    type Row = AdministratorRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let named = named(event)?;
        let tenant_id = TenantId::Platform;
        Ok(named.iter().map(|(hash, _)| RowKey { tenant_id, key: key(event, hash) }).collect())
    }

    fn fold(
        row_key: &RowKey,
        _: Option<AdministratorRow>,
        event: &Recorded,
    ) -> Result<Option<AdministratorRow>, FoldError> {
        let mut named = named(event)?.into_iter();
        Ok(named.find(|(hash, _)| key(event, hash) == row_key.key).and_then(|(_, row)| row))
    }
}
