//! No e-mail address that a command brings in is found in a file, a table or a log.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::bodies;
use super::cast::Partner;
use super::client::{send, text, try_send};
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(
    no_address_is_found_while_the_program_runs_nor_after_it_was_killed,
    only_those_who_work_with_people_see_their_addresses,
);

/// What every address of these tests holds, and nothing else does.
const MARK: &str = "mark7q9x";

/// What stands in the place of an address that the reader may not see.
const WITHHELD: &str = "withheld";

async fn no_address_is_found_while_the_program_runs_nor_after_it_was_killed(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, template) = marked(&program).await;
    partner.provisioned_with(&customer(&template, "customer-17")).await;
    refused(&partner, &template).await;

    assert_no_mark(store, &home).await;

    let mut clients = JoinSet::new();
    for client in 0..4 {
        let (service, template) = (partner.service.clone(), template.clone());
        clients.spawn(async move {
            for n in 0.. {
                let body = customer(&template, &format!("customer-{client}-{n}"));
                let request = service.keyed("CreateCustomerOrg", &format!("{client}-{n}"), &body);
                if try_send(request).await.is_err() {
                    return;
                }
            }
        });
    }
    let operator = program.operator();
    let path = "/api/v1/events?type=customer.org_requested&limit=500";
    until("some customers", async || (operator.list(path).await.len() > 20).then_some(())).await;
    program.kill();
    clients.join_all().await;

    assert_no_mark(store, &home).await;

    // What the next start finds and finishes does not bring an address to light either.
    let program = Program::start(store, &home, &[]).await;
    let body = customer(&template, "customer-18");
    send(partner.at(&program).service.keyed("CreateCustomerOrg", "customer-18", &body)).await.expect(202);
    program.terminate().await;

    assert_no_mark(store, &home).await;
}

async fn only_those_who_work_with_people_see_their_addresses(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, template) = marked(&program).await;
    let asked = partner.provisioned_with(&customer(&template, "customer-17")).await;
    let row = format!("/api/v1/customers/{}", text(&asked, "id"));
    let event = format!("/api/v1/events?aggregate={}&type=customer.org_requested", text(&asked, "id"));
    for (reader, expected) in [
        (&partner.admin, json!(address("customer-17"))),
        (&partner.auditor, json!({ "personal": WITHHELD })),
        (&program.operator(), json!({ "personal": WITHHELD })),
    ] {
        assert_eq!(reader.read(&row).await["primaryEmail"], expected);
        assert_eq!(reader.list(&event).await[0]["data"]["primaryEmail"], expected);
        assert_eq!(reader.lines(&event).await[0]["data"]["primaryEmail"], expected);
        let sent = reader.stream(&event, None).await.take(1).await;
        assert_eq!(sent[0].data["data"]["primaryEmail"], expected);
    }
    assert_eq!(partner.service.read(&row).await["primaryEmail"], address("customer-17"));
}

/// Makes a partner whose every command carries an address.
async fn marked(program: &Program) -> (Partner, String) {
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let issue = json!({
        "role": "partner_user", "partnerId": partner.id, "name": "A person", "email": address("holder"),
    });
    send(program.operator().command("IssueKey", &issue)).await.expect(200);
    let mut template = bodies::template();
    template["serviceProviderAdmin"] = json!(address("provider"));
    let created = send(partner.service.keyed("CreateTemplate", "template", &template)).await;
    (partner, text(&created.expect(200), "provisioningId"))
}

/// Gives commands that carry addresses and come to nothing.
async fn refused(partner: &Partner, template: &str) {
    let known = customer(template, "customer-17");
    let rehearsal =
        partner.service.post("/api/v1/commands/CreateCustomerOrg?dryRun=true", &customer(template, "x"));
    send(rehearsal).await.expect(200);
    let taken = send(partner.service.keyed("CreateCustomerOrg", "other-key", &known)).await;
    assert_eq!(taken.code(409), "external_id_taken");
    let mut changed = known.clone();
    changed["customerInfo"]["primaryEmail"] = json!(address("changed"));
    let reused = send(partner.service.keyed("CreateCustomerOrg", "customer-17", &changed)).await;
    assert_eq!(reused.code(422), "idempotency_key_reused");
    for nonsense in [json!(format!("{MARK} at nowhere")), json!([address("listed")])] {
        changed["customerInfo"]["primaryEmail"] = nonsense;
        let malformed = send(partner.service.keyed("CreateCustomerOrg", "nonsense", &changed)).await;
        assert_eq!(malformed.code(400), "malformed");
        assert!(!malformed.text.contains(MARK), "{}", malformed.text);
    }
}

fn address(name: &str) -> String {
    format!("{MARK}.{name}@secret.example")
}

fn customer(template: &str, external_id: &str) -> Value {
    let mut body = bodies::customer(template, external_id);
    body["customerInfo"]["primaryEmail"] = json!(address(external_id));
    body
}

/// Asserts that what is stored and logged holds external IDs, which are nobody's secret, and no address.
async fn assert_no_mark(store: &Store, home: &Home) {
    let folders = folders(store, home).await;
    let known = files_with("customer-17", &folders);
    assert!(known.iter().any(|file| !is_log(file)), "this is not all that is stored: {known:?}");
    assert!(files_with("answered", &folders).iter().any(|file| is_log(file)), "the program logs nothing");
    assert_eq!(files_with(MARK, &folders), Vec::<PathBuf>::new());
    if let Store::Postgres { .. } = store {
        // A database may compress what it holds; as text it does not.
        for (table, rows) in rows(store).await {
            assert!(!rows.to_ascii_lowercase().contains(MARK), "an address stands in {table}");
        }
    }
}

/// Returns where the data and the logs are: the program's, and the database's with those of its write-ahead log.
pub(super) async fn folders(store: &Store, home: &Home) -> Vec<PathBuf> {
    let mut folders = vec![home.path().to_owned()];
    match store {
        Store::Sqlite(_) => folders.push(store.folder()),
        Store::Postgres { .. } => {
            let mut raw = store.raw_superuser().await;
            raw.execute("checkpoint").await.expect("the superuser may");
            let places = raw.texts(
                "select d || p from current_setting('data_directory') as d, (
                    select '/base/' || oid from pg_database where datname = current_database()
                    union all select '/pg_wal' union all select '/../log') as of (p)",
            );
            folders.extend(places.await.iter().map(PathBuf::from));
        }
    }
    folders
}

fn is_log(file: &Path) -> bool {
    file.to_string_lossy().contains("/start-")
}

/// Returns the files of some folders that hold a text, in whatever case.
pub(super) fn files_with(text: &str, folders: &[PathBuf]) -> Vec<PathBuf> {
    for folder in folders {
        assert!(folder.exists(), "{} can be read", folder.display());
    }
    // A file may go while it is read; such a one is passed over without a word.
    let found = Command::new("grep").env("LC_ALL", "C").args(["-rsliaF", "--", text]).args(folders).output();
    let found = String::from_utf8(found.expect("grep runs").stdout).expect("paths are text");
    found.lines().map(PathBuf::from).collect()
}

/// Returns every row of every table as text.
async fn rows(store: &Store) -> Vec<(String, String)> {
    let mut raw = store.raw().await;
    let tables =
        "select table_name::text from information_schema.tables where table_schema = current_schema()";
    let mut found = Vec::new();
    for table in raw.texts(tables).await {
        let rows = raw.texts(&format!("select t::text from \"{table}\" t")).await;
        found.push((table, rows.join("\n")));
    }
    found
}
