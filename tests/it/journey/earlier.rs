//! A store that an earlier program has written: opened, replayed and continued by this one.

use std::str::FromStr as _;

use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use super::bodies;
use super::cases::{acceptance, by_token, sign_in, token};
use super::client::{Client, items, send, text};
use super::program::{Home, Program};
use super::rebuild::at_the_head;
use super::replay::{live, replayed};
use super::verbs::Where;
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(a_store_of_an_earlier_program_is_opened_replayed_and_continued);

/// The wrapping key under which it was written.
const WRAPPING_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// What the earlier program wrote in another shape than this one does.
const CHANGED: &str = "invitation.terms_accepted";

async fn a_store_of_an_earlier_program_is_opened_replayed_and_continued(store: &Store) {
    let home = Home::new();
    let written = restore(store, &home).await;
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    until("the views whose folds have changed", async || {
        let readers = program.operator().list("/api/v1/projections").await;
        readers.iter().all(|reader| reader["state"] == "live" && reader["lag"] == 0).then_some(())
    })
    .await;
    let key = |role: &str| operator.with_key(&text(&written["keys"], role));
    let (service, admin, auditor) = (key("service"), key("partner_admin"), key("auditor"));

    // A view is the one that the earlier program has folded, or was filled anew; what this one folds is the same.
    verified(&operator).await;
    let all = live(&operator, "").await;
    assert_eq!(replayed(&home, &Where::Store(store), &[]), all);

    the_changed_event_is_read_in_its_new_shape(store, &operator).await;
    what_was_there_is_there(&written, &operator, (&service, &admin, &auditor)).await;
    let asked = work_goes_on(&program, &written, &service).await;

    let head = program.head().await;
    service.read(&format!("/api/v1/customers/{asked}?minPosition={head}")).await;
    let versions =
        format!("select distinct event_version from events where event_type = '{CHANGED}' order by 1");
    assert_eq!(store.raw().await.texts(&versions).await, ["1", "2"]);
    until("the readers", async || at_the_head(&program).await.then_some(())).await;
    verified(&operator).await;
    assert_eq!(replayed(&home, &Where::Store(store), &[]), live(&operator, "").await);
}

/// Loads the dump of the earlier program's store; returns its keys and IDs.
async fn restore(store: &Store, home: &Home) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/events/earlier");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the dump is there");
    let written = match store {
        Store::Sqlite(_) => {
            let options =
                SqliteConnectOptions::from_str(&store.url()).expect("it is a URL").create_if_missing(true);
            let mut file = options.connect().await.expect("a file can be made");
            sqlx::raw_sql(&read("sqlite.sql")).execute(&mut file).await.expect("the dump can be loaded");
            file.close().await.expect("the file can be closed");
            let data = home.path().join("data");
            std::fs::create_dir_all(&data).expect("a folder can be made");
            std::fs::write(data.join("wrapping.key"), WRAPPING_KEY).expect("a file can be written");
            read("sqlite.json")
        }
        Store::Postgres { .. } => {
            let mut database =
                PgConnection::connect(&store.url()).await.expect("PostgreSQL takes connections");
            sqlx::raw_sql(&read("postgres.sql"))
                .execute(&mut database)
                .await
                .expect("the dump can be loaded");
            read("postgres.json")
        }
    };
    serde_json::from_str(&written).expect("it is JSON")
}

/// Replays every view and compares it with the live one, row by row.
async fn verified(operator: &Client) {
    for view in tenantry::projector::registered_views() {
        let path = format!("/api/v1/projections/{}/verify", view.name());
        let verdict = send(operator.post(&path, &json!({}))).await.expect(200);
        assert_eq!(verdict["differences"], json!([]), "{verdict}");
    }
}

async fn the_changed_event_is_read_in_its_new_shape(store: &Store, operator: &Client) {
    let count = format!("select count(*) from events where event_type = '{CHANGED}' and event_version = '1'");
    assert_eq!(store.raw().await.number(&count).await, 2, "it stays stored as it was");
    let events = operator.list(&format!("/api/v1/events?type={CHANGED}")).await;
    assert_eq!(events.len(), 2);
    for event in events {
        let accepted = json!([
            { "document": "terms-of-service", "version": "2026-01-01" },
            { "document": "privacy-policy", "version": "2026-01-01" },
        ]);
        assert_eq!((&event["version"], &event["data"]["accepted"]), (&json!("2"), &accepted));
    }
}

/// Keys, rows, people's data, passwords, states and earlier moments.
async fn what_was_there_is_there(
    written: &Value,
    operator: &Client,
    (service, admin, auditor): (&Client, &Client, &Client),
) {
    let (customer, organization) = (text(written, "customer"), text(written, "organization"));
    let row = service.read(&format!("/api/v1/customers/{customer}")).await;
    assert_eq!(
        (&row["status"], &row["primaryEmail"]),
        (&json!("provisioned"), &json!("admin@retail.example"))
    );
    let case = service.read(&format!("/api/v1/cases/{}", text(written, "case"))).await;
    assert_eq!((&case["status"], &case["primaryContact"]["name"]), (&json!("won"), &json!("Sam Seller")));
    let attached = service.read(&format!("/api/v1/customers/{}", text(written, "attached"))).await;
    assert_eq!(attached["status"], "provisioned");

    let credentials = json!({
        "organizationId": organization, "email": "admin@retail.example",
        "password": "correct horse battery staple",
    });
    let session = sign_in(service, &credentials).await.expect(200);
    let member = service.with_key(&text(&session, "token"));
    let users = member.list("/api/v1/users").await;
    assert_eq!((users.len(), &users[0]["givenName"]), (1, &json!("Robin")), "{users:?}");

    // The stream of the changed event has values about a person too.
    let invitations = member.list("/api/v1/invitations").await;
    assert_eq!(invitations.len(), 1);
    let (id, email) = (text(&invitations[0], "id"), text(&invitations[0], "email"));
    assert_eq!(email, "admin@retail.example");
    let state = operator.read(&format!("/api/v1/aggregates/invitation/{id}")).await;
    assert_eq!((&state["state"]["issued"]["status"], &state["sequence"]), (&json!("accepted"), &json!(4)));
    let position = text(written, "position");
    let then = auditor.read(&format!("/api/v1/customers?at={position}")).await;
    assert_eq!((items(&then).len(), &then["position"]), (3, &json!(position)));
    admin.read(&format!("/api/v1/aggregates/customer/{customer}/diff?from=1")).await;
}

/// A customer of the earlier program's template, and an administrator who accepts; returns the customer.
async fn work_goes_on(program: &Program, written: &Value, service: &Client) -> String {
    let body = bodies::customer(&text(written, "template"), "customer-17");
    let asked = send(service.keyed("CreateCustomerOrg", "later", &body)).await.expect(202);
    let operation = service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    let customer = service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
    let organization = text(&customer, "organizationId");
    let mail = until("the invitation", async || {
        let mails = program.operator().list("/api/v1/outbox?limit=500").await;
        mails.into_iter().find(|mail| mail["kind"] == "invitation" && mail["tenantId"] == json!(organization))
    })
    .await;
    by_token(service, "AcceptInvitation", &acceptance(&token(&mail))).await.expect(200);
    text(&asked, "id")
}
