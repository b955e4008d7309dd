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
    let mut list =
        "# Events\n\nEvery type of event, with a stored example of it. An event never changes; a new \
                    shape of it is a new version.\n\n| Stream | Event | Version |\n|---|---|---|\n"
            .to_owned();
    for (stream, types) in stream_types() {
        for (name, version) in types {
            let example = format!("../../tests/it/events/golden/{name}.{version}.json");
            writeln!(list, "| `{stream}` | [`{name}`]({example}) | {version} |").expect("a text takes text");
        }
    }
    check("docs/events/README.md", &list);
}

/// Compares a committed file with what the program says now, or writes it.
fn check(path: &str, expected: &str) {
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
