//! Customers that are there are changed, screened and removed, on platforms that do it and on platforms that fail.

use reqwest::Method;
use serde_json::{Value, json};

use super::attach::{attach, register};
use super::bodies;
use super::cast::Partner;
use super::client::{Client, send, text};
use super::first_run::states_of_steps;
use super::program::{Home, Program};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    packages_are_a_complete_list_and_limits_labels_and_external_ids_change,
    a_removed_customer_leaves_its_organization_usage_and_history,
    an_organization_is_free_again_once_its_customer_is_removed,
    an_attach_that_waits_for_consent_is_given_up_by_removal,
    a_failed_step_is_retried_or_skipped_with_a_reason,
    cancelled_work_leaves_nothing_over,
    a_customer_that_is_like_a_denied_party_waits_for_an_operator,
);

/// A program with a partner and a template.
struct Cast {
    program: Program,
    operator: Client,
    partner: Partner,
    template: String,
}

impl Cast {
    async fn on(store: &Store, home: &Home, options: &[&str]) -> Self {
        let program = Program::start(store, home, options).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let template = partner.template_that_asks().await;
        Self { program, operator, partner, template }
    }

    /// Gives a command to a customer; returns the answer.
    async fn give(&self, command: &str, key: &str, customer: &str, more: &Value) -> super::client::Reply {
        let mut body = json!({ "customerId": customer });
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is one").clone());
        send(self.partner.service.keyed(command, key, &body)).await
    }

    /// Gives a command that begins work, and waits until that has ended.
    async fn work(&self, command: &str, key: &str, customer: &str, more: &Value) -> Value {
        let answer = self.give(command, key, customer, more).await.expect(202);
        self.partner.service.ended(&text(&answer["operation"], "id")).await
    }

    /// The row of a customer once it shows what a command did.
    async fn customer_at(&self, id: &str, answer: &Value) -> Value {
        let position = text(answer, "position");
        self.partner.service.read(&format!("/api/v1/customers/{id}?minPosition={position}")).await
    }

    async fn customer(&self, id: &str) -> Value {
        self.partner.service.read(&format!("/api/v1/customers/{id}")).await
    }

    /// The licenses that a customer brought to its organization, with their states.
    async fn licenses(&self, organization: &str, customer: &str) -> Vec<(String, String)> {
        let row = self.operator.read(&format!("/api/v1/organizations/{organization}")).await;
        let licenses = row["licenses"].as_array().expect("there are licenses").clone();
        let own = licenses.into_iter().filter(|license| license["customerId"] == customer);
        own.map(|license| (text(&license, "package"), text(&license, "state"))).collect()
    }
}

fn packages(row: &Value) -> Vec<String> {
    let packages = row["packages"].as_array().expect("there are packages");
    packages.iter().map(|package| format!("{} {}", text(package, "name"), text(package, "status"))).collect()
}

async fn packages_are_a_complete_list_and_limits_labels_and_external_ids_change(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home, &[]).await;
    let customer = text(&cast.partner.provisioned(&cast.template, "first").await, "id");
    let before = cast.customer(&customer).await;

    let more = json!({
        "packages": ["webex_suite", "webex_meetings"], "limits": { "webex_suite": 7 }, "externalId": "renamed",
        "label": "Our first", "address": { "addressLine1": "2 Other Street", "city": "Lund", "country": "SE" },
    });
    let operation = cast.work("UpdateCustomerOrg", "update", &customer, &more).await;

    assert_eq!(
        (&operation["kind"], &operation["state"]),
        (&json!("update_customer_org"), &json!("succeeded"))
    );
    assert_eq!(
        states_of_steps(&operation),
        [
            "provision_package:webex_suite done",
            "remove_package:webex_calling done",
            "remove_package:attendant_console done",
        ],
    );
    let after = cast.customer(&customer).await;
    assert_eq!(packages(&after), ["webex_meetings provisioned", "webex_suite provisioned"]);
    assert_eq!((&after["externalId"], &after["label"]), (&json!("renamed"), &json!("Our first")));
    assert_eq!((&after["limits"], &after["address"]["city"]), (&json!({ "webex_suite": 7 }), &json!("Lund")));
    let meetings = |row: &Value| {
        let all = row["packages"].as_array().expect("there are packages").clone();
        all.into_iter().find(|package| package["name"] == "webex_meetings").expect("is kept")
    };
    assert_eq!(meetings(&before), meetings(&after), "what stays is not touched");

    // The old external ID is free, the new one is taken.
    cast.partner.provisioned(&cast.template, "first").await;
    let taken = send(cast.partner.service.keyed(
        "CreateCustomerOrg",
        "again",
        &bodies::customer(&cast.template, "renamed"),
    ));
    let taken = taken.await.expect(409);
    assert_eq!(taken["code"], "external_id_taken", "{taken}");

    // A limit alone is a change of the license that is there.
    let more = json!({ "limits": { "webex_suite": 9 } });
    cast.work("UpdateCustomerOrg", "limit", &customer, &more).await;
    let last = cast.customer(&customer).await;
    assert_eq!(last["packages"][1]["licenseIds"], after["packages"][1]["licenseIds"]);
    assert_eq!(last["packages"][1]["limit"], 9);
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn a_removed_customer_leaves_its_organization_usage_and_history(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home, &[]).await;
    let customer = text(&cast.partner.provisioned(&cast.template, "leaving").await, "id");
    let organization = text(&cast.customer(&customer).await, "organizationId");
    let usage = |id: &str| {
        json!({
            "specversion": "1.0", "id": id, "source": "switch", "type": "calls", "subject": organization,
            "time": "2026-01-02T03:04:05Z", "data": { "value": "12" },
        })
    };
    let send_usage = async |id: &str| {
        let request = cast.partner.service.request(Method::POST, "/api/v1/usage");
        let request =
            request.header("content-type", "application/cloudevents+json").body(usage(id).to_string());
        send(request.header("idempotency-key", id)).await.expect(200)
    };
    assert_eq!(send_usage("one").await["accepted"], 1);

    let operation = cast.work("RemoveCustomerOrg", "remove", &customer, &json!({})).await;

    assert_eq!(operation["kind"], "remove_customer_org");
    assert_eq!(operation["state"], "succeeded", "{operation}");
    let steps = states_of_steps(&operation);
    assert_eq!(steps.last().map(String::as_str), Some("release_organization done"));
    for path in [format!("/api/v1/customers/{customer}"), format!("/api/v1/provisioning/{customer}")] {
        cast.partner.service.get(&path).await.expect(404);
    }
    cast.partner.service.get(&format!("/api/v1/organizations/{organization}")).await.expect(404);
    let licenses = cast.licenses(&organization, &customer).await;
    assert_eq!(licenses.len(), 3);
    assert!(licenses.iter().all(|(_, state)| state == "cancelled"), "{licenses:?}");
    let late = send_usage("two").await;
    assert_eq!(late["refused"][0]["code"], "not_a_customer", "{late}");
    let rows = cast.partner.service.list(&format!("/api/v1/usage?organizationId={organization}")).await;
    assert_eq!(rows.len(), 1, "what was used before stays readable");
    let history = cast.partner.auditor.list(&format!("/api/v1/events?aggregate={customer}&limit=500")).await;
    assert_eq!(history.last().map(|event| text(event, "type")), Some("customer.removed".to_owned()));
    let again = cast.give("RemoveCustomerOrg", "again", &customer, &json!({})).await.expect(404);
    assert_eq!(again["code"], "customer_not_found");
    let body = bodies::customer(&cast.template, "leaving");
    let back = send(cast.partner.service.keyed("CreateCustomerOrg", "back", &body)).await.expect(202);
    let back = cast.partner.service.ended(&text(&back["operation"], "id")).await;
    assert_eq!(back["state"], "succeeded", "its external ID is free again: {back}");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn an_organization_is_free_again_once_its_customer_is_removed(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home, &[]).await;
    let organization = register(&cast.operator, "works", &json!({})).await;
    let attached = async |partner: &Partner, template: &str, key: &str| {
        let body = attach(template, &organization, key);
        let answer = send(partner.service.keyed("AttachExistingOrg", key, &body)).await.expect(202);
        let ended = partner.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "{ended}");
        answer
    };
    let first = attached(&cast.partner, &cast.template, "works").await;
    assert_eq!(first["assessment"]["grant"], "provisioning_admin");
    let relation = async || {
        let row = cast.operator.read(&format!("/api/v1/organizations/{organization}")).await;
        row["partners"].as_array().expect("there are partners").clone()
    };
    assert_eq!(relation().await[0]["grant"], "provisioning_admin");

    cast.work("RemoveCustomerOrg", "remove", &text(&first, "id"), &json!({})).await;

    let after = relation().await;
    assert_eq!((&after[0]["grant"], &after[0]["customerId"]), (&json!("none"), &Value::Null), "{after:?}");
    let other = Partner::register(&cast.operator, "Example Trade").await;
    let template = other.template().await;
    let second = attached(&other, &template, "ours").await;
    assert_eq!(second["assessment"]["way"], "automatic", "nobody manages it any more (D19)");
    cast.program.terminate().await;
}

async fn an_attach_that_waits_for_consent_is_given_up_by_removal(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home, &[]).await;
    let organization = register(&cast.operator, "large", &json!({ "userCount": 100 })).await;
    let body = attach(&cast.template, &organization, "large");
    let answer = send(cast.partner.service.keyed("AttachExistingOrg", "large", &body)).await.expect(202);
    let (customer, asked) = (text(&answer, "id"), text(&answer["operation"], "id"));
    until("the question", async || {
        let row =
            cast.partner.service.get(&format!("/api/v1/operations/{asked}")).await.unless_too_early()?;
        (row["waitingFor"] == "consent").then_some(())
    })
    .await;

    let operation = cast.work("RemoveCustomerOrg", "remove", &customer, &json!({})).await;

    assert_eq!(operation["state"], "succeeded", "{operation}");
    let consents = cast.partner.service.list("/api/v1/consents").await;
    assert_eq!(consents[0]["status"], "withdrawn");
    cast.partner.service.get(&format!("/api/v1/customers/{customer}")).await.expect(404);
    // Its external ID and the organization are free.
    send(cast.partner.service.keyed("AttachExistingOrg", "anew", &body)).await.expect(202);
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn a_failed_step_is_retried_or_skipped_with_a_reason(store: &Store) {
    let (home, options) =
        (Home::new(), ["--platform", "simulated", "--simulated-refused", "webex_meetings,webex_suite"]);
    let cast = Cast::on(store, &home, &options).await;
    let customer = text(&cast.partner.provisioned(&cast.template, "in-part").await, "id");
    assert_eq!(cast.customer(&customer).await["status"], "provisioned_with_errors");

    let step = "provision_package:webex_meetings";
    let retried = cast.work("RetryStep", "retry", &customer, &json!({ "step": step })).await;
    assert_eq!(
        (&retried["state"], states_of_steps(&retried)),
        (&json!("failed"), vec![format!("{step} failed")])
    );
    let done = json!({ "step": "provision_package:webex_calling" });
    let not_open = cast.give("RetryStep", "done", &customer, &done).await.expect(409);
    assert_eq!(not_open["code"], "step_not_open");

    let skip = json!({ "step": step, "reason": "not sold any more" });
    let skipped = cast.give("SkipStep", "skip", &customer, &skip).await.expect(200);
    let row = cast.customer_at(&customer, &skipped).await;
    assert_eq!(row["status"], "provisioned");
    assert_eq!(packages(&row), ["webex_calling provisioned", "attendant_console provisioned"]);
    assert_eq!(row["errors"], json!([]));
    let path = format!("/api/v1/events?aggregate={customer}&type=customer.step_skipped");
    assert_eq!(cast.partner.auditor.list(&path).await[0]["data"]["reason"], "not sold any more");

    // A replacement that fails keeps what there is.
    let more = json!({ "packages": ["attendant_console", "webex_suite"] });
    let failed = cast.work("UpdateCustomerOrg", "replace", &customer, &more).await;
    assert_eq!(failed["state"], "failed", "{failed}");
    let row = cast.customer(&customer).await;
    assert_eq!(row["status"], "provisioned", "it is back where it was: {row}");
    assert_eq!(row["errors"].as_array().map(Vec::len), Some(2));
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn cancelled_work_leaves_nothing_over(store: &Store) {
    let (home, options) = (Home::new(), ["--platform", "simulated", "--simulated-delay-ms", "700"]);
    let cast = Cast::on(store, &home, &options).await;
    let answer = cast.partner.customer(&cast.template, "cancelled").await;
    let (customer, operation) = (text(&answer, "id"), text(&answer["operation"], "id"));
    let cancel = json!({ "operationId": operation, "reason": "changed their mind" });
    let early = cast.give("CancelOperation", "early", &customer, &cancel).await.expect(409);
    assert_eq!(early["code"], "not_cancellable", "the organization is being created");
    until("the packages", async || {
        let row =
            cast.partner.service.get(&format!("/api/v1/operations/{operation}")).await.unless_too_early()?;
        (row["steps"][1]["state"] == "running").then_some(())
    })
    .await;

    cast.give("CancelOperation", "cancel", &customer, &cancel).await.expect(200);

    let row = cast.partner.service.ended(&operation).await;
    assert_eq!(row["state"], "cancelled", "{row}");
    assert_eq!(cast.customer(&customer).await["status"], "error");
    // What the platform was at when it was cancelled is taken back.
    assert_sound(store, Some(&cast.operator), &[]).await;
    let organization = text(&cast.customer(&customer).await, "organizationId");
    let licenses = cast.licenses(&organization, &customer).await;
    assert!(licenses.iter().all(|(_, state)| state == "cancelled"), "{licenses:?}");
    let over = cast.give("CancelOperation", "late", &customer, &cancel).await.expect(409);
    assert_eq!(over["code"], "operation_over");
    let again = cast.work("RetryProvisioning", "again", &customer, &json!({})).await;
    assert_eq!(again["state"], "succeeded", "{again}");
    let licenses = cast.licenses(&organization, &customer).await;
    assert!(licenses.len() == 3 && licenses.iter().all(|(_, state)| state == "active"), "{licenses:?}");
}

async fn a_customer_that_is_like_a_denied_party_waits_for_an_operator(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home, &[]).await;
    let list = json!({ "entries": [{ "country": "DE", "name": "EXAMPLE RETAIL" }] });
    send(cast.operator.command("SetScreeningList", &list)).await.expect(200);
    let mut customers = Vec::new();
    for external_id in ["cleared", "refused"] {
        let answer = cast.partner.customer(&cast.template, external_id).await;
        let (customer, operation) = (text(&answer, "id"), text(&answer["operation"], "id"));
        until("the screening", async || {
            let path = format!("/api/v1/operations/{operation}");
            let row = cast.partner.service.get(&path).await.unless_too_early()?;
            (row["waitingFor"] == "screening").then_some(())
        })
        .await;
        assert_eq!(cast.customer(&customer).await["status"], "screening");
        customers.push((customer, operation));
    }
    let waiting = cast.operator.list("/api/v1/screenings?status=waiting").await;
    assert_eq!((waiting.len(), &waiting[0]["listedName"]), (2, &json!("EXAMPLE RETAIL")));
    let organizations = cast.operator.list("/api/v1/organizations").await;
    assert_eq!(organizations, [] as [Value; 0], "nothing is made before it is cleared");

    let decide = async |command: &str, customer: &str, more: Value| {
        let mut body = json!({ "customerId": customer });
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is one").clone());
        send(cast.partner.service.keyed(command, "own", &body)).await.expect(403);
        send(cast.operator.command(command, &body)).await.expect(200);
    };
    decide("ClearScreening", &customers[0].0, json!({})).await;
    let ended = cast.partner.service.ended(&customers[0].1).await;
    assert_eq!(ended["state"], "succeeded", "{ended}");

    let reason = "on a list of the authorities";
    decide("RefuseScreening", &customers[1].0, json!({ "reason": reason })).await;
    let ended = cast.partner.service.ended(&customers[1].1).await;
    assert_eq!((&ended["state"], &ended["errors"][0]["description"]), (&json!("failed"), &json!(reason)));
    let retried = cast.give("RetryProvisioning", "retry", &customers[1].0, &json!({})).await.expect(409);
    assert_eq!(retried["code"], "screening_refused");
    let removed = cast.work("RemoveCustomerOrg", "remove", &customers[1].0, &json!({})).await;
    assert_eq!(removed["state"], "succeeded", "{removed}");
    assert_sound(store, Some(&cast.operator), &[]).await;
}
