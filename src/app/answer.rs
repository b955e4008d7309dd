//! What a caller is answered to a command.

use serde_json::{Map, Value, json};
use tenantry_domain::subscriber::SubscriberStatus;

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

    /// Tells whether it is done only once a person has agreed.
    pub fn awaits_person(&self) -> bool {
        let pending = SubscriberStatus::PendingUserMigration.as_str();
        self.body.get("status").and_then(Value::as_str) == Some(pending)
    }

    /// Returns all of it, as the caller is answered.
    pub fn into_body(self) -> Map<String, Value> {
        self.body.into_iter().chain(self.once).collect()
    }

    pub(super) fn of(answer: &str, position: i64) -> Self {
        let mut body: Map<String, Value> = serde_json::from_str(answer).unwrap_or_default();
        body.insert("position".to_owned(), json!(position.to_string()));
        Self { body, once: Map::new(), position, replayed: false }
    }
}
