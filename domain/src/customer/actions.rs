//! What may be done with a customer now; the same guards decide.

use super::{Asker, ChangeRefusal, Customer, CustomerRefusal, PackageState, Requested, Retry, Step};
use crate::ids::LocationId;
use crate::organization::Organization;
use crate::refusal::Actions;
use crate::values::PhoneNumber;

impl Customer {
    /// Tells which commands to it would be refused, given who asks, what a retry needs, and its organization. A command
    /// that names a step would go through if it does for any.
    pub fn actions(
        &self,
        asker: Asker,
        retry: &Retry,
        organization: &Organization,
    ) -> Actions<CustomerRefusal> {
        let Some(requested) = &self.requested else { return vec![] };
        let about = organization.customer_actions(requested.id, requested.partner_id, retry.now_us);
        let about = about.into_iter().map(|(name, may)| (name, may.map_err(CustomerRefusal::from)));
        let retried = |step: Step| self.retry_step(step, retry).map(drop);
        let again = retried(requested.first_step());
        about
            .chain([
                ("AddLocation", self.may_have_places(asker).map(drop)),
                ("AddNumbers", self.may_have_places(asker).map(drop)),
                ("CancelOperation", self.may_cancel(asker).map(drop)),
                ("ClearScreening", self.screened().map(drop)),
                ("RefuseScreening", self.screened().map(drop)),
                ("RemoveCustomerOrg", self.may_be_removed(asker, true).map(drop)),
                ("RequestSetupAssist", self.may_be_assisted(asker).map(drop)),
                ("RetryProvisioning", self.retry(retry).map(drop)),
                ("RetryStep", requested.package_steps().map(retried).fold(again, Result::or)),
                ("SetBrandingOverride", self.existing().map(drop)),
                ("SetConsoleAccess", self.may_have_console().map(drop)),
                ("SkipStep", self.may_skip_any(requested, asker)),
                ("UpdateCustomerOrg", self.may_be_updated(asker).map(drop)),
            ])
            .collect()
    }

    /// Tells whether one of its locations could be removed now.
    pub fn location_actions(&self, id: LocationId, asker: Asker) -> Actions<CustomerRefusal> {
        vec![("RemoveLocation", self.may_be_without(id, asker).map(drop))]
    }

    /// Tells whether one of its numbers could be removed now.
    pub fn number_actions(&self, number: &PhoneNumber, asker: Asker) -> Actions<CustomerRefusal> {
        vec![("RemoveNumbers", self.may_be_without_numbers(std::slice::from_ref(number), asker).map(drop))]
    }

    /// The customer, unless it is gone.
    pub(super) fn existing(&self) -> Result<&Requested, CustomerRefusal> {
        let exists = self.requested.as_ref().filter(|requested| requested.is_there());
        exists.ok_or(CustomerRefusal::NotFound)
    }

    /// The customer, if the partner may change it now.
    pub(super) fn may_be_updated(&self, asker: Asker) -> Result<&Requested, CustomerRefusal> {
        let requested = self.existing()?;
        if !asker.partner_active {
            return Err(CustomerRefusal::PartnerSuspended(requested.partner_id));
        }
        requested.check_channel(asker)?;
        requested.may_change()?;
        Ok(requested)
    }

    /// The customer, if it can be removed now; by a suspended partner too.
    pub(super) fn may_be_removed(&self, asker: Asker, cascade: bool) -> Result<&Requested, CustomerRefusal> {
        let requested = self.existing()?;
        requested.check_channel(asker)?;
        requested.may_be_removed()?;
        let count = requested.places.seats.len();
        if count > 0 && !cascade {
            return Err(ChangeRefusal::InUse { customer_id: requested.id, count }.into());
        }
        Ok(requested)
    }

    /// Cancels the last work in thought.
    fn may_cancel(&self, asker: Asker) -> Result<(), CustomerRefusal> {
        let requested = self.existing()?;
        let last = requested.operation_id.ok_or(ChangeRefusal::NotFailed(requested.id))?;
        self.cancel(last, None, asker).map(drop)
    }

    fn may_skip_any(&self, requested: &Requested, asker: Asker) -> Result<(), CustomerRefusal> {
        let skipped = |step: Step| self.may_skip(step, asker).map(drop);
        requested.package_steps().map(skipped).fold(skipped(requested.first_step()), Result::or)
    }
}

impl Requested {
    fn first_step(&self) -> Step {
        if self.is_attached() { Step::AttachOrganization } else { Step::CreateOrganization }
    }

    fn package_steps(&self) -> impl Iterator<Item = Step> {
        self.packages.iter().map(PackageState::step)
    }
}
