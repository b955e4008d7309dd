//! The documents in `docs/` that follow from the program.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tenantry::app::{CommandSpec, catalogue};
use tenantry::ledger::stream_types;

use super::{asked_to, pretty, root};

#[test]
fn the_committed_api_is_the_one_that_is_served() {
    check("docs/openapi.json", &pretty(&tenantry::http::document()));
}

#[test]
fn the_committed_catalogue_is_the_one_that_is_served() {
    let commands: Vec<Value> = catalogue().iter().map(CommandSpec::json).collect();
    check("docs/commands.json", &pretty(&json!(commands)));
}

#[test]
fn the_committed_list_of_events_names_every_event() {
    let mut list = "# Events\n\nEvery type of event, with the JSON Schema of what is stored and a stored example of it. \
                    An event never changes; a new shape of it is a new version, and what was stored in an earlier one \
                    is read in the shape of now: the steps are in `domain/src/evolution.rs`.\n\n\
                    A value about a person is stored sealed, as `{\"sealed\":\"…\"}`; see `Personal` in the schemas. \
                    Readers of the history are shown it open, or withheld.\n\n\
                    | Stream | Event | Version | Example |\n|---|---|---|---|\n"
        .to_owned();
    for (stream, types) in stream_types() {
        for (name, now) in types {
            for version in 1..=now.parse::<u32>().expect("a version is a number") {
                let schema = format!("[`{name}`]({name}.{version}.json)");
                let example = format!("[example](../../tests/it/events/golden/{name}.{version}.json)");
                writeln!(list, "| `{stream}` | {schema} | {version} | {example} |")
                    .expect("a text takes text");
            }
        }
    }
    check("docs/events/README.md", &list);
}

/// Compares a committed file with what the program says now, or writes it.
pub(super) fn check(path: &str, expected: &str) {
    let file = root().join(path);
    if asked_to("UPDATE_GENERATED") {
        std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("the folder can be made");
        std::fs::write(&file, expected).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = committed.lines().zip(expected.lines()).position(|(one, other)| one != other);
    assert!(
        committed == expected,
        "{path} is not up to date from line {}: run UPDATE_GENERATED=1 scripts/test generated",
        differs.unwrap_or_else(|| committed.lines().count().min(expected.lines().count())) + 1,
    );
}
