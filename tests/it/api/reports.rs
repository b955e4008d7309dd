//! Billing reports: who asks for them, what they count, and how their files are fetched.

use futures::FutureExt;
use futures::future;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tenantry::connectors::Simulation;

use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::in_process::InProcess;
use crate::journey::program::{Home, Program};
use crate::journey::reports::{built, built_as, days_ago, fetched, lines, report, shown};
use crate::journey::verbs::{Where, answered, printed, refused};
use crate::journey::waiting::until;

on_both_databases!(
    r5_a_report_counts_each_record_once_and_tells_what_came_late,
    a_report_tells_customers_and_subscribers_apart,
    a_record_that_counts_later_is_billed_in_the_next_report,
    a_link_to_a_file_opens_it_for_a_while_and_nothing_else_does,
    a_report_that_is_built_again_later_has_the_same_bytes,
    a_deleted_report_is_gone_with_its_file_and_what_it_counted_stays_counted,
    a_file_that_is_written_after_its_report_was_deleted_does_not_stay,
    one_report_of_a_partner_is_built_at_a_time,
    the_command_line_asks_for_reports_and_fetches_them,
    all_that_is_wrong_with_the_days_of_a_report_is_told_at_once,
    r26_reports_are_for_partners_and_operators_and_never_for_organizations,
);

/// A partner with a customer whose name a spreadsheet could take for a formula.
struct Billed {
    program: Program,
    partner: Partner,
    organization: String,
}

impl Billed {
    async fn start(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let partner = Partner::register(&program.operator(), "Example Resale").await;
        let template = partner.template().await;
        let mut body = crate::journey::bodies::customer(&template, "customer-1");
        body["customerInfo"]["name"] = json!("=HYPERLINK(\"x\")");
        let asked = partner.provisioned_with(&body).await;
        let row = partner.service.read(&format!("/api/v1/customers/{}", text(&asked, "id"))).await;
        let organization = text(&row, "organizationId");
        let billed = Self { program, partner, organization };
        billed.define("calls.minutes", "sum").await;
        billed
    }

    async fn define(&self, name: &str, kind: &str) {
        let meter = json!({ "name": name, "kind": kind, "unit": "minutes" });
        send(self.program.operator().command("DefineMeter", &meter)).await.expect(200);
    }

    async fn use_of(&self, meter: &str, id: &str, day: &str, value: &str, more: &Value) {
        let mut body = json!({
            "source": "switch-1", "id": id, "organizationId": self.organization, "meter": meter,
            "time": format!("{day}T12:00:00Z"), "value": value,
        });
        body.as_object_mut().expect("is an object").extend(more.as_object().expect("is an object").clone());
        send(self.partner.service.keyed("RecordUsage", id, &body)).await.expect(200);
    }

    async fn lines(&self, id: &str) -> Vec<Value> {
        lines(&fetched(&self.partner.admin, id).await)
    }
}

/// What lines say, in short.
fn told(lines: &[Value]) -> Vec<String> {
    let of = |line: &Value| {
        let cell = |name: &str| text(line, name);
        format!(
            "{} {}..{} {} {} {} {}",
            cell("kind"),
            cell("periodStart"),
            cell("periodEnd"),
            cell("package"),
            cell("meter"),
            cell("rawQuantity"),
            cell("billableQuantity")
        )
    };
    lines.iter().map(of).collect()
}

async fn r5_a_report_counts_each_record_once_and_tells_what_came_late(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    let calling = json!({ "package": "webex_calling" });
    billed.use_of("calls.minutes", "1", "2026-01-10", "12.5", &calling).await;
    billed.use_of("calls.minutes", "2", "2026-02-01", "4", &calling).await;
    let january = built(&billed.partner, "2026-01-01", "2026-01-31", "partner").await;
    let first = fetched(&billed.partner.admin, &january).await;
    billed.use_of("calls.minutes", "3", "2026-01-20", "1.5", &calling).await;
    let correction = json!({
        "organizationId": billed.organization, "meter": "calls.minutes", "time": "2026-01-10T12:00:00Z",
        "value": "-2", "package": "webex_calling", "reason": "a test call",
    });
    send(billed.partner.service.keyed("CorrectUsage", "one", &correction)).await.expect(200);

    let february = built(&billed.partner, "2026-02-01", "2026-02-28", "partner").await;
    let again = built(&billed.partner, "2026-02-01", "2026-02-28", "partner").await;
    let mut body = report("2026-01-01", "2026-01-31", "partner");
    body["category"] = json!("point_in_time");
    let point = built_as(&billed.partner, &body).await;

    assert_eq!(told(&lines(&first)), ["usage 2026-01-01..2026-01-31 webex_calling calls.minutes 12.5 12.5"]);
    assert_eq!(fetched(&billed.partner.auditor, &january).await, first, "a finished report stays as it is");
    assert_eq!(
        told(&billed.lines(&february).await),
        [
            "difference 2026-01-01..2026-01-31 webex_calling calls.minutes -0.5 -0.5",
            "usage 2026-02-01..2026-02-28 webex_calling calls.minutes 4 4",
        ]
    );
    assert_eq!(told(&billed.lines(&again).await), [""; 0]);
    let point = billed.lines(&point).await;
    assert_eq!(told(&point), ["usage 2026-01-01..2026-01-31 webex_calling calls.minutes 12 12"]);
    let row = shown(&billed.partner.admin, &january).await;
    let file = &row["file"];
    let digest = format!("{:x}", Sha256::digest(&first));
    assert_eq!(
        (&file["sha256"], &file["bytes"], &file["rows"]),
        (&json!(digest), &json!(first.len()), &json!(1))
    );
    let totals = json!({ "records": 1, "corrections": 0, "rawQuantity": "12.5", "billableQuantity": "12.5" });
    assert_eq!(file["totals"], totals);
}

async fn a_report_tells_customers_and_subscribers_apart(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    for (n, subscriber) in
        ["sbr_01kpm6f1aqfd7v61bznxez3w6q", "sbr_01kpm6f1aqfd7v61bznxez3w6r"].iter().enumerate()
    {
        let of = json!({ "subscriberId": subscriber });
        billed.use_of("calls.minutes", &n.to_string(), "2026-01-10", "2", &of).await;
    }

    let customers = built(&billed.partner, "2026-01-01", "2026-01-31", "customer").await;
    let users = built(&billed.partner, "2026-01-01", "2026-01-31", "user").await;

    let customers = billed.lines(&customers).await;
    assert_eq!(customers.len(), 1);
    assert_eq!(customers[0]["organizationId"], json!(billed.organization));
    assert_eq!(customers[0]["organizationName"], "'=HYPERLINK(\"x\")");
    assert_eq!((&customers[0]["records"], &customers[0]["rawQuantity"]), (&json!("2"), &json!("4")));
    let users = billed.lines(&users).await;
    let subscribers: Vec<String> = users.iter().map(|line| text(line, "subscriberId")).collect();
    assert_eq!(subscribers, ["sbr_01kpm6f1aqfd7v61bznxez3w6q", "sbr_01kpm6f1aqfd7v61bznxez3w6r"]);
}

async fn a_record_that_counts_later_is_billed_in_the_next_report(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    billed.use_of("messages", "1", "2026-01-10", "3", &json!({})).await;
    let january = built(&billed.partner, "2026-01-01", "2026-01-31", "partner").await;

    billed.define("messages", "count").await;
    let february = built(&billed.partner, "2026-02-01", "2026-02-28", "partner").await;

    assert_eq!(told(&billed.lines(&january).await), ["usage 2026-01-01..2026-01-31  messages 3 0"]);
    assert_eq!(told(&billed.lines(&february).await), ["difference 2026-01-01..2026-01-31  messages 0 1"]);
}

async fn a_link_to_a_file_opens_it_for_a_while_and_nothing_else_does(store: &Store) {
    let home = Home::new();
    let simulation = Simulation::default();
    let server = InProcess::with_clock(store, &home, simulation, true).await;
    let operator = server.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let one = built(&partner, "2026-01-01", "2026-01-31", "partner").await;
    let two = built(&partner, "2026-01-01", "2026-01-31", "customer").await;
    let link = text(&shown(&partner.admin, &one).await, "downloadUrl");
    let open = async |link: &str| send(partner.admin.stranger(Method::GET, link)).await;

    let opened = open(&link).await;
    let altered = open(&format!("{link}x")).await;
    let of_another = open(&link.replace(&one, &two)).await;
    let without = open(link.split('?').next().expect("it has a path")).await;
    send(operator.post("/api/v1/demo/clock", &json!({ "advance": "PT14M59S" }))).await.expect(200);
    let late = open(&link).await;
    send(operator.post("/api/v1/demo/clock", &json!({ "advance": "PT1S" }))).await.expect(200);
    let too_late = open(&link).await;

    assert_eq!((opened.status, late.status), (200, 200));
    assert!(opened.text.starts_with("kind,periodStart,periodEnd,"), "{}", opened.text);
    let refused = |reply: &crate::journey::client::Reply| {
        let mut said = reply.expect(401);
        for varies in ["trackingId", "instance"] {
            said.as_object_mut().expect("a problem is an object").remove(varies);
        }
        said
    };
    assert_eq!(altered.code(401), "invalid_token");
    for reply in [&of_another, &without, &too_late] {
        assert_eq!(refused(reply), refused(&altered), "one answer for all");
    }
    server.stop().await;
}

async fn a_report_that_is_built_again_later_has_the_same_bytes(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    billed.use_of("calls.minutes", "1", "2026-01-10", "12.5", &json!({})).await;
    billed.use_of("messages", "2", "2026-01-10", "1", &json!({})).await;
    let id = built(&billed.partner, "2026-01-01", "2026-01-31", "customer").await;
    let file = fetched(&billed.partner.admin, &id).await;
    billed.use_of("calls.minutes", "3", "2026-01-11", "1", &json!({})).await;
    billed.define("messages", "count").await;
    built(&billed.partner, "2026-01-01", "2026-02-28", "customer").await;
    let path = format!("/api/v1/events?type=billing_report.requested&aggregate={id}");
    let requested = billed.partner.auditor.list(&path).await[0]["data"].clone();
    billed.program.terminate().await;
    let server = InProcess::start(store, &home, Simulation::default()).await;

    let requested = serde_json::from_value(requested).expect("it is a request");
    let again = server
        .http()
        .app
        .build_report(&requested, &|_| future::ready(Ok(())).boxed())
        .await
        .expect("the store answers");

    assert_eq!(again.expect("it fits").text, file);
    server.stop().await;
}

async fn a_deleted_report_is_gone_with_its_file_and_what_it_counted_stays_counted(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    billed.use_of("calls.minutes", "1", "2026-01-10", "12.5", &json!({})).await;
    let january = built(&billed.partner, "2026-01-01", "2026-01-31", "partner").await;
    let link = text(&shown(&billed.partner.admin, &january).await, "downloadUrl");
    let delete = billed.partner.admin.command("DeleteBillingReport", &json!({ "reportId": january }));

    let deleted = send(delete).await.expect(200);

    let path = format!("/api/v1/reports/{january}?minPosition={}", text(&deleted, "position"));
    assert_eq!(billed.partner.admin.get(&path).await.code(404), "not_found");
    let opened = send(billed.partner.admin.stranger(Method::GET, &link)).await;
    assert_eq!(opened.code(401), "invalid_token");
    until("the end of the file", async || {
        (store.raw().await.number("select count(*) from report_files").await == 0).then_some(())
    })
    .await;
    let again =
        send(billed.partner.admin.command("DeleteBillingReport", &json!({ "reportId": january }))).await;
    assert_eq!(again.code(404), "not_found");
    let next = built(&billed.partner, "2026-01-01", "2026-01-31", "partner").await;
    assert_eq!(told(&billed.lines(&next).await), [""; 0]);
}

async fn a_file_that_is_written_after_its_report_was_deleted_does_not_stay(store: &Store) {
    let home = Home::new();
    let server = InProcess::start(store, &home, Simulation::default()).await;
    let partner = Partner::register(&server.operator(), "Example Resale").await;
    let there = built(&partner, "2026-01-01", "2026-01-31", "partner").await;
    let gone = built(&partner, "2026-01-01", "2026-01-31", "customer").await;
    let files = async || store.raw().await.number("select count(distinct report_id) from report_files").await;
    let delete = partner.admin.command("DeleteBillingReport", &json!({ "reportId": gone }));
    send(delete).await.expect(200);
    until("the end of the file", async || (files().await == 1).then_some(())).await;
    let keep = async |id: &str| {
        let (partner_id, id) = (partner.id.parse().expect("is an ID"), id.parse().expect("is an ID"));
        let parts = ["kind\n".to_owned()];
        server.http().app.keep_report(partner_id, id, &parts).await.expect("the store answers")
    };

    let kept = (keep(&gone).await, keep(&there).await);

    assert_eq!((kept, files().await), ((false, true), 1));
    server.stop().await;
}

async fn one_report_of_a_partner_is_built_at_a_time(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let (one, other) = (
        Partner::register(&program.operator(), "Example Resale").await,
        Partner::register(&program.operator(), "Another Resale").await,
    );
    program.terminate().await;
    let body = |partner: &Partner, report_type: &str, category: &str| {
        let mut body = report("2026-01-01", "2026-01-31", report_type);
        body["category"] = json!(category);
        body["partnerId"] = json!(partner.id);
        body.to_string()
    };
    // Nothing is built until a server runs again.
    let offline = Where::Store(store);
    let point = body(&one, "partner", "point_in_time");
    let arguments = |body: &str| ["command", "CreateBillingReport", "--data", body].map(str::to_owned);
    let asked = |body: &str| {
        let arguments = arguments(body);
        answered(&home, &offline, &arguments.each_ref().map(String::as_str))
    };
    let first = text(&asked(&point), "id");

    for again in [body(&one, "user", "point_in_time"), body(&one, "customer", "reconciliation")] {
        let arguments = arguments(&again);
        let (_, said) = refused(&home, &offline, &arguments.each_ref().map(String::as_str));
        assert!(said.contains("report_in_progress") && said.contains(&first), "{said}");
    }

    asked(&body(&other, "customer", "point_in_time"));
    let program = Program::start(store, &home, &[]).await;
    let one = one.at(&program);
    until("the end of the report", async || {
        let row = one.admin.get(&format!("/api/v1/reports/{first}")).await.unless_too_early()?;
        (row["status"] == "completed").then_some(())
    })
    .await;
    built(&one, "2026-01-01", "2026-01-31", "user").await;
}

async fn the_command_line_asks_for_reports_and_fetches_them(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    billed.use_of("calls.minutes", "1", "2026-01-10", "12.5", &json!({})).await;
    billed.use_of("calls.minutes", "2", "2026-01-11", "2", &json!({})).await;
    let server = Where::Server(&billed.partner.admin);
    let days = ["report", "create", "--from", "2026-01-01", "--to", "2026-01-31", "--type", "customer"];

    let asked = answered(&home, &server, &days);
    let id = text(&asked, "id");
    let ended = answered(&home, &server, &["report", "wait", &id]);
    let file = home.path().join("report.csv");
    let path = file.to_str().expect("it is text");
    printed(&home, &server, &["report", "download", &id, "--to", path]);
    let listed = answered(&home, &server, &["report", "list", "--status", "completed"]);
    let table = printed(&home, &server, &["usage", "list", "--csv", "--window", "month"]);
    let pages = printed(&home, &server, &["usage", "list", "--csv", "--limit", "1"]);
    let deleted = answered(&home, &server, &["report", "delete", &id]);
    let path = format!("/api/v1/reports/{id}?minPosition={}", text(&deleted, "position"));
    assert_eq!(billed.partner.admin.get(&path).await.status, 404);

    assert_eq!(ended["state"], "succeeded");
    assert_eq!(listed["items"][0]["id"], json!(id));
    let fetched = std::fs::read_to_string(&file).expect("the file is there");
    assert_eq!(told(&lines(&fetched)), ["usage 2026-01-01..2026-01-31  calls.minutes 14.5 14.5"]);
    let quantities = |table: &str| -> Vec<String> {
        lines(table).iter().map(|line| text(line, "billableQuantity")).collect()
    };
    assert_eq!(quantities(&table), ["14.5"]);
    assert_eq!(quantities(&pages), ["12.5"]);
    let (code, said) = refused(&home, &server, &["report", "download", &id]);
    assert_eq!(code, 4, "{said}");
}

async fn all_that_is_wrong_with_the_days_of_a_report_is_told_at_once(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let asked = async |start: &str, end: &str| {
        send(partner.admin.command("CreateBillingReport", &report(start, end, "partner"))).await
    };

    let today = asked(&days_ago(3), &days_ago(0)).await;
    let wrong = asked(&days_ago(-1), &days_ago(0)).await;
    let no_dates = asked("2026-02-30", "yesterday").await;
    let yesterday = asked(&days_ago(1), &days_ago(1)).await;

    assert_eq!(today.code(422), "report_period_invalid");
    assert_eq!(wrong.code(422), "report_period_invalid");
    let detail = text(&wrong.json(), "detail");
    assert_eq!(wrong.json()["errors"].as_array().map(Vec::len), Some(2), "{}", wrong.text);
    assert!(detail.contains("before billingStartDate") && detail.contains("is not over"), "{detail}");
    assert_eq!(no_dates.code(400), "malformed");
    assert_eq!(yesterday.status, 202, "{}", yesterday.text);
}

async fn r26_reports_are_for_partners_and_operators_and_never_for_organizations(store: &Store) {
    let home = Home::new();
    let billed = Billed::start(store, &home).await;
    let operator = billed.program.operator();
    let issue = async |role: &str| -> Client {
        let body = json!({ "role": role, "organizationId": billed.organization, "name": role });
        operator.with_key(&text(&send(operator.command("IssueKey", &body)).await.expect(200), "key"))
    };
    let mut body = report("2026-01-01", "2026-01-31", "partner");
    let unnamed = send(operator.command("CreateBillingReport", &body)).await;
    body["partnerId"] = json!(billed.partner.id);
    let other = Partner::register(&operator, "Another Resale").await;

    let asked = send(operator.command("CreateBillingReport", &body)).await.expect(202);
    let foreign = send(other.admin.command("CreateBillingReport", &body)).await;
    billed.partner.auditor.ended(&text(&asked["operation"], "id")).await;

    let id = text(&asked, "id");
    assert_eq!(unnamed.json()["errors"][0]["pointer"], "/partnerId");
    assert_eq!(foreign.code(404), "not_found");
    assert_eq!(shown(&billed.partner.auditor, &id).await["partnerId"], json!(billed.partner.id));
    assert_eq!(other.admin.get(&format!("/api/v1/reports/{id}")).await.code(404), "not_found");
    let delete = json!({ "reportId": id });
    assert_eq!(send(other.admin.command("DeleteBillingReport", &delete)).await.code(404), "not_found");
    for client in [issue("org_admin").await, issue("org_user").await, billed.partner.service.clone()] {
        assert_eq!(client.get("/api/v1/reports").await.code(403), "role_forbidden");
        let refused = send(client.keyed("CreateBillingReport", "one", &body)).await;
        assert_eq!(refused.code(403), "role_forbidden");
    }
}
