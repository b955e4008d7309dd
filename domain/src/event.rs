//! How an event is named, stored and described.
//!
//! An aggregate's events are one enum made by [`events!`](crate::events!): each variant has a stored name, unique over all
//! aggregates, and a version. Renaming a Rust type changes neither.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::personal::PersonalSlots;

/// What the ledger asks of an aggregate's events beyond `cqrs_es::DomainEvent`.
pub trait EventSet: cqrs_es::DomainEvent + PersonalSlots {
    /// The stored names and versions, in the order of the variants.
    const TYPES: &'static [(&'static str, &'static str)];
    /// The stored names alone, in the same order.
    const NAMES: &'static [&'static str];

    /// Returns the stored name of this event.
    fn type_name(&self) -> &'static str;

    /// Returns the JSON Schemas of the stored payloads, in the same order.
    fn schemas() -> Vec<Value>;
}

/// Describes the payload `{"stored.name":{…}}` of an event as a JSON Schema, complete in itself.
pub fn payload_schema<Body: ToSchema>(stored: &str) -> Value {
    let mut parts = Vec::new();
    Body::schemas(&mut parts);
    let parts: BTreeMap<String, Value> = parts.into_iter().map(|(name, part)| (name, json!(part))).collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": stored,
        "type": "object",
        "required": [stored],
        "properties": { stored: Body::schema() },
        "additionalProperties": false,
    });
    if !parts.is_empty() {
        schema["$defs"] = json!(parts);
    }
    rooted(&mut schema);
    schema
}

/// Turns references to the parts of an interface's document into references within one schema.
fn rooted(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let (Value::String(place), "$ref") = (&mut *field, name.as_str()) {
                    *place = place.replace("#/components/schemas/", "#/$defs/");
                }
                rooted(field);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rooted),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Declares the events of an aggregate: `Variant(Body) = "stored.name", "version";`.
///
/// The stored payload is `{"stored.name":{…}}`, which the stock repositories of cqrs-es read as it is.
#[macro_export]
macro_rules! events {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident($body:ty) = $stored:literal, $version:literal;)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$doc])* #[serde(rename = $stored)] $variant($body),)*
        }

        impl $crate::event::EventSet for $name {
            const TYPES: &'static [(&'static str, &'static str)] = &[$(($stored, $version)),*];
            const NAMES: &'static [&'static str] = &[$($stored),*];

            fn type_name(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $stored,)*
                }
            }

            fn schemas() -> Vec<serde_json::Value> {
                vec![$($crate::event::payload_schema::<$body>($stored)),*]
            }
        }

        impl cqrs_es::DomainEvent for $name {
            fn event_type(&self) -> String {
                $crate::event::EventSet::type_name(self).to_owned()
            }

            fn event_version(&self) -> String {
                match self {
                    $(Self::$variant(_) => $version.to_owned(),)*
                }
            }
        }

        impl $crate::personal::PersonalSlots for $name {
            fn visit_slots<'a>(&'a mut self, visit: &mut dyn FnMut(&'a mut dyn $crate::personal::Slot)) {
                match self {
                    $(Self::$variant(body) => $crate::personal::PersonalSlots::visit_slots(body, visit),)*
                }
            }
        }

        $(impl From<$body> for $name {
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        })*
    };
}

/// The names of an event's metadata, a flat map of strings.
pub mod metadata {
    /// ID of the event.
    pub const ID: &str = "id";
    /// Tenant of the stream.
    pub const TENANT: &str = "tenant";
    /// Who acted: a key, a person or a process.
    pub const ACTOR: &str = "actor";
    /// The actor's role.
    pub const ROLE: &str = "role";
    /// How the actor came in: `hub`, `api` or `system`.
    pub const CHANNEL: &str = "channel";
    /// Tracking ID of the request.
    pub const TRACKING: &str = "tracking";
    /// The command or event that caused this one.
    pub const CAUSATION: &str = "causation";
    /// The first command of the whole story.
    pub const CORRELATION: &str = "correlation";
    /// The sub-partner for which its parent acted.
    pub const ON_BEHALF_OF: &str = "onBehalfOf";
    /// When it happened, RFC 3339 in UTC.
    pub const OCCURRED_AT: &str = "occurredAt";
}

/// The metadata of an event as it is stored, in the order of names.
pub type Metadata = BTreeMap<Cow<'static, str>, String>;
