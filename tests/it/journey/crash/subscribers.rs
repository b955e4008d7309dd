//! The program is killed while people become subscribers, and move from another organization.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW, distinct};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::attach::register;
use crate::journey::cases::{mails, token};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::subscribers::person;
use crate::journey::waiting::until;

on_both_databases!(
    a_person_has_one_seat_and_one_membership_wherever_the_program_is_killed,
    a_person_moves_once_wherever_the_program_is_killed,
);

/// When the program is killed, once each: after each commit on the way, and as soon as it is answered.
const KILLS: [Moment; 3] = [Moment::Events(2), Moment::Events(4), Moment::Answered];
const KILLS_MOVING: [Moment; 4] = [Moment::Events(1), Moment::Events(3), Moment::Events(5), Moment::Answered];

async fn started(store: &Store) -> (Mortal<'_>, Partner, String, String) {
    let mortal = Mortal::start(store, &SLOW).await;
    let partner = Partner::register(&mortal.program.operator(), "Example Resale").await;
    let customer = text(&partner.provisioned(&partner.template().await, "customer-17").await, "id");
    let row = partner.service.read(&format!("/api/v1/customers/{customer}")).await;
    (mortal, partner, customer, text(&row, "organizationId"))
}

/// Returns how often each person of an organization was added, less how often taken out.
async fn memberships(operator: &Client, organization: &str) -> Option<BTreeMap<String, i32>> {
    let path = format!("/api/v1/events?partner={organization}&limit=500");
    let events = operator.get(&path).await.unless_too_early()?;
    let mut members = BTreeMap::new();
    for event in events["items"].as_array()? {
        let change = match event["type"].as_str()? {
            "organization.member_added" => 1,
            "organization.member_removed" => -1,
            _ => continue,
        };
        *members.entry(text(&event["data"], "userId")).or_default() += change;
    }
    Some(members)
}

/// Waits until an organization has so many members, each once.
async fn has_members(operator: &Client, organization: &str, count: usize) {
    until("the members", async || {
        let members = memberships(operator, organization).await?;
        let there = members.values().filter(|times| **times == 1).count();
        assert!(members.values().all(|times| (0..=1).contains(times)), "{members:?}");
        (there == count).then_some(())
    })
    .await;
}

async fn a_person_has_one_seat_and_one_membership_wherever_the_program_is_killed(store: &Store) {
    let (mut mortal, mut partner, customer, organization) = started(store).await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for (n, moment) in KILLS.into_iter().enumerate() {
        let request = (format!("person-{n}"), person(&customer, &format!("person{n}@retail.example")));
        let (next, asked) = mortal.struck(moment, &partner.service, "ProvisionSubscriber", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        acknowledged.push(asked.acknowledged());
        has_members(&mortal.program.operator(), &organization, n + 1).await;
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let told = acknowledged.iter().map(|told| text(&told.reply.json(), "id")).collect();
    let rows = partner.service.list("/api/v1/subscribers").await;
    assert_eq!(distinct(&rows, "id"), told, "nobody else was provisioned");
    let path = format!("/api/v1/events?partner={}&type=customer.seat_taken", partner.id);
    assert_eq!(operator.list(&path).await.len(), KILLS.len(), "a seat for each");
}

async fn a_person_moves_once_wherever_the_program_is_killed(store: &Store) {
    let (mut mortal, mut partner, customer, organization) = started(store).await;
    let before = register(&mortal.program.operator(), "works", &json!({})).await;
    let address = |n: usize| format!("person{n}@works.example");
    let people: Vec<Value> =
        (0..KILLS_MOVING.len()).map(|n| json!({ "email": address(n), "role": "org_user" })).collect();
    let members = json!({ "organizationId": before, "members": people });
    send(mortal.program.operator().command("ImportMembers", &members)).await.expect(200);
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for (n, moment) in KILLS_MOVING.into_iter().enumerate() {
        let asked =
            partner.service.keyed("ProvisionSubscriber", &address(n), &person(&customer, &address(n)));
        assert_eq!(send(asked).await.expect(202)["status"], "pending_user_migration");
        let operator = mortal.program.operator();
        let mail = until("the mail", async || {
            let sent = mails(&operator, "consent_move").await;
            sent.into_iter().find(|mail| mail["content"]["to"] == json!(address(n)))
        })
        .await;
        let request = (format!("move-{n}"), json!({ "token": token(&mail) }));
        let (next, asked) = mortal.struck(moment, &partner.admin, "AcceptMigration", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        acknowledged.push(asked.acknowledged());
        let operator = mortal.program.operator();
        has_members(&operator, &organization, n + 1).await;
        has_members(&operator, &before, KILLS_MOVING.len() - 1 - n).await;
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let rows = partner.service.list("/api/v1/subscribers?status=provisioned").await;
    assert_eq!(rows.len(), KILLS_MOVING.len());
}
