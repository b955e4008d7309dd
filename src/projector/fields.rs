//! What the rows of a view have, by the published schema of a row: which fields, and which values where they are few.

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::ToSchema;

/// The fields of a row, each with its values if there are only some.
pub type Fields = BTreeMap<String, Option<Vec<String>>>;

/// Reads the fields of a row off its schema.
pub(super) fn fields_of<R: ToSchema>() -> Fields {
    let mut parts = Vec::new();
    R::schemas(&mut parts);
    let parts: BTreeMap<String, Value> =
        parts.into_iter().map(|(name, schema)| (name, serde_json::json!(schema))).collect();
    let row = serde_json::json!(R::schema());
    let properties = row["properties"].as_object().cloned().unwrap_or_default();
    properties.into_iter().map(|(name, schema)| (name, values_of(&schema, &parts))).collect()
}

fn values_of(schema: &Value, parts: &BTreeMap<String, Value>) -> Option<Vec<String>> {
    let named = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let schema = named.and_then(|name| parts.get(name)).unwrap_or(schema);
    let values = schema["enum"].as_array()?;
    Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
