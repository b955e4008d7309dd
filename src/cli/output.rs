//! Data on standard output: tables for people, JSON for programs.

use std::io::{self, IsTerminal, Write};

use comfy_table::{Table, presets};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form of data on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// A table; the form on a terminal.
    Table,
    /// One JSON document; the form elsewhere.
    Json,
    /// One line of JSON for each item.
    Ndjson,
}

/// A column of a table: its title, and a JSON pointer to its value.
pub(crate) type Column = (&'static str, &'static str);

impl Format {
    /// Returns the form that fits where standard output goes.
    pub(crate) fn fitting() -> Self {
        if io::stdout().is_terminal() { Self::Table } else { Self::Json }
    }
}

/// Writes one object.
pub(crate) fn one(format: Format, item: &Value) -> io::Result<()> {
    match format {
        Format::Table => {
            let mut lines = Vec::new();
            flatten("", item, &mut lines);
            text(&rendered(&[], lines.iter().map(|(name, value)| vec![format!("{name}:"), value.clone()])))
        }
        Format::Json => text(&format!("{item:#}")),
        Format::Ndjson => text(&item.to_string()),
    }
}

/// Writes a list that is all there.
pub(crate) fn list(format: Format, columns: &[Column], answer: &Value) -> io::Result<()> {
    match format {
        Format::Table => text(&table(columns, items(answer))),
        Format::Json => text(&format!("{answer:#}")),
        Format::Ndjson => lines(items(answer)),
    }
}

/// Writes a line for each item.
pub(crate) fn lines(items: &[Value]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    items.iter().try_for_each(|item| writeln!(out, "{item}"))?;
    out.flush()
}

/// Writes a text as it is.
pub(crate) fn text(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Returns the items of a list.
pub(crate) fn items(answer: &Value) -> &[Value] {
    answer["items"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Writes rows under their titles.
pub(crate) fn table(columns: &[Column], items: &[Value]) -> String {
    let titles: Vec<&str> = columns.iter().map(|(title, _)| *title).collect();
    let row = |item: &Value| {
        columns.iter().map(|(_, pointer)| item.pointer(pointer).map(cell).unwrap_or_default()).collect()
    };
    rendered(&titles, items.iter().map(row))
}

fn rendered(titles: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    if !titles.is_empty() {
        table.set_header(titles);
    }
    table.add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

/// Writes a value in few words; objects go by their name and state.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => printable(text),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let field = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)).map(cell);
            match (field(&["name", "package", "id", "code"]), field(&["status", "state"])) {
                (Some(name), Some(state)) => format!("{name} ({state})"),
                (Some(text), None) | (None, Some(text)) => text,
                (None, None) => printable(&value.to_string()),
            }
        }
    }
}

/// Lists the values within a value with their places.
fn flatten(place: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| flatten(&below(name), value, lines));
        }
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            items.iter().enumerate().for_each(|(n, item)| flatten(&below(&n.to_string()), item, lines));
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            lines.push((place.to_owned(), cell(value)));
        }
    }
}

/// Keeps characters that would steer a terminal from doing so.
fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_table_has_titles_and_a_row_for_each_item() {
        let items = [
            json!({ "id": "a", "packages": [{ "name": "calling", "status": "done" }], "n": 1 }),
            json!({ "id": "longer", "n": null }),
        ];
        let columns = [("ID", "/id"), ("PACKAGES", "/packages"), ("N", "/n")];
        let shown = table(&columns, &items);
        let lines: Vec<Vec<&str>> = shown.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines, [vec!["ID", "PACKAGES", "N"], vec!["a", "calling", "(done)", "1"], vec!["longer"]]);
    }

    #[test]
    fn an_object_is_shown_with_the_places_of_its_values() {
        let mut lines = Vec::new();
        flatten("", &json!({ "a": { "b": 1 }, "c": [{ "d": "x" }], "e": ["y", "z"] }), &mut lines);
        let lines: Vec<String> = lines.into_iter().map(|(place, value)| format!("{place}={value}")).collect();
        assert_eq!(lines, ["a.b=1", "c.0.d=x", "e=y, z"]);
    }

    #[test]
    fn nothing_in_a_table_steers_the_terminal() {
        assert!(!table(&[("A", "/a")], &[json!({ "a": "\u{1b}[31mred\n" })]).contains('\u{1b}'));
    }
}
