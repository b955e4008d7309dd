//! Reads events back from the one form in which readers are shown them.

use serde::Deserialize;
use serde_json::value::RawValue;
use tenantry_domain::event::{Metadata, metadata};
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;

/// An event as `GET /api/v1/events` shows it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    position: String,
    id: String,
    #[serde(rename = "type")]
    event_type: String,
    version: String,
    tenant_id: TenantId,
    aggregate_type: String,
    aggregate_id: String,
    sequence: i64,
    occurred_at: String,
    recorded_at: jiff::Timestamp,
    actor: Actor,
    channel: String,
    tracking_id: String,
    causation_id: String,
    correlation_id: String,
    #[serde(default)]
    on_behalf_of: String,
    data: Box<RawValue>,
}

#[derive(Deserialize)]
struct Actor {
    id: String,
    role: String,
}

/// Reads an event as it was exported: values about people may be withheld in it, and what a key is checked with is.
pub fn read_exported(line: &str) -> Result<Recorded, serde_json::Error> {
    let shown: Shown = serde_json::from_str(line)?;
    let position = shown.position.parse().map_err(|_| serde::de::Error::custom("position is no number"))?;
    let name = serde_json::to_string(&shown.event_type)?;
    let payload = RawValue::from_string(format!("{{{name}:{}}}", shown.data.get()))?;
    Ok(Recorded {
        position,
        tenant_id: shown.tenant_id,
        metadata: metadata_of(&shown),
        aggregate_type: shown.aggregate_type,
        aggregate_id: shown.aggregate_id,
        sequence: shown.sequence,
        event_type: shown.event_type,
        event_version: shown.version,
        payload,
        recorded_at: shown.recorded_at.as_microsecond(),
    })
}

/// What an event does not have is shown as an empty text.
fn metadata_of(shown: &Shown) -> Metadata {
    let tenant = shown.tenant_id.to_string();
    let named = [
        (metadata::ID, &shown.id),
        (metadata::TENANT, &tenant),
        (metadata::ACTOR, &shown.actor.id),
        (metadata::ROLE, &shown.actor.role),
        (metadata::CHANNEL, &shown.channel),
        (metadata::TRACKING, &shown.tracking_id),
        (metadata::CAUSATION, &shown.causation_id),
        (metadata::CORRELATION, &shown.correlation_id),
        (metadata::ON_BEHALF_OF, &shown.on_behalf_of),
        (metadata::OCCURRED_AT, &shown.occurred_at),
    ];
    let given = named.into_iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| (name.into(), value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use tenantry_domain::access_key::AccessKeyEvent;
    use tenantry_domain::personal::Personal;

    use super::*;

    #[test]
    fn a_key_is_read_without_its_secret_and_its_holder() {
        let line = r#"{"position":"7","id":"evt_1","type":"key.issued","version":"1","tenantId":"platform",
            "aggregateType":"access_key","aggregateId":"key_1","sequence":1,"occurredAt":"2026-01-31T12:00:00Z",
            "recordedAt":"2026-01-31T12:00:00.000123Z","actor":{"id":"local","role":"operator"},"channel":"system",
            "trackingId":"trk_1","causationId":"first","correlationId":"trk_1","data":{
            "keyId":"key_01m7yp5x7veej9eg2805wyf7ws","tenant":"platform","role":"operator","name":"First",
            "email":{"personal":"withheld"}}}"#;
        let event = read_exported(line).expect("is an event");
        assert_eq!((event.position, event.recorded_at), (7, 1_769_860_800_000_123));
        assert_eq!((event.meta(metadata::ACTOR), event.meta(metadata::ON_BEHALF_OF)), (Some("local"), None));
        let AccessKeyEvent::Issued(issued) = event.event().expect("is read") else { panic!("it was issued") };
        assert_eq!((issued.email, issued.verifier.as_str()), (Some(Personal::Withheld), ""));
    }
}
