//! The read models under a long random run: ten thousand commands over some two hundred organizations, and in the end
//! every row is what a model says that was kept beside, in the plainest way.
//!
//! The model knows requests, answers and the rules; it reads no event and shares no code with the views.

mod attaches;
mod cases;
mod compare;
mod customers;
mod others;
mod places;
mod plain;
mod rules;
mod walk;

use futures::future::join_all;
use serde_json::json;

use self::compare::Differences;
use self::customers::DENIED_NAME;
use self::others::METERS;
use self::walk::Walk;
use super::cast::Partner;
use super::client::send;
use super::in_process::InProcess;
use super::program::Home;
use super::random::chance::{self, Chance};
use crate::harness::{Store, assert_sound};

on_both_databases!(within std::time::Duration::from_mins(8) => the_read_models_equal_a_plain_model_of_what_was_asked);

/// Commands in all, refused ones among them, repetitions not.
const COMMANDS: usize = 10_000;

/// Commands of each partner.
const EACH: usize = COMMANDS / PARTNERS as usize;

/// Partners that ask side by side.
const PARTNERS: u8 = 8;

async fn the_read_models_equal_a_plain_model_of_what_was_asked(store: &Store) {
    let home = Home::new();
    let server = InProcess::demonstration(store, &home).await;
    let operator = server.operator();
    for (meter, kind) in METERS.iter().filter(|(_, kind)| !kind.is_empty()) {
        let body = json!({ "name": meter, "kind": kind, "unit": "units" });
        send(operator.command("DefineMeter", &body)).await.expect(200);
    }
    let denied = json!({ "entries": [{ "country": "DE", "name": DENIED_NAME }] });
    send(operator.command("SetScreeningList", &denied)).await.expect(200);
    let rival = Partner::register(&operator, "Example Rival").await;

    let seed = chance::seed();
    let begun = (0..PARTNERS).map(|n| {
        let (operator, rival) = (operator.clone(), (rival.id.clone(), rival.admin.clone()));
        let (chance, name) = (Chance::of(seed.wrapping_add(n.into())), format!("Partner {n}"));
        async move { Walk::begin(operator, rival, chance, &name).await.go(EACH).await }
    });
    let walks = join_all(begun).await;

    let told: Vec<_> = walks.iter().flat_map(|walk| walk.told.iter().cloned()).collect();
    assert_sound(store, Some(&operator), &told).await;
    let mut differences = Differences::default();
    for walk in &walks {
        differences.of(walk).await;
    }
    let books: Vec<_> = walks.iter().map(|walk| &walk.book).collect();
    differences.of_all(&operator, &books, &[(rival.id, "Example Rival")]).await;
    let rows = differences.none();
    let given: usize = walks.iter().map(|walk| walk.given).sum();
    assert!(given >= COMMANDS && rows > given / 10, "{given} commands led to {rows} rows");
    server.stop().await;
}
