//! What may be done with a customer now; the same guards decide.

use super::{Customer, CustomerRefusal, Origin, Requested, Step};
use crate::organization::{Created, Organization};
use crate::refusal::Actions;

impl Customer {
    /// Tells which commands to it would be refused, its organization and the time given.
    pub fn actions(
        &self,
        organization: &Organization,
        partner_active: bool,
        now_us: i64,
    ) -> Actions<CustomerRefusal> {
        let Some(requested) = &self.requested else { return vec![] };
        let about = organization.customer_actions(requested.id, requested.partner_id, now_us);
        let mut actions: Actions<CustomerRefusal> =
            about.into_iter().map(|(name, may)| (name, may.map_err(CustomerRefusal::from))).collect();
        let created = organization.created.as_ref();
        actions.push(("RetryProvisioning", self.retryable(created, partner_active, now_us).map(drop)));
        actions.push(("SetBrandingOverride", self.existing().map(drop)));
        actions
    }

    /// The customer, unless it is gone.
    pub(super) fn existing(&self) -> Result<&Requested, CustomerRefusal> {
        let exists = self.requested.as_ref().filter(|requested| requested.is_there());
        exists.ok_or(CustomerRefusal::NotFound)
    }

    /// The customer and the steps to do again, if its work failed and can be taken up.
    pub(super) fn retryable(
        &self,
        organization: Option<&Created>,
        partner_active: bool,
        now_us: i64,
    ) -> Result<(&Requested, Vec<Step>), CustomerRefusal> {
        let requested = self.existing()?;
        if !partner_active {
            return Err(CustomerRefusal::PartnerSuspended(requested.partner_id));
        }
        let steps = requested.failed_steps();
        if steps.is_empty() {
            return Err(CustomerRefusal::NotFailed(requested.id));
        }
        if requested.origin == Origin::Attached && !requested.organization_there {
            requested.assess(organization, now_us)?;
        }
        Ok((requested, steps))
    }
}
