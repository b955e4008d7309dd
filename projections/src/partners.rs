//! The partners of the platform.

use serde::{Deserialize, Serialize};
use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::partner::PartnerRegistered;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{Country, Name};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, Source, View};

/// The view; its key is the partner's ID, its tenant the platform, whose operators read it.
#[derive(Debug)]
pub struct Partners;

/// A partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerRow {
    /// Its ID.
    pub id: PartnerId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Region in which its data lives.
    pub region: Name,
    /// The partner above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<PartnerId>,
    /// Its own organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_organization_id: Option<OrganizationId>,
    /// Whether it is suspended.
    pub suspended: bool,
    /// When it was registered.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
}

impl PersonalSlots for PartnerRow {}

impl View for Partners {
    const NAME: &'static str = "partners";
    const EVENTS: &'static [&'static str] =
        &["partner.registered", "partner.suspended", "partner.reactivated"];
    const FED_BY_OTHERS: &'static [&'static str] = &["platform"];
    const SOURCE: Source = Source::Stream("partner");
    type Row = PartnerRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey { tenant_id: TenantId::Platform, key: event.aggregate_id.clone() }])
    }

    fn fold(
        _: &RowKey,
        row: Option<PartnerRow>,
        recorded: &Recorded,
    ) -> Result<Option<PartnerRow>, FoldError> {
        if let Some(row) = row {
            return Ok(Some(PartnerRow { suspended: recorded.event_type == "partner.suspended", ..row }));
        }
        let registered: PartnerRegistered = recorded.part()?;
        Ok(Some(PartnerRow {
            id: registered.partner_id,
            name: registered.name,
            country: registered.country,
            region: registered.region,
            parent_id: registered.parent_id,
            home_organization_id: registered.home_organization_id,
            suspended: false,
            created_at: recorded.recorded_at,
        }))
    }
}
