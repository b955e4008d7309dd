//! The program is killed while accepted quotes become subscriptions, and while these end.

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::cast::Partner;
use crate::journey::client::text;
use crate::journey::quotes::{approved, calling, quotable};
use crate::journey::waiting::until;

on_both_databases!(a_quote_starts_one_subscription_that_ends_once_wherever_the_program_is_killed);

/// When the program is killed, once each: after commits of an acceptance, and as soon as it is answered.
const KILLS: [Moment; 3] = [Moment::Events(2), Moment::Events(6), Moment::Answered];

async fn a_quote_starts_one_subscription_that_ends_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let operator = mortal.program.operator();
    let mut partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    let mut quotes = Vec::new();
    for n in 0..KILLS.len() {
        let case = quotable(&operator, &partner, &template, &format!("case-{n}")).await;
        quotes.push((approved(&operator, &partner, &case, &format!("quote-{n}")).await, case));
    }
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    let mut subscriptions: Vec<(String, &Value)> = Vec::new();

    for (moment, (quote, case)) in KILLS.into_iter().zip(&quotes) {
        let request = (quote.clone(), json!({ "quoteId": quote, "calling": calling() }));
        let (next, asked) = mortal.struck(moment, &partner.service, "AcceptQuote", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let answer = asked.reply.json();
        let ended = partner.service.ended(&text(&answer["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed at {moment:?}: {ended}");
        subscriptions.push((text(&answer, "subscriptionId"), case));
        acknowledged.push(asked);
    }
    for (moment, (subscription, _)) in KILLS.into_iter().zip(&subscriptions) {
        let request = (subscription.clone(), json!({ "subscriptionId": subscription, "reason": "Moved" }));
        let (next, asked) = mortal.struck(moment, &partner.service, "CancelSubscription", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let ended = partner.service.ended(&text(&asked.reply.json()["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed at {moment:?}: {ended}");
        acknowledged.push(asked);
    }

    let operator = mortal.program.operator();
    for (_, case) in &subscriptions {
        let path = format!("/api/v1/cases/{}", text(case, "id"));
        until("the won case", async || {
            (partner.service.get(&path).await.unless_too_early()?["status"] == "won").then_some(())
        })
        .await;
    }
    assert_sound(store, Some(&operator), &acknowledged).await;
    let mut listed: Vec<String> =
        partner.service.list("/api/v1/subscriptions").await.iter().map(|row| text(row, "id")).collect();
    let mut told: Vec<String> = subscriptions.iter().map(|(id, _)| id.clone()).collect();
    listed.sort_unstable();
    told.sort_unstable();
    assert_eq!(listed, told, "no other subscription was started");
    let cancelled = partner.service.list("/api/v1/subscriptions?state=cancelled").await;
    assert_eq!(cancelled.len(), told.len());
    let customers = partner.service.list("/api/v1/customers").await;
    assert!(customers.iter().all(|row| row["packages"] == json!([])), "{customers:?}");
}
