//! The program is killed in the middle of its work, again and again, and nothing that it acknowledged is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::bodies;
use super::cast::Partner;
use super::client::{Client, Reply, items, send, text, try_send};
use super::first_run::verdicts;
use super::program::{Home, Program};
use super::rebuild::at_the_head;
use super::waiting::until;
use crate::harness::{Store, assert_whole};

on_both_databases!(nothing_that_was_acknowledged_is_lost_when_the_program_is_killed);

/// How often the program is killed, and after how many more acknowledged commands each time.
const KILLS: [usize; 5] = [7, 23, 12, 31, 18];

/// A platform that is slow enough to be asked when the program is killed, and that fails now and then.
const PLATFORM: [&str; 6] =
    ["--platform", "simulated", "--simulated-delay-ms", "20", "--simulated-transient-percent", "5"];

/// Clients that give commands side by side.
const CLIENTS: usize = 4;

/// One in so many acknowledged commands is given again after each start; at the end all are.
const SAMPLE: usize = 5;

/// A customer that was asked for: its external ID, which is also the key of the command, and the answer if one came.
struct Asked {
    external_id: String,
    reply: Option<Reply>,
}

async fn nothing_that_was_acknowledged_is_lost_when_the_program_is_killed(store: &Store) {
    let home = Home::new();
    let mut program = Program::start(store, &home, &PLATFORM).await;
    let mut partner = Partner::register(&program.operator(), "Example Resale").await;
    let template: Arc<str> = partner.template().await.into();
    let mut asked: Vec<Asked> = Vec::new();

    for (round, acknowledgements) in KILLS.into_iter().enumerate() {
        let clients = ask(&partner.service, &template, round, acknowledgements).await;
        program.kill();
        asked.extend(clients.join_all().await.into_iter().flatten());
        program = Program::start(store, &home, &PLATFORM).await;
        partner = partner.at(&program);
        ask_again(&partner.service, &template, &mut asked, SAMPLE).await;
    }

    ask_again(&partner.service, &template, &mut asked, 1).await;
    assert_nothing_is_open(&program, &partner).await;
    assert_each_is_there_once(&program, &partner, &asked).await;
    until("all views", async || at_the_head(&program).await.then_some(())).await;
    let head = program.head().await;
    for verdict in verdicts(&program).await {
        assert_eq!(verdict["differences"], json!([]), "{verdict}");
        assert_eq!(verdict["position"], head, "{verdict}");
    }
    let (status, _) = program.terminate().await;
    assert_eq!(status.code(), Some(0));
    assert_whole(store).await;
}

/// Lets clients ask for customers until the server is gone; returns once so many were acknowledged.
async fn ask(
    service: &Client,
    template: &Arc<str>,
    round: usize,
    acknowledgements: usize,
) -> JoinSet<Vec<Asked>> {
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (service, template, acknowledged) = (service.clone(), template.clone(), acknowledged.clone());
        clients.spawn(async move {
            let mut asked = Vec::new();
            for n in 0.. {
                let external_id = format!("customer-{round}-{client}-{n}");
                let body = bodies::customer(&template, &external_id);
                let reply = try_send(service.keyed("CreateCustomerOrg", &external_id, &body)).await.ok();
                let lost = reply.is_none();
                asked.push(Asked { external_id, reply });
                if lost {
                    break;
                }
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            asked
        });
    }
    until("acknowledged commands", async || {
        (acknowledged.load(Ordering::Relaxed) >= acknowledgements).then_some(())
    })
    .await;
    clients
}

/// Repeats every command without an answer and one in `sample` of the others, which are answered as before.
async fn ask_again(service: &Client, template: &str, asked: &mut [Asked], sample: usize) {
    for (n, Asked { external_id, reply }) in asked.iter_mut().enumerate() {
        if reply.is_some() && n % sample != 0 {
            continue;
        }
        let body = bodies::customer(template, external_id);
        let again = send(service.keyed("CreateCustomerOrg", external_id, &body)).await;
        assert_eq!(again.status, 202, "{}", again.text);
        if let Some(first) = reply {
            assert_eq!(again.repeatable(), first.repeatable());
        }
        *reply = Some(again);
    }
}

/// Waits until every operation has succeeded and no task is left.
async fn assert_nothing_is_open(program: &Program, partner: &Partner) {
    for state in ["running", "waiting"] {
        until("the end of all operations", async || {
            let head = program.head().await;
            let path = format!("/api/v1/operations?limit=500&state={state}&minPosition={head}");
            let open = partner.service.get(&path).await.unless_too_early()?;
            items(&open).is_empty().then_some(())
        })
        .await;
    }
    let operator = program.operator();
    until("the last task", async || operator.list("/api/v1/tasks").await.is_empty().then_some(())).await;
    for state in ["failed", "cancelled"] {
        assert_eq!(
            partner.service.list(&format!("/api/v1/operations?state={state}")).await,
            Vec::<Value>::new()
        );
    }
}

/// Compares what was answered with the history and with the customers.
async fn assert_each_is_there_once(program: &Program, partner: &Partner, asked: &[Asked]) {
    let events = program.operator().lines("/api/v1/events").await;
    for (event, position) in events.iter().zip(1..) {
        assert_eq!(text(event, "position"), format!("{position}"));
    }
    let mut requested: BTreeMap<String, &Value> = BTreeMap::new();
    for event in events.iter().filter(|event| event["type"] == "customer.org_requested") {
        let twice = requested.insert(text(&event["data"], "externalId"), event);
        assert!(twice.is_none(), "{event} repeats {twice:?}");
    }
    let mut rows = BTreeMap::new();
    for Asked { external_id, reply } in asked {
        let answer = reply.as_ref().expect("every command was answered in the end").expect(202);
        let event = requested.remove(external_id).expect("what was acknowledged is there");
        for (answered, stored) in [("id", "aggregateId"), ("sequence", "sequence"), ("position", "position")]
        {
            assert_eq!(answer[answered], event[stored], "{external_id}");
        }
        rows.insert(text(&answer, "id"), external_id.as_str());
    }
    // A client stops at the first command without an answer, so nothing is there that nobody repeated.
    assert_eq!(requested.keys().collect::<Vec<_>>(), Vec::<&String>::new());
    let shown: BTreeSet<(String, String)> = customers(program, partner).await;
    assert_eq!(shown, rows.into_iter().map(|(id, external)| (id, external.to_owned())).collect());
}

/// Returns ID and external ID of every customer, all of which are provisioned.
async fn customers(program: &Program, partner: &Partner) -> BTreeSet<(String, String)> {
    let mut shown = BTreeSet::new();
    let mut next = Some(format!("/api/v1/customers?limit=100&minPosition={}", program.head().await));
    while let Some(path) = next {
        let (page, rows) = until("a page of customers", async || {
            let page = partner.service.get(&path).await;
            page.unless_too_early().map(|rows| (page, rows))
        })
        .await;
        for row in items(&rows) {
            assert_eq!(row["status"], "provisioned", "{row}");
            assert!(shown.insert((text(row, "id"), text(row, "externalId"))));
        }
        next = page.next_page();
    }
    shown
}
