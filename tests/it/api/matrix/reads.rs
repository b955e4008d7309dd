//! Who may read which path, and of whose objects.

use std::collections::BTreeSet;

use super::{CALLERS, Cells, Kind, Stage, Strangers, cells, difference, documented};
use crate::harness::Store;

on_both_databases!(every_path_is_for_its_roles_and_its_objects);

/// A path of the document, the path that is asked for, what it names, which objects are tried, a cell for each caller.
type Row = (&'static str, &'static str, Kind, &'static str, Cells);

/// The same path, asked for as it stands.
const SAME: &str = "";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //                                                                                operator  admin    user     service  suspend. org_adm. org_user auditor
    ("/healthz",                        SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/readyz",                         SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/metrics",                        SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/terms",                   SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/commands",                SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/customers",               SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/customers/{id}",          SAME, Kind::Customer,     "osfgn", ["+++00", "++000", "++000", "++000", "++000", "-",     "-",     "++000"]),
    ("/api/v1/customers/{id}/branding", SAME, Kind::Customer,     "osfgn", ["-",     "++000", "++000", "++000", "++000", "-",     "-",     "++000"]),
    ("/api/v1/provisioning",            SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/provisioning/{id}",       SAME, Kind::Customer,     "osfgn", ["+++00", "++000", "++000", "++000", "++000", "-",     "-",     "++000"]),
    ("/api/v1/operations",              SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/operations/{id}",         SAME, Kind::Operation,    "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "-",     "-",     "++00"]),
    ("/api/v1/cases",                   SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/cases/{id}",              SAME, Kind::Case,         "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "-",     "-",     "++00"]),
    ("/api/v1/templates",               SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "x",     "-",     "-",     "+"]),
    ("/api/v1/templates/{id}",          SAME, Kind::Template,     "ofn",   ["++0",   "+00",   "+00",   "+00",   "x",     "-",     "-",     "+00"]),
    ("/api/v1/keys",                    SAME, Kind::None,         "o",     ["+",     "+",     "+",     "-",     "x",     "-",     "-",     "-"]),
    ("/api/v1/keys/{id}",               SAME, Kind::Key,          "ofn",   ["++0",   "+00",   "+00",   "-",     "x",     "-",     "-",     "-"]),
    ("/api/v1/locations",               SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/locations/{id}",          SAME, Kind::Location,     "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "-",     "-",     "++00"]),
    ("/api/v1/numbers",                 SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/numbers/{id}",            SAME, Kind::Number,       "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "-",     "-",     "++00"]),
    ("/api/v1/partners",                SAME, Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("/api/v1/partners/{id}",           SAME, Kind::Partner,      "ofn",   ["++0",   "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("/api/v1/quotes",                  SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/quotes/{id}",             SAME, Kind::Quote,        "ofn",   ["++0",   "+00",   "+00",   "+00",   "+00",   "-",     "-",     "+00"]),
    ("/api/v1/subscribers",             SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "-",     "-",     "+"]),
    ("/api/v1/subscribers/{id}",        SAME, Kind::Subscriber,   "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "-",     "-",     "++00"]),
    ("/api/v1/subscriptions",           SAME, Kind::None,         "o",     ["+",     "+",     "-",     "-",     "+",     "-",     "-",     "+"]),
    ("/api/v1/subscriptions/{id}",      SAME, Kind::Subscription, "ofn",   ["++0",   "+00",   "-",     "-",     "+00",   "-",     "-",     "+00"]),
    ("/api/v1/consents",                SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "-",     "+"]),
    ("/api/v1/consents/{id}",           SAME, Kind::Consent,      "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "+000",  "-",     "++00"]),
    ("/api/v1/invitations",             SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "-",     "+"]),
    ("/api/v1/invitations/{id}",        SAME, Kind::Invitation,   "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "+000",  "-",     "++00"]),
    ("/api/v1/activity",                SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "-",     "+"]),
    ("/api/v1/activity/{id}",           SAME, Kind::Activity,     "ofn",   ["++0",   "+00",   "+00",   "+00",   "+00",   "+00",   "-",     "+00"]),
    ("/api/v1/organizations",           SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/organizations",           "/api/v1/organizations?adminEmail=nobody@matrix.example",
                                              Kind::None,         "o",     ["+",     "+",     "+",     "+",     "x",     "-",     "-",     "-"]),
    ("/api/v1/organizations/{id}",      SAME, Kind::Organization, "osfn",  ["+++0",  "++00",  "++00",  "++00",  "++00",  "+000",  "+000",  "++00"]),
    ("/api/v1/users",                   SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "x",     "+",     "+",     "+"]),
    ("/api/v1/users",                   "/api/v1/users?organizationId={id}",
                                              Kind::Organization, "osfn",  ["++++",  "++00",  "++00",  "++00",  "x",     "+000",  "+000",  "++00"]),
    ("/api/v1/usage",                   SAME, Kind::None,         "o",     ["4",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/usage",                   "/api/v1/usage?organizationId={id}",
                                              Kind::Organization, "osfn",  ["++++",  "++++",  "++++",  "++++",  "++++",  "+000",  "+000",  "++++"]),
    ("/api/v1/projects",                "/api/v1/projects?organizationId={id}",
                                              Kind::Organization, "osfn",  ["++++",  "aa00",  "aa00",  "-",     "x",     "+000",  "+000",  "-"]),
    ("/api/v1/app-ids",                 "/api/v1/app-ids?organizationId={id}",
                                              Kind::Organization, "osfn",  ["++++",  "aa00",  "aa00",  "-",     "x",     "+000",  "+000",  "-"]),
    ("/api/v1/meters",                  SAME, Kind::None,         "o",     ["+",     "+",     "+",     "+",     "+",     "+",     "+",     "+"]),
    ("/api/v1/reports",                 SAME, Kind::None,         "o",     ["+",     "+",     "-",     "-",     "+",     "-",     "-",     "+"]),
    ("/api/v1/reports/{id}",            SAME, Kind::Report,       "ofn",   ["++0",   "+00",   "-",     "-",     "+00",   "-",     "-",     "+00"]),
    ("/api/v1/reports/{id}/file",       "/api/v1/reports/{id}/file?token=altered",
                                              Kind::Report,       "ofn",   ["t",     "t",     "t",     "t",     "t",     "t",     "t",     "t"]),
    ("/api/v1/events",                  SAME, Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/events",                  "/api/v1/events?partner={id}",
                                              Kind::Partner,      "ofn",   ["+++",   "+00",   "-",     "-",     "x",     "-",     "-",     "+00"]),
    ("/api/v1/aggregates/{type}/{id}",  "/api/v1/aggregates/customer/{id}",
                                              Kind::Customer,     "osfgn", ["++++0", "++0+0", "-",     "-",     "x",     "-",     "-",     "++0+0"]),
    ("/api/v1/aggregates/{type}/{id}/diff", "/api/v1/aggregates/customer/{id}/diff?from=0",
                                              Kind::Customer,     "osfgn", ["++++0", "++0+0", "-",     "-",     "x",     "-",     "-",     "++0+0"]),
    ("/api/v1/projections",             SAME, Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("/api/v1/projections/{name}/parked", "/api/v1/projections/customers/parked",
                                              Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "+"]),
    ("/api/v1/projections/{name}/digest", "/api/v1/projections/customers/digest",
                                              Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "+"]),
    ("/api/v1/replays/{id}/rows",       SAME, Kind::Replay,       "n",     ["0",     "-",     "-",     "-",     "-",     "-",     "-",     "0"]),
    ("/api/v1/screenings",              SAME, Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("/api/v1/screenings/{id}",         SAME, Kind::Operation,    "n",     ["0",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    // What was is for those who may read the history.
    ("/api/v1/customers",               "/api/v1/customers?at={head}",
                                              Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/customers/{id}",          "/api/v1/customers/{id}?at={head}",
                                              Kind::Customer,     "osfgn", ["+++00", "++000", "-",     "-",     "x",     "-",     "-",     "++000"]),
    ("/api/v1/provisioning",            "/api/v1/provisioning?at={head}",
                                              Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/provisioning/{id}",       "/api/v1/provisioning/{id}?at={head}",
                                              Kind::Customer,     "osfgn", ["+++00", "++000", "-",     "-",     "x",     "-",     "-",     "++000"]),
    ("/api/v1/cases",                   "/api/v1/cases?at={head}",
                                              Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/cases/{id}",              "/api/v1/cases/{id}?at={head}",
                                              Kind::Case,         "osfn",  ["+++0",  "++00",  "-",     "-",     "x",     "-",     "-",     "++00"]),
    ("/api/v1/consents",                "/api/v1/consents?at={head}",
                                              Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/consents/{id}",           "/api/v1/consents/{id}?at={head}",
                                              Kind::Consent,      "osfn",  ["+++0",  "++00",  "-",     "-",     "x",     "-",     "-",     "++00"]),
    ("/api/v1/organizations",           "/api/v1/organizations?at={head}",
                                              Kind::None,         "o",     ["+",     "+",     "-",     "-",     "x",     "-",     "-",     "+"]),
    ("/api/v1/organizations/{id}",      "/api/v1/organizations/{id}?at={head}",
                                              Kind::Organization, "osfn",  ["+++0",  "++00",  "-",     "-",     "x",     "-",     "-",     "++00"]),
    ("/api/v1/operations/{id}",         "/api/v1/operations/{id}?at={head}",
                                              Kind::Operation,    "osfn",  ["+++0",  "++00",  "-",     "-",     "x",     "-",     "-",     "++00"]),
    ("/api/v1/keys/{id}",               "/api/v1/keys/{id}?at={head}",
                                              Kind::Key,          "ofn",   ["++0",   "+00",   "-",     "-",     "x",     "-",     "-",     "-"]),
    ("/api/v1/tasks",                   SAME, Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
    ("/api/v1/outbox",                  SAME, Kind::None,         "o",     ["+",     "-",     "-",     "-",     "-",     "-",     "-",     "-"]),
];

#[test]
fn every_path_that_is_read_has_its_row() {
    let rows: BTreeSet<String> = ROWS.iter().map(|(path, ..)| (*path).to_owned()).collect();
    let read = documented().into_iter().filter(|(method, _)| method == "get").map(|(_, path)| path);
    assert_eq!(rows, read.collect());
}

async fn every_path_is_for_its_roles_and_its_objects(store: &Store) {
    let stage = Stage::set(store).await;
    let (mut flaws, head) = (Vec::new(), stage.program.head().await);
    for (route, path, kind, columns, row) in ROWS {
        let path = if *path == SAME { route } else { path };
        let mut strangers = Strangers::default();
        for cell in cells(columns, row) {
            let id = if *kind == Kind::None {
                String::new()
            } else {
                stage.object(cell.caller, *kind, cell.column)
            };
            let reply =
                stage.caller(cell.caller).get(&path.replace("{id}", &id).replace("{head}", &head)).await;
            if let Some(said) = difference(cell.expected, &reply, false) {
                let caller = CALLERS[cell.caller];
                flaws.push(format!(
                    "{path}, {caller}, {:?}: expected {}, was {said}",
                    cell.column, cell.expected
                ));
            }
            strangers.note(&cell, &reply, &id);
        }
        flaws.extend(strangers.flaws(path));
    }
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}
