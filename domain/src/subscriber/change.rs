//! What a subscriber decides about changes of what the person has.

use super::decide::Decision;
use super::{
    Added, Change, Equipment, EquipmentFault, Subscriber, SubscriberNumberAssigned,
    SubscriberPackagesChanged, SubscriberRefusal, equipment,
};

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
        if added.administrator {
            added.check_not_lowered(&after)?;
            customer.check_creation_level(&after)?;
        }
        Ok((added, Some(after).filter(|after| *after != added.equipment)))
    }
}

impl Added {
    /// R71
    fn check_not_lowered(&self, after: &Equipment) -> Result<(), SubscriberRefusal> {
        if after.level() < self.equipment.level() { Err(SubscriberRefusal::Lowered) } else { Ok(()) }
    }

    /// Refuses a number for somebody who does not call (R68).
    pub(super) fn check_calls(&self) -> Result<(), EquipmentFault> {
        if self.equipment.calling().is_some() { Ok(()) } else { Err(EquipmentFault::CallingMissing) }
    }
}
