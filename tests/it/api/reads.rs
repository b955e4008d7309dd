//! Lists and single rows: pages, filters, and reads of one's own writes.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use tenantry::limits::READ_WAIT;

use crate::cli::Run;
use crate::harness::Store;
use crate::journey::cast::Partner;
use crate::journey::client::{items, send, text};
use crate::journey::program::{Home, OPERATOR_KEY, Program};
use crate::journey::waiting::until;

on_both_databases!(
    pages_of_a_list_bring_each_row_once,
    pages_of_the_tasks_bring_each_task_once,
    a_task_that_failed_is_due_when_it_is_asked_for,
    a_filter_keeps_the_rows_that_match,
    a_read_waits_for_the_position_that_it_names,
    a_read_ahead_of_the_log_is_given_up_in_the_end,
    odd_but_readable_parameters_find_nothing,
    an_answer_that_shows_the_log_names_its_position_in_a_header,
    a_tracking_id_is_echoed_and_kept_on_the_events,
);

async fn pages_of_a_list_bring_each_row_once(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut asked = BTreeSet::new();
    for n in 0..5 {
        asked.insert(text(&partner.customer(&template, &format!("customer-{n}")).await, "id"));
    }
    let head = program.head().await;
    for reader in [&partner.service, &program.operator()] {
        let mut next = Some(format!("/api/v1/customers?limit=2&minPosition={head}"));
        let mut pages = Vec::new();
        while let Some(path) = next {
            let page = reader.get(&path).await;
            pages.push(items(&page.expect(200)).iter().map(|row| text(row, "id")).collect::<Vec<_>>());
            next = page.next_page();
        }

        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
        assert_eq!(pages.concat().into_iter().collect::<BTreeSet<_>>(), asked);
    }
}

async fn pages_of_the_tasks_bring_each_task_once(store: &Store) {
    let home = Home::new();
    let options = ["--platform", "simulated", "--simulated-delay-ms", "600000"];
    let program = Program::start(store, &home, &options).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    for n in 0..5 {
        partner.customer(&template, &format!("customer-{n}")).await;
    }
    let ids = |tasks: &[Value]| tasks.iter().map(|task| text(task, "id")).collect::<Vec<_>>();
    let all = until("a task for each customer", async || {
        let tasks = ids(&operator.list("/api/v1/tasks").await);
        (tasks.len() == 5).then_some(tasks)
    })
    .await;

    let (mut pages, mut next) = (Vec::new(), Some("/api/v1/tasks?limit=2".to_owned()));
    while let Some(path) = next {
        let page = operator.get(&path).await;
        pages.push(ids(items(&page.expect(200))));
        next = page.next_page();
    }
    let run = Run::through(&program, OPERATOR_KEY, &["tasks", "list", "--limit", "3", "-o", "json"]);

    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(pages.concat(), all);
    assert_eq!(ids(items(&run.json())), all[..3]);
    assert_eq!(operator.get("/api/v1/tasks?cursor=nonsense").await.code(400), "malformed");
    assert_eq!(operator.get("/api/v1/tasks?limit=501").await.code(400), "malformed");
}

async fn a_task_that_failed_is_due_when_it_is_asked_for(store: &Store) {
    let home = Home::new();
    let program =
        Program::start(store, &home, &["--platform", "simulated", "--simulated-transient-percent", "100"])
            .await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    partner.customer(&partner.template().await, "customer-17").await;
    let due = |task: &Value| text(task, "notBefore").parse::<Timestamp>().expect("is a time");

    let (before, after) = until("a task that waits after a failure", async || {
        let waits = |task: &Value| task["attempts"].as_i64() >= Some(4);
        let before = operator.list("/api/v1/tasks").await.into_iter().find(waits)?;
        let retry = operator.post(&format!("/api/v1/tasks/{}/retry", text(&before, "id")), &json!({}));
        let after = send(retry).await.expect(200);
        // Its pause may be over by then.
        (after["attempts"] == before["attempts"] && due(&after) < due(&before)).then_some((before, after))
    })
    .await;

    assert_eq!(after["lastError"], before["lastError"]);
    let unknown = ["tasks", "retry", "task_00000000000000000000000000"];
    assert_eq!(Run::through(&program, OPERATOR_KEY, &unknown).code(), Some(4));
    assert_eq!(
        send(partner.admin.post("/api/v1/tasks/any/retry", &json!({}))).await.code(403),
        "role_forbidden"
    );
}

async fn a_filter_keeps_the_rows_that_match(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    for external_id in ["customer-17", "customer-18"] {
        partner.provisioned(&template, external_id).await;
    }
    let head = program.head().await;
    for (query, expected) in [
        ("customers?externalId=customer-17", 1),
        ("customers?externalId=customer-1", 0),
        ("customers?status=provisioned", 2),
        ("customers?status=provisioning", 0),
        ("customers?externalId=customer-18&status=provisioned", 1),
        ("operations?state=succeeded", 2),
        ("provisioning?externalId=customer-18", 1),
    ] {
        let rows = partner.service.list(&format!("/api/v1/{query}&minPosition={head}")).await;
        assert_eq!(rows.len(), expected, "{query}");
    }
    let path = format!("/api/v1/customers?tenant={}&minPosition={head}", partner.id);
    assert_eq!(program.operator().list(&path).await.len(), 2);
}

async fn a_read_waits_for_the_position_that_it_names(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    for n in 0..10 {
        let asked = partner.customer(&template, &format!("customer-{n}")).await;
        let position = text(&asked, "position");

        let list = partner.service.read(&format!("/api/v1/customers?minPosition={position}")).await;
        let row = partner.service.read(&format!("/api/v1/provisioning/{}", text(&asked, "id"))).await;

        let to_the_end = partner.admin.read("/api/v1/customers?minPosition=end").await;

        assert_eq!((items(&list).len(), items(&to_the_end).len()), (n + 1, n + 1));
        let shown: i64 = text(&to_the_end, "position").parse().expect("a position is a number");
        assert!(shown >= position.parse().expect("a position is a number"));
        assert_eq!(row["operationId"], asked["operation"]["id"]);
    }
}

async fn a_read_ahead_of_the_log_is_given_up_in_the_end(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let begun = Instant::now();

    let reply = program.operator().get("/api/v1/customers?minPosition=1000000").await;

    assert_eq!(reply.code(504), "not_yet");
    assert!((READ_WAIT..READ_WAIT + Duration::from_secs(5)).contains(&begun.elapsed()));
}

async fn odd_but_readable_parameters_find_nothing(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    partner.provisioned(&template, "customer-17").await;
    for reader in [&program.operator(), &partner.admin] {
        for path in [
            "/api/v1/customers?externalId='%20or%201=1--",
            "/api/v1/customers?status=error",
            "/api/v1/events?type='",
            "/api/v1/events?from=9223372036854775807",
            "/api/v1/events?to=-9223372036854775808",
            "/api/v1/events?cursor=9223372036854775807",
            "/api/v1/events?since=9999-12-30T00:00:00Z",
            "/api/v1/events?until=0001-01-01T00:00:00Z",
        ] {
            assert_eq!(reader.list(path).await, Vec::<serde_json::Value>::new(), "{path}");
        }
        let all = reader.lines("/api/v1/events").await;
        for path in ["from=-9223372036854775808", "from=0", "cursor=-5", "to=9223372036854775807"] {
            assert_eq!(reader.lines(&format!("/api/v1/events?{path}")).await, all, "{path}");
        }
    }
}

async fn an_answer_that_shows_the_log_names_its_position_in_a_header(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    for path in
        ["events?limit=2".to_owned(), format!("aggregates/partner/{}", partner.id), "projections".into()]
    {
        let reply = program.operator().get(&format!("/api/v1/{path}")).await;

        let position = text(&reply.expect(200), "position");
        assert_eq!(reply.header("tenantry-position"), Some(position.as_str()), "{path}");
    }
    let usage = partner.service.request(Method::POST, "/api/v1/usage");
    let taken = send(usage.header("content-type", "application/cloudevents-batch+json").body("[]")).await;
    assert_eq!(taken.header("tenantry-position"), taken.expect(200)["position"].as_str());
}

async fn a_tracking_id_is_echoed_and_kept_on_the_events(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let body = crate::journey::bodies::customer(&template, "customer-17");
    let request = partner.service.keyed("CreateCustomerOrg", "key", &body).header("tracking-id", "story-17");

    let reply = send(request).await;

    let asked = reply.expect(202);
    assert_eq!(reply.header("tracking-id"), Some("story-17"));
    partner.service.ended(&text(&asked["operation"], "id")).await;
    // Who is invited when the organization is there is not waited for by the operation.
    let expected = BTreeSet::from(["customer", "invitation", "organization"].map(str::to_owned));
    let events = until("the events of the story", async || {
        let events = program.operator().lines("/api/v1/events?trackingId=story-17").await;
        let types: BTreeSet<String> = events.iter().map(|event| text(event, "aggregateType")).collect();
        (types == expected).then_some(events)
    })
    .await;
    for event in &events[1..] {
        assert_eq!(event["channel"], "system");
        assert_ne!(event["causationId"], json!("key"));
    }
}
