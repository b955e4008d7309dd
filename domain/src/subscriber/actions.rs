//! What may be done with a subscriber now; the same guards decide.

use super::{Added, CustomerFacts, Subscriber, SubscriberRefusal, SubscriberStatus};
use crate::customer::CustomerRefusal;
use crate::limits::MAILINGS_MAX;
use crate::refusal::Actions;

impl Subscriber {
    /// Tells which commands to it would be refused, given what its customer says to a change, and to a removal.
    pub fn actions(
        &self,
        change: &Result<CustomerFacts, CustomerRefusal>,
        removal: &Result<(), CustomerRefusal>,
    ) -> Actions<SubscriberRefusal> {
        let changeable = || {
            let added = self.existing()?;
            change.as_ref().map_err(|refusal| SubscriberRefusal::from(refusal.clone()))?;
            Ok(added)
        };
        vec![
            ("AssignNumber", changeable().and_then(|added| Ok(added.check_calls()?))),
            ("ChangeSubscriberPackages", changeable().map(drop)),
            ("RemoveSubscriber", self.existing().and_then(|_| Ok(removal.clone()?))),
            ("SendConsentMove", self.askable().and_then(|_| changeable()).map(drop)),
        ]
    }

    /// The subscriber, unless it is gone.
    pub(super) fn existing(&self) -> Result<&Added, SubscriberRefusal> {
        self.added.as_ref().filter(|added| added.is_there()).ok_or(SubscriberRefusal::NotFound)
    }

    /// The subscriber and its last mail, if the person can be asked again to move.
    pub(super) fn askable(&self) -> Result<(&Added, u32), SubscriberRefusal> {
        let added = self.existing()?;
        match added.awaited_mailing() {
            None => Err(SubscriberRefusal::NotPending(added.id)),
            Some(mailing) if mailing >= MAILINGS_MAX => Err(SubscriberRefusal::MailedEnough),
            Some(mailing) => Ok((added, mailing)),
        }
    }
}

impl Added {
    /// Returns the mail whose token is valid, if the person is being asked to move; nobody asks whoever is erased.
    pub fn awaited_mailing(&self) -> Option<u32> {
        let is_known = self.email.value().is_some();
        let pending = is_known && self.status == SubscriberStatus::PendingUserMigration;
        self.asking.as_ref().filter(|_| pending).map(|asking| asking.mailing)
    }
}
