//! The history over HTTP: pages, lines, a stream that resumes, and states at earlier positions.

use reqwest::Method;
use serde_json::{Value, json};

use super::cast::Partner;
use super::client::{Client, items, send, text};
use super::program::{Home, Program};
use super::sse::Sent;
use crate::harness::Store;

on_both_databases!(
    pages_lines_and_stream_tell_the_same_history,
    a_partner_reads_its_own_part_of_the_history,
    a_resumed_stream_brings_every_position_once_and_in_order,
    a_state_is_shown_as_it_was_at_an_earlier_position,
    filters_narrow_the_history,
    a_stream_ends_after_the_last_position_that_is_wanted,
);

async fn pages_lines_and_stream_tell_the_same_history(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    partner.provisioned(&template, "customer-17").await;
    for reader in [program.operator(), partner.admin.clone(), partner.auditor.clone()] {
        let lines = reader.lines("/api/v1/events").await;

        let paged = by_pages(&reader, "/api/v1/events?limit=3").await;
        let streamed = reader.stream("/api/v1/events", None).await.take(lines.len()).await;

        assert!(lines.len() > 6);
        assert_eq!(paged, lines);
        assert_eq!(streamed.iter().map(|sent| sent.data.clone()).collect::<Vec<_>>(), lines);
        for sent in streamed {
            assert_eq!((&json!(sent.id), &json!(sent.event)), (&sent.data["position"], &sent.data["type"]));
        }
    }
}

async fn a_partner_reads_its_own_part_of_the_history(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    Partner::register(&program.operator(), "Another Resale").await.template().await;
    let template = partner.template().await;
    partner.provisioned(&template, "customer-17").await;

    let all = program.operator().lines("/api/v1/events").await;
    let own = partner.admin.lines("/api/v1/events").await;

    assert_eq!(positions(&all), (1..=all.len()).collect::<Vec<_>>());
    let expected: Vec<&Value> = all.iter().filter(|event| event["tenantId"] == json!(partner.id)).collect();
    assert!(expected.len() < all.len());
    assert_eq!(own.len(), expected.len());
    for (own, expected) in own.iter().zip(expected) {
        assert_eq!(without_data(own), without_data(expected));
    }
}

async fn a_resumed_stream_brings_every_position_once_and_in_order(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    for reader in [program.operator(), partner.admin.clone()] {
        let before = reader.lines("/api/v1/events").await;
        let mut seen = reader.stream("/api/v1/events", None).await.take(2).await;

        // The stream is cut off, and the work goes on without it.
        let external_id = format!("customer-{}", before.len());
        let work = partner.provisioned(&template, &external_id);
        let last = seen.last().map(|sent| sent.id.clone());
        let mut resumed = reader.stream("/api/v1/events", last.as_deref()).await;
        seen.extend(resumed.take(before.len() - 2).await);
        work.await;
        let after = reader.lines("/api/v1/events").await;
        seen.extend(resumed.take(after.len() - before.len()).await);

        let seen: Vec<Value> = seen.into_iter().map(|sent| sent.data).collect();
        assert!(after.len() > before.len());
        assert_eq!(positions(&seen), positions(&after));
    }
}

async fn a_state_is_shown_as_it_was_at_an_earlier_position(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-17").await;
    let path = format!("/api/v1/aggregates/customer/{}", text(&asked, "id"));

    let now = partner.auditor.read(&path).await;
    let then = partner.auditor.read(&format!("{path}?at={}", text(&asked, "position"))).await;

    assert_eq!((&then["sequence"], &then["position"]), (&json!(1), &asked["position"]));
    assert_eq!(then["state"]["requested"]["status"], "requested");
    assert_eq!(now["state"]["requested"]["status"], "provisioned");
    let events = partner.auditor.list(&format!("/api/v1/events?aggregate={}", text(&asked, "id"))).await;
    let last = events.last().expect("the customer has events");
    assert_eq!((&now["sequence"], &now["position"]), (&last["sequence"], &last["position"]));
    // The moment of an event is after it; before the first one there was nothing.
    let then = partner.auditor.read(&format!("{path}?at={}", text(last, "recordedAt"))).await;
    assert_eq!(then, now);
    let before: usize = text(&asked, "position").parse().expect("is a number");
    assert_eq!(partner.auditor.get(&format!("{path}?at={}", before - 1)).await.code(404), "not_found");
    let unknown = partner.auditor.get("/api/v1/aggregates/customers/any").await;
    assert_eq!(unknown.code(404), "not_found");
    let said = text(&unknown.json(), "detail");
    assert!(said.contains("aggregate type customers") && said.contains("customer, "), "{said}");
}

async fn filters_narrow_the_history(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let asked = partner.provisioned(&template, "customer-17").await;
    let (customer, position) = (text(&asked, "id"), text(&asked, "position"));
    for reader in [program.operator(), partner.admin.clone()] {
        let all = reader.lines("/api/v1/events").await;
        let first = all.iter().find(|event| event["position"] == json!(position)).expect("it is there");
        let cases = [
            ("type=customer.provisioned".to_owned(), filtered(&all, "type", &json!("customer.provisioned"))),
            (format!("aggregate={customer}"), filtered(&all, "aggregateId", &json!(customer))),
            (format!("actor={}", text(&first["actor"], "id")), filtered(&all, "actor", &first["actor"])),
            (
                format!("trackingId={}", text(first, "trackingId")),
                filtered(&all, "trackingId", &first["trackingId"]),
            ),
            (format!("partner={}", partner.id), filtered(&all, "tenantId", &json!(partner.id))),
            (
                format!("from={position}"),
                all.iter().filter(|event| at(event) >= at(first)).cloned().collect(),
            ),
            (format!("to={position}"), all.iter().filter(|event| at(event) <= at(first)).cloned().collect()),
            (format!("from={position}&to={position}&aggregate={customer}"), vec![first.clone()]),
            (
                format!("since={}", text(first, "recordedAt")),
                all.iter().filter(|event| recorded_at(event) >= recorded_at(first)).cloned().collect(),
            ),
            (
                format!("until={}", text(first, "recordedAt")),
                all.iter().filter(|event| recorded_at(event) <= recorded_at(first)).cloned().collect(),
            ),
        ];
        for (query, expected) in cases {
            assert!(!expected.is_empty(), "{query}");
            assert_eq!(reader.lines(&format!("/api/v1/events?{query}")).await, expected, "{query}");
            assert_eq!(
                by_pages(&reader, &format!("/api/v1/events?limit=2&{query}")).await,
                expected,
                "{query}"
            );
        }
    }
}

async fn a_stream_ends_after_the_last_position_that_is_wanted(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let partner = Partner::register(&program.operator(), "Example Resale").await;
    for reader in [program.operator(), partner.admin.clone()] {
        let lines = reader.lines("/api/v1/events").await;
        let last = text(lines.last().expect("there are events"), "position");

        let mut stream = reader.stream(&format!("/api/v1/events?to={last}"), None).await;
        let sent = stream.take(lines.len()).await;
        let mut other = reader.stream(&format!("/api/v1/events?to={last}&type=none.such"), None).await;
        let again = format!("/api/v1/events?to={last}");
        let again = reader.request(Method::GET, &again).header("accept", "text/event-stream");

        assert_eq!(sent.into_iter().map(|sent| sent.data).collect::<Vec<_>>(), lines);
        assert_eq!(stream.next().await, None);
        let end = Sent { id: last.clone(), event: "end".to_owned(), data: json!({}) };
        assert_eq!((other.next().await, other.next().await), (Some(end), None), "a reader learns of the end");
        assert_eq!(
            send(again.header("last-event-id", last)).await.status,
            204,
            "nothing is left to come for"
        );
    }
}

/// Reads a list to its end by the links from page to page.
async fn by_pages(reader: &Client, path: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = reader.get(&path).await;
        found.extend_from_slice(items(&page.expect(200)));
        next = page.next_page();
    }
    found
}

fn filtered(events: &[Value], field: &str, value: &Value) -> Vec<Value> {
    events.iter().filter(|event| event[field] == *value).cloned().collect()
}

fn at(event: &Value) -> usize {
    text(event, "position").parse().expect("a position is a number here")
}

fn recorded_at(event: &Value) -> jiff::Timestamp {
    text(event, "recordedAt").parse().expect("is a time")
}

fn positions(events: &[Value]) -> Vec<usize> {
    events.iter().map(at).collect()
}

fn without_data(event: &Value) -> Value {
    let mut event = event.clone();
    event["data"].take();
    event
}
