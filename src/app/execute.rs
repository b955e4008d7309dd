//! The way of a command: authorize, gather facts, decide, append, answer.

use cqrs_es::Aggregate;
use serde::Serialize;
use serde_json::{Map, Value, json};
use tenantry_domain::event::{Metadata, metadata};
use tenantry_domain::role::Role;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::answer::Answer;
use super::before::Before;
use super::beside::ToCustomer;
use super::claims::NUMBER;
use super::commands::UseCase;
use super::rejection::Refused;
use super::{App, Caller, Rejection, Request};
use crate::ledger::{Envelope, ExecuteError, Outcome};
use crate::limits::{DECISIONS_MAX, LOG};
use crate::ports::{ClaimKey, CommandKey, CommandRecord, NewClaim, NewTenant, StoreFault};
use crate::sealing::{NewPersons, PERSON, PersonKeys};

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
    /// What it means to a customer, written with it.
    pub beside: Option<ToCustomer>,
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
            beside: None,
            answer,
            once: Map::new(),
        }
    }
}

/// A prepared command, or why it cannot be prepared.
pub(super) type Preparation<A> = Result<Prepared<A>, Rejection>;

/// By what a command is known when it is sent again.
pub(super) struct Sent {
    /// Its key.
    pub key: CommandKey,
    fingerprint: [u8; 32],
    /// Whether the key follows from the data.
    natural: bool,
}

impl Sent {
    /// Gives the recorded answer again, or refuses a key that was used for something else; what was shown once is not
    /// shown twice.
    fn replay(&self, record: &CommandRecord, shown_once: bool) -> Result<Answer, Rejection> {
        if record.fingerprint != self.fingerprint {
            return Err(if self.natural { Rejection::record_differs() } else { Rejection::key_reused() });
        }
        let mut answer = Answer { replayed: true, ..Answer::of(&record.answer, record.last_position) };
        if shown_once {
            answer.once.insert("alreadyShown".to_owned(), json!(true));
        }
        Ok(answer)
    }
}

/// What became of one decision on a command.
enum Decided {
    /// Its answer.
    Answer(Result<Answer, Rejection>),
    /// A refusal, which the record of its key overrules.
    No(Rejection),
    /// A refusal that newer state would not change, which the record of its key overrules too.
    Never(Rejection),
    /// The state was old.
    Again,
}

impl App {
    /// Carries out a command: all of it or nothing, once for each key.
    pub(super) async fn execute<U: UseCase>(&self, request: &Request, data: U) -> Result<Answer, Rejection> {
        let request = &self.authorized(request, &data).await?;
        let answer = self.carry_out_once(request, &data).await?;
        data.settle(self, request, &answer).await?;
        Ok(answer)
    }

    /// Returns the request as that of whoever may give the command: the holder of its token, or the caller.
    pub(super) async fn authorized<U: UseCase>(
        &self,
        request: &Request,
        data: &U,
    ) -> Result<Request, Rejection> {
        if let Some(holder) = data.token_holder(self).await? {
            return Ok(Request { caller: holder, ..request.clone() });
        }
        if request.caller == Caller::token_holder() {
            return Err(Rejection::Unauthenticated);
        }
        authorize::<U>(request)?;
        if !U::WHEN_SUSPENDED {
            self.check_not_suspended(request.caller.tenant_id).await?;
            // Whom it acts for gives nobody more than it has at home.
            self.check_not_suspended(request.caller.home()).await?;
        }
        Ok(request.clone())
    }

    async fn carry_out_once<U: UseCase>(&self, request: &Request, data: &U) -> Result<Answer, Rejection> {
        let sent = self.sent(request, data)?;
        // Every decision on it makes the same IDs, so what is reserved for it is found again.
        let request = &Request { idempotency_key: Some(sent.key.command_id.clone()), ..request.clone() };
        for decision in 0..DECISIONS_MAX {
            let fresh = decision > 0;
            let decided = match data.prepare(self, request, fresh).await {
                Ok(prepared) => self.decide::<U>(request, &sent, prepared, fresh).await,
                Err(rejection) => Decided::No(rejection),
            };
            match decided {
                Decided::Answer(answer) => return answer,
                Decided::Again => {}
                // What was refused on state that may be old is decided again on state loaded for it.
                Decided::No(Rejection::NotFound | Rejection::Missing(_) | Rejection::Refused(_))
                    if !fresh => {}
                Decided::No(rejection @ (Rejection::Unavailable(_) | Rejection::Broken(_))) => {
                    return Err(rejection);
                }
                Decided::No(rejection) | Decided::Never(rejection) => {
                    return match self.keys.find_record(LOG, &sent.key).await? {
                        Some(record) => sent.replay(&record, false),
                        None => Err(named(rejection, data)),
                    };
                }
            }
        }
        Err(Rejection::Unavailable("too many commands change this object at once; send it again".to_owned()))
    }

    /// Decides a prepared command once, and commits what follows.
    async fn decide<U: UseCase>(
        &self,
        request: &Request,
        sent: &Sent,
        mut prepared: Prepared<U::Aggregate>,
        fresh: bool,
    ) -> Decided {
        // What is done first is outside the commit, which finds a repeat only afterwards.
        let at_hand = !fresh
            && matches!(prepared.before, Before::Nothing)
            && (prepared.creates || self.streams.holds::<U::Aggregate>(&prepared.aggregate_id));
        match self.find_repeated(sent, at_hand).await {
            Ok(Some(record)) => return Decided::Answer(sent.replay(&record, !prepared.once.is_empty())),
            Ok(None) => {}
            Err(fault) => return Decided::No(fault.into()),
        }
        if !matches!(prepared.before, Before::Nothing) {
            let (tenant_id, id, command) =
                (prepared.tenant_id, &prepared.aggregate_id, prepared.command.clone());
            if let Err(rejection) =
                self.would_go_through::<U::Aggregate>(request, tenant_id, id, command).await
            {
                return Decided::No(rejection);
            }
            if let Err(rejection) = self.first(request, &sent.key, &prepared.before).await {
                return Decided::No(rejection);
            }
        }
        let (creates, aggregate_id) = (prepared.creates, prepared.aggregate_id.clone());
        let beside = prepared.beside.take();
        let (command, once, mut envelope) = self.envelope::<U>(request, sent, prepared);
        if let Some(second) = beside {
            match self.beside::<U::Aggregate>(&aggregate_id, second, (&envelope, fresh)).await {
                Ok(decided) => envelope.beside = Some(decided),
                Err(error) => return undecided(error),
            }
        }
        match self.streams.execute::<U::Aggregate>(&aggregate_id, command, envelope, fresh).await {
            Ok(Outcome::Committed { answer, position }) => {
                Decided::Answer(Ok(Answer { once, ..Answer::of(&answer, position) }))
            }
            Ok(Outcome::Replayed(record)) => {
                let mut answer = sent.replay(&record, !once.is_empty());
                // A commit that broke off and was found afterwards: nobody else made this ID.
                if let Ok(own) = &mut answer
                    && creates
                    && own.body.get("id") == Some(&json!(aggregate_id))
                {
                    own.once = once;
                }
                Decided::Answer(answer)
            }
            Err(error) => undecided(error),
        }
    }

    /// Finds the record of a repeated key in memory, and in the store unless the stream is at hand: a repeat loads no
    /// stream, so it costs the same however long that is.
    async fn find_repeated(&self, sent: &Sent, at_hand: bool) -> Result<Option<CommandRecord>, StoreFault> {
        let recent = self.streams.find_recent(&sent.key);
        if recent.is_some() || at_hand {
            return Ok(recent);
        }
        self.keys.find_record(LOG, &sent.key).await
    }

    /// Puts into an envelope what a prepared command carries besides its data.
    pub(super) fn envelope<U: UseCase>(
        &self,
        request: &Request,
        sent: &Sent,
        prepared: Prepared<U::Aggregate>,
    ) -> (<U::Aggregate as Aggregate>::Command, Map<String, Value>, Envelope) {
        let envelope = Envelope {
            key: sent.key.clone(),
            fingerprint: sent.fingerprint,
            command_type: U::NAME,
            tenant_id: prepared.tenant_id,
            creates: prepared.creates,
            expected_sequence: request.expected_sequence,
            metadata: self.metadata(request, prepared.tenant_id, &sent.key.command_id),
            answer: prepared.answer,
            claims: prepared.claims,
            releases: prepared.releases,
            new_persons: prepared.persons.0,
            keys: prepared.persons.1,
            tenant: prepared.tenant,
            beside: None,
        };
        (prepared.command, prepared.once, envelope)
    }

    pub(super) fn sent<U: UseCase>(&self, request: &Request, data: &U) -> Result<Sent, Rejection> {
        let mut body = serde_json::to_value(data).expect("a command is JSON").to_string();
        let natural = data.natural_key().is_some();
        // The same body for another sub-partner is another command; a record is the same whoever sends it.
        if let Some(sub) = request.caller.on_behalf_of().filter(|_| !natural) {
            body.push_str(&sub.to_string());
        }
        let fingerprint = self.persons.ring().fingerprint(U::NAME, body.as_bytes());
        Ok(Sent { key: self.command_key(request, data)?, fingerprint, natural })
    }

    pub(super) fn command_key<U: UseCase>(
        &self,
        request: &Request,
        data: &U,
    ) -> Result<CommandKey, Rejection> {
        if let Some(command_id) = data.natural_key() {
            let tenant_id = data.natural_tenant(&request.caller);
            return Ok(CommandKey { tenant_id, scope: U::NAME.to_owned(), command_id });
        }
        if request.caller.role == Role::Service && request.idempotency_key.is_none() {
            let detail =
                "a service gives every command an idempotency key, so that it can send it again safely";
            return Err(Rejection::malformed("Idempotency-Key", "missing", detail));
        }
        let command_id = request.idempotency_key.clone().unwrap_or_else(|| self.ids.uuid().to_string());
        let tenant_id = request.caller.home();
        Ok(CommandKey { tenant_id, scope: request.caller.actor.clone(), command_id })
    }

    fn metadata(&self, request: &Request, tenant_id: TenantId, command_id: &str) -> Metadata {
        let now = jiff::Timestamp::from_microsecond(self.clock.now_us()).expect("the clock is within range");
        let mut metadata: Metadata = [
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
        .into();
        if let Some(sub) = request.caller.on_behalf_of() {
            metadata.insert(metadata::ON_BEHALF_OF.into(), sub.to_string());
        }
        metadata
    }
}

/// What becomes of a command that was not carried out.
fn undecided<R: tenantry_domain::refusal::Refusal>(error: ExecuteError<R>) -> Decided {
    match error {
        ExecuteError::OldState => Decided::Again,
        // Of numbers, the decision on newer facts tells all that are taken.
        ExecuteError::Taken(taken) if [PERSON, NUMBER].contains(&taken.kind.as_str()) => Decided::Again,
        error @ ExecuteError::Full(_) => Decided::Never(rejection_of(error)),
        error => Decided::No(rejection_of(error)),
    }
}

fn authorize<U: UseCase>(request: &Request) -> Result<(), Rejection> {
    if U::ROLES.contains(&request.caller.role) {
        Ok(())
    } else {
        Err(Rejection::forbidden_but_to(request.caller.role, U::ROLES))
    }
}

/// Names what was asked for and not found, if the data has one field whose name ends in `Id`; of two it tells none.
pub(super) fn named(rejection: Rejection, data: &impl Serialize) -> Rejection {
    let data = serde_json::to_value(data).unwrap_or_default();
    let fields = data.as_object().into_iter().flatten();
    let asked = fields.filter_map(|(field, id)| Some((field.strip_suffix("Id")?, id.as_str()?)));
    let (kinds, ids): (Vec<&str>, Vec<&str>) = asked.unzip();
    match (&kinds[..], &ids[..]) {
        ([kind], [id]) => rejection.naming(kind, id),
        _ => rejection,
    }
}

pub(super) fn rejection_of<R: tenantry_domain::refusal::Refusal>(error: ExecuteError<R>) -> Rejection {
    match error {
        ExecuteError::Refused(refusal) => Rejection::Refused(Refused::from(&refusal)),
        ExecuteError::Full(_) => Rejection::full(error.to_string()),
        ExecuteError::Taken(taken) => Rejection::taken(&taken.kind, &taken.holder),
        ExecuteError::AnotherSequence(sequence) => Rejection::AnotherSequence(sequence),
        ExecuteError::OldState | ExecuteError::Overloaded => Rejection::Unavailable(
            "the server is full; send the same request with the same key again".to_owned(),
        ),
        ExecuteError::Fault(fault) => fault.into(),
    }
}

#[cfg(test)]
mod tests {
    use tenantry_domain::refusal::RefusalKind;
    use tenantry_domain::usage::UsageRefusal;

    use super::*;
    use crate::ports::AggregateKey;

    #[test]
    fn an_object_without_room_is_a_conflict_that_says_how_to_go_on() {
        let stream =
            AggregateKey { aggregate_type: "usage", aggregate_id: "cust_1.calls.2026-01".to_owned() };
        let rejection = rejection_of(ExecuteError::<UsageRefusal>::Full(stream));
        let Rejection::Refused(refused) = rejection else { panic!("it is no fault: {rejection}") };
        assert_eq!((refused.code, refused.kind), ("object_full", RefusalKind::Conflict));
        let expected = "usage cust_1.calls.2026-01 has 100000 events, the most that one object may have";
        assert_eq!(refused.detail, expected);
        assert!(!refused.remedies.is_empty());
    }
}
