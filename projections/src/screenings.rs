//! The customers that were like an entry of the screening list, and what operators found (D9).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::CustomerEvent;
use tenantry_domain::ids::{CustomerId, OperationId, PartnerId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{Country, Name, Reason};
use utoipa::ToSchema;

use crate::recorded::{FoldError, Recorded};
use crate::view::{RowKey, View};

/// The view; its key is the operation that waits, or waited.
#[derive(Debug)]
pub struct Screenings;

/// One screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScreeningRow {
    /// The operation that waits, or waited.
    pub id: OperationId,
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Name of the customer.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// The name on the list that it is like.
    pub listed_name: Name,
    /// How far it is.
    pub status: ScreeningStatus,
    /// Why the customer was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// When it began.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub started_at: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<i64>,
}

/// How far a screening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningStatus {
    /// Waits for an operator.
    Waiting,
    /// Nothing was found against the customer.
    Cleared,
    /// The customer was refused.
    Refused,
    /// The partner gave the customer up.
    Cancelled,
}

impl PersonalSlots for ScreeningRow {}

/// The part of every event that names the work.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OperationPart {
    operation_id: OperationId,
}

impl View for Screenings {
    const NAME: &'static str = "screenings";
    const EVENTS: &'static [&'static str] = &[
        "customer.screening_started",
        "customer.screening_cleared",
        "customer.screening_refused",
        "customer.operation_cancelled",
    ];
    type Row = ScreeningRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let part: OperationPart = event.part()?;
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: part.operation_id.to_string() }])
    }

    fn fold(
        _: &RowKey,
        row: Option<ScreeningRow>,
        recorded: &Recorded,
    ) -> Result<Option<ScreeningRow>, FoldError> {
        let at = recorded.recorded_at;
        let event = recorded.event::<CustomerEvent>()?;
        if let CustomerEvent::ScreeningStarted(body) = event {
            return Ok(Some(ScreeningRow {
                id: body.operation_id,
                customer_id: body.customer_id,
                partner_id: body.partner_id,
                name: body.name,
                country: body.country,
                listed_name: body.listed_name,
                status: ScreeningStatus::Waiting,
                reason: None,
                started_at: at,
                ended_at: None,
            }));
        }
        // Work that was never screened can be cancelled too.
        let Some(mut row) = row else { return Ok(None) };
        let waits = row.status == ScreeningStatus::Waiting;
        if let CustomerEvent::ScreeningRefused(body) = event {
            (row.status, row.reason) = (ScreeningStatus::Refused, Some(body.reason));
        } else if matches!(event, CustomerEvent::ScreeningCleared(_)) {
            row.status = ScreeningStatus::Cleared;
        } else if waits {
            row.status = ScreeningStatus::Cancelled;
        }
        row.ended_at = row.ended_at.or(Some(at));
        Ok(Some(row))
    }
}
