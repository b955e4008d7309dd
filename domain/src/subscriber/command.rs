//! What a subscriber can be asked.

use std::collections::BTreeSet;

use super::{AssignNumber, ChangeSubscriberPackages, Equipment, ProvisionSubscriber};
use crate::catalogue::Package;
use crate::customer::CustomerRefusal;
use crate::ids::{CustomerId, LocationId, OrganizationId, PartnerId, PersonId, SubscriberId};
use crate::organization::MemberRole;
use crate::values::{Extension, Language, Name, PhoneNumber};

/// What the person's side must know of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    /// The customer.
    pub customer_id: CustomerId,
    /// Whose customer it is.
    pub partner_id: PartnerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Whether its organization was there before it.
    pub attached: bool,
    /// The rank of the packages with which it was created (R70).
    pub creation_level: Option<u8>,
    /// The person whom the partner named as its administrator.
    pub administrator: Option<PersonId>,
    /// The name that mails carry.
    pub brand_name: Name,
    /// Language of mails.
    pub language: Language,
}

/// Where the person with an address is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// What the person is in the customer's organization, if a member of it.
    pub here: Option<MemberRole>,
    /// Whether the person is a member of another organization.
    pub elsewhere: bool,
    /// Whether the person is a subscriber already, of whatever partner.
    pub licensed: bool,
}

impl Whereabouts {
    /// Tells whether the person has to agree first: who belongs to the organization already needs not move.
    pub fn must_move(self) -> bool {
        self.elsewhere && self.here.is_none()
    }
}

/// A person to be provisioned, with the facts that it needs.
#[derive(Debug, Clone)]
pub struct Provision {
    /// The ID of the new subscriber.
    pub id: SubscriberId,
    /// What was asked for.
    pub data: ProvisionSubscriber,
    /// The person behind the address.
    pub person: PersonId,
    /// Keyed hash of the address, the same in all tenants.
    pub email_hash: String,
    /// The customer, or why it takes nobody.
    pub customer: Result<CustomerFacts, CustomerRefusal>,
    /// Where the person is known.
    pub whereabouts: Whereabouts,
}

/// A change of what a subscriber has, with the facts that it needs.
#[derive(Debug, Clone)]
pub struct Change {
    /// All packages; as they are without.
    pub packages: Option<Vec<Package>>,
    /// Where the person calls from; as it is without.
    pub location_id: Option<LocationId>,
    /// The number; as it is without.
    pub phone_number: Option<PhoneNumber>,
    /// The short number; as it is without.
    pub extension: Option<Extension>,
    /// What the subscriber had when the customer's side of the change was prepared.
    pub known: Equipment,
    /// The customer, or why it takes no change.
    pub customer: Result<CustomerFacts, CustomerRefusal>,
}

impl Change {
    /// Reads a change of packages.
    pub fn of_packages(
        data: ChangeSubscriberPackages,
        known: Equipment,
        customer: Result<CustomerFacts, CustomerRefusal>,
    ) -> Self {
        let ChangeSubscriberPackages { packages, location_id, phone_number, extension, .. } = data;
        Self { packages: Some(packages), location_id, phone_number, extension, known, customer }
    }

    /// Reads a change of numbers.
    pub fn of_number(
        data: AssignNumber,
        known: Equipment,
        customer: Result<CustomerFacts, CustomerRefusal>,
    ) -> Self {
        let AssignNumber { location_id, phone_number, extension, .. } = data;
        Self { packages: None, location_id, phone_number, extension, known, customer }
    }

    /// Returns what the subscriber has afterwards. Who calls no more keeps no number; one that is named anyway stays for
    /// the check to find.
    pub fn after(&self) -> Equipment {
        let packages: BTreeSet<Package> = self
            .packages
            .as_ref()
            .map_or_else(|| self.known.packages.clone(), |it| it.iter().copied().collect());
        let calls = packages.iter().any(|package| package.is_calling());
        let known = Some(&self.known).filter(|_| calls);
        Equipment {
            packages,
            location_id: self.location_id.or(known.and_then(|known| known.location_id)),
            phone_number: self.phone_number.clone().or_else(|| known?.phone_number.clone()),
            extension: self.extension.clone().or_else(|| known?.extension.clone()),
        }
    }
}

/// A command to a subscriber. A report that is repeated or late changes nothing.
#[derive(Debug, Clone)]
pub enum SubscriberCommand {
    /// See [`ProvisionSubscriber`]; the customer takes a seat with it.
    Provision(Box<Provision>),
    /// See [`ChangeSubscriberPackages`]; the customer changes the seat with it.
    ChangePackages(Box<Change>),
    /// See [`AssignNumber`]; the customer changes the seat with it.
    AssignNumber(Box<Change>),
    /// See [`SendConsentMove`](super::SendConsentMove).
    SendConsentMove {
        /// The customer, or why it takes nobody.
        customer: Result<Box<CustomerFacts>, CustomerRefusal>,
    },
    /// See [`AcceptMigration`](super::AcceptMigration).
    AcceptMigration {
        /// Which of its mails the token was in.
        mailing: u32,
        /// Whether the person has become a subscriber elsewhere meanwhile.
        licensed: bool,
    },
    /// See [`RemoveSubscriber`](super::RemoveSubscriber); the customer frees the seat with it.
    Remove {
        /// The customer's say on it; one that is gone has none.
        customer: Result<(), CustomerRefusal>,
    },
    /// Frees the address of a person who is erased.
    FreeAddress,
    /// Removes it with its customer, which is gone.
    RecordCustomerGone,
}
