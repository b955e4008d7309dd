//! Usage goes in as CloudEvents, counts once, and comes out in windows of time.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, items, send, text};
use crate::journey::program::{Home, Program};

on_both_databases!(
    usage_counts_once_however_often_it_is_sent,
    usage_that_is_sent_again_after_a_restart_meets_no_conflict,
    usage_of_one_month_shares_commits,
    usage_counts_in_the_hour_day_and_month_of_its_time,
    each_kind_of_meter_counts_in_its_own_way,
    a_record_counts_once_its_meter_is_defined,
    a_correction_adds_a_difference_and_changes_no_record,
    what_is_wrong_with_a_record_is_told_and_the_others_are_taken,
    quantities_are_shown_without_stray_zeros,
    a_body_that_is_no_usage_is_refused,
    an_organization_sees_its_own_usage_and_a_partner_that_of_its_customers,
);

const SINGLE: &str = "application/cloudevents+json";
const BATCH: &str = "application/cloudevents-batch+json";

/// A partner with a customer, and a meter that adds up.
struct Metered {
    program: Program,
    partner: Partner,
    organization: String,
}

impl Metered {
    async fn start(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let partner = Partner::register(&program.operator(), "Example Resale").await;
        let template = partner.template().await;
        let asked = partner.provisioned(&template, "customer-1").await;
        let path =
            format!("/api/v1/customers/{}?minPosition={}", text(&asked, "id"), text(&asked, "position"));
        let organization = text(&partner.service.read(&path).await, "organizationId");
        define(&program, "calls.minutes", "sum").await;
        Self { program, partner, organization }
    }

    fn record(&self, id: &str, time: &str, value: &str) -> Value {
        record(&self.organization, "calls.minutes", id, time, value)
    }

    async fn usage(&self, query: &str, answer: &Value) -> Vec<Value> {
        usage(&self.partner.service, query, answer).await
    }
}

async fn define(program: &Program, name: &str, kind: &str) -> Value {
    let meter = json!({ "name": name, "kind": kind, "unit": "minutes" });
    send(program.operator().command("DefineMeter", &meter)).await.expect(200)
}

fn record(organization: &str, meter: &str, id: &str, time: &str, value: &str) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "switch-1", "type": meter, "subject": organization,
        "time": time, "data": { "value": value },
    })
}

async fn hand_in(client: &Client, media_type: &str, body: &Value) -> Reply {
    let request = client.request(Method::POST, "/api/v1/usage").header("content-type", media_type);
    send(request.body(body.to_string())).await
}

async fn take(client: &Client, records: &[Value]) -> Value {
    hand_in(client, BATCH, &json!(records)).await.expect(200)
}

/// Reads windows, once the view shows what an answer names.
async fn usage(client: &Client, query: &str, answer: &Value) -> Vec<Value> {
    client.list(&format!("/api/v1/usage?{query}&minPosition={}", text(answer, "position"))).await
}

/// Returns the beginning of each window and what it comes to.
fn totals(windows: &[Value]) -> Vec<(String, String)> {
    windows.iter().map(|row| (text(row, "start"), text(row, "value"))).collect()
}

fn owned(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(start, value)| (start.to_owned(), value.to_owned())).collect()
}

async fn usage_counts_once_however_often_it_is_sent(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let (one, two) = (
        metered.record("1", "2026-01-31T10:15:00Z", "12"),
        metered.record("2", "2026-01-31T10:45:00Z", "0.5"),
    );

    let first = take(&metered.partner.service, &[one.clone(), two.clone(), one.clone()]).await;
    let again = take(&metered.partner.admin, &[one.clone(), two]).await;
    let single = hand_in(&metered.partner.service, SINGLE, &one).await.expect(200);
    let mut other_value = one;
    other_value["data"]["value"] = json!("13");
    let changed = take(&metered.partner.service, &[other_value]).await;

    assert_eq!((&first["accepted"], &first["duplicates"]), (&json!(2), &json!(1)));
    assert_eq!(
        (&again["accepted"], &again["duplicates"]),
        (&json!(0), &json!(2)),
        "whoever of the partner sends it"
    );
    assert_eq!((&single["accepted"], &single["duplicates"]), (&json!(0), &json!(1)));
    assert_eq!(changed["refused"][0]["code"], "idempotency_key_reused");
    let days = metered.usage("window=day", &first).await;
    assert_eq!(totals(&days), owned(&[("2026-01-31T00:00:00Z", "12.5")]));
    assert_eq!(days[0]["records"], 2);
    let events = metered.partner.auditor.list("/api/v1/events?type=usage.recorded").await;
    assert_eq!(events.len(), 2);
}

async fn usage_that_is_sent_again_after_a_restart_meets_no_conflict(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let records: Vec<_> =
        (0..20).map(|n| metered.record(&n.to_string(), "2026-01-31T10:15:00Z", "1")).collect();
    take(&metered.partner.service, &records).await;
    let Metered { program, partner, organization } = metered;
    program.terminate().await;
    let program = Program::start(store, &home, &[]).await;
    let service = partner.at(&program).service;
    let single = json!({
        "source": "switch-1", "id": "7", "organizationId": organization, "meter": "calls.minutes",
        "time": "2026-01-31T10:15:00Z", "value": "1",
    });
    let before = conflicts(&program).await;

    let alone = send(service.keyed("RecordUsage", "any", &single)).await.expect(200);
    let again = take(&service, &records).await;

    assert!(alone["sequence"].as_i64() <= Some(20), "nothing was appended: {alone}");
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(20)));
    assert_eq!(conflicts(&program).await, before, "their records were looked up before");
}

/// Returns how many batches have met a unique key.
async fn conflicts(program: &Program) -> u64 {
    metric(program, "tenantry_commit_conflicts_total").await
}

/// Returns what a metric without labels has come to.
async fn metric(program: &Program, name: &str) -> u64 {
    let metrics = send(program.operator().stranger(Method::GET, "/metrics")).await.text;
    let mut values = metrics.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    values.next().map_or(0, |value| value.parse().expect("it is a number"))
}

async fn usage_of_one_month_shares_commits(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let mut records: Vec<_> =
        (0..300).map(|n| metered.record(&n.to_string(), "2026-01-31T10:15:00Z", "1")).collect();
    records[7]["data"]["value"] = json!("-1");
    records[8] = records[9].clone();
    records[299] = records[10].clone();
    let commits = async || metric(&metered.program, "tenantry_commit_batch_commands_count").await;
    let before = commits().await;

    let answer = take(&metered.partner.service, &records).await;

    assert_eq!((&answer["accepted"], &answer["duplicates"]), (&json!(297), &json!(2)));
    assert_eq!(
        (&answer["refused"][0]["index"], &answer["refused"][0]["code"]),
        (&json!(7), &json!("usage_negative"))
    );
    assert_eq!(commits().await - before, 2, "they are as many as a commit takes together, and the rest");
    let days = metered.usage("window=day", &answer).await;
    assert_eq!(totals(&days), owned(&[("2026-01-31T00:00:00Z", "297")]));
}

async fn usage_counts_in_the_hour_day_and_month_of_its_time(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let times = [
        "2026-01-31T23:59:59.999999Z",
        "2026-02-01T00:00:00Z",
        "2026-02-01T01:30:00+01:00",
        "2026-02-02T05:00:00Z",
    ];
    let records: Vec<_> =
        times.iter().enumerate().map(|(n, time)| metered.record(&n.to_string(), time, "1")).collect();

    let answer = take(&metered.partner.service, &records).await;

    let of = async |query: &str| totals(&metered.usage(query, &answer).await);
    assert_eq!(
        of("window=hour").await,
        owned(&[("2026-01-31T23:00:00Z", "1"), ("2026-02-01T00:00:00Z", "2"), ("2026-02-02T05:00:00Z", "1")])
    );
    assert_eq!(
        of("window=day").await,
        owned(&[("2026-01-31T00:00:00Z", "1"), ("2026-02-01T00:00:00Z", "2"), ("2026-02-02T00:00:00Z", "1")])
    );
    assert_eq!(
        of("window=month").await,
        owned(&[("2026-01-01T00:00:00Z", "1"), ("2026-02-01T00:00:00Z", "3")])
    );
    let within =
        format!("organizationId={}&from=2026-02-01T12:00:00Z&to=2026-02-02T00:00:00Z", metered.organization);
    assert_eq!(of(&within).await, owned(&[("2026-02-01T00:00:00Z", "2")]));
    let after = format!(
        "organizationId={}&window=hour&from=2026-02-01T00:00:00Z&to=2026-02-02T05:00:01Z",
        metered.organization
    );
    assert_eq!(of(&after).await, owned(&[("2026-02-01T00:00:00Z", "2"), ("2026-02-02T05:00:00Z", "1")]));
    let mut paged = Vec::new();
    let mut next = Some(format!("/api/v1/usage?window=hour&limit=1&organizationId={}", metered.organization));
    while let Some(path) = next {
        let page = metered.partner.service.get(&path).await;
        paged.extend(items(&page.expect(200)).to_vec());
        next = page.next_page();
    }
    assert_eq!(totals(&paged), of("window=hour").await);
}

async fn each_kind_of_meter_counts_in_its_own_way(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let mut records = Vec::new();
    for kind in ["sum", "count", "maximum", "last"] {
        define(&metered.program, kind, kind).await;
        let values = [("10:30", "7"), ("10:10", "9"), ("10:20", "1.5")];
        records.extend(values.map(|(time, value)| {
            record(
                &metered.organization,
                kind,
                &format!("{kind} {time}"),
                &format!("2026-01-31T{time}:00Z"),
                value,
            )
        }));
    }

    let answer = take(&metered.partner.service, &records).await;

    let days = metered.usage("window=day", &answer).await;
    let values: Vec<_> = days.iter().map(|row| (text(row, "meter"), text(row, "value"))).collect();
    let expected = owned(&[("count", "3"), ("last", "7"), ("maximum", "9"), ("sum", "17.5")]);
    assert_eq!(values, expected);
    let meters = metered.partner.auditor.list("/api/v1/meters").await;
    assert_eq!(meters.len(), 5);
    let otherwise = json!({ "name": "sum", "kind": "last", "unit": "minutes" });
    let refused = send(metered.program.operator().command("DefineMeter", &otherwise)).await;
    assert_eq!(refused.code(409), "meter_defined_otherwise");
}

async fn a_record_counts_once_its_meter_is_defined(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let early = record(&metered.organization, "messages", "1", "2026-01-31T10:00:00Z", "3");
    let answer = take(&metered.partner.service, &[early]).await;
    assert_eq!(answer["accepted"], 1);
    let before = metered.usage("meter=messages", &answer).await;
    assert_eq!((&before[0]["counted"], &before[0]["reason"]), (&json!(false), &json!("meter_not_defined")));
    assert_eq!(before[0]["value"], Value::Null);

    let defined = define(&metered.program, "messages", "sum").await;

    let after = metered.usage("meter=messages", &defined).await;
    assert_eq!((&after[0]["counted"], &after[0]["value"]), (&json!(true), &json!("3")));
}

async fn a_correction_adds_a_difference_and_changes_no_record(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    take(&metered.partner.service, &[metered.record("1", "2026-01-31T10:00:00Z", "12")]).await;
    let body = json!({
        "organizationId": metered.organization, "meter": "calls.minutes", "time": "2026-01-31T20:00:00Z",
        "value": "-2.5", "reason": "a test call",
    });

    let corrected = send(metered.partner.service.keyed("CorrectUsage", "one", &body)).await.expect(200);
    let again = send(metered.partner.service.keyed("CorrectUsage", "one", &body)).await.expect(200);

    assert_eq!(again, corrected);
    let days = metered.usage("window=day", &corrected).await;
    assert_eq!(totals(&days), owned(&[("2026-01-31T00:00:00Z", "9.5")]));
    assert_eq!((&days[0]["records"], &days[0]["corrections"]), (&json!(1), &json!(1)));
}

async fn what_is_wrong_with_a_record_is_told_and_the_others_are_taken(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let good = |id: &str| metered.record(id, "2026-01-31T10:00:00Z", "1");
    let with = |id: &str, field: &str, value: Value| {
        let mut record = good(id);
        record[field] = value;
        record
    };
    let elsewhere = Partner::register(&metered.program.operator(), "Example Voice").await;
    let records = [
        good("0"),
        with("1", "specversion", json!("0.3")),
        with("2", "subject", json!("cust_01h455vb4pex5vsknk084sn02q")),
        with("3", "time", json!("yesterday")),
        with("4", "data", json!({ "value": 12, "packages": [] })),
        with("5", "data", json!({ "value": "1e5" })),
        with("6", "type", json!("Calls Minutes")),
        with("7", "subject", json!("org_01h455vb4pex5vsknk084sn02q")),
        with("8", "time", json!("2999-01-01T00:00:00Z")),
        with("9", "data", json!({ "value": "-1" })),
        json!("a text"),
        with("11", "comexampleextension", json!("is allowed")),
    ];

    let answer = take(&metered.partner.service, &records).await;
    let foreign = take(&elsewhere.service, &[good("foreign")]).await;

    let refused = answer["refused"].as_array().expect("there are refused ones");
    let told: Vec<String> = refused
        .iter()
        .map(|record| {
            let errors = record["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
            let pointers: Vec<_> =
                errors.iter().map(|e| format!(" {} {}", text(e, "code"), text(e, "pointer"))).collect();
            format!("{} {}{}", record["index"], text(record, "code"), pointers.concat())
        })
        .collect();
    assert_eq!(
        told,
        [
            "1 malformed invalid /specversion",
            "2 malformed invalid /subject",
            "3 malformed invalid /time",
            "4 malformed unknown_field /data/packages wrong_type /data/value",
            "5 malformed invalid /data/value",
            "6 malformed invalid /type",
            "7 not_a_customer",
            "8 usage_in_the_future",
            "9 usage_negative",
            "10 malformed wrong_type ",
        ]
    );
    assert_eq!(answer["accepted"], 2);
    assert_eq!(
        foreign["refused"][0]["code"], "not_a_customer",
        "another partner's customer is none of one's own"
    );
}

async fn quantities_are_shown_without_stray_zeros(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let records = [
        metered.record("1", "2026-01-31T10:00:00Z", "117.50"),
        metered.record("2", "2026-01-31T10:01:00Z", "0.5"),
    ];

    let answer = take(&metered.partner.service, &records).await;

    let day = &metered.usage("window=day", &answer).await[0];
    let shown = [&day["value"], &day["sum"], &day["maximum"], &day["last"]["value"]];
    assert_eq!(shown, [&json!("118"), &json!("118"), &json!("117.5"), &json!("0.5")]);
}

async fn a_body_that_is_no_usage_is_refused(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let service = &metered.partner.service;
    let good = metered.record("1", "2026-01-31T10:00:00Z", "1");

    let json_type = send(service.post("/api/v1/usage", &good)).await;
    let not_a_batch = hand_in(service, BATCH, &good).await;
    let not_json = service.request(Method::POST, "/api/v1/usage").header("content-type", SINGLE).body("{");
    let many = hand_in(service, BATCH, &json!(vec![good.clone(); 1001])).await;
    let auditor = hand_in(&metered.partner.auditor, SINGLE, &good).await;
    let no_group = service.get("/api/v1/usage?groupBy=package,person").await;
    let nonsense = service.get("/api/v1/usage?window=week").await;

    assert_eq!(json_type.code(415), "unsupported_media_type");
    assert_eq!(not_a_batch.json()["errors"][0]["code"], "wrong_type");
    assert_eq!(send(not_json).await.json()["errors"][0]["code"], "not_json");
    assert_eq!(many.json()["errors"][0]["code"], "too_long");
    assert_eq!(auditor.code(403), "role_forbidden");
    assert_eq!(no_group.json()["errors"][0]["pointer"], "groupBy");
    assert_eq!(nonsense.code(400), "malformed");
    assert!(metered.partner.auditor.list("/api/v1/events?type=usage.recorded").await.is_empty());
}

async fn an_organization_sees_its_own_usage_and_a_partner_that_of_its_customers(store: &Store) {
    let home = Home::new();
    let metered = Metered::start(store, &home).await;
    let operator = metered.program.operator();
    let body = bodies::customer(&metered.partner.template().await, "customer-2");
    let asked = metered.partner.provisioned_with(&body).await;
    let path = format!("/api/v1/customers/{}", text(&asked, "id"));
    let second = text(&metered.partner.service.read(&path).await, "organizationId");
    let records = [
        metered.record("1", "2026-01-31T10:00:00Z", "12"),
        record(&second, "calls.minutes", "2", "2026-01-31T10:00:00Z", "30"),
    ];
    let answer = take(&metered.partner.service, &records).await;
    let issue = json!({ "role": "org_admin", "organizationId": second, "name": "Administrator" });
    let key = send(operator.command("IssueKey", &issue)).await.expect(200);
    let administrator = operator.with_key(&text(&key, "key"));

    let of_partner = metered.usage("window=day", &answer).await;
    let own = usage(&administrator, "window=day", &answer).await;
    let foreign = administrator.get(&format!("/api/v1/usage?organizationId={}", metered.organization)).await;
    let seen_by_operator = usage(&operator, &format!("organizationId={second}"), &answer).await;
    let unnamed = operator.get("/api/v1/usage").await;

    let mut organizations: Vec<_> = of_partner.iter().map(|row| text(row, "organizationId")).collect();
    organizations.sort();
    let mut expected = vec![metered.organization.clone(), second.clone()];
    expected.sort();
    assert_eq!(organizations, expected);
    assert_eq!(totals(&own), owned(&[("2026-01-31T00:00:00Z", "30")]));
    assert_eq!(own, seen_by_operator);
    assert_eq!(foreign.code(404), "not_found");
    assert_eq!(unnamed.json()["errors"][0]["code"], "missing");
}
