//! The program is killed while customers are changed and removed.

use serde_json::json;

use super::{Moment, Mortal, SLOW};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, text};

on_both_databases!(
    a_change_is_made_once_wherever_the_program_is_killed,
    a_removal_is_made_once_wherever_the_program_is_killed,
);

/// Events of the change after which the program is killed, once each: after each commit on the way.
const KILLS_CHANGED: [usize; 5] = [1, 2, 3, 4, 6];
const KILLS_REMOVED: [usize; 5] = [1, 3, 5, 7, 8];

async fn a_change_is_made_once_wherever_the_program_is_killed(store: &Store) {
    let (mortal, partner, acknowledged) = struck(
        store,
        "UpdateCustomerOrg",
        &KILLS_CHANGED,
        |customer| json!({ "customerId": customer, "packages": ["webex_suite", "webex_meetings"] }),
    )
    .await;
    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    for row in partner.service.list("/api/v1/customers").await {
        let packages = row["packages"].as_array().expect("there are packages");
        let names: Vec<_> = packages.iter().map(|package| text(package, "name")).collect();
        assert_eq!(names, ["webex_meetings", "webex_suite"], "{row}");
        assert_licensed(&operator, &text(&row, "organizationId"), &names).await;
    }
}

async fn a_removal_is_made_once_wherever_the_program_is_killed(store: &Store) {
    let (mortal, partner, acknowledged) =
        struck(store, "RemoveCustomerOrg", &KILLS_REMOVED, |customer| json!({ "customerId": customer }))
            .await;
    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    assert_eq!(partner.service.list("/api/v1/customers").await.len(), 0);
    for organization in operator.list("/api/v1/organizations").await {
        assert!(organization["partners"][0]["customerId"].is_null(), "{organization}");
        assert_licensed(&operator, &text(&organization, "id"), &[]).await;
    }
}

/// Gives a command to a new customer for each kill, and waits until its work has succeeded.
async fn struck<'a>(
    store: &'a Store,
    command: &'static str,
    kills: &[usize],
    body: impl Fn(&str) -> serde_json::Value,
) -> (Mortal<'a>, Partner, Vec<Acknowledged>) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let mut partner = Partner::register(&mortal.program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut acknowledged = Vec::new();
    for events in kills {
        let name = format!("customer-{events}");
        let customer = text(&partner.provisioned(&template, &name).await, "id");
        let request = (format!("{command}-{events}"), body(&customer));
        let (next, asked) = mortal.struck(Moment::Events(*events), &partner.service, command, request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let ended = partner.service.ended(&text(&asked.reply.json()["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed after {events} events: {ended}");
        acknowledged.push(asked);
    }
    (mortal, partner, acknowledged)
}

/// Asserts that an organization has licenses for these packages that can be used, and for no others.
async fn assert_licensed(operator: &Client, organization: &str, packages: &[String]) {
    let row = operator.read(&format!("/api/v1/organizations/{organization}")).await;
    let licenses = row["licenses"].as_array().expect("there are licenses");
    let usable = licenses.iter().filter(|license| license["state"] == "active");
    let usable: Vec<_> = usable.map(|license| text(license, "package")).collect();
    assert_eq!(usable, packages, "{row}");
}
