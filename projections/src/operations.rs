//! Operations: the pieces of work that go on after an answer 202 (R91, R92).

use serde::{Deserialize, Serialize};
use tenantry_domain::customer::{
    AttachAnswer, CustomerEvent, CustomerProvisioned, CustomerProvisionedWithErrors, CustomerRemoved,
    CustomerUpdated, CustomerUpdatedWithErrors, StepError,
};
use tenantry_domain::ids::{CustomerId, OperationId, OrganizationId};
use tenantry_domain::personal::PersonalSlots;
use utoipa::ToSchema;

use crate::customers;
use crate::recorded::{FoldError, Recorded};
use crate::reports;
use crate::sold;
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
    /// How much of a long step is done, in percent; present while the step tells it, as a billing report does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
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
    /// A case with a new organization.
    CreateCase,
    /// A customer with a new organization.
    CreateCustomerOrg,
    /// A customer with an organization that was there.
    AttachExistingOrg,
    /// Work that failed and was taken up again.
    RetryProvisioning,
    /// A subscription that starts with an accepted quote.
    AcceptQuote,
    /// A subscription that was cancelled.
    CancelSubscription,
    /// A subscription whose term ended.
    ExpireSubscription,
    /// A change of a customer.
    UpdateCustomerOrg,
    /// The removal of a customer.
    RemoveCustomerOrg,
    /// A billing report.
    CreateBillingReport,
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
    /// Ended by whoever asked for it.
    Cancelled,
}

/// What an operation waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// The next attempt of a step.
    Retry,
    /// An administrator of the organization.
    Consent,
    /// An operator, who looks at a customer that is like an entry of the screening list.
    Screening,
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

impl Subject {
    pub(crate) fn new(subject_type: &str, id: &impl ToString) -> Self {
        Self { subject_type: subject_type.to_owned(), id: id.to_string() }
    }
}

impl PersonalSlots for OperationRow {}

/// The part of an event's data that names its operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OperationPart {
    operation_id: Option<OperationId>,
}

impl OperationRow {
    pub(crate) fn new(
        id: OperationId,
        kind: OperationKind,
        subject: Subject,
        steps: Vec<StepRow>,
        at: i64,
    ) -> Self {
        Self {
            id,
            kind,
            state: OperationState::Running,
            waiting_for: None,
            subject,
            steps,
            percent: None,
            errors: vec![],
            result: None,
            created_at: at,
            finished_at: None,
        }
    }

    /// Work that was cancelled stays so, however its steps ended.
    pub(crate) fn end(&mut self, state: OperationState, result: Option<OperationResult>, at: i64) {
        if self.state != OperationState::Cancelled {
            self.state = state;
        }
        self.waiting_for = None;
        self.result = result;
        self.finished_at = Some(at);
    }

    /// Work waits while one step backs off and none runs.
    fn go_on(&mut self) {
        if self.finished_at.is_some() {
            return;
        }
        let has = |state| self.steps.iter().any(|step| step.state == state);
        let waits = has(StepState::Retrying) && !has(StepState::Running);
        self.state = if waits { OperationState::Waiting } else { OperationState::Running };
        self.waiting_for = waits.then_some(WaitingFor::Retry);
    }

    fn answered(&mut self, answer: &AttachAnswer, at: i64) {
        match answer {
            AttachAnswer::Approved { .. } => self.go_on(),
            AttachAnswer::ConsentRequested { .. } => {
                self.state = OperationState::Waiting;
                self.waiting_for = Some(WaitingFor::Consent);
            }
            AttachAnswer::Refused { .. } | AttachAnswer::Declined | AttachAnswer::Expired => {
                self.end(OperationState::Failed, None, at);
            }
            AttachAnswer::Withdrawn => self.end(OperationState::Cancelled, None, at),
        }
    }

    fn fold_state(&mut self, event: &CustomerEvent, at: i64) {
        match event {
            CustomerEvent::Created(_)
            | CustomerEvent::Activated(_)
            | CustomerEvent::ScreeningRefused(_)
            | CustomerEvent::BrandingOverrideSet(_)
            | CustomerEvent::LocationAdded(_)
            | CustomerEvent::LocationRemoved(_)
            | CustomerEvent::NumbersAdded(_)
            | CustomerEvent::NumbersRemoved(_)
            | CustomerEvent::SetupAssistRequested(_)
            | CustomerEvent::SeatTaken(_)
            | CustomerEvent::SeatChanged(_)
            | CustomerEvent::SeatReleased(_)
            | CustomerEvent::ConsoleAccessSet(_) => {}
            CustomerEvent::ScreeningStarted(_) => {
                self.state = OperationState::Waiting;
                self.waiting_for = Some(WaitingFor::Screening);
            }
            CustomerEvent::OperationCancelled(_) => {
                // How each other step ended follows.
                if self.waiting_for == Some(WaitingFor::Consent) {
                    steps::fail_open(&mut self.steps, at);
                }
                self.end(OperationState::Cancelled, None, at);
            }
            CustomerEvent::AttachAnswered(body) => self.answered(&body.answer, at),
            CustomerEvent::OrgRequested(_)
            | CustomerEvent::AttachRequested(_)
            | CustomerEvent::ProvisioningRetried(_)
            | CustomerEvent::ProvisioningStarted(_)
            | CustomerEvent::StepRetried(_)
            | CustomerEvent::PackageProvisioned(_)
            | CustomerEvent::PackageWarned(_)
            | CustomerEvent::ScreeningCleared(_)
            | CustomerEvent::UpdateRequested(_)
            | CustomerEvent::RemovalRequested(_)
            | CustomerEvent::PackageRemoved(_)
            | CustomerEvent::PackageRemovalFailed(_)
            | CustomerEvent::StepSkipped(_)
            | CustomerEvent::PackageFailed(_) => self.go_on(),
            CustomerEvent::Updated(CustomerUpdated { customer_id, organization_id, .. })
            | CustomerEvent::UpdatedWithErrors(CustomerUpdatedWithErrors {
                customer_id,
                organization_id,
                ..
            })
            | CustomerEvent::Removed(CustomerRemoved { customer_id, organization_id, .. })
            | CustomerEvent::Provisioned(CustomerProvisioned { customer_id, organization_id, .. })
            | CustomerEvent::ProvisionedWithErrors(CustomerProvisionedWithErrors {
                customer_id,
                organization_id,
                ..
            }) => {
                let (customer_id, organization_id) = (*customer_id, *organization_id);
                let result = OperationResult { customer_id, organization_id };
                self.end(OperationState::Succeeded, Some(result), at);
            }
            CustomerEvent::ProvisioningFailed(_)
            | CustomerEvent::UpdateFailed(_)
            | CustomerEvent::RemovalFailed(_) => self.end(OperationState::Failed, None, at),
        }
    }
}

impl View for Operations {
    const NAME: &'static str = "operations";
    const EVENTS: &'static [&'static str] = &[
        "case.org_requested",
        "case.org_ready",
        "case.org_failed",
        "billing_report.requested",
        "billing_report.advanced",
        "billing_report.completed",
        "billing_report.failed",
        "quote.accepted",
        "subscription.cancelled",
        "subscription.expired",
        "subscription.work_dropped",
        "customer.org_requested",
        "customer.attach_requested",
        "customer.attach_answered",
        "customer.provisioning_started",
        "customer.provisioning_retried",
        "customer.step_retried",
        "customer.package_provisioned",
        "customer.package_warned",
        "customer.package_failed",
        "customer.provisioned",
        "customer.provisioned_with_errors",
        "customer.provisioning_failed",
        "customer.screening_started",
        "customer.screening_cleared",
        "customer.screening_refused",
        "customer.update_requested",
        "customer.package_removed",
        "customer.package_removal_failed",
        "customer.updated",
        "customer.updated_with_errors",
        "customer.update_failed",
        "customer.removal_requested",
        "customer.removed",
        "customer.removal_failed",
        "customer.step_skipped",
        "customer.operation_cancelled",
    ];
    type Row = OperationRow;

    fn keys(event: &Recorded) -> Result<Vec<RowKey>, FoldError> {
        let part: OperationPart = event.part()?;
        let key = |id: OperationId| RowKey { tenant_id: event.tenant_id, key: id.to_string() };
        Ok(part.operation_id.map(key).into_iter().collect())
    }

    fn fold(
        _: &RowKey,
        row: Option<OperationRow>,
        recorded: &Recorded,
    ) -> Result<Option<OperationRow>, FoldError> {
        if reports::is_of_report(recorded) {
            return reports::fold_operation(row, recorded).map(Some);
        }
        if sold::is_of_sale(recorded) {
            return sold::fold(row, recorded).map(Some);
        }
        let event = recorded.event::<CustomerEvent>()?;
        let at = recorded.recorded_at;
        let row = row.or_else(|| OperationRow::begun_by(&event, at));
        let mut row = row.ok_or_else(|| recorded.row_missing())?;
        // The work of a quote or subscription learns its steps with the customer's update.
        if let CustomerEvent::UpdateRequested(body) = &event
            && row.steps.is_empty()
        {
            row.steps = steps::of_change(&body.provision, &body.remove, false, at);
        }
        steps::fold(&mut row.steps, &event, at);
        row.fold_state(&event, at);
        if let Some(errors) = customers::errors_at_end(&event) {
            row.errors = errors;
        }
        Ok(Some(row))
    }
}
