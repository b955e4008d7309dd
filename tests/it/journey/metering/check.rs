//! Compares what the program says with the plain model.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reqwest::Method;
use reqwest::header::ACCEPT;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tenantry::limits::{FEED_PAGE_EVENTS_MAX, REPORT_ADVANCE_EVENTS};

use super::given::{Given, PHASES, Used};
use super::plain::{Asked, Key, Line, day_of, reconciled, start_of, value};
use super::{METERS, PERIODS};
use crate::journey::cast::Partner;
use crate::journey::client::{items, send, text};
use crate::journey::reports::{built, built_as, fetched, lines, report};

const TYPES: [&str; 3] = ["partner", "customer", "user"];

/// What was compared so far.
pub(super) struct Check<'a> {
    partner: &'a Partner,
    given: &'a Given,
    asked: Vec<Asked>,
    /// What all reports of a type have counted.
    sums: BTreeMap<&'static str, (u64, Decimal)>,
}

fn date(text: &str) -> Date {
    text.parse().expect("it is a day")
}

fn number(line: &Value, field: &str) -> Decimal {
    text(line, field).parse().expect("it is a number")
}

fn meter_of(line: &Value) -> usize {
    METERS.iter().position(|(name, _)| line["meter"] == *name).expect("it is a meter")
}

/// Reads the lines of a report as the model writes them.
fn read(file: &str) -> BTreeMap<Key, Line> {
    let read = |line: Value| {
        let period = (date(&text(&line, "periodStart")), date(&text(&line, "periodEnd")));
        let kind = if line["kind"] == "usage" { "usage" } else { "difference" };
        let whole = |field: &str| text(&line, field).parse::<u64>().expect("it is a whole number");
        let key = (
            period,
            kind,
            text(&line, "organizationId"),
            (text(&line, "subscriptionId"), text(&line, "subscriberId")),
            text(&line, "package"),
            meter_of(&line),
        );
        let counted = (whole("records"), whole("corrections"));
        (key, (counted.0, counted.1, number(&line, "rawQuantity"), number(&line, "billableQuantity")))
    };
    let lines = lines(file);
    let count = lines.len();
    let read: BTreeMap<Key, Line> = lines.into_iter().map(read).collect();
    assert_eq!(read.len(), count, "no two lines are about the same");
    read
}

/// Returns what tells a row of usage apart: organization, meter, beginning, package, project, app ID, subscription.
fn group_of(row: &Value, start: &str) -> [String; 7] {
    let names = ["organizationId", "meter", start, "package", "projectId", "appId", "subscriptionId"];
    names.map(|name| row[name].as_str().unwrap_or_default().to_owned())
}

impl<'a> Check<'a> {
    pub(super) fn new(partner: &'a Partner, given: &'a Given) -> Self {
        Self { partner, given, asked: Vec::new(), sums: BTreeMap::new() }
    }

    /// Builds a report of each type and compares it.
    pub(super) async fn reports(&mut self, phase: usize, start: &str, end: &str) {
        let asked = Asked { phase, start: date(start), end: date(end) };
        for report_type in TYPES {
            let id = built(self.partner, start, end, report_type).await;
            let found = read(&fetched(&self.partner.admin, &id).await);
            let expected = reconciled(&self.given.used, &self.asked, asked, report_type);
            assert_same(&format!("{report_type} of phase {phase}"), &found, &expected);
            let sum = self.sums.entry(report_type).or_default();
            for (records, corrections, raw, _) in found.values() {
                sum.0 += records + corrections;
                sum.1 += raw;
            }
        }
        self.asked.push(asked);
    }

    /// Every report has told how far it is, ever further, where the log was long; its operation shows the same.
    pub(super) async fn courses(&self) {
        let auditor = &self.partner.auditor;
        for report in auditor.list("/api/v1/reports?limit=500").await {
            let id = text(&report, "id");
            let path = format!("/api/v1/events?type=billing_report.advanced&aggregate={id}");
            let told = auditor.list(&path).await;
            let counted_to: i64 = text(&report["file"], "countedTo").parse().expect("it is a position");
            // It reads the log twice, page by page.
            let is_long = 2 * counted_to >= REPORT_ADVANCE_EVENTS + FEED_PAGE_EVENTS_MAX;
            assert!(!told.is_empty() || !is_long, "the report up to {counted_to} has not told how far it is");
            let percents: Vec<u64> =
                told.iter().map(|event| event["data"]["percent"].as_u64().expect("it is a number")).collect();
            assert!(percents.is_sorted_by(|a, b| a < b) && percents.iter().all(|percent| *percent < 100));
            let Some(last) = told.last() else { continue };
            let operation = format!("/api/v1/operations/{}", text(&last["data"], "operationId"));
            let then = auditor.read(&format!("{operation}?at={}", text(last, "position"))).await;
            assert_eq!((&then["state"], &then["percent"]), (&json!("running"), &last["data"]["percent"]));
            let now = auditor.read(&operation).await;
            assert_eq!((&now["state"], &now["percent"]), (&json!("succeeded"), &json!(null)));
        }
    }

    /// The sum of the reports is the sum of the ledger.
    pub(super) fn sums(&self) {
        assert_eq!(self.asked.len(), PHASES);
        let all = self.given.used.iter().map(|used| used.value).sum::<Decimal>();
        for report_type in TYPES {
            assert_eq!(self.sums[report_type], (self.given.used.len() as u64, all), "{report_type}");
        }
    }

    /// A report of a point in time counts its days whatever the others have counted.
    pub(super) async fn point_in_time(&self, start: &str, end: &str) {
        let mut body = report(start, end, "customer");
        body["category"] = json!("point_in_time");
        let id = built_as(self.partner, &body).await;
        let found = read(&fetched(&self.partner.admin, &id).await);
        let (from, to) = (date(start), date(end));
        let within: Vec<Used> =
            self.given.used.iter().filter(|used| (from..=to).contains(&day_of(used))).cloned().collect();
        let asked = Asked { phase: PERIODS.len(), start: from, end: to };
        assert_same("the point in time", &found, &reconciled(&within, &[], asked, "customer"));
    }

    /// Compares the months of all groups, item by item and as a table.
    pub(super) async fn groups(&self) {
        let mut expected: BTreeMap<[String; 7], Vec<&Used>> = BTreeMap::new();
        for used in &self.given.used {
            let start = start_of("month", &TimeZone::UTC, used.time).to_string();
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            let key = [
                used.organization.clone(),
                METERS[used.meter].0.to_owned(),
                start,
                used.package.unwrap_or_default().to_owned(),
                part(&used.project),
                part(&used.app),
                part(&used.subscription),
            ];
            expected.entry(key).or_default().push(used);
        }
        let expected: BTreeMap<[String; 7], (Decimal, Decimal)> = expected
            .into_iter()
            .map(|(key, used)| {
                let sum = used.iter().map(|used| used.value).sum::<Decimal>();
                (key, (sum.normalize(), value(used[0].meter, &used).unwrap_or_default()))
            })
            .collect();
        let (mut items_found, mut lines_found) = (BTreeMap::new(), BTreeMap::new());
        let groups = "groupBy=package,project,app,subscription";
        let mut next = Some(format!("/api/v1/usage?window=month&limit=97&{groups}"));
        while let Some(path) = next {
            let reply = self.partner.service.get(&path).await;
            for row in items(&reply.expect(200)) {
                let counted = if row["value"].is_null() { Decimal::ZERO } else { number(row, "value") };
                let earlier = items_found.insert(group_of(row, "start"), (number(row, "sum"), counted));
                assert_eq!(earlier, None, "{row}");
            }
            next = reply.next_page();
        }
        let mut next = Some("/api/v1/usage?window=month&limit=89".to_owned());
        while let Some(path) = next {
            let request = self.partner.service.request(Method::GET, &path).header(ACCEPT, "text/csv");
            let reply = send(request).await;
            for line in lines(&reply.text) {
                let counted = (number(&line, "rawQuantity"), number(&line, "billableQuantity"));
                let earlier = lines_found.insert(group_of(&line, "windowStart"), counted);
                assert_eq!(earlier, None, "{line}");
            }
            next = reply.next_page();
        }
        assert_eq!(items_found.len(), expected.len());
        assert!(items_found == expected, "items differ from the model");
        assert!(lines_found == expected, "lines differ from the model");
    }

    /// Compares all windows of a length in a zone.
    pub(super) async fn windows(&self, zone: &str, window: &str) {
        let clocks = TimeZone::get(zone).expect("it is a zone");
        let mut expected: BTreeMap<(String, usize, Timestamp), Vec<&Used>> = BTreeMap::new();
        for used in &self.given.used {
            let key = (used.organization.clone(), used.meter, start_of(window, &clocks, used.time));
            expected.entry(key).or_default().push(used);
        }
        let mut next = Some(format!("/api/v1/usage?window={window}&timeZone={zone}&limit=500"));
        while let Some(path) = next {
            let reply = self.partner.service.get(&path).await;
            for row in items(&reply.expect(200)) {
                let start: Timestamp = text(row, "start").parse().expect("it is a time");
                let meter = meter_of(row);
                let key = (text(row, "organizationId"), meter, start);
                let used = expected.remove(&key).unwrap_or_else(|| panic!("{zone} {window}: {row}"));
                let counted =
                    row["value"].as_str().map(|value| value.parse::<Decimal>().expect("is a number"));
                assert_eq!(counted, value(meter, &used), "{zone} {window}: {row}");
            }
            next = reply.next_page();
        }
        assert!(expected.is_empty(), "{zone} {window}: {} windows are missing", expected.len());
    }
}

fn assert_same(what: &str, found: &BTreeMap<Key, Line>, expected: &BTreeMap<Key, Line>) {
    for (key, line) in expected {
        assert_eq!(found.get(key), Some(line), "{what}: {key:?}");
    }
    let beyond = found.keys().find(|key| !expected.contains_key(*key));
    assert_eq!(beyond, None, "{what}");
}
