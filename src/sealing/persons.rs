//! Finds persons and their keys, and seals and opens the personal values of events and rows.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;
use tenantry_domain::ids::PersonId;
use tenantry_domain::personal::{PersonalSlots, SealError, Sealed, Sealer};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;

use super::KeyRing;
use super::ring::{ALGORITHM, PersonKey};
use crate::limits::{LOG, PERSON_CACHE_ITEMS_MAX};
use crate::ports::{ClaimKey, Ids, KeyStore, NewClaim, StoreFault, WrappedKey};

/// The claim under which a person is found by e-mail address.
pub const PERSON: &str = "person";

/// The persons of a store.
pub struct Persons {
    ring: KeyRing,
    store: Arc<dyn KeyStore>,
    ids: Arc<dyn Ids>,
    keys: Cache<(TenantId, PersonId), Arc<[PersonKey]>>,
    /// Counts the erasures for which keys were dropped.
    erasures: AtomicU64,
}

/// What a command that names a person must write, besides its events.
#[derive(Debug, Clone, Default)]
pub struct NewPersons {
    /// The claims of persons met for the first time.
    pub claims: Vec<NewClaim>,
    /// Their keys.
    pub keys: Vec<WrappedKey>,
    /// Persons of the stream's tenant who are erased: their keys go.
    pub erased: Vec<PersonId>,
}

impl Persons {
    /// Opens the persons of a store under its key ring.
    pub fn new(ring: KeyRing, store: Arc<dyn KeyStore>, ids: Arc<dyn Ids>) -> Self {
        Self { ring, store, ids, keys: Cache::new(PERSON_CACHE_ITEMS_MAX), erasures: AtomicU64::new(0) }
    }

    /// Returns the key ring.
    pub fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Finds the person with an address in a tenant.
    pub async fn find_person(
        &self,
        tenant_id: TenantId,
        email: &EmailAddress,
    ) -> Result<Option<PersonId>, StoreFault> {
        self.find(&self.claim(tenant_id, email)).await
    }

    /// Returns the claim under which a tenant would know the person with an address.
    pub fn claim(&self, tenant_id: TenantId, email: &EmailAddress) -> ClaimKey {
        let value = self.ring.keyed_hash(PERSON, &tenant_id, &email.normalized());
        ClaimKey { tenant_id, kind: PERSON, value }
    }

    /// Tells whether a tenant has a key of a person, as the store says it now.
    pub async fn has_key(&self, tenant_id: TenantId, person_id: PersonId) -> Result<bool, StoreFault> {
        Ok(!self.store.person_keys(LOG, &[(tenant_id, person_id)]).await?.is_empty())
    }

    /// Drops the keys in memory: somebody was erased.
    pub fn forget_keys(&self) {
        self.erasures.fetch_add(1, Ordering::SeqCst);
        self.keys.clear();
    }

    /// Returns the keyed hash of an address by which organizations are found, whatever their tenant.
    pub fn address_hash(&self, email: &EmailAddress) -> String {
        self.ring.keyed_hash("administrator", &TenantId::Platform, &email.normalized())
    }

    /// Opens every sealed value of a thing of a tenant.
    pub async fn open<T: PersonalSlots>(&self, tenant_id: TenantId, thing: &mut T) -> Result<(), StoreFault> {
        let keys = self.keys_of(tenant_id, std::slice::from_mut(thing)).await?;
        keys.unseal(thing).map_err(|error| StoreFault::Corrupt(error.to_string()))
    }

    /// Finds the person with an address in a tenant, or prepares a new one; what is new is added to `new`.
    pub async fn person(
        &self,
        tenant_id: TenantId,
        email: &EmailAddress,
        new: &mut (NewPersons, PersonKeys),
    ) -> Result<PersonId, StoreFault> {
        let claim = self.claim(tenant_id, email);
        if let Some(met) = new.0.claims.iter().find(|met| met.key == claim) {
            return met.holder.parse().map_err(|_| StoreFault::Corrupt(met.holder.clone()));
        }
        if let Some(person) = self.find(&claim).await? {
            self.add_keys(&[(tenant_id, person)], &mut new.1).await?;
            return Ok(person);
        }
        let person = PersonId::from_uuid(self.ids.uuid());
        let (open, wrapped) = self.ring.new_person_key(tenant_id, person, 1, self.ids.as_ref());
        new.0.claims.push(NewClaim { key: claim, holder: person.to_string() });
        new.0.keys.push(wrapped);
        new.1.by_person.insert(person, Arc::from([open]));
        Ok(person)
    }

    /// Returns an empty set of keys.
    pub fn no_keys(&self) -> PersonKeys {
        PersonKeys { by_person: HashMap::new(), ids: self.ids.clone() }
    }

    /// Fetches the keys of all persons that some events or rows name, in one query.
    pub async fn keys_of<T: PersonalSlots>(
        &self,
        tenant_id: TenantId,
        things: &mut [T],
    ) -> Result<PersonKeys, StoreFault> {
        let mut persons = Vec::new();
        for thing in things {
            thing.visit_slots(&mut |slot| persons.extend(slot.subject().map(|person| (tenant_id, person))));
        }
        persons.sort_unstable();
        persons.dedup();
        self.keys_for(&persons).await
    }

    /// Fetches the keys of some persons, in one query.
    pub async fn keys_for(&self, persons: &[(TenantId, PersonId)]) -> Result<PersonKeys, StoreFault> {
        let mut keys = self.no_keys();
        self.add_keys(persons, &mut keys).await?;
        Ok(keys)
    }

    /// Asks the store each time: whoever was erased on another server is a new person at once.
    async fn find(&self, claim: &ClaimKey) -> Result<Option<PersonId>, StoreFault> {
        let Some(holder) = self.store.find_claim(LOG, claim).await? else { return Ok(None) };
        let person =
            holder.parse().map_err(|_| StoreFault::Corrupt(format!("claim of a person held by {holder}")))?;
        Ok(Some(person))
    }

    async fn add_keys(
        &self,
        persons: &[(TenantId, PersonId)],
        keys: &mut PersonKeys,
    ) -> Result<(), StoreFault> {
        let mut missing = Vec::new();
        for place in persons {
            match self.keys.get(place) {
                Some(known) => _ = keys.by_person.insert(place.1, known),
                None => missing.push(*place),
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let erasures = self.erasures.load(Ordering::SeqCst);
        let mut read: HashMap<(TenantId, PersonId), Vec<PersonKey>> = HashMap::new();
        for wrapped in self.store.person_keys(LOG, &missing).await? {
            let key = self.ring.unwrap_person_key(&wrapped).ok_or_else(|| {
                StoreFault::Corrupt(format!(
                    "key {} of {} does not open",
                    wrapped.generation, wrapped.subject
                ))
            })?;
            read.entry((wrapped.tenant_id, wrapped.subject)).or_default().push(key);
        }
        for (place, mut generations) in read {
            generations.sort_by_key(|key| key.generation);
            let generations: Arc<[PersonKey]> = generations.into();
            self.keys.insert(place, generations.clone());
            // Whoever was erased meanwhile has none.
            if self.erasures.load(Ordering::SeqCst) != erasures {
                self.keys.remove(&place);
            }
            keys.by_person.insert(place.1, generations);
        }
        Ok(())
    }
}

/// The open keys that one batch of work needs; see [`Sealer`].
#[derive(Clone)]
pub struct PersonKeys {
    by_person: HashMap<PersonId, Arc<[PersonKey]>>,
    ids: Arc<dyn Ids>,
}

impl PersonKeys {
    /// Tells whether a person's key is among them.
    pub fn has(&self, person: PersonId) -> bool {
        self.by_person.contains_key(&person)
    }

    /// Seals every open value.
    pub fn seal(&self, thing: &mut impl PersonalSlots) -> Result<(), SealError> {
        let mut result = Ok(());
        thing.visit_slots(&mut |slot| {
            if result.is_ok() {
                result = slot.seal(self);
            }
        });
        result
    }

    /// Opens every sealed value; a person whose key is gone leaves it erased.
    pub fn unseal(&self, thing: &mut impl PersonalSlots) -> Result<(), SealError> {
        let mut result = Ok(());
        thing.visit_slots(&mut |slot| {
            if result.is_ok() {
                result = slot.unseal(self);
            }
        });
        result
    }
}

impl Sealer for PersonKeys {
    fn seal(&self, subject: PersonId, plain: &[u8]) -> Result<Sealed, SealError> {
        let key = self
            .by_person
            .get(&subject)
            .and_then(|generations| generations.last())
            .ok_or_else(|| SealError { subject, reason: "the person has no key".to_owned() })?;
        let body = key.seal(plain, self.ids.as_ref());
        Ok(Sealed { subject, generation: key.generation, algorithm: ALGORITHM.to_owned(), body })
    }

    fn unseal(&self, sealed: &Sealed) -> Result<Option<Vec<u8>>, SealError> {
        let subject = sealed.subject;
        let fault = |reason: String| SealError { subject, reason };
        if sealed.algorithm != ALGORITHM {
            return Err(fault(format!("unknown algorithm {}", sealed.algorithm)));
        }
        let Some(key) = self
            .by_person
            .get(&subject)
            .and_then(|generations| generations.iter().find(|key| key.generation == sealed.generation))
        else {
            return Ok(None);
        };
        key.unseal(&sealed.body)
            .map(Some)
            .ok_or_else(|| fault("does not open: it was changed or moved".to_owned()))
    }
}
