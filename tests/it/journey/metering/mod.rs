//! A hundred thousand records of fifty organizations: shuffled, doubled, late and corrected; every window and every
//! report against a plain model.

mod check;
mod given;
mod plain;

use serde_json::json;

use self::check::Check;
use self::given::{CORRECTIONS, Given, PHASES};
use super::cast::Partner;
use super::client::{send, text};
use super::program::{Home, Program};
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
    let organizations = organizations(&partner).await;
    let define = async |meter: usize| {
        let (name, kind) = METERS[meter];
        let meter = json!({ "name": name, "kind": kind, "unit": "units" });
        send(operator.command("DefineMeter", &meter)).await.expect(200);
    };
    for meter in 0..METERS.len() - 1 {
        define(meter).await;
    }
    let given = Given::new(&organizations);
    let mut check = Check::new(&partner, &given);

    for (phase, (start, end)) in PERIODS.into_iter().enumerate() {
        given.hand_in(&partner.service, phase).await;
        check.reports(phase, start, end).await;
        if phase == 0 {
            define(METERS.len() - 1).await;
        }
    }

    check.sums();
    check.point_in_time("2026-03-01", "2026-03-31").await;
    for zone in ["UTC", "Australia/Lord_Howe"] {
        for window in ["hour", "day", "month"] {
            check.windows(zone, window).await;
        }
    }
    let head: usize = program.head().await.parse().expect("a position is a number");
    assert!(head > given::RECORDS + CORRECTIONS, "{head}");
}

/// Makes customers side by side; returns their organizations in the order of their IDs.
async fn organizations(partner: &Partner) -> Vec<String> {
    let template = partner.template().await;
    let mut asked = Vec::new();
    for n in 0..ORGANIZATIONS {
        asked.push(partner.customer(&template, &format!("customer-{n}")).await);
    }
    for answer in &asked {
        let ended = partner.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "{ended}");
    }
    let rows = partner.service.list("/api/v1/customers?limit=500").await;
    let mut organizations: Vec<String> = rows.iter().map(|row| text(row, "organizationId")).collect();
    organizations.sort_unstable();
    organizations
}
