//! The universal check sees what is wrong: a store is spoilt in several ways, and it fails each time.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use serde_json::json;

use super::asked::Asked;
use super::cast::Partner;
use super::load::Load;
use super::program::{Home, Program};
use crate::harness::{Acknowledged, Store, assert_sound};

on_both_databases!(a_spoilt_store_or_a_false_answer_does_not_pass_the_check);

/// Ways to spoil a store without breaking the order of its log, and what the check says of them.
const SPOILS: [(&str, &str); 3] = [
    (
        "one cause had this effect twice",
        "insert into events select log, (select head + 1 from logs), tenant_id, aggregate_type, aggregate_id,
            (select max(s.sequence) + 1 from events s where s.aggregate_id = e.aggregate_id), event_type,
            event_version, payload, metadata, (select recorded_at from logs) from events e
            where position = (select max(position) from events where event_type = 'customer.package_provisioned');
        update logs set head = head + 1;
        insert into commands select tenant_id, scope, 'another', fingerprint, command_type, answer, head, head, c.log,
            l.recorded_at from commands c, logs l where c.first_position = 1",
    ),
    (
        "tasks that were reported twice",
        "insert into commands select 'platform', scope, command_id, fingerprint, command_type, answer, null,
            last_position, log, recorded_at from commands
            where command_id = (select min(command_id) from commands where command_id like 'task_%')",
    ),
    (
        "an event belongs to no command, or to two",
        "insert into commands select tenant_id, scope, 'another still', fingerprint, command_type, answer,
            first_position, last_position, log, recorded_at from commands where first_position = 1",
    ),
];

async fn a_spoilt_store_or_a_false_answer_does_not_pass_the_check(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let load = Load::start(&partner.service, &partner.template().await, "customer", 1);
    load.answered(2).await;
    let told: Vec<Acknowledged> = load.stop().await.into_iter().map(Asked::acknowledged).collect();
    assert_sound(store, Some(&operator), &told).await;

    let lost = Acknowledged { key: "never-stored".to_owned(), ..told[0].clone() };
    let swapped = Acknowledged { reply: told[1].reply.clone(), ..told[0].clone() };
    for (said, false_answer) in
        [("records of CreateCustomerOrg under never-stored", lost), ("under customer", swapped.clone())]
    {
        let found = failure(assert_sound(store, None, &[false_answer])).await;
        assert!(found.contains(said), "{found}");
    }
    assert!(failure(assert_sound(store, Some(&operator), &[swapped])).await.contains("under customer"));
    let spoil = "update view_partners_1 set doc = '{}'";
    store.raw().await.execute(spoil).await.expect("the rows are there");
    let found = failure(assert_sound(store, Some(&operator), &told)).await;
    assert!(found.contains(&format!("{} {}", "platform", partner.id)), "{found}");

    program.terminate().await;
    for (said, spoil) in SPOILS {
        store.raw().await.execute(spoil).await.expect("history may be added to");
        let found = failure(assert_sound(store, None, &[])).await;
        assert!(found.contains(said), "{found}");
    }
}

/// Returns what a check says when it fails; panics if it passes.
async fn failure(check: impl Future<Output = ()>) -> String {
    let panic = AssertUnwindSafe(check).catch_unwind().await.expect_err("the check fails");
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| json!(panic.downcast_ref::<&str>()).to_string())
}
