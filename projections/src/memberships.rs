//! Of which organizations the person with an address is a member; addresses are keyed hashes.
//!
//! Nobody reads it but decisions: who belongs to another organization has to agree before moving. Each then asks the
//! organization itself.

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{OrganizationId, UserId};
use tenantry_domain::organization::OrganizationRegistered;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The name of the view.
pub const NAME: &str = "memberships";

/// The view; its key is the hash of an address and an organization, its tenant the platform.
#[derive(Debug)]
pub struct Memberships;

/// A membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MembershipRow {
    /// The organization.
    pub organization_id: OrganizationId,
    /// The member.
    pub user_id: UserId,
}

impl PersonalSlots for MembershipRow {}

/// Returns what the keys of an address's rows begin with.
pub fn prefix(email_hash: &str) -> String {
    format!("{email_hash}/")
}

const REGISTERED: &str = "organization.registered";
const ADDED: &str = "organization.member_added";
const REMOVED: &str = "organization.member_removed";

/// The part of an event about a member that this view reads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MemberPart {
    organization_id: OrganizationId,
    user_id: UserId,
    email_hash: String,
}

/// The addresses that an event names, with their memberships after it.
fn named(event: &Recorded) -> Result<Vec<(String, Option<MembershipRow>)>, FoldError> {
    if event.event_type == REGISTERED {
        let OrganizationRegistered { organization_id, administrators, .. } = event.part()?;
        let row = |user_id| Some(MembershipRow { organization_id, user_id });
        return Ok(administrators.into_iter().map(|admin| (admin.email_hash, row(admin.user_id))).collect());
    }
    let MemberPart { organization_id, user_id, email_hash } = event.part()?;
    let row = (event.event_type == ADDED).then_some(MembershipRow { organization_id, user_id });
    Ok(vec![(email_hash, row)])
}

fn key(event: &Recorded, email_hash: &str) -> String {
    format!("{}{}", prefix(email_hash), event.aggregate_id)
}

impl View for Memberships {
    const NAME: &'static str = NAME;
    const EVENTS: &'static [&'static str] = &[ADDED, REMOVED, REGISTERED];
    const FED_BY_OTHERS: &'static [&'static str] = &["platform"];
    type Row = MembershipRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let tenant_id = TenantId::Platform;
        Ok(named(event)?.iter().map(|(hash, _)| RowKey { tenant_id, key: key(event, hash) }).collect())
    }

    fn fold(
        row_key: &RowKey,
        _: Option<MembershipRow>,
        event: &Recorded,
    ) -> Result<Option<MembershipRow>, FoldError> {
        let mut named = named(event)?.into_iter();
        Ok(named.find(|(hash, _)| key(event, hash) == row_key.key).and_then(|(_, row)| row))
    }
}
