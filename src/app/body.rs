//! Checks a body against the published schema of its command: every fault at once, each with its place.
//!
//! The schema in the catalogue is the check itself, so the two cannot part.

use std::collections::BTreeMap;

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError, Validator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tenantry_domain::refusal::PlacedFault;
use tenantry_domain::template::ProvisioningId;
use tenantry_domain::values::{self, InvalidValue};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use super::Rejection;

/// A fault of a body or parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BodyFault {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// Stable code in snake case.
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub detail: String,
}

impl From<PlacedFault> for BodyFault {
    fn from(PlacedFault { pointer, code, detail }: PlacedFault) -> Self {
        Self { pointer, code, detail }
    }
}

/// The schema of a command's body: shown in the catalogue, and enforced.
pub struct BodySchema {
    schema: Value,
    validator: Validator,
}

impl BodySchema {
    /// Makes the schema of a type, complete in itself.
    pub fn of<T: ToSchema>() -> Self {
        let schema = schema_of::<T>();
        let mut options = jsonschema::options().should_validate_formats(true);
        for (name, check) in formats() {
            options = options.with_format(name, move |text| check(text).is_ok());
        }
        let validator = options.build(&schema).expect("the schema of a command is valid");
        Self { schema, validator }
    }

    /// Returns the schema as JSON.
    pub fn json(&self) -> &Value {
        &self.schema
    }

    /// Reads a body of the schema's type; every fault of it is told.
    pub fn read<T: DeserializeOwned>(&self, body: Value) -> Result<T, Rejection> {
        let faults = self.faults(&body);
        if !faults.is_empty() {
            return Err(Rejection::Malformed(faults));
        }
        let invalid = |error: serde_json::Error| Rejection::malformed("", "invalid", error.to_string());
        serde_json::from_value(body).map_err(invalid)
    }

    /// Returns every fault of a body, in the order of their places.
    pub fn faults(&self, body: &Value) -> Vec<BodyFault> {
        let mut faults = Vec::new();
        if self.validator.is_valid(body) {
            return faults;
        }
        for error in self.validator.iter_errors(body) {
            self.describe(&error, &mut faults);
        }
        faults.sort_by(|one, other| (&one.pointer, one.code).cmp(&(&other.pointer, other.code)));
        faults.dedup();
        faults
    }

    fn describe(&self, error: &ValidationError<'_>, faults: &mut Vec<BodyFault>) {
        let place = error.instance_path().to_string();
        let mut add =
            |pointer: String, code, detail: String| faults.push(BodyFault { pointer, code, detail });
        // A value never stands in a fault: it may be personal.
        let said = || error.masked_with("the value").to_string();
        match error.kind() {
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                add(format!("{place}/{name}"), "missing", format!("{name} is required"));
            }
            Kind::AdditionalProperties { unexpected } => {
                for name in unexpected {
                    add(format!("{place}/{name}"), "unknown_field", self.nearest_field(name, error));
                }
            }
            Kind::Format { format } => add(place, "invalid", reason(format, error.instance())),
            Kind::Type { .. } => add(place, "wrong_type", said()),
            Kind::Enum { options } => add(place, "not_offered", format!("must be one of {options}")),
            Kind::MinLength { .. } | Kind::MinItems { .. } => add(place, "too_short", said()),
            Kind::MaxLength { .. } | Kind::MaxItems { .. } => add(place, "too_long", said()),
            Kind::Minimum { .. } | Kind::Maximum { .. } => add(place, "out_of_range", said()),
            Kind::Pattern { pattern } => add(place, "invalid", pattern_words(pattern).unwrap_or_else(said)),
            // An optional value is "null, or the value": what matters is what the value lacks, not that it is not null.
            Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
                for inner in context.iter().find(|branch| !wants_null(branch)).into_iter().flatten() {
                    self.describe(inner, faults);
                }
            }
            _ => add(place, "invalid", said()),
        }
    }

    /// Names the known field that is nearest to an unknown one.
    fn nearest_field(&self, name: &str, error: &ValidationError<'_>) -> String {
        let keyword = error.schema_path().to_string();
        let parent = keyword.rsplit_once('/').map_or("", |(parent, _)| parent);
        let known: Vec<&String> = self
            .schema
            .pointer(&format!("{parent}/properties"))
            .and_then(Value::as_object)
            .map(|fields| fields.keys().collect())
            .unwrap_or_default();
        let nearest = known
            .iter()
            .map(|field| (strsim::jaro_winkler(name, field), field))
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .filter(|(likeness, _)| *likeness >= LIKENESS_MIN);
        match nearest {
            Some((_, field)) => format!("there is no field {name}; did you mean {field}?"),
            None => format!(
                "there is no field {name}; the fields are {}",
                known.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

/// Says what an ID is like; `None` for the patterns of other values.
fn pattern_words(pattern: &str) -> Option<String> {
    if pattern == ProvisioningId::PATTERN {
        let words = "not a provisioning ID; one has 48 characters of base64, as CreateTemplate answered it";
        return Some(words.to_owned());
    }
    let (prefix, _) = pattern.strip_prefix('^')?.split_once("_[0-7]")?;
    Some(format!(
        "not an ID of this kind; one begins with {prefix}_ and has 26 small letters and digits more"
    ))
}

/// Tells whether a branch of an alternative asks for nothing but null.
fn wants_null(branch: &[ValidationError<'_>]) -> bool {
    matches!(branch, [error] if matches!(error.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) }))
}

/// How like two names must be, from 0 to 1, for one to be offered in the place of the other.
const LIKENESS_MIN: f64 = 0.7;

/// Tells what is wrong with a text.
type Check = fn(&str) -> Result<(), InvalidValue>;

/// Returns the checks of texts by the name of their format: the domain's, and that of a time as it is read afterwards.
fn formats() -> Vec<(&'static str, Check)> {
    let time: Check = |text| {
        let invalid = |_| InvalidValue("not a time of RFC 3339; use for example 2026-01-31T12:00:00Z");
        text.parse::<jiff::Timestamp>().map(drop).map_err(invalid)
    };
    values::formats().into_iter().chain([("date-time", time)]).collect()
}

/// Returns the domain's own words for why a text has not the wanted format.
fn reason(format: &str, instance: &Value) -> String {
    let text = instance.as_str().unwrap_or_default();
    formats()
        .into_iter()
        .find(|(name, _)| *name == format)
        .and_then(|(_, check)| check(text).err())
        .map_or_else(|| format!("not a {format}"), |error| error.to_string())
}

fn schema_of<T: ToSchema>() -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let definitions: BTreeMap<String, Value> = parts
        .into_iter()
        .map(|(name, schema)| (name, serde_json::to_value(schema).expect("a schema is JSON")))
        .collect();
    let mut schema = serde_json::to_value(T::schema()).expect("a schema is JSON");
    if !definitions.is_empty() {
        schema["$defs"] = serde_json::to_value(definitions).expect("schemas are JSON");
    }
    let text = schema.to_string().replace("#/components/schemas/", "#/$defs/");
    serde_json::from_str(&text).expect("it was JSON before")
}
