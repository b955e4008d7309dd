//! What a subscriber decides.

use super::{
    Added, CustomerFacts, Equipment, Provision, ProvisionSubscriber, Subscriber, SubscriberAdded,
    SubscriberAddressFreed, SubscriberCommand, SubscriberConsentMoveSent, SubscriberEvent,
    SubscriberMigrationAccepted, SubscriberMigrationPending, SubscriberProvisioned, SubscriberRefusal,
    SubscriberRemoved, Whereabouts, equipment,
};
use crate::customer::CustomerRefusal;
use crate::ids::PersonId;
use crate::organization::MemberRole;
use crate::personal::Personal;
use crate::stream::Decide;

pub(super) type Decision = Result<Vec<SubscriberEvent>, SubscriberRefusal>;

impl Decide for Subscriber {
    fn decide(&self, command: SubscriberCommand) -> Decision {
        match command {
            SubscriberCommand::Provision(request) => self.provision(*request),
            SubscriberCommand::ChangePackages(change) => self.change_packages(&change),
            SubscriberCommand::AssignNumber(change) => self.assign_number(&change),
            SubscriberCommand::SendConsentMove { customer } => self.send_consent_move(customer),
            SubscriberCommand::AcceptMigration { mailing, licensed } => {
                self.accept_migration(mailing, licensed)
            }
            SubscriberCommand::Remove { customer } => self.remove(customer),
            SubscriberCommand::FreeAddress => Ok(self.free_address()),
            SubscriberCommand::RecordCustomerGone => Ok(self.record_customer_gone()),
        }
    }
}

impl Subscriber {
    fn provision(&self, request: Provision) -> Decision {
        let Provision { id, data, person, email_hash, customer, whereabouts } = request;
        if let Some(added) = &self.added {
            return Err(SubscriberRefusal::AlreadyExists(added.id));
        }
        let customer = customer?;
        let ProvisionSubscriber { email, packages, first_name, last_name, .. } = data;
        let equipment = Equipment {
            packages: equipment::packages_of(&packages)?,
            location_id: data.location_id,
            phone_number: data.phone_number,
            extension: data.extension,
        };
        equipment.check()?;
        let administrator = customer.makes_administrator(person, whereabouts);
        if administrator {
            customer.check_creation_level(&equipment)?;
        }
        if whereabouts.licensed {
            return Err(SubscriberRefusal::EmailInUse);
        }
        let added = SubscriberAdded {
            subscriber_id: id,
            partner_id: customer.partner_id,
            customer_id: customer.customer_id,
            organization_id: customer.organization_id,
            email: Personal::open(person, email),
            email_hash,
            first_name: Personal::open(person, first_name),
            last_name: Personal::open(person, last_name),
            equipment,
            administrator,
        };
        Ok(vec![if whereabouts.must_move() {
            let CustomerFacts { name: customer_name, brand_name, language, .. } = customer;
            let mailing = 1;
            let pending = SubscriberMigrationPending { added, customer_name, brand_name, language, mailing };
            Box::new(pending).into()
        } else {
            Box::new(SubscriberProvisioned(added)).into()
        }])
    }

    fn send_consent_move(&self, customer: Result<Box<CustomerFacts>, CustomerRefusal>) -> Decision {
        let (added, mailing) = self.askable()?;
        customer?;
        let (subscriber_id, customer_id) = (added.id, added.customer_id);
        Ok(vec![SubscriberConsentMoveSent { subscriber_id, customer_id, mailing: mailing + 1 }.into()])
    }

    fn accept_migration(&self, mailing: u32, licensed: bool) -> Decision {
        let asked = |added: &&Added| added.awaited_mailing() == Some(mailing);
        let added = self.added.as_ref().filter(asked).ok_or(SubscriberRefusal::InvalidToken)?;
        if licensed {
            return Err(SubscriberRefusal::EmailInUse);
        }
        let (subscriber_id, customer_id, organization_id) =
            (added.id, added.customer_id, added.organization_id);
        Ok(vec![SubscriberMigrationAccepted { subscriber_id, customer_id, organization_id }.into()])
    }

    fn remove(&self, customer: Result<(), CustomerRefusal>) -> Decision {
        let added = self.existing()?;
        customer?;
        Ok(vec![removed(added, false)])
    }

    fn free_address(&self) -> Vec<SubscriberEvent> {
        let held = self.existing().ok().filter(|added| !added.email_hash.is_empty());
        let freed = |added: &Added| {
            let (subscriber_id, customer_id) = (added.id, added.customer_id);
            SubscriberAddressFreed { subscriber_id, customer_id }.into()
        };
        held.map(freed).into_iter().collect()
    }

    fn record_customer_gone(&self) -> Vec<SubscriberEvent> {
        self.existing().map(|added| vec![removed(added, true)]).unwrap_or_default()
    }
}

fn removed(added: &Added, with_customer: bool) -> SubscriberEvent {
    let (subscriber_id, customer_id, organization_id) = (added.id, added.customer_id, added.organization_id);
    SubscriberRemoved { subscriber_id, customer_id, organization_id, with_customer }.into()
}

impl CustomerFacts {
    /// Nobody is made an administrator of an organization that was there before (R106); of a new one, whom the partner
    /// named as such is, and who administers it already.
    fn makes_administrator(&self, person: PersonId, whereabouts: Whereabouts) -> bool {
        let named = self.administrator == Some(person);
        !self.attached && (named || whereabouts.here == Some(MemberRole::OrgAdmin))
    }

    /// R70
    pub(super) fn check_creation_level(&self, equipment: &Equipment) -> Result<(), SubscriberRefusal> {
        if equipment.level() < self.creation_level { Err(SubscriberRefusal::BelowCreation) } else { Ok(()) }
    }
}
