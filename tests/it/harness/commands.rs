//! Commands for tests: hand-made ones for the committer, and the data of typed ones.

use tenantry::ports::{AggregateKey, ClaimKey, CommandKey, NewClaim, NewCommand, NewEvent};
use tenantry_domain::catalogue::Package;
use tenantry_domain::event::{Metadata, metadata};
use tenantry_domain::ids::{CustomerId, EventId, OrganizationId, PartnerId, PersonId};
use tenantry_domain::organization::{Create, License, LicenseState, OrganizationCommand};
use tenantry_domain::partner::Partner;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;
use uuid::Uuid;

/// Returns a partner's ID.
pub(crate) fn partner(number: u128) -> PartnerId {
    PartnerId::from_uuid(Uuid::from_u128(number))
}

/// Returns an organization's ID.
pub(crate) fn organization(number: u128) -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(number))
}

/// Returns a person's ID.
pub(crate) fn person(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

/// Returns the tenant in which most tests happen.
pub(crate) fn tenant() -> TenantId {
    partner(1).into()
}

/// Reads an address.
pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().expect("is an e-mail address")
}

/// Returns the key of a command.
pub(crate) fn key(name: &str) -> CommandKey {
    CommandKey { tenant_id: tenant(), scope: "key_test".to_owned(), command_id: name.to_owned() }
}

/// Returns a stream of partners, whose ID is any text.
pub(crate) fn stream(name: &str) -> AggregateKey {
    use cqrs_es::Aggregate;
    AggregateKey { aggregate_type: Partner::TYPE, aggregate_id: name.to_owned() }
}

/// Returns the key of a claim.
pub(crate) fn claim_key(value: &str) -> ClaimKey {
    ClaimKey { tenant_id: tenant(), kind: "name", value: value.to_owned() }
}

/// Returns a claim for a stream.
pub(crate) fn claim(value: &str, holder: &str) -> NewClaim {
    NewClaim { key: claim_key(value), holder: holder.to_owned() }
}

/// Makes a command that appends some events to a stream, and answers with its own key.
pub(crate) fn command(name: &str, stream_name: &str, sequence: i64, events: usize) -> NewCommand {
    NewCommand {
        key: key(name),
        fingerprint: [1; 32],
        command_type: "test",
        answer: serde_json::json!({ "command": name }).to_string(),
        stream: stream(stream_name),
        tenant_id: tenant(),
        events: (0..events).map(|_| registered(name)).collect(),
        sequence,
        claims: Vec::new(),
        releases: Vec::new(),
        person_keys: Vec::new(),
        erased: Vec::new(),
        tenant: None,
    }
}

/// The same command with another body, and so with another fingerprint and answer.
pub(crate) fn with_body(body: u8, command: NewCommand) -> NewCommand {
    let answer = serde_json::json!({ "command": command.key.command_id, "body": body }).to_string();
    NewCommand { fingerprint: [body; 32], answer, ..command }
}

/// Returns full metadata.
pub(super) fn metadata(tenant_id: TenantId, command: &str) -> Metadata {
    [
        (metadata::TENANT, tenant_id.to_string()),
        (metadata::ACTOR, "key_test".to_owned()),
        (metadata::ROLE, "service".to_owned()),
        (metadata::CHANNEL, "api".to_owned()),
        (metadata::TRACKING, format!("tracking-{command}")),
        (metadata::CAUSATION, command.to_owned()),
        (metadata::CORRELATION, command.to_owned()),
        (metadata::OCCURRED_AT, "2023-11-14T22:13:20Z".to_owned()),
    ]
    .map(|(name, value)| (name.into(), value))
    .into()
}

fn registered(command: &str) -> NewEvent {
    let body = serde_json::json!({"partner.registered": {
        "partnerId": partner(1), "name": "Example Resale", "country": "DE", "region": "eu",
    }});
    let mut metadata = metadata(tenant(), command);
    metadata.insert(metadata::ID.into(), EventId::from_uuid(Uuid::from_u128(1)).to_string());
    NewEvent {
        event_type: "partner.registered",
        event_version: "1".to_owned(),
        payload: serde_json::value::to_raw_value(&body).expect("is JSON"),
        metadata_text: serde_json::to_string(&metadata).expect("is JSON"),
        metadata,
    }
}

/// Creates an organization.
pub(crate) fn create_organization(id: OrganizationId) -> OrganizationCommand {
    OrganizationCommand::Create(Box::new(Create {
        id,
        name: "Example Retail".parse().expect("is a name"),
        country: "DE".parse().expect("is a country"),
        language: None,
        created_by: partner(1),
        customer_id: CustomerId::from_uuid(Uuid::from_u128(1)),
        authentication: None,
    }))
}

/// Sets a license; another quantity makes another event.
pub(crate) fn set_license(quantity: u32) -> OrganizationCommand {
    OrganizationCommand::SetLicense(License {
        package: Package::WebexMeetings,
        customer_id: None,
        state: LicenseState::Active,
        quantity: Some(quantity),
        license_id: "license-1".to_owned(),
    })
}
