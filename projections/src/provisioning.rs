//! The provisioning status of each customer, step by step (R92, R93).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{CustomerEvent, CustomerOrgRequested, StepError};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CustomerId, OperationId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{ExternalId, Name};
use utoipa::ToSchema;

use crate::customers::{self, ShownStatus};
use crate::recorded::{FoldError, Recorded};
use crate::steps::{self, StepRow};
use crate::view::{RowKey, View};

/// The view; its key is the customer's ID.
#[derive(Debug)]
pub struct Provisioning;

/// The last work on a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningRow {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work.
    pub operation_id: OperationId,
    /// Name of the company.
    pub name: Name,
    /// The partner's own ID of the customer.
    pub external_id: ExternalId,
    /// How far the customer is.
    pub status: ShownStatus,
    /// The steps of the work.
    pub steps: Vec<StepRow>,
    /// What it ended with.
    pub errors: Vec<StepError>,
    /// When it began.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub started_at: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<i64>,
}

impl PersonalSlots for ProvisioningRow {}

impl ProvisioningRow {
    fn new(requested: &CustomerOrgRequested, at: i64) -> Self {
        Self {
            customer_id: requested.customer_id,
            operation_id: requested.operation_id,
            name: requested.name.clone(),
            external_id: requested.external_id.clone(),
            status: ShownStatus::Provisioning,
            steps: steps::planned(requested, at),
            errors: vec![],
            started_at: at,
            finished_at: None,
        }
    }
}

impl View for Provisioning {
    const NAME: &'static str = "provisioning";
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;
    type Row = ProvisioningRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        Ok(vec![RowKey::of_stream(event)])
    }

    fn fold(
        _: &RowKey,
        row: Option<ProvisioningRow>,
        recorded: &Recorded,
    ) -> Result<Option<ProvisioningRow>, FoldError> {
        let event = recorded.event::<CustomerEvent>()?;
        let at = recorded.recorded_at;
        let mut row = match (row, &event) {
            (None, CustomerEvent::OrgRequested(body)) => ProvisioningRow::new(body, at),
            (Some(row), _) => row,
            (None, _) => return Err(recorded.row_missing()),
        };
        row.status = ShownStatus::after(&event).unwrap_or(row.status);
        steps::fold(&mut row.steps, &event, at);
        if let Some(errors) = customers::errors_at_end(&event) {
            row.errors = errors.to_vec();
            row.finished_at = Some(at);
        }
        Ok(Some(row))
    }
}
