//! Loads streams of every type through the repositories of cqrs-es, and folds them.

use std::collections::HashMap;
use std::sync::LazyLock;

use cqrs_es::persist::{PersistedEventRepository, PersistenceError, SerializedEvent};
use cqrs_es::{Aggregate, EventEnvelope};
use tenantry_domain::access_key::AccessKey;
use tenantry_domain::billing_report::BillingReport;
use tenantry_domain::case::Case;
use tenantry_domain::customer::Customer;
use tenantry_domain::directory_search::DirectorySearch;
use tenantry_domain::domain_name::DomainHolder;
use tenantry_domain::event::{EventSet, metadata};
use tenantry_domain::evolution;
use tenantry_domain::invitation::Invitation;
use tenantry_domain::limits::{AGGREGATE_EVENTS_MAX, AGGREGATE_RESERVE_EVENTS_MAX};
use tenantry_domain::meter::Meter;
use tenantry_domain::organization::Organization;
use tenantry_domain::partner::Partner;
use tenantry_domain::person::Person;
use tenantry_domain::personal::PersonalSlots;
use tenantry_domain::quote::Quote;
use tenantry_domain::screening_list::ScreeningList;
use tenantry_domain::stream::Decide;
use tenantry_domain::subscriber::Subscriber;
use tenantry_domain::subscription::Subscription;
use tenantry_domain::template::Template;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::Usage;
use tenantry_projections::Recorded;

use super::streams::Loaded;
use crate::ports::{AggregateKey, StoreFault};
use crate::sealing::Persons;

macro_rules! streams {
    ($($aggregate:ty),* $(,)?) => {
        /// Returns every type of stream, with the stored names and versions of its events.
        pub fn stream_types() -> Vec<(&'static str, &'static [(&'static str, &'static str)])> {
            vec![$((<$aggregate>::TYPE, <<$aggregate as Aggregate>::Event as EventSet>::TYPES)),*]
        }

        /// Returns the JSON Schemas of the payloads that are stored now, in the same order.
        pub fn payload_schemas() -> Vec<serde_json::Value> {
            [$(<<$aggregate as Aggregate>::Event as EventSet>::schemas()),*].concat()
        }

        /// Reads a stream of any type through a repository of cqrs-es.
        ///
        /// The adapters' repositories are generic over the aggregate and need of it only the name of its type.
        pub async fn load_as(
            repository: &impl PersistedEventRepository,
            stream: &AggregateKey,
        ) -> Result<Vec<SerializedEvent>, PersistenceError> {
            match stream.aggregate_type {
                $(<$aggregate>::TYPE => repository.get_events::<$aggregate>(&stream.aggregate_id).await,)*
                _ => Ok(Vec::new()),
            }
        }

        /// Folds the events of a stream of any type and returns its state as JSON, personal values sealed.
        pub fn fold_json(aggregate_type: &str, events: Vec<Recorded>) -> Option<Result<serde_json::Value, StoreFault>> {
            match aggregate_type {
                $(<$aggregate>::TYPE => Some(sealed_json::<$aggregate>(events)),)*
                _ => None,
            }
        }
    };
}

streams!(
    Partner,
    Template,
    Case,
    Organization,
    Customer,
    Invitation,
    DomainHolder,
    DirectorySearch,
    ScreeningList,
    AccessKey,
    Meter,
    Usage,
    Quote,
    Subscription,
    Subscriber,
    Person,
    BillingReport,
);

fn sealed_json<A: Decide>(events: Vec<Recorded>) -> Result<serde_json::Value, StoreFault> {
    let state = fold_sealed::<A>(events)?;
    serde_json::to_value(&state).map_err(|e| StoreFault::Corrupt(format!("state of {}: {e}", A::TYPE)))
}

/// Folds the events of a stream into its state, personal values sealed.
pub fn fold_sealed<A: Decide>(events: Vec<Recorded>) -> Result<A, StoreFault> {
    let mut aggregate = A::default();
    let events = events.into_iter().map(serialized).collect::<Result<_, _>>()?;
    for envelope in decode::<A>(events)? {
        aggregate.apply(envelope.payload);
    }
    Ok(aggregate)
}

/// Turns an event of a page into the form that upcasters take.
fn serialized(event: Recorded) -> Result<SerializedEvent, StoreFault> {
    let corrupt =
        |e: serde_json::Error| StoreFault::Corrupt(format!("event at position {}: {e}", event.position));
    let payload = serde_json::from_str(event.payload.get()).map_err(corrupt)?;
    let metadata = serde_json::to_value(&event.metadata).map_err(corrupt)?;
    Ok(SerializedEvent::new(
        event.aggregate_id,
        usize::try_from(event.sequence).unwrap_or_default(),
        event.aggregate_type,
        event.event_type,
        event.event_version,
        payload,
        metadata,
    ))
}

/// Decodes stored events, personal values still sealed.
pub(super) fn decode<A: Aggregate>(
    events: Vec<SerializedEvent>,
) -> Result<Vec<EventEnvelope<A>>, StoreFault> {
    events
        .into_iter()
        .map(|mut event| {
            if let Some(version) =
                evolution::lift(&event.event_type, &event.event_version, &mut event.payload)
            {
                version.clone_into(&mut event.event_version);
            }
            let (id, sequence) = (event.aggregate_id.clone(), event.sequence);
            EventEnvelope::try_from(event)
                .map_err(|e| StoreFault::Corrupt(format!("event {sequence} of {} {id}: {e}", A::TYPE)))
        })
        .collect()
}

/// Folds a stream into its state, personal values open.
///
/// Refuses a stream that belongs to another tenant than `tenant`, where one is given (INV-TENANT).
pub(super) async fn fold<A: Decide>(
    persons: &Persons,
    tenant: Option<TenantId>,
    events: Vec<SerializedEvent>,
) -> Result<Loaded<A>, StoreFault> {
    let bound = AGGREGATE_EVENTS_MAX + AGGREGATE_RESERVE_EVENTS_MAX;
    if events.len() > bound {
        return Err(StoreFault::Corrupt(format!("a stream of {} has more than {bound} events", A::TYPE)));
    }
    let bytes = events.iter().map(|event| event.payload.to_string().len() as u64).sum();
    let envelopes = decode::<A>(events)?;
    let Some(first) = envelopes.first() else { return Ok(Loaded::default()) };
    let owner: TenantId =
        first.metadata.get(metadata::TENANT).and_then(|text| text.parse().ok()).ok_or_else(|| {
            StoreFault::Corrupt(format!("{} {} names no tenant", A::TYPE, first.aggregate_id))
        })?;
    if tenant.is_some_and(|tenant| tenant != owner) {
        return Ok(Loaded::default());
    }
    let mut events: Vec<A::Event> = Vec::with_capacity(envelopes.len());
    let mut sequence = 0;
    for envelope in envelopes {
        sequence += 1;
        if envelope.sequence != sequence {
            return Err(StoreFault::Corrupt(format!(
                "{} {} lacks event {sequence}",
                A::TYPE,
                envelope.aggregate_id
            )));
        }
        events.push(envelope.payload);
    }
    let keys = persons.keys_of(owner, &mut events).await?;
    let mut state = A::default();
    for mut event in events {
        keys.unseal(&mut event).map_err(|e| StoreFault::Corrupt(e.to_string()))?;
        state.apply(event);
    }
    Ok(Loaded { state, sequence: sequence as i64, tenant_id: Some(owner), bytes })
}

/// Tells whether an event holds personal values; most do not.
pub(super) fn has_slots(event: &mut impl PersonalSlots) -> bool {
    let mut found = false;
    event.visit_slots(&mut |_| found = true);
    found
}

/// Returns the events of a page up to the first that this program does not know, by its name or by its version.
///
/// A newer program has written that one: whoever reads it here waits, and goes on once this program is upgraded too.
pub fn known_events(mut events: Vec<Recorded>) -> Result<Vec<Recorded>, StoreFault> {
    static KNOWN: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        let types = stream_types().into_iter().flat_map(|(_, types)| types);
        types.map(|(name, version)| (*name, version.parse().unwrap_or_default())).collect()
    });
    let is_newer = |event: &Recorded| {
        let known = KNOWN.get(event.event_type.as_str());
        known.is_none_or(|known| event.event_version.parse::<u32>().is_ok_and(|version| version > *known))
    };
    let Some(first) = events.iter().position(is_newer) else {
        return Ok(events);
    };
    if first == 0 {
        let event = &events[0];
        let unknown = format!(
            "the event {} in version {} at position {} is of a newer program",
            event.event_type, event.event_version, event.position
        );
        return Err(StoreFault::Corrupt(unknown));
    }
    events.truncate(first);
    Ok(events)
}
