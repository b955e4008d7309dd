//! What an organization decides about the licenses that a partner's customer brings, and when the customer goes.

use super::{
    AttachWithdrawn, Created, CustomerReleased, Grant, GrantRevoked, License, LicenseSet, LicenseState,
    OrganizationEvent,
};
use crate::catalogue::Package;
use crate::ids::{CustomerId, PartnerId};

impl Created {
    /// The license as the platform has it now. Nobody resumes a subscription by changing what it orders.
    pub(super) fn provision_license(&self, license: License) -> Vec<OrganizationEvent> {
        let suspended = self.licenses.iter().any(|known| {
            (known.package, known.customer_id) == (license.package, license.customer_id)
                && known.license_id == license.license_id
                && known.state == LicenseState::Suspended
        });
        let state = if suspended { LicenseState::Suspended } else { license.state };
        self.set_license(License { state, ..license })
    }

    /// Cancels what a customer brought of a package; only the named license, if one is named.
    pub(super) fn cancel_license(
        &self,
        customer_id: CustomerId,
        package: Package,
        license_id: Option<&str>,
    ) -> Vec<OrganizationEvent> {
        let named = |license: &&License| {
            license.package == package && license_id.is_none_or(|id| id == license.license_id)
        };
        let licenses = self.licenses_of(customer_id);
        licenses.filter(named).map(|license| self.cancelled(license)).collect()
    }

    /// Ends what the organization is to a partner through a customer. It stays, with what was its own.
    pub(super) fn release(&self, customer_id: CustomerId, partner_id: PartnerId) -> Vec<OrganizationEvent> {
        let organization_id = self.id;
        let open = self.waiting().filter(|open| open.attach.customer_id == customer_id);
        let mut events: Vec<OrganizationEvent> =
            open.map(|open| AttachWithdrawn { attach: open.attach }.into()).into_iter().collect();
        events.extend(self.licenses_of(customer_id).map(|license| self.cancelled(license)));
        let Some(relation) = self.partners.get(&partner_id) else { return events };
        if relation.grant_of == Some(customer_id) && relation.grant != Grant::None {
            events.push(GrantRevoked { organization_id, partner_id }.into());
        }
        if relation.customer_id == Some(customer_id) {
            events.push(CustomerReleased { organization_id, partner_id, customer_id }.into());
        }
        events
    }

    fn licenses_of(&self, customer_id: CustomerId) -> impl Iterator<Item = &License> {
        self.licenses.iter().filter(move |license| {
            license.customer_id == Some(customer_id) && license.state != LicenseState::Cancelled
        })
    }

    fn cancelled(&self, license: &License) -> OrganizationEvent {
        let License { package, customer_id, quantity, license_id, .. } = license.clone();
        let (organization_id, state) = (self.id, LicenseState::Cancelled);
        LicenseSet { organization_id, package, customer_id, state, quantity, license_id }.into()
    }
}
