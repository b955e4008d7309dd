//! Billing reports, as a partner asks for them and fetches them.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use reqwest::Method;
use serde_json::{Value, json};
use tenantry::connectors::SystemClock;
use tenantry::ports::Clock;

use super::cast::Partner;
use super::client::{Client, send, text};
use super::waiting::until_within;

/// How long a report may take: it goes through the whole log, and so do the views and processes before it.
const PATIENCE: Duration = Duration::from_mins(4);

/// The day that was so many days ago, in UTC.
pub(crate) fn days_ago(days: i64) -> String {
    let now = Timestamp::from_microsecond(SystemClock.now_us()).expect("it is a time");
    now.to_zoned(TimeZone::UTC).date().saturating_sub(days.days()).to_string()
}

/// The body of a report.
pub(crate) fn report(start: &str, end: &str, report_type: &str) -> Value {
    json!({ "billingStartDate": start, "billingEndDate": end, "type": report_type })
}

/// Asks for a report and waits until it is there; returns its ID.
pub(crate) async fn built(partner: &Partner, start: &str, end: &str, report_type: &str) -> String {
    built_as(partner, &report(start, end, report_type)).await
}

/// Asks for a report with a body of one's own and waits until it is there; returns its ID.
pub(crate) async fn built_as(partner: &Partner, body: &Value) -> String {
    let asked = send(partner.admin.command("CreateBillingReport", body)).await.expect(202);
    let path = format!("/api/v1/operations/{}", text(&asked["operation"], "id"));
    let ended = until_within(PATIENCE, "the end of a report", async || {
        let row = partner.admin.get(&path).await.unless_too_early()?;
        (!row["finishedAt"].is_null()).then_some(row)
    })
    .await;
    assert_eq!(ended["state"], "succeeded", "{ended}");
    text(&asked, "id")
}

/// Reads a report, with the link to its file.
pub(crate) async fn shown(client: &Client, id: &str) -> Value {
    client.read(&format!("/api/v1/reports/{id}")).await
}

/// Fetches the file of a report by its link, without a key.
pub(crate) async fn fetched(client: &Client, id: &str) -> String {
    let link = text(&shown(client, id).await, "downloadUrl");
    let reply = send(client.stranger(Method::GET, &link)).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, Some("text/csv; charset=utf-8; header=present"))
    );
    reply.text
}

/// Reads the lines of a table, each with the titles of its columns.
pub(crate) fn lines(table: &str) -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let titles = reader.headers().expect("a table has titles").clone();
    let line = |line: Result<csv::StringRecord, csv::Error>| {
        let line = line.expect("a line has as many cells as there are titles");
        titles.iter().zip(line.iter()).map(|(title, cell)| (title.to_owned(), json!(cell))).collect()
    };
    reader.records().map(line).collect()
}
