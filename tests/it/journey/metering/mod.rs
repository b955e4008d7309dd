//! A hundred thousand records of fifty organizations, beside those of another partner: shuffled, doubled, late and
//! corrected; every window, every group and every report against a plain model.

mod check;
mod given;
mod plain;

use serde_json::json;

use self::check::Check;
use self::given::{FEW, Given, MANY, Organization, PHASES};
use super::cast::Partner;
use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::quotes::{approved, quotable};
use super::subscriptions::accepted;
use crate::harness::Store;

on_both_databases!(within std::time::Duration::from_mins(12) =>
    r5_usage_and_reports_are_those_of_a_plain_model,
);

/// The meters and their kinds; the last one is defined after the first report.
const METERS: [(&str, &str); 5] = [
    ("calls.minutes", "sum"),
    ("messages", "count"),
    ("devices", "unique_count"),
    ("storage", "last"),
    ("peak", "maximum"),
];

/// How many organizations use something.
const ORGANIZATIONS: usize = 50;

/// The days of the reports that are asked for after each phase; the last ones reach over all days.
const PERIODS: [(&str, &str); PHASES] =
    [("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-04-30")];

async fn r5_usage_and_reports_are_those_of_a_plain_model(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Resale").await;
    let other = Partner::register(&operator, "Another Resale").await;
    let organizations = organizations(&operator, &partner, ORGANIZATIONS).await;
    let others = self::organizations(&operator, &other, 2).await;
    let define = async |meter: usize| {
        let (name, kind) = METERS[meter];
        let meter = json!({ "name": name, "kind": kind, "unit": "units" });
        send(operator.command("DefineMeter", &meter)).await.expect(200);
    };
    for meter in 0..METERS.len() - 1 {
        define(meter).await;
    }
    let (given, given_other) = (Given::new(MANY, &organizations), Given::new(FEW, &others));
    let (mut check, mut check_other) = (Check::new(&partner, &given), Check::new(&other, &given_other));

    for (phase, (start, end)) in PERIODS.into_iter().enumerate() {
        given.hand_in(&partner.service, phase).await;
        given_other.hand_in(&other.service, phase).await;
        check.reports(phase, start, end).await;
        check_other.reports(phase, start, end).await;
        if phase == 0 {
            define(METERS.len() - 1).await;
        }
    }

    for check in [&check, &check_other] {
        check.sums();
        check.point_in_time("2026-03-01", "2026-03-31").await;
        check.courses().await;
        check.groups().await;
    }
    for zone in ["UTC", "Australia/Lord_Howe"] {
        for window in ["hour", "day", "month"] {
            check.windows(zone, window).await;
        }
    }
    let head: usize = program.head().await.parse().expect("a position is a number");
    assert!(head > MANY.0 + MANY.1 + FEW.0 + FEW.1, "{head}");
}

/// Makes customers side by side, and one that buys by a quote; returns the organization of that one first, with a
/// subscription, a project and an app ID, then the others in the order of their IDs.
async fn organizations(operator: &Client, partner: &Partner, count: usize) -> Vec<Organization> {
    let template = partner.template().await;
    let mut asked = Vec::new();
    for n in 1..count {
        asked.push(partner.customer(&template, &format!("customer-{n}")).await);
    }
    for answer in &asked {
        let ended = partner.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "{ended}");
    }
    let rows = partner.service.list("/api/v1/customers?limit=500").await;
    let mut ids: Vec<String> = rows.iter().map(|row| text(row, "organizationId")).collect();
    ids.sort_unstable();
    let mut organizations = vec![subscribed(operator, partner, &template).await];
    organizations.extend(ids.into_iter().map(|id| Organization { id, ..Organization::default() }));
    organizations
}

/// Makes a customer that buys by a quote, and whose organization has a project and an app ID.
async fn subscribed(operator: &Client, partner: &Partner, template: &str) -> Organization {
    let case = quotable(operator, partner, template, "case").await;
    let quote = approved(operator, partner, &case, "quote").await;
    let subscription = accepted(partner, &quote, "accept").await;
    let id = text(&case, "organizationId");
    let issue = json!({ "role": "org_admin", "organizationId": id, "name": "Administrator" });
    let key = send(operator.command("IssueKey", &issue)).await.expect(200);
    let administrator = operator.with_key(&text(&key, "key"));
    let make = async |command: &str, field: &str| {
        let made = send(administrator.command(command, &json!({ "name": "Contact centre" }))).await;
        text(&made.expect(200), field)
    };
    Organization {
        id,
        subscription: Some(subscription),
        project: Some(make("CreateProject", "projectId").await),
        app: Some(make("CreateAppId", "appId").await),
    }
}
