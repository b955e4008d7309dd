//! Operations: the pieces of work that go on after an answer 202 (R91, R92).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{
    CustomerEvent, CustomerOrgRequested, CustomerProvisioned, CustomerProvisionedWithErrors, StepError,
};
use tenantry_domain::event::EventSet;
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId};
use tenantry_domain::personal::PersonalSlots;
use utoipa::ToSchema;

use crate::customers;
use crate::recorded::{FoldError, Recorded};
use crate::steps::{self, StepRow, StepState};
use crate::view::{RowKey, View};

/// The view; its key is the operation's ID.
#[derive(Debug)]
pub struct Operations;

/// One piece of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OperationRow {
    /// Its ID.
    pub id: OperationId,
    /// What kind of work it is.
    pub kind: OperationKind,
    /// How far it is.
    pub state: OperationState,
    /// What it waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_for: Option<WaitingFor>,
    /// What it works on.
    pub subject: Subject,
    /// Its steps.
    pub steps: Vec<StepRow>,
    /// What it ended with; also work that succeeded can leave errors.
    pub errors: Vec<StepError>,
    /// What it made; present once it succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<OperationResult>,
    /// When it began.
    #[serde(with = "crate::rfc3339")]
    #[schema(value_type = String, format = DateTime)]
    pub created_at: i64,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "crate::rfc3339::option")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<i64>,
}

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// A customer with a new organization.
    CreateCustomerOrg,
}

/// How far an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperationState {
    /// Under way.
    Running,
    /// Nothing can be done for now.
    Waiting,
    /// Ended well, at least in part.
    Succeeded,
    /// Ended badly.
    Failed,
}

/// What an operation waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// The next attempt of a step.
    Retry,
}

/// What an operation works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// The kind of thing, for example `customer`.
    #[serde(rename = "type")]
    pub subject_type: String,
    /// The thing.
    pub id: String,
}

/// What an operation made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OperationResult {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
}

impl PersonalSlots for OperationRow {}

/// The part of an event's data that names its operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OperationPart {
    operation_id: OperationId,
}

impl OperationRow {
    fn new(requested: &CustomerOrgRequested, at: i64) -> Self {
        Self {
            id: requested.operation_id,
            kind: OperationKind::CreateCustomerOrg,
            state: OperationState::Running,
            waiting_for: None,
            subject: Subject { subject_type: "customer".to_owned(), id: requested.customer_id.to_string() },
            steps: steps::planned(requested, at),
            errors: vec![],
            result: None,
            created_at: at,
            finished_at: None,
        }
    }

    fn end(&mut self, state: OperationState, result: Option<OperationResult>, at: i64) {
        self.state = state;
        self.waiting_for = None;
        self.result = result;
        self.finished_at = Some(at);
    }

    /// Work waits while one step backs off and none runs.
    fn go_on(&mut self) {
        let has = |state| self.steps.iter().any(|step| step.state == state);
        let waits = has(StepState::Retrying) && !has(StepState::Running);
        self.state = if waits { OperationState::Waiting } else { OperationState::Running };
        self.waiting_for = waits.then_some(WaitingFor::Retry);
    }

    fn fold_state(&mut self, event: &CustomerEvent, at: i64) {
        match event {
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageProvisioned(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::PackageFailed(_) => self.go_on(),
            CustomerEvent::Provisioned(CustomerProvisioned { customer_id, organization_id, .. })
            | CustomerEvent::ProvisionedWithErrors(CustomerProvisionedWithErrors {
                customer_id,
                organization_id,
                ..
            }) => {
                let (customer_id, organization_id) = (*customer_id, *organization_id);
                let result = OperationResult { customer_id, organization_id };
                self.end(OperationState::Succeeded, Some(result), at);
            }
            CustomerEvent::ProvisioningFailed(_) => self.end(OperationState::Failed, None, at),
        }
    }
}

impl View for Operations {
    const NAME: &'static str = "operations";
    const EVENTS: &'static [&'static str] = CustomerEvent::NAMES;
    type Row = OperationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let part: OperationPart = event.part()?;
        Ok(vec![RowKey { tenant_id: event.tenant_id, key: part.operation_id.to_string() }])
    }

    fn fold(
        _: &RowKey,
        row: Option<OperationRow>,
        recorded: &Recorded,
    ) -> Result<Option<OperationRow>, FoldError> {
        let event = recorded.event::<CustomerEvent>()?;
        let at = recorded.recorded_at;
        let mut row = match (row, &event) {
            (None, CustomerEvent::OrgRequested(body)) => OperationRow::new(body, at),
            (Some(row), _) => row,
            (None, _) => return Err(recorded.row_missing()),
        };
        steps::fold(&mut row.steps, &event, at);
        row.fold_state(&event, at);
        if let Some(errors) = customers::errors_at_end(&event) {
            row.errors = errors.to_vec();
        }
        Ok(Some(row))
    }
}
