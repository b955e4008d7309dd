//! The matrix of roles, over HTTP: every command and every path that is read, for every caller, on its own objects, on
//! others' and on none; compared with what a server answers.
//!
//! A row has a cell for each caller, in the order of [`CALLERS`]. A cell has a letter for each object, in the order that
//! the row names them; a cell of one letter is for all of them.
//!
//! | Letter | Expected |
//! |---|---|
//! | `+` | the caller may: 200, or for a command a refusal by the state of things (409, 422) |
//! | `-` | 403 `role_forbidden` |
//! | `x` | 403 `partner_suspended` |
//! | `a` | 403: the partner has no full access to the organization |
//! | `0` | 404, as if there were none |
//! | `m` | 404: there is no such member of an organization that is there |
//! | `4` | 400: a parameter is missing that this caller must give |
//! | `9`, `2` | 409, 422: as if there were none |
//! | `t` | 401 `invalid_token` |

mod commands;
mod reads;
mod stage;

use std::collections::BTreeSet;
use std::path::Path;

use tenantry::http::{Access, ROUTES};

use self::stage::{CALLERS, Column, Kind, Stage};
use crate::journey::client::Reply;

/// What a row expects: of which kind the object is, which objects are tried, and a cell for each caller.
type Cells = [&'static str; CALLERS.len()];

/// One expectation.
struct Cell {
    caller: usize,
    column: Column,
    expected: char,
}

/// Returns the expectations of a row.
fn cells(columns: &str, cells: &Cells) -> Vec<Cell> {
    let columns: Vec<Column> = columns.chars().map(Column::of).collect();
    let of_caller = |(caller, cell): (usize, &&'static str)| {
        let letters: Vec<char> = match cell.chars().collect::<Vec<_>>()[..] {
            [all] => vec![all; columns.len()],
            ref each => each.to_vec(),
        };
        assert_eq!(letters.len(), columns.len(), "{} has a letter for each object", CALLERS[caller]);
        let columns = columns.clone();
        letters
            .into_iter()
            .zip(columns)
            .map(move |(expected, column)| Cell { caller, column, expected })
            .collect::<Vec<_>>()
    };
    cells.iter().enumerate().flat_map(of_caller).collect()
}

/// Tells how an answer differs from what is expected.
fn difference(expected: char, reply: &Reply, is_command: bool) -> Option<String> {
    let code = || reply.json()["code"].as_str().unwrap_or_default().to_owned();
    let fits = match expected {
        '+' => reply.status == 200 || (is_command && matches!(reply.status, 202 | 409 | 422)),
        '-' => reply.status == 403 && code() == "role_forbidden",
        'a' => reply.status == 403 && code() == "full_access_missing",
        'x' => reply.status == 403 && code() == "partner_suspended",
        '0' | 'm' => reply.status == 404,
        '4' => reply.status == 400,
        '9' => reply.status == 409,
        '2' => reply.status == 422,
        't' => reply.status == 401 && code() == "invalid_token",
        other => panic!("{other} is no letter of the matrix"),
    };
    (!fits).then(|| format!("{} {}", reply.status, reply.text))
}

/// What an answer says, but for the tracking ID and the ID that was asked for.
fn but_for_the_id(reply: &Reply, id: &str) -> String {
    let mut said = reply.json();
    if let Some(fields) = said.as_object_mut() {
        fields.remove("trackingId");
    }
    format!("{} {}", reply.status, said.to_string().replace(id, "ID"))
}

/// Notes where a stranger's object and a missing one are answered differently.
#[derive(Default)]
struct Strangers(Vec<(usize, String)>);

impl Strangers {
    fn note(&mut self, cell: &Cell, reply: &Reply, id: &str) {
        let alike = matches!(cell.expected, '0' | '9' | '2');
        if alike && matches!(cell.column, Column::Sibling | Column::Foreign | Column::Nothing) {
            self.0.push((cell.caller, but_for_the_id(reply, id)));
        }
    }

    fn flaws(&self, row: &str) -> Vec<String> {
        let of = |caller| self.0.iter().filter(move |(of, _)| *of == caller).map(|(_, said)| said.as_str());
        let differs = |caller: &usize| of(*caller).collect::<BTreeSet<_>>().len() > 1;
        (0..CALLERS.len())
            .filter(differs)
            .map(|caller| format!("{row}, {}: {:?}", CALLERS[caller], of(caller).collect::<Vec<_>>()))
            .collect()
    }
}

/// Every route of the document, without the commands by their names.
fn documented() -> BTreeSet<(String, String)> {
    let document = tenantry::http::document();
    let paths = document["paths"].as_object().expect("the document has paths");
    let is_route = |path: &str| !path.starts_with("/api/v1/commands/") || path.ends_with("{name}");
    paths
        .iter()
        .filter(|(path, _)| is_route(path))
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("a path has methods");
            methods.keys().map(move |method| (method.clone(), path.clone()))
        })
        .collect()
}

#[test]
fn every_route_has_its_line_in_the_table_and_every_line_a_route() {
    let table: BTreeSet<_> =
        ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(table, documented());
    assert_eq!(table.len(), ROUTES.len(), "a route has one line");
}

#[test]
fn the_document_tells_who_may_ask_for_each_path() {
    let document = tenantry::http::document();
    for (method, path, access) in ROUTES {
        assert_eq!(document["paths"][path][method]["x-roles"], access.json(), "{method} {path}");
    }
    assert_eq!(Access::find("get", "/api/v1/nothing"), None);
}

#[test]
fn roles_are_listed_in_the_table_and_nowhere_else() {
    for folder in ["src/app", "src/http"] {
        for (path, code) in crate::architecture::sources(Path::new(folder)) {
            if path.ends_with("src/app/roles.rs") {
                continue;
            }
            let lists: Vec<&str> = code.lines().filter(|line| line.contains("[Role::")).collect();
            assert_eq!(lists, [""; 0], "{}: take the roles from src/app/roles.rs", path.display());
        }
    }
}
