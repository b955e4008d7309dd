//! A store that was carried to the other kind of database is the same store.

use serde_json::{Value, json};

use super::{compared, copy, home, other_kind, rows, said};
use crate::harness::{Acknowledged, Store, assert_sound, dump};
use crate::journey::asked::Asked;
use crate::journey::cases::{acceptance, by_token, case, mails, sign_in, token};
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::load::Load;
use crate::journey::parked::parked_for_keys;
use crate::journey::program::Program;
use crate::journey::waiting::until;

on_both_databases!(
    a_store_that_has_moved_is_the_same_store,
    what_was_parked_stays_on_record_and_keeps_nothing_from_the_new_views,
);

async fn a_store_that_has_moved_is_the_same_store(store: &Store) {
    let (other, old_home, new_home) = (other_kind(store).await, home(), home());
    let program = Program::start(store, &old_home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let opened = send(partner.service.keyed("CreateCase", "case", &case(Some(&template)))).await.expect(202);
    partner.service.ended(&text(&opened["operation"], "id")).await;
    let invitation = mails(&operator, "invitation").await.remove(0);
    let load = Load::start(&partner.service, &template, "customer", 2);
    load.answered(6).await;
    let told: Vec<Acknowledged> = load.stop().await.into_iter().map(Asked::acknowledged).collect();
    // Work is under way: what was begun here ends there.
    program.terminate().await;

    let copied = until("the end of the last leases", async || {
        let copied = copy(&old_home, store, &other);
        (!said(&copied).contains("a server is at work")).then_some(copied)
    })
    .await;

    let tables = compared(&copied);
    assert!(said(&copied).contains("its wrapping key opens it"), "{}", said(&copied));
    assert!(rows(&tables, "claims") > 0 && rows(&tables, "person_keys") > 0 && rows(&tables, "outbox") > 0);
    assert!(rows(&tables, "projections") > 0, "processes go on where they stood");
    assert_eq!(dump(store).await, dump(&other).await);
    let program = Program::start(&other, &new_home, &[]).await;
    let operator = program.operator();
    assert_sound(&other, Some(&operator), &told).await;
    let partner = partner.at(&program);
    let shown = partner.service.read(&format!("/api/v1/cases/{}", text(&opened, "id"))).await;
    assert_eq!(shown["indicativeContact"]["email"], "kim@harbour.example");
    assert_eq!(mails(&operator, "invitation").await.last().map(token), Some(token(&invitation)));
    let accepted = acceptance(&token(&invitation));
    let accepted = by_token(&partner.service, "AcceptInvitation", &accepted).await.expect(200);
    let credentials = json!({ "organizationId": accepted["organizationId"], "email": "sam@resale.example",
        "password": crate::journey::cases::PASSWORD });
    assert_eq!(sign_in(&partner.service, &credentials).await.status, 200);
    partner.provisioned(&template, "after-the-move").await;
    assert_sound(&other, Some(&operator), &told).await;
    drop(program);
    other.close().await;
}

async fn what_was_parked_stays_on_record_and_keeps_nothing_from_the_new_views(store: &Store) {
    let (other, home) = (other_kind(store).await, home());
    let program = Program::start(store, &home, &[]).await;
    let (spoilt, _, _) = parked_for_keys(store, &program).await;
    program.terminate().await;

    let tables = compared(&copy(&home, store, &other));

    assert_eq!(rows(&tables, "parked"), 1);
    let program = Program::start(&other, &home, &[]).await;
    let operator = program.operator();
    // The rows were at fault: folded anew, all of them are there.
    assert_sound(&other, Some(&operator), &[]).await;
    let key = format!("/api/v1/keys/{}", spoilt.key);
    assert!(spoilt.partner.at(&program).admin.read(&key).await["revokedAt"].is_string());
    assert_eq!(operator.list("/api/v1/projections/keys/parked").await, Vec::<Value>::new());
    let kept = "select count(*) from parked where name = 'keys' and generation = 1 and settled_at is null";
    assert_eq!(other.raw().await.number(kept).await, 1);
    drop(program);
    other.close().await;
}
