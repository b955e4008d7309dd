//! The way of a command: authorize, gather facts, decide, append, answer.

use serde_json::{Map, Value, json};
use tenantry_domain::domain_name::{DomainCommand, DomainHolder};
use tenantry_domain::event::{EventSet, Metadata, metadata};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::role::Role;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::DomainName;

use super::commands::UseCase;
use super::disclosure::disclose_with;
use super::history::without_verifier;
use super::rejection::Refused;
use super::{App, Caller, Origin, Rejection, Report, Request, domain_id};
use crate::ledger::{Envelope, ExecuteError, Outcome};
use crate::limits::{DECISIONS_MAX, LOG};
use crate::ports::{ClaimKey, CommandKey, CommandRecord, Credential, NewClaim, NewTenant};
use crate::sealing::{NewPersons, PERSON, PersonKeys};

/// What a command needs to be durable before it is, because it lies outside its commit.
///
/// Each can be done twice, and does no harm when the command is not carried out after all.
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// A password that the command's event names.
    KeepPassword(Credential),
    /// Domain names that must not belong to another organization.
    ReserveDomains {
        /// For whom.
        organization_id: OrganizationId,
        /// The names.
        domains: Vec<DomainName>,
    },
}

/// What a use case makes of its data: a command to one stream, with all the facts it needs.
pub(super) struct Prepared<A: Decide> {
    /// The stream.
    pub aggregate_id: String,
    /// Whose stream it is.
    pub tenant_id: TenantId,
    /// Whether the ID was made for this command.
    pub creates: bool,
    /// The command.
    pub command: A::Command,
    /// Values that it takes.
    pub claims: Vec<NewClaim>,
    /// Values that it gives up.
    pub releases: Vec<ClaimKey>,
    /// Persons first met by it, and the keys of all that it names.
    pub persons: (NewPersons, PersonKeys),
    /// The tenant that it brings into being.
    pub tenant: Option<NewTenant>,
    /// What is done before it.
    pub before: Before,
    /// What it answers besides sequence and position; recorded.
    pub answer: Map<String, Value>,
    /// What it answers once and never again; not recorded.
    pub once: Map<String, Value>,
}

impl<A: Decide> Prepared<A> {
    /// Starts with a stream and a command, and the ID as the answer.
    pub(super) fn new(
        app: &App,
        aggregate_id: impl Into<String>,
        tenant_id: impl Into<TenantId>,
        creates: bool,
        command: A::Command,
    ) -> Self {
        let aggregate_id = aggregate_id.into();
        let answer = Map::from_iter([("id".to_owned(), json!(aggregate_id))]);
        Self {
            aggregate_id,
            tenant_id: tenant_id.into(),
            creates,
            command,
            claims: Vec::new(),
            releases: Vec::new(),
            persons: app.no_persons(),
            tenant: None,
            before: Before::Nothing,
            answer,
            once: Map::new(),
        }
    }
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// ID, sequence, and what the command created.
    pub body: Map<String, Value>,
    /// What is answered this once and never again.
    pub once: Map<String, Value>,
    /// Position of the log after the command.
    pub position: i64,
    /// Whether it had been carried out before.
    pub replayed: bool,
}

impl Answer {
    /// Returns the work that goes on, if any.
    pub fn operation(&self) -> Option<&str> {
        self.body.get("operation")?.get("id")?.as_str()
    }

    /// Returns all of it, as the caller is answered.
    pub fn into_body(self) -> Map<String, Value> {
        self.body.into_iter().chain(self.once).collect()
    }

    fn of(answer: &str, position: i64) -> Self {
        let mut body: Map<String, Value> = serde_json::from_str(answer).unwrap_or_default();
        body.insert("position".to_owned(), json!(position.to_string()));
        Self { body, once: Map::new(), position, replayed: false }
    }
}

impl App {
    /// Carries out a command: all of it or nothing, once for each key.
    pub(super) async fn execute<U: UseCase>(&self, request: &Request, data: U) -> Result<Answer, Rejection> {
        let request = &self.authorized(request, &data).await?;
        let answer = self.carry_out_once(request, &data).await?;
        data.settle(self, &answer).await;
        Ok(answer)
    }

    /// Returns the request as that of whoever may give the command: the holder of its token, or the caller.
    async fn authorized<U: UseCase>(&self, request: &Request, data: &U) -> Result<Request, Rejection> {
        if let Some(holder) = data.token_holder(self).await? {
            return Ok(Request { caller: holder, ..request.clone() });
        }
        if request.caller == Caller::token_holder() {
            return Err(Rejection::Unauthenticated);
        }
        authorize::<U>(request)?;
        Ok(request.clone())
    }

    async fn carry_out_once<U: UseCase>(&self, request: &Request, data: &U) -> Result<Answer, Rejection> {
        let body = serde_json::to_value(data).expect("a command is JSON").to_string();
        let fingerprint = self.persons.ring().fingerprint(U::NAME, body.as_bytes());
        let key = self.command_key(request, data)?;
        for decision in 0..DECISIONS_MAX {
            let fresh = decision > 0;
            let prepared = match data.prepare(self, request, fresh).await {
                Ok(prepared) => match self.first(request, &key, &prepared.before).await {
                    Ok(()) => Ok(prepared),
                    Err(rejection) => Err(rejection),
                },
                Err(rejection) => Err(rejection),
            };
            let rejection = match prepared {
                Err(rejection) => rejection,
                Ok(prepared) => {
                    let Prepared { aggregate_id, command, creates, once, .. } = prepared;
                    let envelope = Envelope {
                        key: key.clone(),
                        fingerprint,
                        command_type: U::NAME,
                        tenant_id: prepared.tenant_id,
                        creates,
                        expected_sequence: request.expected_sequence,
                        metadata: self.metadata(request, prepared.tenant_id, &key.command_id),
                        answer: prepared.answer,
                        claims: prepared.claims,
                        releases: prepared.releases,
                        new_persons: prepared.persons.0,
                        keys: prepared.persons.1,
                        tenant: prepared.tenant,
                    };
                    match self.streams.execute::<U::Aggregate>(&aggregate_id, command, envelope, fresh).await
                    {
                        Ok(Outcome::Committed { answer, position }) => {
                            return Ok(Answer { once, ..Answer::of(&answer, position) });
                        }
                        Ok(Outcome::Replayed(record)) => {
                            let mut answer = replay(&record, fingerprint)?;
                            // A commit that broke off and was found afterwards: nobody else made this ID.
                            if creates && answer.body.get("id") == Some(&json!(aggregate_id)) {
                                answer.once = once;
                            } else if !once.is_empty() {
                                answer.once.insert("alreadyShown".to_owned(), json!(true));
                            }
                            return Ok(answer);
                        }
                        Err(ExecuteError::OldState) => continue,
                        Err(ExecuteError::Taken(taken)) if taken.kind == PERSON => continue,
                        Err(error) => rejection_of(error),
                    }
                }
            };
            match rejection {
                // What was refused on state that may be old is decided again on state loaded for it.
                Rejection::NotFound | Rejection::Refused(_) if !fresh => {}
                Rejection::Unavailable(_) | Rejection::Broken(_) => return Err(rejection),
                rejection => {
                    return match self.keys.find_record(LOG, &key).await? {
                        Some(record) => replay(&record, fingerprint),
                        None => Err(rejection),
                    };
                }
            }
        }
        Err(Rejection::Unavailable("too many commands change this object at once; send it again".to_owned()))
    }

    /// Decides a command and stores nothing: the events that would follow, as this caller may see them.
    pub(super) async fn rehearse<U: UseCase>(&self, request: &Request, data: U) -> Result<Value, Rejection> {
        let request = &self.authorized(request, &data).await?;
        let prepared = data.prepare(self, request, true).await?;
        for claim in &prepared.claims {
            if let Some(holder) = self.keys.find_claim(LOG, &claim.key).await? {
                return Err(Rejection::taken(claim.key.kind, &holder));
            }
        }
        let Prepared { aggregate_id, tenant_id, command, persons, .. } = prepared;
        let (sequence, events) = self
            .streams
            .rehearse::<U::Aggregate>(tenant_id, &aggregate_id, command)
            .await
            .map_err(rejection_of)?;
        if request.expected_sequence.is_some_and(|expected| expected != sequence) {
            return Err(Rejection::AnotherSequence(sequence));
        }
        let mut shown = Vec::new();
        for (mut event, sequence) in events.into_iter().zip(sequence + 1..) {
            persons.1.seal(&mut event).expect("every person of a prepared command has a key");
            let named = serde_json::to_value(&event).expect("a sealed event is JSON");
            let mut data = without_verifier(named[event.type_name()].clone());
            disclose_with(&request.caller, &persons.1, &mut data);
            shown.push(json!({
                "type": event.type_name(),
                "version": cqrs_es::DomainEvent::event_version(&event),
                "aggregateType": <U::Aggregate as cqrs_es::Aggregate>::TYPE,
                "aggregateId": aggregate_id,
                "sequence": sequence,
                "data": data,
            }));
        }
        Ok(json!({ "dryRun": true, "events": shown }))
    }

    /// Does what must be durable before a command is.
    async fn first(&self, request: &Request, key: &CommandKey, before: &Before) -> Result<(), Rejection> {
        match before {
            Before::Nothing => Ok(()),
            Before::KeepPassword(credential) => Ok(self.sign_ins.put_credential(LOG, credential).await?),
            Before::ReserveDomains { organization_id, domains } => {
                for domain in domains {
                    self.reserve_domain(request, key, *organization_id, domain).await?;
                }
                Ok(())
            }
        }
    }

    /// Reserves a domain name on its own stream; the organization's event confirms it (R75).
    async fn reserve_domain(
        &self,
        request: &Request,
        key: &CommandKey,
        organization_id: OrganizationId,
        domain: &DomainName,
    ) -> Result<(), Rejection> {
        let origin = Origin {
            process: format!("directory of {}", key.scope),
            causation: key.command_id.clone(),
            tracking: request.tracking_id.clone(),
            correlation: request.tracking_id.clone(),
        };
        let now_us = self.clock.now_us();
        let report = Report::<DomainHolder> {
            // A fresh one each time: a reservation that has lapsed since is made anew, or refused.
            command_id: self.ids.uuid().to_string(),
            name: "ReserveDomain",
            tenant_id: TenantId::Platform,
            aggregate_id: domain_id(domain).to_string(),
            command: DomainCommand::Reserve { domain: domain.clone(), organization_id, now_us },
            body: format!("{organization_id} {}", domain.as_str()),
            tenant: None,
            claims: Vec::new(),
            releases: Vec::new(),
            persons: self.no_persons(),
        };
        self.report(&origin, report).await
    }

    fn command_key<U: UseCase>(&self, request: &Request, data: &U) -> Result<CommandKey, Rejection> {
        let tenant_id = request.caller.tenant_id;
        if let Some(command_id) = data.natural_key() {
            return Ok(CommandKey { tenant_id, scope: U::NAME.to_owned(), command_id });
        }
        if request.caller.role == Role::Service && request.idempotency_key.is_none() {
            let detail =
                "a service gives every command an idempotency key, so that it can send it again safely";
            return Err(Rejection::malformed("Idempotency-Key", "missing", detail));
        }
        let command_id = request.idempotency_key.clone().unwrap_or_else(|| self.ids.uuid().to_string());
        Ok(CommandKey { tenant_id, scope: request.caller.actor.clone(), command_id })
    }

    fn metadata(&self, request: &Request, tenant_id: TenantId, command_id: &str) -> Metadata {
        let now = jiff::Timestamp::from_microsecond(self.clock.now_us()).expect("the clock is within range");
        [
            (metadata::TENANT, tenant_id.to_string()),
            (metadata::ACTOR, request.caller.actor.clone()),
            (metadata::ROLE, request.caller.role.as_str().to_owned()),
            (metadata::CHANNEL, request.caller.channel.as_str().to_owned()),
            (metadata::TRACKING, request.tracking_id.clone()),
            (metadata::CAUSATION, command_id.to_owned()),
            (metadata::CORRELATION, request.tracking_id.clone()),
            (metadata::OCCURRED_AT, now.to_string()),
        ]
        .map(|(name, value)| (name.into(), value))
        .into()
    }
}

fn authorize<U: UseCase>(request: &Request) -> Result<(), Rejection> {
    if U::ROLES.contains(&request.caller.role) {
        Ok(())
    } else {
        Err(Rejection::forbidden(request.caller.role))
    }
}

/// Gives the recorded answer again, or refuses a key that was used for something else.
fn replay(record: &CommandRecord, fingerprint: [u8; 32]) -> Result<Answer, Rejection> {
    if record.fingerprint != fingerprint {
        return Err(Rejection::key_reused());
    }
    Ok(Answer { replayed: true, ..Answer::of(&record.answer, record.last_position) })
}

pub(super) fn rejection_of<R: tenantry_domain::refusal::Refusal>(error: ExecuteError<R>) -> Rejection {
    match error {
        ExecuteError::Refused(refusal) => Rejection::Refused(Refused::from(&refusal)),
        ExecuteError::Taken(taken) => Rejection::taken(&taken.kind, &taken.holder),
        ExecuteError::AnotherSequence(sequence) => Rejection::AnotherSequence(sequence),
        ExecuteError::OldState | ExecuteError::Overloaded => Rejection::Unavailable(
            "the server is full; send the same request with the same key again".to_owned(),
        ),
        ExecuteError::Fault(fault) => fault.into(),
    }
}
