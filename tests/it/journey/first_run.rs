//! The first run of a new user: from an empty store to a customer with its organization.

use serde_json::{Value, json};

use super::bodies;
use super::cast::Partner;
use super::client::{send, text};
use super::program::{Home, Program};
use super::replay::NOT_MET;
use super::waiting::until;
use crate::harness::Store;

on_both_databases!(
    an_empty_store_leads_to_a_provisioned_customer,
    a_rehearsed_command_shows_its_events_and_stores_nothing,
    an_operation_streams_its_changes_until_it_has_ended,
    every_view_equals_its_replay,
);

/// The steps of a customer in `bodies::customer`, base packages first.
const STEPS: [&str; 4] = [
    "create_organization",
    "provision_package:webex_calling",
    "provision_package:webex_meetings",
    "provision_package:attendant_console",
];

async fn an_empty_store_leads_to_a_provisioned_customer(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;

    let body = bodies::customer(&template, "customer-17");
    let asked = send(partner.service.keyed("CreateCustomerOrg", "first", &body)).await;

    let answer = asked.expect(202);
    let (customer, operation) = (text(&answer, "id"), text(&answer["operation"], "id"));
    assert_eq!(answer["operation"]["state"], "running");
    assert_eq!(answer["sequence"], 1);
    assert_eq!(asked.header("tenantry-position"), answer["position"].as_str());
    let place = asked.header("location").expect("work that goes on has a place");
    assert_eq!(place, format!("/api/v1/operations/{operation}?minPosition={}", text(&answer, "position")));
    // Nobody who follows the place is too early.
    assert_eq!(partner.service.read(place).await["id"], json!(operation));

    let ended = partner.service.ended(&operation).await;
    assert_eq!(ended["state"], "succeeded", "{ended}");
    assert_eq!(ended["errors"], json!([]));
    assert_eq!(ended["result"]["customerId"], json!(customer));
    let organization = text(&ended["result"], "organizationId");

    let shown = partner.service.get(&format!("/api/v1/customers/{customer}")).await;
    let mut row = shown.expect(200);
    let actions = row.as_object_mut().and_then(|fields| fields.remove("actions"));
    assert!(
        actions.is_some_and(|actions| actions.is_array()),
        "a single object says what may be done with it"
    );
    assert_eq!(shown.header("etag"), Some(format!("\"{}\"", row["sequence"]).as_str()));
    assert_eq!((&row["status"], &row["externalId"]), (&json!("provisioned"), &json!("customer-17")));
    assert_eq!(row["primaryEmail"], "admin@customer-17.example");
    assert_eq!(partner.service.list("/api/v1/customers").await, [row]);

    let status = partner.service.read(&format!("/api/v1/provisioning/{customer}")).await;
    assert_eq!(status["status"], "provisioned");
    assert_eq!(states_of_steps(&status), STEPS.map(|step| format!("{step} done")));

    let row = program.operator().read(&format!("/api/v1/organizations/{organization}")).await;
    let licenses: Vec<&str> = row["licenses"].as_array().into_iter().flatten().map(package).collect();
    assert_eq!(licenses, ["webex_calling", "webex_meetings", "attendant_console"]);
    assert_eq!(row["licenses"][0]["quantity"], 25);
    // The administrator is invited besides; then only the timer of the invitation is left.
    until("nothing left to do", async || {
        let left = program.operator().list("/api/v1/tasks").await;
        left.iter().all(|task| task["kind"] == "expire_invitation").then_some(())
    })
    .await;
}

async fn a_rehearsed_command_shows_its_events_and_stores_nothing(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let before = program.operator().lines("/api/v1/events").await;

    let rehearsal =
        send(partner.service.post("/api/v1/commands/CreateTemplate?dryRun=true", &bodies::template())).await;

    let answer = rehearsal.expect(200);
    assert_eq!(answer["dryRun"], true);
    assert_eq!(answer["events"][0]["type"], "template.created");
    assert_eq!(answer["events"][0]["data"]["serviceProviderAdmin"], "admin@resale.example");
    assert_eq!(program.operator().lines("/api/v1/events").await, before);
    // Neither the name nor a key of the command is taken.
    partner.template().await;
}

async fn an_operation_streams_its_changes_until_it_has_ended(store: &Store) {
    let home = Home::new();
    let program =
        Program::start(store, &home, &["--platform", "simulated", "--simulated-delay-ms", "50"]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let asked = partner.customer(&template, "customer-17").await;
    let path = format!("/api/v1/operations/{}", text(&asked["operation"], "id"));

    let mut stream = partner.service.stream(&path, None).await;
    let mut changes = Vec::new();
    while let Some(change) = stream.next().await {
        changes.push(change);
    }

    assert!(changes.iter().all(|change| change.event == "operation"));
    assert!(changes.windows(2).all(|pair| pair[0].data != pair[1].data), "each change is a change");
    let states: Vec<&str> = changes.iter().filter_map(|change| change.data["state"].as_str()).collect();
    let (last, before) = states.split_last().expect("there are changes");
    assert_eq!(*last, "succeeded");
    assert!(!before.is_empty() && before.iter().all(|state| *state == "running"), "{states:?}");
    assert_eq!(changes.last().map(|change| &change.data), Some(&partner.service.read(&path).await));
}

async fn every_view_equals_its_replay(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    for external_id in ["customer-17", "customer-18"] {
        let asked = partner.provisioned(&template, external_id).await;
        use_it(&program, &partner, &text(&asked, "id")).await;
    }

    let verdicts = verdicts(&program).await;

    let views: Vec<String> = verdicts.iter().map(|verdict| text(verdict, "view")).collect();
    let expected: Vec<&str> =
        tenantry::projector::registered_views().iter().map(|view| view.name()).collect();
    assert_eq!(views, expected);
    for verdict in verdicts {
        assert_eq!(verdict["differences"], json!([]), "{verdict}");
        assert!(verdict["rows"] != 0 || NOT_MET.iter().any(|view| verdict["view"] == *view), "{verdict}");
    }
}

/// Records some use of a customer's organization.
async fn use_it(program: &Program, partner: &Partner, customer: &str) {
    let meter = json!({ "name": "calls.minutes", "kind": "sum", "unit": "minutes" });
    send(program.operator().command("DefineMeter", &meter)).await.expect(200);
    let row = partner.service.read(&format!("/api/v1/customers/{customer}")).await;
    let record = json!({
        "source": "switch-1", "id": customer, "organizationId": row["organizationId"], "meter": "calls.minutes",
        "time": "2026-01-31T10:00:00Z", "value": "12.5",
    });
    send(partner.service.command("RecordUsage", &record)).await.expect(200);
}

/// Verifies every view.
pub(super) async fn verdicts(program: &Program) -> Vec<Value> {
    let operator = program.operator();
    let mut verdicts = Vec::new();
    for view in tenantry::projector::registered_views() {
        let path = format!("/api/v1/projections/{}/verify", view.name());
        verdicts.push(send(operator.post(&path, &json!({}))).await.expect(200));
    }
    verdicts
}

/// Returns each step with its state.
pub(super) fn states_of_steps(row: &Value) -> Vec<String> {
    let steps = row["steps"].as_array().expect("there are steps");
    steps.iter().map(|step| format!("{} {}", text(step, "name"), text(step, "state"))).collect()
}

fn package(license: &Value) -> &str {
    license["package"].as_str().expect("a license names its package")
}
