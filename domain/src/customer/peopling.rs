//! What a customer says about the people who are its subscribers, as far as it is not about their seats.

use super::{Asker, Customer, CustomerRefusal, Requested};
use crate::catalogue::Package;
use crate::subscriber::CustomerFacts;

impl Customer {
    /// Returns what the side of a person must know, or why the customer takes nobody, and no change, from whoever asks.
    pub fn subscriber_facts(&self, asker: Asker) -> Result<CustomerFacts, CustomerRefusal> {
        let requested = self.existing()?;
        if !asker.partner_active {
            return Err(CustomerRefusal::PartnerSuspended(requested.partner_id));
        }
        requested.check_channel(asker)?;
        requested.may_be_peopled()?;
        Ok(CustomerFacts {
            customer_id: requested.id,
            partner_id: requested.partner_id,
            organization_id: requested.organization_id,
            name: requested.name.clone(),
            attached: requested.is_attached(),
            creation_level: requested.creation_level,
            administrator: requested.administrator,
            brand_name: requested.settings.brand_name.clone(),
            language: requested.language.clone(),
        })
    }

    /// Says whether whoever asks may remove a subscriber; by a suspended partner too. A customer that is gone has no say.
    pub fn subscriber_removal(&self, asker: Asker) -> Result<(), CustomerRefusal> {
        let Ok(requested) = self.existing() else { return Ok(()) };
        Ok(requested.check_channel(asker)?)
    }
}

impl Requested {
    /// Keeps the rank of the first packages: those with which it was created, of one from a case those that it got first
    /// (R70).
    pub(super) fn keep_creation_level(&mut self, packages: &[Package]) {
        self.creation_level = self.creation_level.or_else(|| level_of(packages));
    }
}

/// Returns the rank of some packages: the highest of any.
pub(super) fn level_of(packages: &[Package]) -> Option<u8> {
    packages.iter().filter_map(|package| package.level()).max()
}
