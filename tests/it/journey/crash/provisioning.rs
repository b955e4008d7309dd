//! The program is killed while it provisions customers, again and again, and nothing that it acknowledged is lost.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Mortal;
use crate::harness::{Acknowledged, Store, assert_sound, assert_whole};
use crate::journey::asked::Asked;
use crate::journey::cast::Partner;
use crate::journey::client::{items, text};
use crate::journey::load::Load;

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

async fn nothing_that_was_acknowledged_is_lost_when_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &PLATFORM).await;
    let mut partner = Partner::register(&mortal.program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut asked: Vec<Asked> = Vec::new();

    for (round, acknowledgements) in KILLS.into_iter().enumerate() {
        let load = Load::start(&partner.service, &template, &format!("customer-{round}"), CLIENTS);
        load.answered(acknowledgements).await;
        mortal = mortal.restarted().await;
        asked.extend(load.stop().await);
        partner = partner.at(&mortal.program);
        for (n, asked) in asked.iter_mut().enumerate() {
            if asked.reply.is_none() || n % SAMPLE == 0 {
                asked.ask_again(&mortal.program.operator()).await;
            }
        }
    }

    let acknowledged: Vec<Acknowledged> = asked.into_iter().map(Asked::acknowledged).collect();
    assert_sound(store, Some(&mortal.program.operator()), &acknowledged).await;
    assert_these_are_provisioned(&partner, &acknowledged).await;
    let (status, _) = mortal.program.terminate().await;
    assert_eq!(status.code(), Some(0));
    assert_whole(store).await;
}

/// Asserts that the partner's customers are those whose commands were acknowledged, each provisioned.
async fn assert_these_are_provisioned(partner: &Partner, acknowledged: &[Acknowledged]) {
    let mut shown = BTreeSet::new();
    let mut next = Some("/api/v1/customers?limit=100".to_owned());
    while let Some(path) = next {
        let page = partner.service.get(&path).await;
        for row in items(&page.expect(200)) {
            assert_eq!(row["status"], "provisioned", "{row}");
            assert!(shown.insert(named(row, &text(row, "externalId"))));
        }
        next = page.next_page();
    }
    let told = acknowledged.iter().map(|told| named(&told.reply.json(), &told.key));
    assert_eq!(shown, told.collect());
}

fn named(customer: &Value, external_id: &str) -> (String, String) {
    (text(customer, "id"), external_id.to_owned())
}
