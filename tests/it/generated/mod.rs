//! Files that are made from the program and committed: the documents, and one stored form of every event.
//!
//! `UPDATE_GENERATED=1` writes the documents again. `UPDATE_GOLDEN=1` adds the events that have no file yet; it
//! changes none, because what was once stored must be readable for ever.

mod changes;
mod documents;
mod golden;
mod journeys;
mod people;
mod samples;
mod schemas;

use std::path::PathBuf;

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Tells whether the environment asks for a file to be written.
fn asked_to(update: &str) -> bool {
    std::env::var_os(update).is_some_and(|value| value == "1")
}

/// Writes JSON with the fields in the order of their names, whatever order they came in.
fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&sorted(value)).expect("it is JSON");
    text.push('\n');
    text
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().map(|(name, field)| (name.clone(), sorted(field))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
