//! Usage by packages, projects and app IDs, in zones of one's own, beside another period, and as a table.

use reqwest::Method;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, send, text};
use crate::journey::program::{Home, Program};
use crate::journey::reports::lines;

on_both_databases!(
    r3_usage_is_told_apart_by_package_project_and_app,
    a_unique_count_is_right_over_any_window_and_group,
    windows_are_those_of_the_named_zone,
    a_period_is_compared_with_the_one_before_it,
    a_table_tells_what_is_raw_and_what_is_billable,
    an_operator_hands_in_for_a_partner_and_a_record_still_counts_once,
);

const BATCH: &str = "application/cloudevents-batch+json";

/// A partner with a customer, whose organization has a project and an app ID.
struct Grouped {
    program: Program,
    partner: Partner,
    organization: String,
    project: String,
    app: String,
}

impl Grouped {
    async fn start(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let template = partner.template().await;
        let asked = partner.provisioned(&template, "customer-1").await;
        let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
        let organization = text(&row, "organizationId");
        for (name, kind) in [("calls.minutes", "sum"), ("devices", "unique_count"), ("peak", "maximum")] {
            let meter = json!({ "name": name, "kind": kind, "unit": "units" });
            send(operator.command("DefineMeter", &meter)).await.expect(200);
        }
        let issue = json!({ "role": "org_admin", "organizationId": organization, "name": "Administrator" });
        let key = send(operator.command("IssueKey", &issue)).await.expect(200);
        let administrator = operator.with_key(&text(&key, "key"));
        let make =
            async |command: &str, body: &Value| send(administrator.command(command, body)).await.expect(200);
        let project = text(&make("CreateProject", &json!({ "name": "Contact centre" })).await, "projectId");
        let app = text(&make("CreateAppId", &json!({ "name": "Dialler" })).await, "appId");
        Self { program, partner, organization, project, app }
    }

    fn record(&self, meter: &str, id: &str, time: &str, data: &Value) -> Value {
        json!({
            "specversion": "1.0", "id": id, "source": "switch-1", "type": meter, "subject": self.organization,
            "time": time, "data": data,
        })
    }

    async fn usage(&self, query: &str, answer: &Value) -> Vec<Value> {
        let path = format!("/api/v1/usage?{query}&minPosition={}", text(answer, "position"));
        self.partner.service.list(&path).await
    }
}

async fn hand_in(client: &Client, records: &[Value]) -> Reply {
    let request = client.request(Method::POST, "/api/v1/usage").header("content-type", BATCH);
    send(request.body(json!(records).to_string())).await
}

async fn r3_usage_is_told_apart_by_package_project_and_app(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let (project, app) = (&grouped.project, &grouped.app);
    let at = "2026-01-31T10:00:00Z";
    let records = [
        grouped.record(
            "calls.minutes",
            "1",
            at,
            &json!({ "value": "1", "package": "webex_calling", "projectId": project }),
        ),
        grouped.record(
            "calls.minutes",
            "2",
            at,
            &json!({ "value": "2", "package": "webex_calling", "appId": app }),
        ),
        grouped.record("calls.minutes", "3", at, &json!({ "value": "4", "package": "webex_meetings" })),
        grouped.record("calls.minutes", "4", at, &json!({ "value": "8" })),
        grouped.record(
            "calls.minutes",
            "5",
            at,
            &json!({ "value": "8", "projectId": "prj_01kpm6f1aqfd7v61bznxez3w6q" }),
        ),
    ];

    let answer = hand_in(&grouped.partner.service, &records).await.expect(200);

    assert_eq!(answer["refused"][0]["code"], "not_of_organization");
    let of = async |groups: &str, field: &str| -> Vec<(Value, String)> {
        let rows = grouped.usage(&format!("groupBy={groups}"), &answer).await;
        rows.iter().map(|row| (row[field].clone(), text(row, "value"))).collect()
    };
    let owned = |expected: &[(Value, &str)]| -> Vec<(Value, String)> {
        expected.iter().map(|(group, value)| (group.clone(), (*value).to_owned())).collect()
    };
    let by_package =
        owned(&[(Value::Null, "8"), (json!("webex_calling"), "3"), (json!("webex_meetings"), "4")]);
    assert_eq!(of("package", "package").await, by_package);
    assert_eq!(of("project", "projectId").await, owned(&[(Value::Null, "14"), (json!(project), "1")]));
    assert_eq!(of("app", "appId").await, owned(&[(Value::Null, "13"), (json!(app), "2")]));
    assert_eq!(of("package,project,app", "package").await.len(), 4);
}

async fn a_unique_count_is_right_over_any_window_and_group(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let used = |id: &str, time: &str, package: &str, key: &str| {
        grouped.record("devices", id, time, &json!({ "value": "1", "package": package, "key": key }))
    };
    let records = [
        used("1", "2026-01-30T10:00:00Z", "webex_calling", "a"),
        used("2", "2026-01-31T10:00:00Z", "webex_calling", "a"),
        used("3", "2026-01-31T10:10:00Z", "webex_meetings", "a"),
        used("4", "2026-01-31T11:00:00Z", "webex_meetings", "b"),
        grouped.record("devices", "5", "2026-01-31T11:00:00Z", &json!({ "value": "1" })),
    ];

    let answer = hand_in(&grouped.partner.service, &records).await.expect(200);

    let of = async |query: &str| -> Vec<String> {
        grouped.usage(query, &answer).await.iter().map(|row| text(row, "value")).collect()
    };
    assert_eq!(of("window=month").await, ["2"]);
    assert_eq!(of("window=day").await, ["1", "2"]);
    assert_eq!(of("window=hour").await, ["1", "1", "1"]);
    assert_eq!(of("window=month&groupBy=package").await, ["0", "1", "2"]);
    let kept = grouped.partner.auditor.list("/api/v1/events?type=usage.recorded").await;
    assert!(kept.iter().all(|event| event["data"].get("key").is_none()), "only hashes are kept: {kept:?}");
}

async fn windows_are_those_of_the_named_zone(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let times = ["2026-03-31T18:14:59Z", "2026-03-31T18:15:00Z", "2026-04-01T18:14:59Z"];
    let used = |(n, time): (usize, &&str)| {
        grouped.record("calls.minutes", &n.to_string(), time, &json!({ "value": "1" }))
    };
    let records: Vec<Value> = times.iter().enumerate().map(used).collect();

    let answer = hand_in(&grouped.partner.service, &records).await.expect(200);

    let of = async |query: &str| -> Vec<String> {
        let rows = grouped.usage(&format!("timeZone=Asia/Kathmandu&{query}"), &answer).await;
        rows.iter()
            .map(|row| format!("{} {} {}", text(row, "start"), text(row, "end"), text(row, "value")))
            .collect()
    };
    let days = ["2026-03-30T18:15:00Z 2026-03-31T18:15:00Z 1", "2026-03-31T18:15:00Z 2026-04-01T18:15:00Z 2"];
    assert_eq!(of("window=day").await, days);
    assert_eq!(of("from=2026-03-31T18:15:00Z").await, days[1..], "from goes without an organization too");
    assert_eq!(of("to=2026-03-31T18:15:00Z").await, days[..1]);
    let months = of("window=month").await;
    assert_eq!(months[0], "2026-02-28T18:15:00Z 2026-03-31T18:15:00Z 1");
    let named = grouped.usage("timeZone=Asia/Kathmandu", &answer).await;
    assert_eq!(named[0]["timeZone"], "Asia/Kathmandu");
}

async fn a_period_is_compared_with_the_one_before_it(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let records = [
        grouped.record("peak", "1", "2026-01-10T10:00:00Z", &json!({ "value": "7" })),
        grouped.record("peak", "2", "2026-02-10T10:00:00Z", &json!({ "value": "5" })),
        grouped.record("calls.minutes", "3", "2026-02-10T10:00:00Z", &json!({ "value": "3" })),
        grouped.record("messages", "4", "2026-02-10T10:00:00Z", &json!({ "value": "3" })),
    ];
    let answer = hand_in(&grouped.partner.service, &records).await.expect(200);
    let february = "window=month&from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z";

    let before = grouped.usage(&format!("{february}&compare=previous"), &answer).await;
    let other = format!("{february}&compareFrom=2025-02-01T00:00:00Z&compareTo=2025-03-01T00:00:00Z");
    let year_before = grouped.usage(&other, &answer).await;
    let first = format!("/api/v1/usage?{february}&compare=previous&limit=1");
    let page = grouped.partner.service.get(&first).await;

    let told = |rows: &[Value]| -> Vec<String> {
        let of = |row: &Value| {
            format!(
                "{} {} {} {}",
                text(row, "meter"),
                row["value"],
                row["previous"]["value"],
                row["difference"]
            )
        };
        rows.iter().map(of).collect()
    };
    assert_eq!(
        told(&before),
        [r#"calls.minutes "3" "0" "3""#, "messages null null null", r#"peak "5" "7" "-2""#]
    );
    assert_eq!(before[2]["previous"]["from"], "2026-01-01T00:00:00Z");
    assert_eq!(told(&year_before)[2], r#"peak "5" null "5""#);
    assert_eq!(before[1]["reason"], "meter_not_defined");
    assert_eq!(page.json()["items"][0]["meter"], "calls.minutes");
    let next = page.next_page().expect("there are more");
    assert_eq!(grouped.partner.service.list(&next).await[0]["meter"], "messages");
}

async fn a_table_tells_what_is_raw_and_what_is_billable(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let data = json!({ "value": "2.5", "package": "webex_calling", "projectId": grouped.project, "appId": grouped.app });
    let records = [
        grouped.record("calls.minutes", "1", "2026-01-31T10:00:00Z", &data),
        grouped.record("messages", "2", "2026-01-31T10:00:00Z", &json!({ "value": "3" })),
    ];
    let answer = hand_in(&grouped.partner.service, &records).await.expect(200);
    let path = |query: &str| format!("/api/v1/usage?minPosition={}{query}", text(&answer, "position"));
    let table = async |query: &str| {
        let request = grouped.partner.admin.request(Method::GET, &path(query)).header(ACCEPT, "text/csv");
        send(request).await
    };

    let whole = table(&format!("&window=month&organizationId={}", grouped.organization)).await;
    let first = table("&limit=1").await;

    assert_eq!(whole.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let rows = lines(&whole.text);
    assert_eq!(rows.len(), 2);
    let expected = json!({
        "windowStart": "2026-01-01T00:00:00Z", "windowEnd": "2026-02-01T00:00:00Z",
        "organizationId": grouped.organization, "organizationName": rows[0]["organizationName"],
        "subscriptionId": "", "projectId": grouped.project, "appId": grouped.app, "package": "webex_calling",
        "meter": "calls.minutes", "unit": "units", "rawQuantity": "2.5", "billableQuantity": "2.5",
    });
    assert_eq!(rows[0], expected);
    assert_ne!(text(&rows[0], "organizationName"), "");
    assert_eq!((&rows[1]["rawQuantity"], &rows[1]["billableQuantity"]), (&json!("3"), &json!("0")));
    assert_eq!(lines(&first.text).len(), 1);
    let next = first.next_page().expect("there are more");
    let request = grouped.partner.admin.request(Method::GET, &next).header(ACCEPT, "text/csv");
    assert_eq!(lines(&send(request).await.text)[0]["meter"], "messages");
}

async fn an_operator_hands_in_for_a_partner_and_a_record_still_counts_once(store: &Store) {
    let home = Home::new();
    let grouped = Grouped::start(store, &home).await;
    let operator = grouped.program.operator();
    let record = grouped.record("calls.minutes", "1", "2026-01-31T10:00:00Z", &json!({ "value": "1" }));
    let mut named = record.clone();
    named["partnerid"] = json!(grouped.partner.id);
    let other = Partner::register(&operator, "Another Resale").await;
    let mut of_other = record.clone();
    of_other["partnerid"] = json!(other.id);
    let mut of_nobody = record.clone();
    of_nobody["partnerid"] = json!("ptr_01kpm6f1aqfd7v61bznxez3w6q");

    let first = hand_in(&operator, &[named.clone(), record.clone(), of_other, of_nobody]).await.expect(200);
    let again = hand_in(&grouped.partner.service, &[record]).await.expect(200);
    let foreign = hand_in(&other.service, &[named]).await.expect(200);

    assert_eq!(first["accepted"], 1);
    let codes: Vec<String> =
        first["refused"].as_array().expect("is a list").iter().map(|one| text(one, "code")).collect();
    assert_eq!(codes, ["malformed", "not_a_customer", "not_found"]);
    assert_eq!((&again["accepted"], &again["duplicates"]), (&json!(0), &json!(1)));
    assert_eq!(foreign["refused"][0]["code"], "not_found");
    let days = grouped.usage("", &again).await;
    assert_eq!(text(&days[0], "value"), "1");
}
