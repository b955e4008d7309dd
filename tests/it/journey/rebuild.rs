//! A view is rebuilt beside the live one while readers go on.

use serde_json::json;

use super::cast::Partner;
use super::client::{Client, send, text};
use super::first_run::verdicts;
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_rebuilt_view_takes_the_place_of_a_spoilt_one_while_readers_go_on,
    a_view_that_has_stopped_is_rebuilt,
);

const CUSTOMERS: usize = 30;

/// Spoils a row of the live customers, behind the program's back.
const SPOIL: &str = "update view_customers_1 set doc = '{}'
    where row_key = (select min(row_key) from view_customers_1)";

async fn a_rebuilt_view_takes_the_place_of_a_spoilt_one_while_readers_go_on(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, ids) = with_customers(store, &program).await;
    let before = partner.service.list("/api/v1/customers").await;
    store.raw().await.execute(SPOIL).await.expect("the row is there");
    let spoilt: Vec<_> =
        verdicts(&program).await.into_iter().filter(|v| v["differences"] != json!([])).collect();
    assert_eq!(spoilt.len(), 1, "{spoilt:?}");
    assert_eq!(spoilt[0]["differences"], json!([format!("{} {}", partner.id, ids[0])]));

    rebuild(&program.operator(), "customers").await;
    until("the rebuilt view", async || {
        let row = partner.service.read(&format!("/api/v1/customers/{}", ids[1])).await;
        assert_eq!(row["id"], ids[1], "readers go on meanwhile");
        is_live(&program.operator(), "customers", 2).await.then_some(())
    })
    .await;

    assert_eq!(partner.service.list("/api/v1/customers").await, before);
    assert_sound(store, Some(&program.operator()), &[]).await;
    let old = store.raw().await.execute("select count(*) from view_customers_1").await;
    assert!(old.is_err(), "the old rows are gone");
    let after = partner.provisioned(&partner.template().await, "customer-after").await;
    let path = format!("/api/v1/customers/{}?minPosition={}", text(&after, "id"), text(&after, "position"));
    assert_eq!(partner.service.read(&path).await["externalId"], "customer-after");
}

async fn a_view_that_has_stopped_is_rebuilt(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (partner, ids) = with_customers(store, &program).await;
    program.terminate().await;
    let stop = "update projections set state = 'failed', error = 'spoilt' where name = 'customers'";
    store.raw().await.execute(stop).await.expect("the view is there");
    let program = Program::start(store, &home, &[]).await;
    let partner = partner.at(&program);
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-late").await;
    let late = format!("/api/v1/customers/{}", text(&asked, "id"));
    assert_eq!(
        partner.service.get(&format!("/api/v1/customers/{}", ids[0])).await.status,
        200,
        "it goes on answering"
    );

    rebuild(&program.operator(), "customers").await;
    until("the rebuilt view", async || is_live(&program.operator(), "customers", 2).await.then_some(()))
        .await;

    assert_eq!(partner.service.read(&late).await["externalId"], "customer-late");
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), CUSTOMERS + 1);
}

/// Registers a partner and provisions its customers; returns their IDs in order.
async fn with_customers(store: &Store, program: &Program) -> (Partner, Vec<String>) {
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut ids = Vec::new();
    for n in 0..CUSTOMERS {
        ids.push(text(&partner.customer(&template, &format!("customer-{n}")).await, "id"));
    }
    assert_sound(store, Some(&program.operator()), &[]).await;
    (partner, ids)
}

async fn rebuild(operator: &Client, view: &str) {
    let asked = operator.post(&format!("/api/v1/projections/{view}/rebuild"), &json!({}));
    assert_eq!(send(asked).await.expect(202)["generation"], 2);
}

/// Tells whether a generation of a view is the only one, and live.
async fn is_live(operator: &Client, view: &str, generation: i64) -> bool {
    let readers = operator.list("/api/v1/projections").await;
    let of_view: Vec<_> = readers.iter().filter(|reader| reader["name"] == view).collect();
    of_view.len() == 1 && of_view[0]["generation"] == generation && of_view[0]["state"] == "live"
}

/// Tells whether every view and process has read the log to its end.
pub(super) async fn at_the_head(program: &Program) -> bool {
    program.operator().list("/api/v1/projections").await.iter().all(|reader| reader["lag"] == 0)
}
