//! Deciding a command without storing anything.

use serde_json::{Value, json};
use tenantry_domain::customer::Customer;
use tenantry_domain::event::EventSet;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::beside::ToCustomer;
use super::commands::UseCase;
use super::disclosure::disclose_with;
use super::execute::{Prepared, named, rejection_of};
use super::history::without_verifier;
use super::{App, Caller, Rejection, Request};
use crate::limits::LOG;
use crate::ports::NewClaim;
use crate::sealing::PersonKeys;

impl App {
    /// Refuses what would be refused as things stand; returns the sequence of the stream and the events that follow.
    pub(super) async fn would_go_through<A: Decide>(
        &self,
        request: &Request,
        tenant_id: TenantId,
        aggregate_id: &str,
        command: A::Command,
    ) -> Result<(i64, Vec<A::Event>), Rejection> {
        let rehearsed = self.streams.rehearse::<A>(tenant_id, aggregate_id, command).await;
        let (sequence, events) = rehearsed.map_err(rejection_of)?;
        if request.expected_sequence.is_some_and(|expected| expected != sequence) {
            return Err(Rejection::AnotherSequence(sequence));
        }
        Ok((sequence, events))
    }

    /// Decides a command and stores nothing: the events that would follow, as this caller may see them.
    pub(super) async fn rehearse<U: UseCase>(&self, request: &Request, data: U) -> Result<Value, Rejection> {
        let request = &self.authorized(request, &data).await?;
        let prepared = data.prepare(self, request, true).await;
        let prepared = prepared.map_err(|rejection| named(rejection, &data))?;
        let Prepared { aggregate_id, tenant_id, command, persons, claims, before, beside, .. } = prepared;
        let decided =
            self.would_go_through::<U::Aggregate>(request, tenant_id, &aggregate_id, command).await?;
        self.check_first(&before).await?;
        self.check_free(&claims).await?;
        let mut events = Vec::new();
        if let Some(ToCustomer { customer_id, command, claims, .. }) =
            beside.filter(|_| !decided.1.is_empty())
        {
            let id = customer_id.to_string();
            let request = &Request { expected_sequence: None, ..request.clone() };
            let decided = self.would_go_through::<Customer>(request, tenant_id, &id, command).await?;
            self.check_free(&claims).await?;
            events.extend(shown::<Customer>(&request.caller, &id, decided, &self.persons.no_keys()));
        }
        events.extend(shown::<U::Aggregate>(&request.caller, &aggregate_id, decided, &persons.1));
        Ok(json!({ "dryRun": true, "events": events }))
    }

    async fn check_free(&self, claims: &[NewClaim]) -> Result<(), Rejection> {
        for claim in claims {
            if let Some(holder) = self.keys.find_claim(LOG, &claim.key).await? {
                return Err(Rejection::taken(claim.key.kind, &holder));
            }
        }
        Ok(())
    }
}

/// Shows events that would follow a sequence of a stream, as a caller may see them.
fn shown<A: Decide>(
    caller: &Caller,
    aggregate_id: &str,
    (sequence, events): (i64, Vec<A::Event>),
    keys: &PersonKeys,
) -> Vec<Value> {
    let show = |(mut event, sequence): (A::Event, i64)| {
        keys.seal(&mut event).expect("every person of a prepared command has a key");
        let named = serde_json::to_value(&event).expect("a sealed event is JSON");
        let mut data = without_verifier(named[event.type_name()].clone());
        disclose_with(caller, keys, &mut data);
        json!({
            "type": event.type_name(),
            "version": cqrs_es::DomainEvent::event_version(&event),
            "aggregateType": A::TYPE,
            "aggregateId": aggregate_id,
            "sequence": sequence,
            "data": data,
        })
    };
    events.into_iter().zip(sequence + 1..).map(show).collect()
}
