//! A batch as the one JSON text that the statements read.

use serde_json::{Value, json};

use crate::ports::Batch;

/// Writes a batch as JSON; payloads and metadata are strings inside it, so their exact text is kept.
pub(super) fn to_json(batch: &Batch<'_>) -> String {
    let mut before = 0;
    let (mut events, mut commands, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut releases, mut claims, mut person_keys, mut erased, mut tenants) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (n, c) in (1_i64..).zip(batch.commands) {
        let (tenant, stream, id) = (c.tenant_id.to_string(), c.stream.aggregate_type, &c.stream.aggregate_id);
        for (event, sequence) in c.events.iter().zip(c.sequence + 1..) {
            let (payload, metadata) = (event.payload.get(), &event.metadata_text);
            events.push(json!([
                tenant,
                stream,
                id,
                sequence,
                event.event_type,
                event.event_version,
                payload,
                metadata
            ]));
        }
        if !c.events.is_empty() {
            firsts.push(json!([n, stream, id, c.sequence + 1]));
        }
        commands.push(json!([
            c.key.tenant_id,
            c.key.scope,
            c.key.command_id,
            hex(&c.fingerprint),
            c.command_type,
            c.answer,
            before,
            c.events.len()
        ]));
        before += c.events.len();
        releases.extend(c.releases.iter().map(|key| json!([key.tenant_id, key.kind, key.value, id])));
        claims.extend(
            c.claims
                .iter()
                .map(|claim| json!([claim.key.tenant_id, claim.key.kind, claim.key.value, claim.holder, n])),
        );
        person_keys.extend(c.person_keys.iter().map(|key| {
            json!([key.tenant_id, key.subject, key.generation, key.algorithm, key.wrapped_key, n])
        }));
        erased.extend(c.erased.iter().map(|person_id| json!([tenant, person_id])));
        tenants.extend(c.tenant.iter().map(|new| json!([new.tenant_id, new.tenant_id.kind(), n])));
    }
    let all: Value = json!({
        "events": events, "commands": commands, "firsts": firsts, "releases": releases, "claims": claims,
        "personKeys": person_keys, "erased": erased, "tenants": tenants,
    });
    all.to_string()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written");
        text
    })
}
