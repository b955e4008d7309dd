//! Many commands in one body.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Store;
use crate::journey::bodies;
use crate::journey::cast::Partner;
use crate::journey::client::{Client, Reply, items, send, text};
use crate::journey::program::{Home, Program};
use crate::journey::subscribers::caller;

on_both_databases!(
    every_line_is_answered_in_order_and_on_its_own_merits,
    a_line_may_name_what_an_earlier_one_created,
    a_line_that_names_what_is_not_there_is_turned_down,
    lines_for_one_aggregate_run_in_order,
    a_provisioning_keeps_its_place_among_the_lines_for_its_customer,
    of_two_lines_with_one_key_the_first_is_carried_out,
    a_body_that_is_sent_again_is_answered_the_same,
    a_body_that_cannot_be_taken_changes_nothing,
);

async fn give(client: &Client, body: &str) -> Vec<Value> {
    answers(&send(request(client, body)).await)
}

fn request(client: &Client, body: &str) -> reqwest::RequestBuilder {
    client
        .request(Method::POST, "/api/v1/commands")
        .header("content-type", "application/x-ndjson")
        .body(body.to_owned())
}

fn answers(reply: &Reply) -> Vec<Value> {
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.header("content-type"), Some("application/x-ndjson"));
    reply.text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

fn lines(lines: &[Value]) -> String {
    lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")
}

fn register(name: &str) -> Value {
    json!({ "command": "RegisterPartner", "data": bodies::partner(name) })
}

async fn every_line_is_answered_in_order_and_on_its_own_merits(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let customer = |key: &str, data: Value| json!({ "command": "CreateCustomerOrg", "idempotencyKey": key, "data": data });
    let mut faulty = bodies::customer(&template, "customer-2");
    faulty["packages"] = json!("webex_calling");
    faulty["adress"] = json!({});
    let unkeyed =
        json!({ "command": "CreateCustomerOrg", "data": bodies::customer(&template, "customer-3") });
    let body = [
        customer("one", bodies::customer(&template, "customer-1")).to_string(),
        "{\"command\":".to_owned(),
        String::new(),
        json!({ "command": "CreateCustomer", "idempotencyKey": "three", "data": {} }).to_string(),
        customer("four", faulty).to_string(),
        unkeyed.to_string(),
        json!({ "commands": "CreateCustomerOrg", "idempotencyKey": "" }).to_string(),
        json!({ "command": "RegisterPartner", "idempotencyKey": "seven", "data": {} }).to_string(),
        customer("eight", bodies::customer(&template, "customer-4")).to_string(),
    ];

    let answers = give(&partner.service, &body.join("\r\n")).await;

    let outcomes: Vec<_> = answers.iter().map(|a| (a["line"].as_u64(), a["status"].as_u64())).collect();
    let expected = [(1, 202), (2, 400), (4, 404), (5, 400), (6, 400), (7, 400), (8, 403), (9, 202)];
    assert_eq!(outcomes, expected.map(|(line, status)| (Some(line), Some(status))));
    let told = |n: usize| {
        let errors = answers[n]["problem"]["errors"].as_array().expect("the problem lists faults").clone();
        errors
            .iter()
            .map(|fault| format!("{} {}", text(fault, "code"), text(fault, "pointer")))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(1), ["not_json "]);
    assert_eq!(answers[2]["problem"]["code"], "unknown_command");
    assert_eq!(told(3), ["unknown_field /data/adress", "wrong_type /data/packages"]);
    assert_eq!(told(4), ["missing Idempotency-Key"]);
    assert_eq!(
        told(5),
        ["missing /command", "unknown_field /commands", "missing /data", "invalid /idempotencyKey"]
    );
    assert_eq!(answers[6]["problem"]["code"], "role_forbidden");
    assert_eq!(answers[6]["problem"]["instance"], "/api/v1/commands");
    for answer in [&answers[0], &answers[7]] {
        partner.service.ended(&text(&answer["answer"]["operation"], "id")).await;
    }
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 2);
}

async fn a_line_may_name_what_an_earlier_one_created(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let body = lines(&[
        register("Example Resale"),
        json!({ "command": "IssueKey", "data": {
            "role": "auditor", "partnerId": { "fromLine": 1, "field": "id" }, "name": "Auditor",
        } }),
        json!({ "command": "RevokeKey", "data": { "keyId": { "fromLine": 2, "field": "id" } } }),
    ]);

    let answers = give(&operator, &body).await;

    assert!(answers.iter().all(|answer| answer["status"] == 200), "{answers:?}");
    let key = text(&answers[1]["answer"], "id");
    assert_eq!(answers[2]["answer"]["id"], key);
    assert_eq!(answers[2]["answer"]["sequence"], 2);
    let row = operator.read(&format!("/api/v1/keys/{key}")).await;
    assert_eq!(row["tenant"], answers[0]["answer"]["id"]);
}

async fn a_line_that_names_what_is_not_there_is_turned_down(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let issue = |partner: Value| {
        json!({ "command": "IssueKey", "data": {
        "role": "auditor", "partnerId": partner, "name": "Auditor",
    } })
    };
    let body = lines(&[
        json!({ "command": "RegisterPartner", "data": {} }),
        issue(json!({ "fromLine": 1, "field": "id" })),
        issue(json!({ "fromLine": 3, "field": "id" })),
        register("Example Resale"),
        issue(json!({ "fromLine": 4, "field": "partnerId" })),
    ]);

    let answers =
        give(&operator, &format!("{body}\n\n{}\n", issue(json!({ "fromLine": 6, "field": "id" })))).await;

    let codes: Vec<_> = answers.iter().map(|answer| answer["problem"]["code"].as_str()).collect();
    assert_eq!(
        codes,
        [
            Some("malformed"),
            Some("earlier_line_refused"),
            Some("malformed"),
            None,
            Some("malformed"),
            Some("malformed")
        ]
    );
    let fault = |n: usize| &answers[n]["problem"]["errors"][0];
    assert_eq!(fault(2)["code"], "out_of_range");
    assert_eq!(fault(2)["pointer"], "/data/partnerId/fromLine");
    assert_eq!(fault(4)["detail"], "line 4 was answered without partnerId; it has id, position, sequence");
    assert_eq!(fault(5)["detail"], "line 6 holds no command");
}

async fn lines_for_one_aggregate_run_in_order(store: &Store) {
    const KEYS: usize = 20;
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let issue = json!({ "command": "IssueKey", "data": { "role": "operator", "name": "A second operator" } });
    let issued = give(&operator, &lines(&vec![issue; KEYS])).await;
    let revoke = |turn: &str| {
        let of = |answer: &Value| {
            let id = text(&answer["answer"], "id");
            json!({ "command": "RevokeKey", "idempotencyKey": format!("{turn} {id}"), "data": { "keyId": id } })
        };
        issued.iter().map(of).collect::<Vec<_>>()
    };

    let answers = give(&operator, &lines(&[revoke("first"), revoke("second")].concat())).await;

    assert_eq!(answers.len(), 2 * KEYS);
    assert!(answers.iter().all(|answer| answer["answer"]["sequence"] == 2), "{answers:?}");
    let events = operator.read("/api/v1/events?type=key.revoked").await;
    assert_eq!(items(&events).len(), KEYS);
    assert!(items(&events).iter().all(|event| text(event, "causationId").starts_with("first ")), "{events}");
}

async fn a_provisioning_keeps_its_place_among_the_lines_for_its_customer(store: &Store) {
    const PEOPLE: usize = 12;
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let customer = text(&partner.provisioned(&partner.template().await, "customer-1").await, "id");
    let line = |command: &str, turn: usize, data: Value| json!({ "command": command, "idempotencyKey": format!("{command}-{turn}"), "data": data });
    let number = |n: usize| json!(format!("+493012340{n:02}"));
    let numbers = |n: usize| json!({ "customerId": customer, "numbers": [number(n)] });
    let of_person = |n: usize| {
        let mut person = caller(&customer, &format!("person{n}@batch.example"), &format!("{}", 200 + n));
        person["phoneNumber"] = number(n);
        let provision = line("ProvisionSubscriber", n, person);
        [line("AddNumbers", n, numbers(n)), provision, line("RemoveNumbers", n, numbers(n))]
    };
    let body: Vec<Value> = (0..PEOPLE).flat_map(of_person).collect();

    let answers = give(&partner.service, &lines(&body)).await;

    for of_person in answers.chunks(3) {
        let statuses = of_person.iter().map(|answer| answer["status"].clone()).collect::<Vec<_>>();
        assert_eq!(statuses, [200, 200, 409].map(Value::from), "{of_person:?}");
        assert_eq!(of_person[2]["problem"]["code"], "number_in_use");
    }
}

async fn of_two_lines_with_one_key_the_first_is_carried_out(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let keyed = |name: &str| {
        let mut line = register(name);
        line["idempotencyKey"] = json!("the key");
        line
    };

    let answers =
        give(&operator, &lines(&[keyed("Example Resale"), keyed("Example Voice"), keyed("Example Resale")]))
            .await;

    assert_eq!(answers[0]["status"], 200);
    assert_eq!(answers[1]["problem"]["code"], "idempotency_key_reused");
    assert_eq!(answers[2]["answer"], answers[0]["answer"]);
}

async fn a_body_that_is_sent_again_is_answered_the_same(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partners: Vec<_> = (1..=300).map(|n| register(&format!("Example Resale {n}"))).collect();
    let body = format!(
        "{}\n{}",
        lines(&partners),
        json!({ "command": "IssueKey", "data": {
        "role": "auditor", "partnerId": { "fromLine": 300, "field": "id" }, "name": "Auditor",
    } })
    );
    let give_keyed =
        async || answers(&send(request(&operator, &body).header("idempotency-key", "import")).await);

    let first = give_keyed().await;
    let mut again = give_keyed().await;

    let issued = again[300]["answer"].as_object_mut().expect("it was answered");
    assert_eq!(issued.remove("alreadyShown"), Some(json!(true)));
    issued.insert("key".to_owned(), first[300]["answer"]["key"].clone());
    assert_eq!(again, first);
    // The lines run side by side: the last of them need not be the last in the log.
    let path = format!("/api/v1/partners?limit=500&minPosition={}", program.head().await);
    assert_eq!(operator.list(&path).await.len(), 300);
}

async fn a_body_that_cannot_be_taken_changes_nothing(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let one = lines(&[register("Example Resale")]);

    let many = send(request(&operator, &format!("{one}\n").repeat(10_001))).await;
    let conditional = send(request(&operator, &one).header("if-match", "\"1\"")).await;
    let rehearsed = operator.request(Method::POST, "/api/v1/commands?dryRun=true").body(one.clone());
    let rehearsed = send(rehearsed.header("content-type", "application/x-ndjson")).await;
    let single = send(operator.post("/api/v1/commands", &register("Example Resale"))).await;
    let large = send(request(&operator, &" ".repeat(16 * 1024 * 1024 + 1))).await;
    let nothing = give(&operator, "").await;

    assert_eq!(many.json()["errors"][0]["code"], "too_long");
    assert_eq!(conditional.json()["errors"][0]["pointer"], "If-Match");
    assert_eq!(rehearsed.json()["errors"][0]["pointer"], "query");
    assert_eq!(single.code(415), "unsupported_media_type");
    assert_eq!(large.code(413), "body_too_large");
    assert!(nothing.is_empty());
    assert!(items(&operator.read("/api/v1/events?type=partner.registered").await).is_empty());
}
