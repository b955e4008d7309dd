//! Pages of usage: nothing is lost or repeated between them; and what of it an organization sees.

use reqwest::Method;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, items, send, text};
use crate::journey::program::{Home, Program};
use crate::journey::quotes::{approved, quotable};
use crate::journey::reports::lines;
use crate::journey::subscriptions::accepted;

on_both_databases!(
    pages_of_any_length_hold_each_item_once_whatever_meters_are_called,
    windows_of_some_organizations_are_found_among_many,
    r26_an_organization_sees_no_subscription_in_its_usage,
    a_correction_of_a_meter_that_does_not_add_up_is_refused,
);

/// A dot and a hyphen come before the slash that ends a name in a key.
const METERS: [&str; 3] = ["calls", "calls.minutes", "calls-out"];

const BATCH: &str = "application/cloudevents-batch+json";

fn record(organization: &str, meter: &str, id: &str, time: &str, package: &str) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "switch-1", "type": meter, "subject": organization,
        "time": time, "data": { "value": "1", "package": package },
    })
}

async fn hand_in(client: &Client, records: &[Value]) -> Value {
    let request = client.request(Method::POST, "/api/v1/usage").header("content-type", BATCH);
    let answer = send(request.body(json!(records).to_string())).await.expect(200);
    assert_eq!(answer["refused"], json!([]));
    answer
}

async fn organization_of(partner: &Partner, external_id: &str, template: &str) -> String {
    let asked = partner.provisioned(template, external_id).await;
    let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
    text(&row, "organizationId")
}

async fn page(client: &Client, path: &str, accept: &str) -> Reply {
    send(client.request(Method::GET, path).header(ACCEPT, accept)).await
}

/// Reads pages up to the last; returns where and what each item is.
async fn all(client: &Client, path: &str, accept: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let reply = page(client, &path, accept).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        next = reply.next_page();
        if accept == "text/csv" {
            found.extend(lines(&reply.text).iter().map(|line| named(line, "windowStart")));
        } else {
            found.extend(items(&reply.json()).iter().map(|item| named(item, "start")));
        }
    }
    found
}

fn named(item: &Value, start: &str) -> String {
    format!("{} {} {}", text(item, start), text(item, "meter"), text(item, "package"))
}

async fn pages_of_any_length_hold_each_item_once_whatever_meters_are_called(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let organization = organization_of(&partner, "customer-1", &partner.template().await).await;
    let (mut records, mut expected) = (Vec::new(), Vec::new());
    for day in ["2026-01-30", "2026-01-31"] {
        for meter in METERS {
            for package in ["webex_calling", "webex_meetings"] {
                let id = format!("{day} {meter} {package}");
                records.push(record(&organization, meter, &id, &format!("{day}T10:00:00Z"), package));
                expected.push(format!("{day}T00:00:00Z {meter} {package}"));
            }
        }
    }
    expected.sort_unstable();
    let answer = hand_in(&partner.service, &records).await;

    for limit in 1..=expected.len() + 1 {
        for accept in ["application/json", "text/csv"] {
            let position = text(&answer, "position");
            let path = format!("/api/v1/usage?groupBy=package&limit={limit}&minPosition={position}");
            let mut found = all(&partner.service, &path, accept).await;
            found.sort_unstable();
            assert_eq!(found, expected, "{accept}, {limit} at a time");
        }
    }
}

async fn windows_of_some_organizations_are_found_among_many(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut records = Vec::new();
    for n in 0..4 {
        let organization = organization_of(&partner, &format!("customer-{n}"), &template).await;
        // More quarters of an hour before and after than are read first after others were left out.
        for day in ["2026-01-10", "2026-01-20", "2026-01-30"] {
            for hour in 0..20 {
                for minute in ["00", "30"] {
                    let time = format!("{day}T{hour:02}:{minute}:00Z");
                    records.push(record(
                        &organization,
                        "calls",
                        &format!("{n} {time}"),
                        &time,
                        "webex_calling",
                    ));
                }
            }
        }
    }
    let answer = hand_in(&partner.service, &records).await;
    let within = "from=2026-01-20T00:00:00Z&to=2026-01-21T00:00:00Z";
    let path = format!("/api/v1/usage?{within}&minPosition={}", text(&answer, "position"));

    let whole = partner.service.list(&path).await;
    let paged = all(&partner.service, &format!("{path}&limit=1&groupBy=package"), "application/json").await;

    let counted: Vec<&Value> = whole.iter().map(|row| &row["records"]).collect();
    assert_eq!(counted, [&json!(40); 4]);
    assert_eq!(paged, ["2026-01-20T00:00:00Z calls webex_calling"; 4]);
}

async fn r26_an_organization_sees_no_subscription_in_its_usage(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let case = quotable(&operator, &partner, &partner.template().await, "case").await;
    let organization = text(&case, "organizationId");
    let at = "2026-01-31T10:00:00Z";
    let before = record(&organization, "calls", "1", at, "webex_calling");
    hand_in(&partner.service, &[before]).await;
    let quote = approved(&operator, &partner, &case, "quote").await;
    let subscription = accepted(&partner, &quote, "accept").await;
    let after = record(&organization, "calls", "2", at, "webex_calling");

    let answer = hand_in(&partner.service, &[after]).await;

    let path =
        format!("/api/v1/usage?organizationId={organization}&minPosition={}", text(&answer, "position"));
    let by_subscription = format!("{path}&groupBy=subscription");
    let told: Vec<(Value, Value)> = partner
        .service
        .list(&by_subscription)
        .await
        .iter()
        .map(|row| (row["subscriptionId"].clone(), row["records"].clone()))
        .collect();
    assert_eq!(told, [(Value::Null, json!(1)), (json!(subscription), json!(1))]);
    let table = lines(&page(&partner.service, &path, "text/csv").await.text);
    assert_eq!(table[1]["subscriptionId"], json!(subscription));
    let issue = async |role: &str| {
        let body = json!({ "role": role, "organizationId": organization, "name": role });
        operator.with_key(&text(&send(operator.command("IssueKey", &body)).await.expect(200), "key"))
    };
    for client in [issue("org_admin").await, issue("org_user").await, operator.clone()] {
        for accept in ["application/json", "text/csv"] {
            let refused = page(&client, &by_subscription, accept).await.expect(400);
            let error = &refused["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!("groupBy"), &json!("not_offered")));
        }
        let rows = client.list(&format!("{path}&groupBy=package,project,app")).await;
        assert_eq!((rows.len(), &rows[0]["records"]), (1, &json!(2)), "{rows:?}");
        let table = page(&client, &path, "text/csv").await.text;
        assert!(!table.contains("subscriptionId") && !table.contains("billableQuantity"), "{table}");
        assert_eq!(lines(&table)[0]["rawQuantity"], "2");
        assert!(!table.contains(&subscription));
    }
}

async fn a_correction_of_a_meter_that_does_not_add_up_is_refused(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let organization = organization_of(&partner, "customer-1", &partner.template().await).await;
    let correct = async |key: &str, meter: &str| {
        let body = json!({
            "organizationId": organization, "meter": meter, "time": "2026-01-31T10:00:00Z", "value": "-1",
            "reason": "a test call",
        });
        send(partner.service.keyed("CorrectUsage", key, &body)).await
    };
    assert_eq!(correct("early", "peak").await.status, 200, "it may be defined as a sum");
    let meter = json!({ "name": "peak", "kind": "maximum", "unit": "calls" });
    send(operator.command("DefineMeter", &meter)).await.expect(200);

    let refused = correct("late", "peak").await;

    assert_eq!(refused.code(422), "correction_without_effect");
}
