//! What may be done with a partner now; the same guards decide.

use super::{Partner, PartnerRefusal, Registered};
use crate::refusal::Actions;

impl Partner {
    /// Tells which commands to it would be refused; one that is suspended already can be suspended again.
    pub fn actions(&self) -> Actions<PartnerRefusal> {
        let exists = || self.existing().map(drop);
        vec![("ReactivatePartner", exists()), ("SuspendPartner", exists())]
    }

    pub(super) fn existing(&self) -> Result<&Registered, PartnerRefusal> {
        self.registered.as_ref().ok_or(PartnerRefusal::NotFound)
    }
}
