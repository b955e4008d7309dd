//! What a subscriber decides about changes of what the person has.

use super::decide::Decision;
use super::{
    Added, Change, CustomerFacts, Equipment, EquipmentFault, Subscriber, SubscriberNumberAssigned,
    SubscriberPackagesChanged, SubscriberRefusal, equipment,
};
use crate::organization::MemberRole;

impl Subscriber {
    pub(super) fn change_packages(&self, change: &Change) -> Decision {
        let (added, after) = self.changed(change)?;
        let (subscriber_id, customer_id) = (added.id, added.customer_id);
        let event = |equipment| SubscriberPackagesChanged { subscriber_id, customer_id, equipment }.into();
        Ok(after.map(event).into_iter().collect())
    }

    pub(super) fn assign_number(&self, change: &Change) -> Decision {
        let (added, after) = self.changed(change)?;
        let (subscriber_id, customer_id) = (added.id, added.customer_id);
        let event = |equipment| SubscriberNumberAssigned { subscriber_id, customer_id, equipment }.into();
        Ok(after.map(event).into_iter().collect())
    }

    /// Returns what the person has afterwards, if that is anything else.
    fn changed(&self, change: &Change) -> Result<(&Added, Option<Equipment>), SubscriberRefusal> {
        let added = self.existing()?;
        let customer = change.customer.as_ref().map_err(Clone::clone)?;
        equipment::packages_of(change.packages.as_deref().unwrap_or_default())?;
        if added.equipment != change.known {
            return Err(SubscriberRefusal::ChangedMeanwhile(added.id));
        }
        let after = change.after();
        after.check()?;
        if change.packages.is_some() && added.administers(change.role, customer) {
            added.check_not_lowered(&after)?;
            customer.check_creation_level(&after)?;
        }
        Ok((added, Some(after).filter(|after| *after != added.equipment)))
    }
}

impl Added {
    /// Tells whether the person administers the organization now; until the person has become a member of it, what it was
    /// provisioned as counts. Nobody administers an organization that was there before by subscription (R106).
    fn administers(&self, role: Option<MemberRole>, customer: &CustomerFacts) -> bool {
        role.map_or(self.administrator, |role| !customer.attached && role == MemberRole::OrgAdmin)
    }

    /// R71
    fn check_not_lowered(&self, after: &Equipment) -> Result<(), SubscriberRefusal> {
        if after.level() < self.equipment.level() { Err(SubscriberRefusal::Lowered) } else { Ok(()) }
    }

    /// Refuses a number for somebody who does not call (R68).
    pub(super) fn check_calls(&self) -> Result<(), EquipmentFault> {
        if self.equipment.calling().is_some() { Ok(()) } else { Err(EquipmentFault::CallingMissing) }
    }
}
