//! Effects on the outside, by their traces in the log: none was had twice (INV-EFFECT).

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::harness::Raw;

/// Events with what caused them, as arrays; IDs and names of types need no escaping.
const EVENTS: &str = r#"
select '["' || aggregate_type || '","' || aggregate_id || '","' || event_type || '",' || sequence || ','
    || cast(metadata as text) || ',' || cast(payload as text) || ']' from events order by log, position"#;

/// Tasks that were reported more than once, in whichever tenant.
const REPORTED_TWICE: &str = "
select command_id from commands where command_id like 'task_%' group by command_id having count(*) > 1";

/// An event that a process has caused.
struct Caused {
    aggregate_type: String,
    aggregate_id: String,
    event_type: String,
    sequence: i64,
    cause: String,
    data: Value,
}

/// Asserts that each task was reported once, and that no cause had the same effect twice.
pub(super) async fn assert_each_had_once(raw: &mut Raw) {
    assert_eq!(raw.texts(REPORTED_TWICE).await, Vec::<String>::new(), "tasks that were reported twice");
    let mut effects = HashSet::new();
    let mut licensed: HashMap<(String, String), (String, Value)> = HashMap::new();
    for event in raw.texts(EVENTS).await.iter().filter_map(|row| Caused::read(row)) {
        let effect = event.effect();
        assert!(effects.insert(effect.clone()), "one cause had this effect twice: {effect:?}");
        for license in licenses(&event.data) {
            let holder = (event.aggregate_id.clone(), event.data["package"].clone());
            let place = (event.aggregate_type.clone(), license);
            let known = licensed.entry(place.clone()).or_insert_with(|| holder.clone());
            assert_eq!(*known, holder, "{place:?} stands for two things");
        }
    }
}

impl Caused {
    /// Reads an event; `None` unless a process has caused it.
    fn read(row: &str) -> Option<Self> {
        let (aggregate_type, aggregate_id, event_type, sequence, metadata, mut payload): (
            String,
            String,
            String,
            i64,
            HashMap<String, String>,
            Value,
        ) = serde_json::from_str(row).unwrap_or_else(|error| panic!("{error} in {row}"));
        if metadata.get("channel").map(String::as_str) != Some("system") {
            return None;
        }
        let cause = metadata["causation"].clone();
        let data = payload[&event_type].take();
        Some(Self { aggregate_type, aggregate_id, event_type, sequence, cause, data })
    }

    /// Returns what makes the effect the same: all but the names that it was given on the way.
    fn effect(&self) -> (String, String, String, String) {
        let mut data = self.data.clone();
        forget_licenses(&mut data);
        // A thing that is made twice is made under two IDs.
        let made = self.sequence == 1;
        let (of, data) = if made {
            (self.aggregate_type.clone(), data.to_string().replace(&self.aggregate_id, "itself"))
        } else {
            (self.aggregate_id.clone(), data.to_string())
        };
        (self.cause.clone(), of, self.event_type.clone(), data)
    }
}

fn is_license(field: &str) -> bool {
    ["licenseId", "licenseIds"].contains(&field)
}

fn forget_licenses(data: &mut Value) {
    if let Value::Object(fields) = data {
        fields.retain(|name, _| !is_license(name));
        fields.values_mut().for_each(forget_licenses);
    }
}

fn licenses(data: &Value) -> Vec<String> {
    let fields = data.as_object().into_iter().flatten().filter(|(name, _)| is_license(name));
    let values =
        fields.flat_map(|(_, value)| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]));
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}
