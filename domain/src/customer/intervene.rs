//! What a customer decides about steps and work that people step into, and about screening.

use super::decide::Decision;
use super::in_use::SUBSCRIBERS;
use super::{
    Asker, ChangeRefusal, Customer, CustomerEvent, CustomerRefusal, CustomerStatus, CustomerUpdated,
    OperationCancelled, PackageFailed, PackageRemovalFailed, PackageState, PackageStatus, ProvisioningFailed,
    ProvisioningRetried, Requested, Retry, ScreeningCleared, ScreeningRefused, ScreeningStarted, Step,
    StepError, StepSkipped,
};
use crate::ids::OperationId;
use crate::values::{Name, Reason};

/// The code of the error of a step that was cancelled or whose customer was refused; platforms' codes are positive.
pub(super) const OWN_CODE: u32 = 0;

impl Requested {
    /// Refuses a retry where nothing failed, or where an operator refused the customer.
    pub(super) fn may_be_retried(&self) -> Result<(), ChangeRefusal> {
        if self.refused {
            return Err(ChangeRefusal::ScreeningRefused(self.id));
        }
        let failed = self.status == CustomerStatus::Failed
            || self.packages.iter().any(|state| state.status == PackageStatus::Error);
        match self.under_way() {
            Some(operation_id) => Err(ChangeRefusal::UnderWay(operation_id)),
            None if failed => Ok(()),
            None => Err(ChangeRefusal::NotFailed(self.id)),
        }
    }

    /// The package whose step can be left out.
    fn skippable(&self, step: Step) -> Result<&PackageState, ChangeRefusal> {
        let (Step::ProvisionPackage(package) | Step::RemovePackage(package)) = step else {
            return Err(ChangeRefusal::StepNotSkippable(step));
        };
        let open = |state: &&PackageState| {
            state.step() == step && state.status != PackageStatus::Provisioned && self.organization_there
        };
        self.package(package).filter(open).ok_or(ChangeRefusal::StepNotOpen(step))
    }
}

impl Customer {
    pub(super) fn retry(&self, request: &Retry) -> Decision {
        self.take_up(request, None)
    }

    pub(super) fn retry_step(&self, step: Step, request: &Retry) -> Decision {
        self.take_up(request, Some(step))
    }

    fn take_up(&self, request: &Retry, only: Option<Step>) -> Decision {
        let requested = self.existing()?;
        if !request.asker.partner_active {
            return Err(CustomerRefusal::PartnerSuspended(requested.partner_id));
        }
        requested.check_channel(request.asker)?;
        requested.may_be_retried()?;
        let (customer_id, operation_id) = (requested.id, request.operation_id);
        if requested.status != CustomerStatus::Failed {
            let change = requested.change_again(operation_id, only);
            if let (Some(step), true) = (only, change.provision.is_empty() && change.remove.is_empty()) {
                return Err(ChangeRefusal::StepNotOpen(step).into());
            }
            return Ok(self.changed(change));
        }
        let mut steps = requested.failed_steps();
        if let Some(step) = only {
            // Without the organization no package can be provisioned: only the first step can be done again.
            if !steps.contains(&step) || !requested.organization_there && steps.first() != Some(&step) {
                return Err(ChangeRefusal::StepNotOpen(step).into());
            }
            steps.retain(|failed| !requested.organization_there || *failed == step);
        }
        if requested.is_attached() && !requested.organization_there {
            requested.assess(request.organization.as_ref(), request.now_us)?;
        }
        Ok(vec![ProvisioningRetried { customer_id, operation_id, steps }.into()])
    }

    /// The step that can be left out, with what it is of.
    pub(super) fn may_skip(
        &self,
        step: Step,
        asker: Asker,
    ) -> Result<(&Requested, &PackageState, OperationId), CustomerRefusal> {
        let requested = self.existing()?;
        requested.check_channel(asker)?;
        let skipped = requested.skippable(step)?;
        let operation_id = requested.operation_id.ok_or(ChangeRefusal::StepNotOpen(step))?;
        let stays = skipped.wanted && !skipped.license_ids.is_empty();
        // D8; a customer from a case begins without packages.
        if skipped.wanted && !stays && requested.packages.len() == 1 && !Self::is_of_case(requested) {
            return Err(ChangeRefusal::NothingLeft(skipped.package).into());
        }
        let count = requested.in_use(skipped.package);
        if skipped.wanted && !stays && count > 0 {
            let package = skipped.package;
            return Err(ChangeRefusal::PackageInUse { package, count, by: SUBSCRIBERS }.into());
        }
        Ok((requested, skipped, operation_id))
    }

    pub(super) fn skip_step(&self, step: Step, reason: Reason, asker: Asker) -> Decision {
        let (requested, skipped, operation_id) = self.may_skip(step, asker)?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        let mut events: Vec<CustomerEvent> = vec![
            StepSkipped {
                customer_id,
                organization_id,
                operation_id,
                step,
                license_ids: skipped.license_ids.clone(),
                reason,
            }
            .into(),
        ];
        if requested.under_way().is_some() {
            return Ok(self.ended(events));
        }
        let mut others = requested.packages.iter().filter(|state| state.package != skipped.package);
        if others.all(|state| state.status != PackageStatus::Error) {
            events.push(CustomerUpdated { customer_id, organization_id, operation_id }.into());
        }
        Ok(events)
    }

    pub(super) fn cancel(&self, operation_id: OperationId, reason: Option<Reason>, asker: Asker) -> Decision {
        let requested = self.existing()?;
        requested.check_channel(asker)?;
        let under_way = requested.under_way().filter(|known| *known == operation_id);
        under_way.ok_or(ChangeRefusal::OperationOver(operation_id))?;
        let customer_id = requested.id;
        let cancelled = StepError::new(OWN_CODE, "the operation was cancelled");
        let mut events = vec![OperationCancelled { customer_id, operation_id, reason }.into()];
        if requested.status == CustomerStatus::Screening {
            let errors = vec![cancelled];
            events.push(ProvisioningFailed { customer_id, operation_id, errors }.into());
            return Ok(events);
        }
        let mut open: Vec<&PackageState> =
            requested.packages.iter().filter(|state| state.is_under_way()).collect();
        if open.is_empty() {
            return Err(ChangeRefusal::NotCancellable(operation_id).into());
        }
        // Without the organization nothing but its creation is under way.
        if !requested.organization_there {
            return Err(ChangeRefusal::NotCancellable(operation_id).into());
        }
        open.sort_by_key(|state| !state.package.is_add_on());
        events.extend(open.into_iter().map(|state| {
            let (package, error) = (state.package, cancelled.clone());
            if state.wanted {
                PackageFailed { customer_id, operation_id, package, error }.into()
            } else {
                PackageRemovalFailed { customer_id, operation_id, package, error }.into()
            }
        }));
        Ok(self.ended(events))
    }

    pub(super) fn record_screening(
        &self,
        operation_id: OperationId,
        name: Name,
        listed_name: Name,
    ) -> Vec<CustomerEvent> {
        let awaits = |requested: &&Requested| {
            let first =
                if requested.is_attached() { Step::AttachOrganization } else { Step::CreateOrganization };
            requested.awaits(operation_id, first) && !requested.cleared
        };
        let Some(requested) = self.requested.as_ref().filter(awaits) else { return vec![] };
        let started = ScreeningStarted {
            customer_id: requested.id,
            partner_id: requested.partner_id,
            operation_id,
            name,
            country: requested.address.country.clone(),
            listed_name,
        };
        vec![started.into()]
    }

    pub(super) fn clear_screening(&self) -> Decision {
        let (requested, operation_id) = self.screened()?;
        Ok(vec![ScreeningCleared { customer_id: requested.id, operation_id }.into()])
    }

    pub(super) fn refuse_screening(&self, reason: Reason) -> Decision {
        let (requested, operation_id) = self.screened()?;
        let customer_id = requested.id;
        let errors = vec![StepError::new(OWN_CODE, reason.as_str())];
        Ok(vec![
            ScreeningRefused { customer_id, operation_id, reason }.into(),
            ProvisioningFailed { customer_id, operation_id, errors }.into(),
        ])
    }

    pub(super) fn screened(&self) -> Result<(&Requested, OperationId), CustomerRefusal> {
        let requested = self.existing()?;
        let screening = requested.operation_id.filter(|_| requested.status == CustomerStatus::Screening);
        Ok((requested, screening.ok_or(ChangeRefusal::NotScreened(requested.id))?))
    }
}
