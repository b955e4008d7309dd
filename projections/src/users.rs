//! People: the users of a partner, and the members of an organization.

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::UserId;
use tenantry_domain::organization::{
    MemberAdded, MemberRemoved, OrganizationRegistered, RoleAssigned, RoleRevoked,
};
use tenantry_domain::partner::{PartnerUserAdded, PartnerUserRemoved, PartnerUserRoleChanged};
use tenantry_domain::personal::{Personal, PersonalSlots, Slot};
use tenantry_domain::role::Role;
use tenantry_domain::values::{EmailAddress, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the user's ID, its tenant the partner or organization.
#[derive(Debug)]
pub struct Users;

/// A user of a partner or a member of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserRow {
    /// The user.
    pub id: UserId,
    /// What the user may do.
    pub role: Role,
    /// Name, of users of a partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Personal<Name>>,
    /// Given name, of members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub given_name: Option<Personal<Name>>,
    /// Family name, of members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub family_name: Option<Personal<Name>>,
    /// E-mail address.
    #[schema(value_type = String)]
    pub email: Personal<EmailAddress>,
    /// When the user was added.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

impl PersonalSlots for UserRow {
    fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn Slot)) {
        let names = self.name.iter_mut().chain(&mut self.given_name).chain(&mut self.family_name);
        for name in names {
            visit(name);
        }
        visit(&mut self.email);
    }
}

const USER_ADDED: &str = "partner.user_added";
const ROLE_CHANGED: &str = "partner.user_role_changed";
const USER_REMOVED: &str = "partner.user_removed";
const MEMBER_ADDED: &str = "organization.member_added";
const MEMBER_REMOVED: &str = "organization.member_removed";
const ROLE_ASSIGNED: &str = "organization.role_assigned";
const ROLE_REVOKED: &str = "organization.role_revoked";
const REGISTERED: &str = "organization.registered";

/// The part of most events that names the user.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserPart {
    user_id: UserId,
}

impl UserRow {
    fn bare(id: UserId, role: Role, email: Personal<EmailAddress>, created_at: i64) -> Self {
        Self { id, role, name: None, given_name: None, family_name: None, email, created_at }
    }
}

/// Returns a role of a partner or organization as callers know it.
fn role_of(role: &impl Serialize, event: &Recorded) -> Result<Role, FoldError> {
    let value = serde_json::to_value(role).and_then(serde_json::from_value);
    value.map_err(|error| event.error(error.to_string()))
}

impl View for Users {
    const NAME: &'static str = "users";
    const EVENTS: &'static [&'static str] = &[
        USER_ADDED,
        ROLE_CHANGED,
        USER_REMOVED,
        MEMBER_ADDED,
        MEMBER_REMOVED,
        ROLE_ASSIGNED,
        ROLE_REVOKED,
        REGISTERED,
    ];
    type Row = UserRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let key = |id: UserId| RowKey { tenant_id: event.tenant_id, key: id.to_string() };
        if event.event_type == REGISTERED {
            let registered: OrganizationRegistered = event.part()?;
            return Ok(registered.administrators.iter().map(|admin| key(admin.user_id)).collect());
        }
        let UserPart { user_id } = event.part()?;
        Ok(vec![key(user_id)])
    }

    fn fold(key: &RowKey, row: Option<UserRow>, event: &Recorded) -> Result<Option<UserRow>, FoldError> {
        let at = row.as_ref().map_or(event.recorded_at, |row| row.created_at);
        Ok(Some(match event.event_type.as_str() {
            USER_ADDED => {
                let added: PartnerUserAdded = event.part()?;
                let name = Some(added.name);
                let role = role_of(&added.role, event)?;
                UserRow { name, ..UserRow::bare(added.user_id, role, added.email, at) }
            }
            ROLE_CHANGED => {
                let changed: PartnerUserRoleChanged = event.part()?;
                let role = role_of(&changed.role, event)?;
                UserRow { role, ..row.ok_or_else(|| event.row_missing())? }
            }
            USER_REMOVED => {
                let _: PartnerUserRemoved = event.part()?;
                return Ok(None);
            }
            MEMBER_REMOVED => {
                let _: MemberRemoved = event.part()?;
                return Ok(None);
            }
            ROLE_ASSIGNED => {
                let assigned: RoleAssigned = event.part()?;
                let role = role_of(&assigned.role, event)?;
                UserRow { role, ..row.ok_or_else(|| event.row_missing())? }
            }
            ROLE_REVOKED => {
                let _: RoleRevoked = event.part()?;
                UserRow { role: Role::OrgUser, ..row.ok_or_else(|| event.row_missing())? }
            }
            MEMBER_ADDED => {
                let added: MemberAdded = event.part()?;
                // A new role without a name leaves the name that is known.
                let known = row.map(|row| (row.given_name, row.family_name)).unwrap_or_default();
                let (given_name, family_name) = (added.given_name.or(known.0), added.family_name.or(known.1));
                let role = role_of(&added.role, event)?;
                UserRow { given_name, family_name, ..UserRow::bare(added.user_id, role, added.email, at) }
            }
            _ => {
                let registered: OrganizationRegistered = event.part()?;
                let mut administrators = registered.administrators.into_iter();
                let named = administrators.find(|admin| admin.user_id.to_string() == key.key);
                let admin = named.ok_or_else(|| event.row_missing())?;
                UserRow::bare(admin.user_id, Role::OrgAdmin, admin.email, at)
            }
        }))
    }
}
