//! Erasing a person: where somebody is known, what goes with the event, and what names the person afterwards.

use serde_json::Value;
use tenantry_domain::ids::PersonId;
use tenantry_domain::person::{KnownPerson, Person, PersonCommand};
use tenantry_domain::process::{self, Process};
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;
use tenantry_projections::RowKey;
use tokio::time::Instant;

use super::{App, Origin, Rejection, Report};
use crate::ledger::fold_json;
use crate::limits::{DECISIONS_MAX, LOG, OBJECTS_PAGE, READ_WAIT, TENANTS_PAGE};
use crate::ports::{AggregateKey, ClaimKey, PageQuery, StoreFault};
use crate::sealing::{NewPersons, PERSON};

/// What goes in the commit of an erasure.
pub(super) struct Going {
    /// The claims by which the person is found.
    pub releases: Vec<ClaimKey>,
    /// The person, with whom the keys go.
    pub persons: NewPersons,
}

impl App {
    /// Returns where somebody with an address is known, and as whom: in every tenant of the store.
    pub(super) async fn known_persons(&self, email: &EmailAddress) -> Result<Vec<KnownPerson>, Rejection> {
        let (mut known, mut after) = (Vec::new(), None);
        loop {
            let tenants = self.erasing.tenants_after(LOG, after, TENANTS_PAGE).await?;
            let claims: Vec<ClaimKey> =
                tenants.iter().map(|tenant_id| self.persons.claim(*tenant_id, email)).collect();
            for (place, holder) in self.erasing.find_claims(LOG, &claims).await? {
                let person_id = holder.parse().map_err(|_| StoreFault::Corrupt(holder))?;
                known.push(KnownPerson { tenant_id: claims[place].tenant_id, person_id });
            }
            if (tenants.len() as i64) < TENANTS_PAGE {
                return Ok(known);
            }
            after = tenants.last().copied();
        }
    }

    /// Returns what goes with a person.
    pub(super) async fn going(&self, person: KnownPerson) -> Result<Going, StoreFault> {
        let KnownPerson { tenant_id, person_id } = person;
        let values = self.erasing.claims_held(LOG, tenant_id, PERSON, &person_id.to_string()).await?;
        let releases = values.into_iter().map(|value| ClaimKey { tenant_id, kind: PERSON, value });
        let persons = NewPersons { erased: vec![person_id], ..NewPersons::default() };
        Ok(Going { releases: releases.collect(), persons })
    }

    /// Erases a person for a process; again it changes nothing.
    pub async fn erase(
        &self,
        origin: &Origin,
        command_id: String,
        person: KnownPerson,
    ) -> Result<(), Rejection> {
        let tenant_id = person.tenant_id;
        let Going { releases, persons } = self.going(person).await?;
        let command = PersonCommand::Erase { person, known: true };
        let report = self.to_person(command_id, person, command);
        let persons = (persons, self.persons.no_keys());
        self.report(origin, Report { releases, persons, ..report }).await?;
        self.forget_erased(tenant_id);
        Ok(())
    }

    fn to_person(&self, command_id: String, person: KnownPerson, command: PersonCommand) -> Report<Person> {
        let KnownPerson { tenant_id, person_id } = person;
        Report {
            command_id,
            name: "ErasePerson",
            tenant_id,
            aggregate_id: person_id.to_string(),
            command,
            body: person_id.to_string(),
            tenant: None,
            claims: Vec::new(),
            releases: Vec::new(),
            persons: self.no_persons(),
        }
    }

    /// Drops what this server keeps in memory of a tenant of which somebody was erased.
    pub(super) fn forget_erased(&self, tenant_id: TenantId) {
        self.persons.forget_keys();
        self.streams.forget_tenant(tenant_id);
    }

    /// Waits, but not for ever, until some persons are erased.
    pub(super) async fn await_erased(&self, persons: &[KnownPerson]) {
        let deadline = Instant::now() + READ_WAIT;
        let mut head = self.feed.watch_head();
        for KnownPerson { tenant_id, person_id } in persons {
            loop {
                head.borrow_and_update();
                let id = person_id.to_string();
                let found = self.streams.state::<Person>(Some(*tenant_id), &id, true).await;
                if found.is_ok_and(|loaded| loaded.state.erased) {
                    break;
                }
                if tokio::time::timeout_at(deadline, head.changed()).await.is_err() {
                    return;
                }
            }
            self.forget_erased(*tenant_id);
        }
    }

    /// Erases whom tenants came to know by an address while an order was carried out, until nobody is found.
    ///
    /// Once for each order: whoever comes back later is somebody new.
    pub(super) async fn erase_met_since(
        &self,
        order: PersonId,
        email: &EmailAddress,
        tracking: &str,
    ) -> Result<(), Rejection> {
        let origin = Origin {
            process: process::ErasePerson::NAME.to_owned(),
            causation: order.to_string(),
            tracking: tracking.to_owned(),
            correlation: tracking.to_owned(),
            on_behalf_of: None,
        };
        let (tenant_id, command_id) = (TenantId::Platform, format!("{order}:nobody_left"));
        if self.is_reported(&origin, tenant_id, &command_id).await? {
            return Ok(());
        }
        for _ in 0..DECISIONS_MAX {
            let found = self.known_persons(email).await?;
            if found.is_empty() {
                let order = KnownPerson { tenant_id, person_id: order };
                return self
                    .report(&origin, self.to_person(command_id, order, PersonCommand::EndOrder))
                    .await;
            }
            for person in found {
                self.erase(&origin, format!("{order}:{}", person.person_id), person).await?;
            }
        }
        let detail = "tenants come to know the person faster than it is erased; send the same request again";
        Err(Rejection::Unavailable(detail.to_owned()))
    }

    /// Returns the IDs of a tenant's objects that a view lists now, those whose rows are wanted.
    pub async fn listed(
        &self,
        view: &'static str,
        tenant_id: TenantId,
        filters: &[(String, String)],
        wanted: impl Fn(&Value) -> bool + Send,
    ) -> Result<Vec<String>, Rejection> {
        let head = self.feed.refresh().await?;
        self.wait_for(view, head, READ_WAIT).await?;
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let query = PageQuery {
                tenant_id: Some(tenant_id),
                filters: filters.to_vec(),
                after: after.map(|key| RowKey { tenant_id, key }),
                limit: OBJECTS_PAGE,
            };
            let (_, rows) = self.page(view, &query).await?;
            after = rows.last().filter(|_| rows.len() as i64 == OBJECTS_PAGE).map(|row| row.key.key.clone());
            for row in rows {
                let corrupt = |_| StoreFault::Corrupt(format!("row {} of {view}", row.key.key));
                if wanted(&serde_json::from_str(&row.doc).map_err(corrupt)?) {
                    ids.push(row.key.key);
                }
            }
            if after.is_none() {
                return Ok(ids);
            }
        }
    }

    /// Tells whether the state of an object names a person, whose key may be gone.
    pub async fn names<A: Decide>(&self, id: &str, person_id: PersonId) -> Result<bool, Rejection> {
        let stream = AggregateKey { aggregate_type: A::TYPE, aggregate_id: id.to_owned() };
        let events = self.ledger.read_stream(LOG, &stream).await?;
        let Some(state) = fold_json(A::TYPE, events) else { return Ok(false) };
        Ok(holds(&state?, &format!(".{person_id}.")))
    }

    /// Overwrites what was deleted so far; one run does it for all that wait for it.
    pub async fn overwrite_deleted(&self) -> Result<(), StoreFault> {
        self.overwriting.cover(self.erasing.overwrite_deleted()).await
    }
}

/// Tells whether a row may be about a person who is erased: its address is, or it came to be a moment later.
pub fn may_be_of(row: &Value, person_id: PersonId) -> bool {
    row["email"]["erased"] == true || holds(row, &format!(".{person_id}."))
}

/// Tells whether a text anywhere in a value holds another: sealed values hold their person between points.
fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(held) => held.contains(text),
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(fields) => fields.values().any(|field| holds(field, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
