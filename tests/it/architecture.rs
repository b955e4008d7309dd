//! The walls between the parts, read from manifests and sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each module of the root package may name of the others.
///
/// ```text
/// domain ← projections ← ports ← sealing ← ledger ← projector ← app ← process, http ← cli
///                                  ↑         ↑
///                                  connectors store
/// ```
///
/// `limits` and `shutdown` are named by everybody: constants, and how tasks are spawned.
const ARROWS: &[(&str, &[&str])] = &[
    ("limits", &[]),
    ("shutdown", &[]),
    ("ports", &[]),
    ("sealing", &["ports"]),
    // Commits what was decided: asks ports for appends, and seals what is personal.
    ("ledger", &["ports", "sealing"]),
    // The adapters lend their repositories of cqrs-es to the ledger, which knows the types of streams.
    ("store", &["ports", "ledger"]),
    // A mail that stays here is sealed for whom it is for.
    ("connectors", &["ports", "sealing"]),
    ("projector", &["ports", "ledger"]),
    // Of the projector a use case needs how far the views are, nothing else; see the test below.
    ("app", &["ports", "sealing", "ledger", "projector"]),
    ("process", &["ports", "ledger", "app"]),
    // Carries rows from one store to another, whatever they mean.
    ("moving", &["ports"]),
    ("http", &["ports", "projector", "app"]),
    ("dashboard", &["ports", "projector", "app", "http"]),
    // The composition root.
    (
        "cli",
        &[
            "ports",
            "sealing",
            "ledger",
            "projector",
            "app",
            "process",
            "http",
            "dashboard",
            "store",
            "moving",
            "connectors",
            "telemetry",
        ],
    ),
    ("main", &["cli"]),
    ("telemetry", &[]),
];

/// What everybody may name.
const FOUNDATION: &[&str] = &["limits", "shutdown"];

/// The crates that only some modules may name.
const FOREIGN: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("postgres_es", &["store"]),
    ("sqlite_es", &["store"]),
    ("axum", &["http", "dashboard", "cli"]),
    ("utoipa_axum", &["http", "dashboard"]),
    ("reqwest", &["cli", "connectors"]),
];

/// The most lines of a production file; at this size there is a seam to find.
const LINES_MAX: usize = 400;

#[test]
fn modules_name_only_what_is_below_them() {
    let mut flaws = Vec::new();
    for (module, sources) in modules() {
        let allowed = ARROWS.iter().find(|(name, _)| *name == module);
        let Some((_, allowed)) = allowed else {
            panic!("{module} has no arrows yet: say in ARROWS what it may name");
        };
        for (path, code) in sources {
            let named = named_modules(&path, &code);
            let wrong = named.iter().filter(|name| {
                **name != module && !allowed.contains(&name.as_str()) && !FOUNDATION.contains(&name.as_str())
            });
            flaws.extend(wrong.map(|name| format!("{} names {name}", path.display())));
        }
    }
    assert_eq!(flaws, Vec::<String>::new());
}

#[test]
fn of_the_projector_a_use_case_names_progress_and_moments_only() {
    let known = ["Progress", "Moments", "MomentFault", "AnyView", "view_named"];
    for (path, code) in &modules()["app"] {
        for named in code.split("crate::projector::").skip(1) {
            let named = named.split_once(';').map_or(named, |(named, _)| named);
            let foreign: Vec<&str> = named
                .trim_matches(['{', '}'])
                .split(',')
                .map(str::trim)
                .filter(|name| !known.contains(name))
                .collect();
            assert_eq!(foreign, [""; 0], "{} names more of the projector", path.display());
        }
    }
}

#[test]
fn foreign_crates_stay_behind_their_walls() {
    let mut flaws = Vec::new();
    for (module, sources) in modules() {
        for (path, code) in sources {
            let wrong = FOREIGN
                .iter()
                .filter(|(name, allowed)| names_crate(&code, name) && !allowed.contains(&module.as_str()));
            flaws.extend(wrong.map(|(name, _)| format!("{} names {name}", path.display())));
        }
    }
    assert_eq!(flaws, Vec::<String>::new());
}

#[test]
fn the_rules_and_the_views_touch_nothing() {
    const NOT_HERE: &[&str] =
        &["tokio", "sqlx", "axum", "reqwest", "tracing", "metrics", "tenantry", "rand", "getrandom"];
    const NOT_NAMED: &[&str] =
        &["now(", "std::fs", "std::env", "std::net", "std::thread", "SystemTime", "Instant"];
    for package in ["domain", "projections"] {
        let dependencies = dependencies(package);
        for name in NOT_HERE {
            assert!(!dependencies.contains(*name), "{package} depends on {name}");
        }
        for (path, code) in sources(Path::new(package)) {
            for name in NOT_NAMED {
                assert!(!code.contains(name), "{} names {name}", path.display());
            }
        }
    }
    assert!(!dependencies("domain").contains("tenantry-projections"));
    assert!(dependencies("projections").contains("tenantry-domain"));
}

#[test]
fn production_files_are_short() {
    let files =
        ["src", "domain/src", "projections/src"].into_iter().flat_map(|folder| sources(Path::new(folder)));
    let long: Vec<_> = files
        .filter(|(path, _)| !is_test(path))
        .map(|(path, _)| (read(&path).lines().count(), path))
        .filter(|(lines, _)| *lines > LINES_MAX)
        .collect();
    assert_eq!(long, Vec::new());
}

#[test]
fn no_test_is_ignored() {
    let mark = concat!("#[", "ignore");
    let files = ["src", "domain", "projections", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| sources(Path::new(folder)));
    let ignored: Vec<_> = files.filter(|(_, code)| code.contains(mark)).map(|(path, _)| path).collect();
    assert_eq!(ignored, Vec::<PathBuf>::new());
}

#[test]
fn every_folder_that_the_readme_names_exists() {
    let readme = read(Path::new("README.md"));
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")).map(|row| row.split('|').next());
    let named: Vec<&str> =
        rows.flatten().flat_map(|cell| cell.split('`')).filter(|text| text.ends_with('/')).collect();
    assert!(named.len() > 5, "the table of folders was not found: {named:?}");
    for folder in named {
        assert!(root().join(folder).is_dir(), "README.md names {folder}, which is not there");
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut documents = files(&root().join("docs"), "md");
    documents.push(root().join("README.md"));
    for document in documents {
        let text = read(&document);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let folder = document.parent().expect("a document is in a folder");
            assert!(folder.join(target).exists(), "{} links to {target}", document.display());
        }
    }
}

#[test]
fn every_decision_that_a_comment_cites_is_written_down() {
    let folders = ["src", "domain", "projections", "tests", "benches", "migrations", "docs"];
    for path in folders.into_iter().flat_map(|folder| files(&root().join(folder), "")) {
        for (at, mark) in read(&path).match_indices("docs/adr/").collect::<Vec<_>>() {
            let text = read(&path);
            let name: String = text[at + mark.len()..]
                .chars()
                .take_while(|character| character.is_ascii_alphanumeric() || "-.".contains(*character))
                .collect();
            let cited = name.trim_end_matches('.');
            assert!(root().join("docs/adr").join(cited).exists(), "{} cites {cited}", path.display());
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the files below a folder whose names end so.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.to_string_lossy().ends_with(extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the sources below a folder, without their comments.
pub(crate) fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let found = files(&root().join(folder), ".rs").into_iter().map(|path| {
        let code = read(&path)
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        (path.strip_prefix(root()).expect("it is below the root").to_owned(), code)
    });
    found.filter(|(path, _)| !path.starts_with("benches/peers/target")).collect()
}

/// Returns the sources of the root package by module, tests excepted.
fn modules() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let mut modules: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (path, code) in sources(Path::new("src")) {
        let module = path.iter().nth(1).expect("it is in src").to_string_lossy();
        if module != "lib.rs" && !is_test(&path) {
            modules.entry(module.trim_end_matches(".rs").to_owned()).or_default().push((path, code));
        }
    }
    modules
}

fn is_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests" || part == "tests.rs")
}

/// Returns the modules of the root package that a source names, by `crate::`, `tenantry::` or enough `super::`.
fn named_modules(path: &Path, code: &str) -> BTreeSet<String> {
    let depth = path.iter().count() - 2 - usize::from(path.ends_with("mod.rs"));
    let above = "super::".repeat(depth.max(1));
    let ways = ["crate::", "tenantry::", if path.iter().count() > 2 { above.as_str() } else { "self::" }];
    let mut found = BTreeSet::new();
    for way in ways {
        for (at, _) in code.match_indices(way) {
            let rest = &code[at + way.len()..];
            let group = rest.strip_prefix('{').map(|rest| rest.split('}').next().unwrap_or_default());
            let names = group.map_or_else(|| vec![rest], |group| group.split(',').collect());
            found.extend(names.into_iter().map(first_name));
        }
    }
    found.retain(|name| ARROWS.iter().any(|(module, _)| module == name));
    found
}

fn first_name(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}

/// Tells whether a source names a crate: `use name`, or `name::`.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|character| !(character.is_alphanumeric() || character == '_' || character == ':'))
    }) || code.contains(&format!("use {name};"))
}

/// Returns the names of a package's dependencies, without those of its tests.
fn dependencies(package: &str) -> BTreeSet<String> {
    let manifest: toml::Table = read(&Path::new(package).join("Cargo.toml")).parse().expect("it is TOML");
    manifest["dependencies"].as_table().expect("it is a table").keys().cloned().collect()
}
