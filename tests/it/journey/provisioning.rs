//! Provisioning on a platform that fails: for now, for one package, for all.

use std::time::Duration;

use serde_json::{Value, json};
use tenantry::connectors::Simulation;
use tenantry_domain::catalogue::Package;

use super::cast::Partner;
use super::client::{Client, text};
use super::first_run::states_of_steps;
use super::in_process::InProcess;
use super::program::{Home, Program};
use crate::harness::{Store, assert_sound};

on_both_databases!(
    a_step_that_fails_for_now_is_tried_again,
    a_refused_package_leaves_a_customer_with_errors,
    an_add_on_fails_with_the_package_that_it_needs,
    a_customer_without_any_package_has_failed,
    a_platform_of_this_process_fails_alike,
);

/// How often a step fails for now: rarely enough that no step uses up its attempts.
const TRANSIENT_PERCENT: u8 = 20;

/// The code of an add-on whose base package failed; the platform's own codes are positive.
const BASE_PACKAGE_FAILED: u32 = 0;

/// Customers that are enough to see a failure, however lucky they are: four steps each.
const CUSTOMERS_MAX: usize = 50;

async fn a_step_that_fails_for_now_is_tried_again(store: &Store) {
    let percent = TRANSIENT_PERCENT.to_string();
    let (home, options) = (Home::new(), ["--simulated-transient-percent", &percent]);
    let program = simulated(store, &home, &options).await;
    retried(&program.operator()).await;
    assert_sound(store, Some(&program.operator()), &[]).await;
}

async fn a_refused_package_leaves_a_customer_with_errors(store: &Store) {
    let (home, options) = (Home::new(), ["--simulated-refused", "webex_meetings"]);
    let program = simulated(store, &home, &options).await;
    refused_in_part(&program.operator()).await;
    assert_sound(store, Some(&program.operator()), &[]).await;
}

async fn an_add_on_fails_with_the_package_that_it_needs(store: &Store) {
    let (home, options) = (Home::new(), ["--simulated-refused", "webex_calling"]);
    let program = simulated(store, &home, &options).await;
    refused_with_its_add_on(&program.operator()).await;
    assert_sound(store, Some(&program.operator()), &[]).await;
}

async fn a_customer_without_any_package_has_failed(store: &Store) {
    let (home, options) = (Home::new(), ["--simulated-refused", "webex_calling,webex_meetings"]);
    let program = simulated(store, &home, &options).await;
    refused_altogether(&program.operator()).await;
    assert_sound(store, Some(&program.operator()), &[]).await;
}

async fn a_platform_of_this_process_fails_alike(store: &Store) {
    let (home, delay) = (Home::new(), Duration::from_millis(5));
    let simulation = Simulation { delay, transient_percent: TRANSIENT_PERCENT, ..Simulation::default() };
    let server = InProcess::start(store, &home, simulation).await;
    retried(&server.operator()).await;
    assert_sound(store, Some(&server.operator()), &[]).await;
    server.stop().await;

    let (home, other) = (Home::new(), store.another().await);
    let simulation = Simulation { refused: vec![Package::WebexMeetings], ..Simulation::default() };
    let server = InProcess::start(&other, &home, simulation).await;
    refused_in_part(&server.operator()).await;
    assert_sound(&other, Some(&server.operator()), &[]).await;
    server.stop().await;
    other.close().await;
}

async fn simulated(store: &Store, home: &Home, options: &[&str]) -> Program {
    Program::start(store, home, &[&["--platform", "simulated"], options].concat()).await
}

/// Creates customers until a step has failed: it was tried again, and the customer is provisioned.
async fn retried(operator: &Client) {
    let partner = Partner::register(operator, "Example Resale").await;
    let template = partner.template().await;
    for n in 0..CUSTOMERS_MAX {
        let asked = partner.provisioned(&template, &format!("customer-{n}")).await;
        let customer = text(&asked, "id");
        let path = format!("/api/v1/events?aggregate={customer}&type=customer.step_retried");
        let retries = partner.auditor.list(&path).await;
        if retries.is_empty() {
            continue;
        }
        let status = partner.auditor.read(&format!("/api/v1/provisioning/{customer}")).await;
        assert_eq!(status["status"], "provisioned");
        for step in status["steps"].as_array().expect("there are steps") {
            let failed: Vec<_> =
                retries.iter().filter(|event| event["data"]["step"] == step["name"]).collect();
            let attempts: Vec<_> = failed.iter().map(|event| event["data"]["attempt"].clone()).collect();
            assert_eq!(attempts, (1..=failed.len()).map(Value::from).collect::<Vec<_>>());
            assert_eq!((&step["state"], &step["attempts"]), (&json!("done"), &json!(failed.len() + 1)));
            assert_eq!((&step["error"], &step["retryAt"]), (&Value::Null, &Value::Null));
        }
        return;
    }
    panic!("{CUSTOMERS_MAX} customers met no failure");
}

async fn refused_in_part(operator: &Client) {
    let partner = Partner::register(operator, "Example Resale").await;
    let (customer, operation) = create(&partner).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    assert_eq!(operation["result"]["customerId"], customer["id"]);
    assert_eq!(operation["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!(customer["status"], "provisioned_with_errors");
    assert_eq!(customer["errors"], operation["errors"]);
    assert_eq!(
        states_of_packages(&customer),
        ["webex_calling provisioned", "webex_meetings error", "attendant_console provisioned"],
    );
    assert_eq!(customer["packages"][1]["errors"], operation["errors"]);
}

async fn refused_with_its_add_on(operator: &Client) {
    let partner = Partner::register(operator, "Example Resale").await;
    let (customer, operation) = create(&partner).await;
    assert_eq!(operation["state"], "succeeded", "{operation}");
    assert_eq!(
        states_of_packages(&customer),
        ["webex_calling error", "webex_meetings provisioned", "attendant_console error"],
    );
    assert_eq!(customer["packages"][2]["errors"][0]["code"], BASE_PACKAGE_FAILED);
}

async fn refused_altogether(operator: &Client) {
    let partner = Partner::register(operator, "Example Resale").await;
    let (customer, operation) = create(&partner).await;
    assert_eq!(operation["state"], "failed", "{operation}");
    assert_eq!(operation["result"], Value::Null);
    assert_eq!(operation["errors"].as_array().map(Vec::len), Some(3));
    assert_eq!(customer["status"], "error");
    assert_eq!(
        states_of_steps(&operation),
        [
            "create_organization done",
            "provision_package:webex_calling failed",
            "provision_package:webex_meetings failed",
            "provision_package:attendant_console failed",
        ],
    );
}

/// Asks for a customer; returns its row and its operation once that has ended.
async fn create(partner: &Partner) -> (Value, Value) {
    let template = partner.template().await;
    let asked = partner.customer(&template, "customer-17").await;
    let operation = partner.service.ended(&text(&asked["operation"], "id")).await;
    let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
    (row, operation)
}

fn states_of_packages(customer: &Value) -> Vec<String> {
    let packages = customer["packages"].as_array().expect("there are packages");
    packages.iter().map(|package| format!("{} {}", text(package, "name"), text(package, "status"))).collect()
}
