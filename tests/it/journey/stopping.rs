//! The end of the program: told to stop, it finishes what is in flight.

use std::time::Instant;

use serde_json::json;
use tenantry::limits::READ_WAIT;

use super::asked::Asked;
use super::bodies;
use super::cast::Partner;
use super::client::{send, text};
use super::load::Load;
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Acknowledged, Store, assert_sound, assert_whole};

on_both_databases!(
    a_program_that_is_told_to_stop_ends_well,
    the_next_server_goes_on_at_once,
    what_was_acknowledged_before_the_end_is_there_after_it,
    work_that_was_under_way_ends_after_the_next_start,
);

async fn a_program_that_is_told_to_stop_ends_well(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    partner.provisioned(&template, "customer-17").await;
    // A stream that would go on for ever does not hold up the end.
    let mut stream = partner.admin.stream("/api/v1/events", None).await;
    stream.take(1).await;
    let url = program.url.clone();

    let (status, said) = program.terminate().await;

    assert_eq!(status.code(), Some(0));
    assert_eq!(said, [format!("ready {url}")]);
    while stream.next().await.is_some() {}
    let program = Program::start(store, &home, &[]).await;
    assert_eq!(partner.at(&program).admin.list("/api/v1/customers").await.len(), 1);
}

async fn the_next_server_goes_on_at_once(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    program.terminate().await;

    let program = Program::start(store, &home, &[]).await;

    // It waits neither for the views nor for the process: whoever had them gave them back.
    let partner = partner.at(&program);
    let body = bodies::customer(&template, "customer-17");
    let asked = send(partner.service.keyed("CreateCustomerOrg", "key", &body)).await;
    let place = asked.header("location").expect("work that goes on has a place");
    partner.service.read(place).await;
    let begun = Instant::now();
    partner.service.ended(&text(&asked.json()["operation"], "id")).await;
    assert!(begun.elapsed() < READ_WAIT);
}

async fn what_was_acknowledged_before_the_end_is_there_after_it(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let load = Load::start(&partner.service, &template, "customer", 3);
    load.answered(20).await;

    let (status, _) = program.terminate().await;

    assert_eq!(status.code(), Some(0));
    assert_whole(store).await;
    let program = Program::start(store, &home, &[]).await;
    let asked = load.stop().await.into_iter().filter(Asked::is_acknowledged);
    let acknowledged: Vec<Acknowledged> = asked.map(Asked::acknowledged).collect();
    assert_sound(store, Some(&program.operator()), &acknowledged).await;
}

async fn work_that_was_under_way_ends_after_the_next_start(store: &Store) {
    let home = Home::new();
    let slow = ["--platform", "simulated", "--simulated-delay-ms", "2000"];
    let program = Program::start(store, &home, &slow).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let asked = partner.customer(&template, "customer-17").await;
    let operator = program.operator();
    until("the first task", async || (!operator.list("/api/v1/tasks").await.is_empty()).then_some(())).await;

    let (status, _) = program.terminate().await;

    assert_eq!(status.code(), Some(0));
    let program = Program::start(store, &home, &[]).await;
    let partner = partner.at(&program);
    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded");
    assert_eq!(operation["steps"][0]["error"], json!(null));
    assert_sound(store, Some(&program.operator()), &[]).await;
}
