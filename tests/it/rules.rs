//! The page of rules: every number is there once, and what it names as shown is shown by tests that exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many rules and decisions there are.
const NUMBERS: [(&str, u32); 2] = [("R", 113), ("D", 19)];

/// What may not be built yet.
const LATER: [&str; 0] = [];

/// What says nothing that a program could do.
const NOTHING_TO_DO: [&str; 1] = ["R30"];

/// A line of the page.
struct Line {
    number: String,
    statement: String,
    state: String,
    shown_by: String,
}

impl Line {
    /// The tests that are named, which stand in backticks.
    fn tests(&self) -> impl Iterator<Item = &str> {
        self.shown_by.split('`').skip(1).step_by(2)
    }
}

fn lines() -> Vec<Line> {
    let page = std::fs::read_to_string(root().join("docs/rules.md")).expect("the page is there");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    let is_number = |text: &str| {
        let digits = text.strip_prefix(['R', 'D']).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    cells
        .filter(|cells| is_number(&cells[0]))
        .map(|cells| match <[String; 4]>::try_from(cells) {
            Ok([number, statement, state, shown_by]) => Line { number, statement, state, shown_by },
            Err(cells) => panic!("a line has four cells: {cells:?}"),
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Finds the file that holds a test, and the test's name, from a path such as `domain::case::tests::name`.
fn find(path: &str) -> Option<(String, String)> {
    let (modules, name) = path.rsplit_once("::")?;
    let (base, inner) = modules.split_once("::").unwrap_or((modules, ""));
    let folder = match base {
        "domain" => "domain/src",
        "projections" => "projections/src",
        "tenantry" => "src",
        "it" => "tests/it",
        _ => return None,
    };
    let file = inner.replace("::", "/");
    // A module of a file's own tests stands in the file itself.
    let within = file.strip_suffix("/tests").unwrap_or(&file);
    let candidates = [format!("{file}.rs"), format!("{file}/mod.rs"), format!("{within}.rs")];
    let paths = candidates.iter().map(|candidate| root().join(folder).join(candidate));
    let code =
        paths.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap_or_default());
    code.map(|code| (code, name.to_owned())).find(|(code, name)| is_test(code, name))
}

/// Tells whether some code has a test of that name: marked as one, or on the list of those for both databases.
fn is_test(code: &str, name: &str) -> bool {
    let declared = format!("fn {name}(");
    let Some(at) = code.find(&declared) else { return false };
    let above = code[..at].lines().rev().map(str::trim);
    let mut attributes =
        above.take_while(|line| matches!(*line, "" | "async") || line.starts_with(['#', '/']));
    let marked = attributes.any(|line| line.contains("test]") || line.contains("test("));
    let listed = code.match_indices("_database").any(|(start, _)| {
        let list = code[start..].split_once(");").map_or("", |(list, _)| list);
        list.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
    });
    marked || listed
}

#[test]
fn every_rule_and_decision_stands_on_the_page_once() {
    let numbers: Vec<String> = lines().into_iter().map(|line| line.number).collect();
    let expected: Vec<String> =
        NUMBERS.iter().flat_map(|(letter, last)| (1..=*last).map(move |n| format!("{letter}{n}"))).collect();
    assert_eq!(numbers, expected, "each number once, in order");
}

#[test]
fn every_rule_that_is_built_is_shown_by_tests_that_exist() {
    let mut flaws = Vec::new();
    for line in lines() {
        let Line { number, state, .. } = &line;
        let tests: Vec<&str> = line.tests().collect();
        let missing = tests.iter().filter(|path| find(path).is_none());
        flaws.extend(missing.map(|path| format!("{number} names {path}, which is no test")));
        let distinct: BTreeSet<&str> = tests.iter().copied().collect();
        if distinct.len() != tests.len() {
            flaws.push(format!("{number} names a test twice"));
        }
        let fits = match state.as_str() {
            "built" | "page to come" => !tests.is_empty(),
            "not built yet" => LATER.contains(&number.as_str()) && !line.shown_by.is_empty(),
            "does not apply" => NOTHING_TO_DO.contains(&number.as_str()),
            _ => false,
        };
        if !fits {
            flaws.push(format!("{number} is {state:?} and shown by {:?}", line.shown_by));
        }
        if line.statement.is_empty() {
            flaws.push(format!("{number} says nothing"));
        }
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[test]
fn what_is_later_work_is_not_built_in_secret() {
    let of = |state: &str| -> Vec<String> {
        lines().into_iter().filter(|line| line.state == state).map(|line| line.number).collect()
    };
    assert_eq!(of("not built yet"), LATER, "take a rule off the list once it is built");
    assert_eq!(of("does not apply"), NOTHING_TO_DO);
}

#[test]
fn a_name_that_is_no_test_is_seen_as_such() {
    assert!(find("it::rules::every_rule_and_decision_stands_on_the_page_once").is_some());
    assert!(find("it::journey::details::every_detail_of_a_case_is_needed").is_some());
    assert!(find("it::journey::details::without").is_none(), "a function is no test");
    assert!(find("it::nothing::every_rule").is_none());
}
