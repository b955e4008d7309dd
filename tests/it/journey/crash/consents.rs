//! The program is killed while administrators are reminded of a request for consent, and while the request expires.

use serde_json::json;

use super::{Mortal, assert_mails};
use crate::harness::{Store, assert_sound};
use crate::journey::attach::{attach, register};
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::waiting::until;

on_both_databases!(a_request_is_reminded_of_and_expires_once_wherever_the_program_is_killed);

/// How far the clock is moved before each kill, what it brings, and how many rounds of mails there were then.
const MOVES: [(&str, &str, u64); 3] =
    [("P7D", "requested", 2), ("P14D", "requested", 3), ("P9D", "expired", 3)];

async fn a_request_is_reminded_of_and_expires_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &["--demo"]).await;
    let operator = mortal.program.operator();
    let mut partner = Partner::register(&operator, "Example Other").await;
    let mut body = crate::journey::bodies::template();
    body["allowAdminInviteOnAttach"] = json!(true);
    let template = send(partner.admin.command("CreateTemplate", &body)).await.expect(200);
    let organization = register(&operator, "slow", &json!({ "userCount": 100 })).await;
    let body = attach(&text(&template, "provisioningId"), &organization, "slow");
    let answer = send(partner.service.keyed("AttachExistingOrg", "slow", &body)).await.expect(202);
    let path = format!("/api/v1/consents/{}", text(&answer["operation"], "id"));
    let consent = async |partner: &Partner, status: &str, mails: u64| {
        until(status, async || {
            let row = partner.service.get(&path).await;
            let row = (row.status == 200).then(|| row.json())?;
            (row["status"] == status && row["mails"] == mails).then_some(())
        })
        .await;
    };
    consent(&partner, "requested", 1).await;

    for (advance, status, mails) in MOVES {
        let operator = mortal.program.operator();
        let events = format!("/api/v1/events?aggregate={organization}");
        let mut events = operator.stream(&events, Some(&mortal.program.head().await)).await;
        send(operator.post("/api/v1/demo/clock", &json!({ "advance": advance }))).await.expect(200);
        events.take(1).await;
        mortal = mortal.restarted_later().await;
        partner = partner.at(&mortal.program);
        consent(&partner, status, mails).await;
    }

    let operator = mortal.program.operator();
    let operation = partner.service.ended(&text(&answer["operation"], "id")).await;
    assert_eq!(operation["state"], "failed");
    assert_eq!(partner.service.read(&path).await["mailings"], 3, "two reminders: R73");
    assert_mails(&operator, "consent", &[organization], 3).await;
    assert_sound(store, Some(&operator), &[]).await;
}
