//! `ErasePerson`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::ids::PersonId;
use tenantry_domain::person::{ErasePerson, KnownPerson, Person, PersonCommand, PersonRefusal};
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::erasure::Going;
use crate::app::execute::{Preparation, Prepared};
use crate::app::rejection::Refused;
use crate::app::roles::{self, Roles};
use crate::app::{Answer, App, Caller, Rejection, Request};

#[async_trait]
impl UseCase for ErasePerson {
    const NAME: &'static str = "ErasePerson";
    const SUMMARY: &'static str =
        "Erases a person: what is stored about the person can be read by nobody from then on.";
    const ROLES: Roles = roles::ERASURE;
    const RULES: &'static [&'static str] = &[];
    type Aggregate = Person;

    async fn settle(&self, app: &App, request: &Request, answer: &Answer) -> Result<(), Rejection> {
        let persons = answer.body.get("persons").cloned().unwrap_or_default();
        let persons: Vec<KnownPerson> = serde_json::from_value(persons).unwrap_or_default();
        app.await_erased(&persons).await;
        let id = answer.body.get("id").and_then(|id| id.as_str()?.parse().ok());
        match (id, &self.email, self.tenant(&request.caller)?) {
            (Some(order), Some(email), None) => app.erase_met_since(order, email, &request.tracking_id).await,
            _ => Ok(()),
        }
    }

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Person> {
        let tenant_id = self.tenant(&request.caller)?;
        match (self.person_id, &self.email, tenant_id) {
            (Some(person_id), None, Some(tenant_id)) => {
                erase(app, KnownPerson { tenant_id, person_id }).await
            }
            (None, Some(email), Some(tenant_id)) => {
                let found = app.persons.find_person(tenant_id, email).await?;
                let person_id = found.ok_or_else(unknown)?;
                erase(app, KnownPerson { tenant_id, person_id }).await
            }
            (None, Some(email), None) => Ok(order(app, app.known_persons(email).await?)),
            (Some(_), None, None) => {
                let detail = "a person's ID is that of one tenant: name it";
                Err(Rejection::malformed("/tenantId", "missing", detail))
            }
            (Some(_), Some(_), _) | (None, None, _) => {
                Err(Rejection::malformed("/personId", "invalid", "name the person by personId or by email"))
            }
        }
    }
}

/// Where the operator erases by an address alone: in all tenants.
trait Within {
    fn tenant(&self, caller: &Caller) -> Result<Option<TenantId>, Rejection>;
}

impl Within for ErasePerson {
    fn tenant(&self, caller: &Caller) -> Result<Option<TenantId>, Rejection> {
        match (caller.role, self.tenant_id) {
            (Role::Operator, named) => Ok(named),
            (_, Some(named)) if named != caller.tenant_id => Err(unknown()),
            (_, Some(_) | None) => Ok(Some(caller.tenant_id)),
        }
    }
}

fn unknown() -> Rejection {
    Rejection::Refused(Refused::from(&PersonRefusal::NotFound))
}

/// Prepares the erasure in one tenant: keys and claims go with the event.
async fn erase(app: &App, person: KnownPerson) -> Preparation<Person> {
    let KnownPerson { tenant_id, person_id } = person;
    let known = app.persons.has_key(tenant_id, person_id).await?;
    let Going { releases, persons } = app.going(person).await?;
    let command = PersonCommand::Erase { person, known };
    let mut prepared = Prepared::new(app, person_id.to_string(), tenant_id, false, command);
    prepared.releases = releases;
    prepared.persons.0 = persons;
    prepared.answer.insert("persons".to_owned(), json!([person]));
    Ok(prepared)
}

/// Prepares the order to erase somebody in several tenants, which a process carries out.
fn order(app: &App, persons: Vec<KnownPerson>) -> Prepared<Person> {
    let person_id = PersonId::from_uuid(app.ids.uuid());
    let answer = json!(persons);
    let command = PersonCommand::Order { person_id, persons };
    let mut prepared = Prepared::new(app, person_id.to_string(), TenantId::Platform, true, command);
    prepared.answer.insert("persons".to_owned(), answer);
    prepared
}
