//! Deciding a command without storing anything.

use serde_json::{Value, json};
use tenantry_domain::event::EventSet;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;

use super::commands::UseCase;
use super::disclosure::disclose_with;
use super::execute::{Prepared, named, rejection_of};
use super::history::without_verifier;
use super::{App, Rejection, Request};
use crate::limits::LOG;

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
        let Prepared { aggregate_id, tenant_id, command, persons, claims, before, .. } = prepared;
        let (sequence, events) =
            self.would_go_through::<U::Aggregate>(request, tenant_id, &aggregate_id, command).await?;
        self.check_first(&before).await?;
        for claim in &claims {
            if let Some(holder) = self.keys.find_claim(LOG, &claim.key).await? {
                return Err(Rejection::taken(claim.key.kind, &holder));
            }
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
}
