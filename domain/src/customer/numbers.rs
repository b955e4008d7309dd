//! The telephone numbers of a customer (R68): a pool, of which each belongs to one subscriber at most.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decide::Decision;
use super::{Asker, ChangeRefusal, Customer, CustomerRefusal, NumberFault, PlaceRefusal, Requested};
use crate::ids::{CustomerId, LocationId, OrganizationId};
use crate::limits::NUMBERS_MAX;
use crate::personal::PersonalSlots;
use crate::values::PhoneNumber;

/// Gives a customer numbers; those that it has already stay as they are.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddNumbers {
    /// The customer.
    pub customer_id: CustomerId,
    /// The numbers, each once; none may be another customer's, whoever its partner is.
    #[schema(min_items = 1, max_items = 500)]
    pub numbers: Vec<PhoneNumber>,
    /// The location that they lie at; without, they may be used at any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
}

/// Takes numbers from a customer, which somebody else may have then.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoveNumbers {
    /// The customer.
    pub customer_id: CustomerId,
    /// The numbers, each once; none may be assigned to a subscriber.
    #[schema(min_items = 1, max_items = 500)]
    pub numbers: Vec<PhoneNumber>,
}

/// A request for numbers, with the facts it needs.
#[derive(Debug, Clone)]
pub struct AddToPool {
    /// The numbers.
    pub numbers: Vec<PhoneNumber>,
    /// The location that they lie at.
    pub location_id: Option<LocationId>,
    /// Those that were claimed for it, because it had them not yet.
    pub claimed: Vec<PhoneNumber>,
    /// Those that are somebody else's.
    pub taken: Vec<PhoneNumber>,
    /// Who asks, and how.
    pub asker: Asker,
}

/// A customer has more numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumbersAdded {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The numbers that are new.
    pub numbers: Vec<PhoneNumber>,
    /// The location that they lie at, if they lie at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
}

/// A customer does not have some numbers any more; whoever claims them next has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NumbersRemoved {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its organization.
    pub organization_id: OrganizationId,
    /// The numbers.
    pub numbers: Vec<PhoneNumber>,
}

impl PersonalSlots for NumbersAdded {}
impl PersonalSlots for NumbersRemoved {}

/// The faults of a list, each with its place in it: what is named twice, then what is wrong with single numbers.
fn faults_of(
    numbers: &[PhoneNumber],
    of: impl Fn(&PhoneNumber) -> Option<NumberFault>,
) -> Result<(), PlaceRefusal> {
    let mut seen = BTreeSet::new();
    let again = numbers.iter().enumerate().filter(|(_, number)| !seen.insert(*number));
    let mut faults: Vec<(usize, NumberFault)> =
        again.map(|(place, number)| (place, NumberFault::Twice(number.clone()))).collect();
    let single = numbers.iter().enumerate().filter_map(|(place, number)| Some((place, of(number)?)));
    faults.extend(single);
    if faults.is_empty() { Ok(()) } else { Err(PlaceRefusal::Numbers(faults)) }
}

impl Requested {
    /// Returns those of some numbers that it has not yet.
    pub fn new_numbers(&self, numbers: &[PhoneNumber]) -> Vec<PhoneNumber> {
        let is_new = |number: &&PhoneNumber| !self.places.numbers.contains_key(*number);
        numbers.iter().filter(is_new).cloned().collect()
    }

    fn check_removal(&self, numbers: &[PhoneNumber]) -> Result<(), PlaceRefusal> {
        faults_of(numbers, |number| {
            if !self.places.numbers.contains_key(number) {
                return Some(NumberFault::Unknown(number.clone()));
            }
            let holder = self.places.holder(number)?;
            Some(NumberFault::InUse { number: number.clone(), holder })
        })
    }

    fn check_addition(&self, request: &AddToPool) -> Result<(), PlaceRefusal> {
        faults_of(&request.numbers, |number| match self.places.numbers.get(number) {
            None => request.taken.contains(number).then(|| NumberFault::Taken(number.clone())),
            Some(lies_at) if *lies_at == request.location_id => None,
            Some(_) => Some(NumberFault::Elsewhere(number.clone())),
        })
    }
}

impl Customer {
    pub(super) fn add_numbers(&self, request: &AddToPool) -> Decision {
        let requested = self.may_have_places(request.asker)?;
        if let Some(id) = request.location_id.filter(|id| requested.location(*id).is_none()) {
            return Err(PlaceRefusal::LocationUnknown(id).into());
        }
        requested.check_addition(request)?;
        let numbers = requested.new_numbers(&request.numbers);
        if numbers.is_empty() {
            return Ok(vec![]);
        }
        // Only what is claimed in the same commit is its own.
        if numbers != request.claimed {
            return Err(ChangeRefusal::ChangedMeanwhile(requested.id).into());
        }
        if requested.places.numbers.len() + numbers.len() > NUMBERS_MAX {
            return Err(PlaceRefusal::TooManyNumbers.into());
        }
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        let location_id = request.location_id;
        Ok(vec![NumbersAdded { customer_id, organization_id, numbers, location_id }.into()])
    }

    /// The customer, if it can lose these numbers now; a suspended partner may take them too.
    pub(super) fn may_be_without_numbers(
        &self,
        numbers: &[PhoneNumber],
        asker: Asker,
    ) -> Result<&Requested, CustomerRefusal> {
        let requested = self.existing()?;
        requested.check_channel(asker)?;
        requested.may_be_peopled()?;
        requested.check_removal(numbers)?;
        Ok(requested)
    }

    pub(super) fn remove_numbers(&self, numbers: Vec<PhoneNumber>, asker: Asker) -> Decision {
        let requested = self.may_be_without_numbers(&numbers, asker)?;
        let (customer_id, organization_id) = (requested.id, requested.organization_id);
        Ok(vec![NumbersRemoved { customer_id, organization_id, numbers }.into()])
    }
}
