//! The provisioning status of each customer, step by step (R92, R93).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{CustomerEvent, Step, StepError};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CustomerId, OperationId};
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::values::{ExternalId, Name};
use utoipa::ToSchema;

use crate::customers::{self, ShownStatus};
use crate::recorded::{FoldError, Recorded};
use crate::steps::{self, StepRow, StepState};
use crate::view::{RowKey, Source, View};

/// The view; its key is the customer's ID.
#[derive(Debug)]
pub struct Provisioning;

/// The last work on a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProvisioningRow {
    /// The customer.
    pub customer_id: CustomerId,
    /// The work; absent for a customer from a case, whose work is the case's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<OperationId>,
    /// Name of the company.
    pub name: Name,
    /// The partner's own ID of the customer; absent for one from a case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
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
    fn of(event: &CustomerEvent, at: i64) -> Option<Self> {
        let (customer_id, operation_id, name, external_id, steps) = match event {
            CustomerEvent::OrgRequested(body) => (
                body.customer_id,
                Some(body.operation_id),
                &body.name,
                Some(&body.external_id),
                steps::planned(Step::CreateOrganization, &body.packages, at),
            ),
            CustomerEvent::AttachRequested(body) => (
                body.customer_id,
                Some(body.operation_id),
                &body.name,
                Some(&body.external_id),
                steps::planned(Step::AttachOrganization, &body.packages, at),
            ),
            CustomerEvent::Created(body) => (body.customer_id, None, &body.name, None, vec![]),
            CustomerEvent::AttachAnswered(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::ConsoleAccessSet(_)
            | CustomerEvent::ProvisioningRetried(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageProvisioned(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::PackageFailed(_)
            | CustomerEvent::Provisioned(_)
            | CustomerEvent::ProvisionedWithErrors(_)
            | CustomerEvent::ScreeningStarted(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::UpdateRequested(_)
            | CustomerEvent::PackageRemoved(_)
            | CustomerEvent::PackageRemovalFailed(_)
            | CustomerEvent::Updated(_)
            | CustomerEvent::UpdatedWithErrors(_)
            | CustomerEvent::UpdateFailed(_)
            | CustomerEvent::RemovalRequested(_)
            | CustomerEvent::Removed(_)
            | CustomerEvent::RemovalFailed(_)
            | CustomerEvent::StepSkipped(_)
            | CustomerEvent::OperationCancelled(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::SeatTaken(_)
            | CustomerEvent::SeatChanged(_)
            | CustomerEvent::SeatReleased(_)
            | CustomerEvent::ProvisioningFailed(_) => return None,
        };
        Some(Self {
            customer_id,
            operation_id,
            name: name.clone(),
            external_id: external_id.cloned(),
            status: ShownStatus::Provisioning,
            steps,
            errors: vec![],
            started_at: at,
            finished_at: None,
        })
    }
}

impl ProvisioningRow {
    /// Shows the work that an event begins on a customer that is there.
    fn begin(&mut self, event: &CustomerEvent, at: i64) {
        let operation_id = if let CustomerEvent::ProvisioningRetried(body) = event {
            steps::again(&mut self.steps, &body.steps, at);
            body.operation_id
        } else if let CustomerEvent::UpdateRequested(body) = event {
            self.steps = steps::of_change(&body.provision, &body.remove, false, at);
            self.external_id = body.external_id.clone().or(self.external_id.take());
            body.operation_id
        } else if let CustomerEvent::RemovalRequested(body) = event {
            self.steps = steps::of_change(&[], &body.remove, true, at);
            body.operation_id
        } else {
            return;
        };
        self.operation_id = Some(operation_id);
        self.errors.clear();
        (self.started_at, self.finished_at) = (at, None);
    }
}

impl View for Provisioning {
    const NAME: &'static str = "provisioning";
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;
    const SOURCE: Source = Source::Stream("customer");
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
        let row = row.or_else(|| ProvisioningRow::of(&event, at));
        let mut row = row.ok_or_else(|| recorded.row_missing())?;
        if customers::is_gone(&event) {
            return Ok(None);
        }
        row.begin(&event, at);
        row.status = ShownStatus::after(&event).unwrap_or(row.status);
        steps::fold(&mut row.steps, &event, at);
        if let Some(errors) = customers::errors_at_end(&event) {
            row.errors = errors;
            row.finished_at = Some(at);
        } else if matches!(event, CustomerEvent::StepSkipped(_)) && row.finished_at.is_some() {
            let failed = row.steps.iter().filter(|step| step.state == StepState::Failed);
            row.errors = failed.filter_map(|step| step.error.clone()).collect();
        }
        Ok(Some(row))
    }
}
