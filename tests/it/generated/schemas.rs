//! The JSON Schema of every event that was ever stored, in `docs/events/`.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;
use tenantry::ledger::{payload_schemas, stream_types};
use tenantry_domain::evolution;

use super::documents::check;
use super::golden::golden;
use super::samples::Sample;
use super::{pretty, root};

#[test]
fn the_committed_schemas_are_those_of_what_is_stored_now() {
    let types = stream_types().into_iter().flat_map(|(_, types)| types.iter());
    for ((name, version), schema) in types.zip(payload_schemas()) {
        assert_eq!(schema["title"], *name);
        check(&format!("docs/events/{name}.{version}.json"), &pretty(&schema));
    }
}

#[test]
fn every_stored_example_fits_the_schema_of_its_version() {
    for (file, Sample { payload, .. }) in golden() {
        fits(&file, &payload);
    }
}

#[test]
fn what_was_stored_in_an_earlier_version_is_read_in_the_shape_of_now() {
    let mut lifted = 0;
    for (file, Sample { event_type, event_version, mut payload }) in golden() {
        let reached = evolution::lift(&event_type, &event_version, &mut payload);
        assert_eq!(reached, evolution::read_as(&event_type, &event_version), "{file}");
        if let Some(version) = reached {
            lifted += 1;
            fits(&format!("{event_type}.{version}.json"), &payload);
        }
    }
    assert!(lifted > 0, "there are earlier versions");
}

#[test]
fn from_every_earlier_version_steps_lead_to_that_of_now() {
    let now: BTreeMap<&str, &str> =
        stream_types().into_iter().flat_map(|(_, types)| types.iter().copied()).collect();
    for (name, last) in &now {
        let last_number: u32 = last.parse().expect("a version is a number");
        for version in 1..last_number {
            assert_eq!(evolution::read_as(name, &version.to_string()), Some(*last), "{name} {version}");
        }
        assert_eq!(evolution::read_as(name, last), None, "{name}");
    }
    for step in evolution::STEPS {
        assert!(now.contains_key(step.event_type), "{step:?} leads nowhere");
    }
}

#[test]
fn a_schema_refuses_what_was_never_stored() {
    let schema = schema("invitation.terms_accepted.2.json");
    let found = golden();
    let earlier = &found["invitation.terms_accepted.1.json"].payload;
    assert!(!schema.is_valid(earlier), "the earlier shape is another");
    let mut open = found["invitation.accepted.1.json"].payload.clone();
    open["invitation.accepted"]["email"] = Value::from("kim@customer.example");
    assert!(!self::schema("invitation.accepted.1.json").is_valid(&open), "an open value is never stored");
}

fn schema(file: &str) -> Validator {
    let path = root().join("docs/events").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[track_caller]
fn fits(file: &str, payload: &Value) {
    let faults: Vec<String> = schema(file)
        .iter_errors(payload)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{file}: {}", faults.join("; "));
}
