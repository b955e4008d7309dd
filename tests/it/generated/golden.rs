//! Every event as it was ever stored, in `tests/it/events/golden/`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::{Value, json};
use tenantry::ledger::{fold_json, stream_types};
use tenantry_domain::tenant::TenantId;
use tenantry_projections::Recorded;

use super::samples::{Sample, samples};
use super::{asked_to, pretty, root};

#[test]
fn every_event_has_a_stored_example() {
    let stored = golden();
    for (_, types) in stream_types() {
        for (name, version) in types {
            let file = format!("{name}.{version}.json");
            assert!(
                stored.contains_key(&file),
                "{file} is missing: run UPDATE_GOLDEN=1 scripts/test generated"
            );
        }
    }
}

#[test]
fn what_was_ever_stored_is_still_read() {
    for (file, Sample { event_type, event_version, payload }) in golden() {
        assert_eq!(file, format!("{event_type}.{event_version}.json"));
        let (stream, types) = stream_of(&event_type);
        let state = fold_json(stream, vec![recorded(stream, &event_type, &event_version, &payload)]);
        assert!(state.is_some_and(|state| state.is_ok()), "{file} cannot be read any more");
        // The version that is written now is the last one of its type.
        assert!(types.iter().any(|(name, now)| *name == event_type && *now >= event_version.as_str()));
    }
}

#[test]
fn what_is_stored_today_has_the_shape_that_was_released() {
    let stored = golden();
    for sample in samples() {
        let file = sample.file();
        let Some(golden) = stored.get(&file) else { panic!("{file} is missing") };
        assert_eq!(
            pretty(&golden.payload),
            pretty(&sample.payload),
            "{file}: a new shape is a new version, with an upcaster from the old one",
        );
    }
}

#[test]
fn a_sample_of_every_event_is_taken() {
    let taken: Vec<(String, String)> =
        samples().into_iter().map(|sample| (sample.event_type, sample.event_version)).collect();
    let known = stream_types().into_iter().flat_map(|(_, types)| types.iter().copied());
    let known: Vec<(String, String)> =
        known.map(|(name, version)| (name.to_owned(), version.to_owned())).collect();
    assert_eq!(taken, known);
}

/// Returns the stored examples by the names of their files, adding those that are missing if asked to.
pub(super) fn golden() -> BTreeMap<String, Sample> {
    let folder = root().join("tests/it/events/golden");
    if asked_to("UPDATE_GOLDEN") {
        add_missing(&folder);
    }
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of stored events is there") {
        let path = entry.expect("the entry can be read").path();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let stored: Value = serde_json::from_str(&text).expect("the file is JSON");
        let field = |name: &str| stored[name].as_str().expect("it is a text").to_owned();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let payload = stored["payload"].clone();
        found.insert(name, Sample { event_type: field("type"), event_version: field("version"), payload });
    }
    found
}

/// Tests that run at once write the same bytes.
fn add_missing(folder: &PathBuf) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    for sample in samples() {
        let file = folder.join(sample.file());
        if !file.exists() {
            let Sample { event_type, event_version, payload } = sample;
            let stored = json!({ "type": event_type, "version": event_version, "payload": payload });
            let written = folder.with_extension(format!("{:?}", std::thread::current().id()));
            std::fs::write(&written, pretty(&stored)).expect("the file can be written");
            std::fs::rename(written, file).expect("the file can be moved");
        }
    }
}

fn stream_of(event_type: &str) -> (&'static str, &'static [(&'static str, &'static str)]) {
    let mut streams = stream_types().into_iter();
    streams
        .find(|(_, types)| types.iter().any(|(name, _)| *name == event_type))
        .unwrap_or_else(|| panic!("no stream knows {event_type} any more"))
}

fn recorded(stream: &str, event_type: &str, event_version: &str, payload: &Value) -> Recorded {
    Recorded {
        position: 1,
        tenant_id: TenantId::Platform,
        aggregate_type: stream.to_owned(),
        aggregate_id: "golden".to_owned(),
        sequence: 1,
        event_type: event_type.to_owned(),
        event_version: event_version.to_owned(),
        payload: serde_json::value::to_raw_value(payload).expect("it is JSON"),
        metadata: std::collections::BTreeMap::new(),
        recorded_at: 1,
    }
}

/// Which of the stored examples of a stream come after each other.
fn any_history() -> impl Strategy<Value = (&'static str, Vec<Sample>)> {
    let streams: Vec<&'static str> = stream_types().into_iter().map(|(stream, _)| stream).collect();
    let golden: Vec<Sample> = golden().into_values().collect();
    proptest::sample::select(streams).prop_flat_map(move |stream| {
        let own: Vec<Sample> =
            golden.iter().filter(|sample| stream_of(&sample.event_type).0 == stream).cloned().collect();
        (Just(stream), proptest::collection::vec(proptest::sample::select(own), 1..30))
    })
}

proptest! {
    #[test]
    fn the_events_of_a_stream_fold_in_any_order_that_a_store_can_hold((stream, history) in any_history()) {
        let events = history.iter().map(|Sample { event_type, event_version, payload }| {
            recorded(stream, event_type, event_version, payload)
        });
        let state = fold_json(stream, events.collect());
        prop_assert!(state.is_some_and(|state| state.is_ok()));
    }
}
