//! The program is killed while organizations are attached: at once, and with consent.

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW, assert_mails, distinct};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::attach::{attach, register};
use crate::journey::bodies;
use crate::journey::cases::{mails, token};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::waiting::until;

on_both_databases!(
    an_attach_at_once_happens_once_wherever_the_program_is_killed,
    consent_is_asked_for_once_wherever_the_program_is_killed,
    consent_is_granted_once_wherever_the_program_is_killed,
);

/// Events after which the program is killed, once each: after each commit on the way.
const KILLS_AT_ONCE: [usize; 5] = [1, 2, 7, 8, 9];
const KILLS_ASKING: [usize; 4] = [1, 2, 5, 6];
const KILLS_GRANTED: [Moment; 5] =
    [Moment::Events(1), Moment::Events(5), Moment::Events(6), Moment::Events(7), Moment::Answered];

/// A partner with a template that lets administrators be asked.
async fn partner(operator: &Client) -> (Partner, String) {
    let partner = Partner::register(operator, "Example Trade").await;
    let mut body = bodies::template();
    body["allowAdminInviteOnAttach"] = json!(true);
    let created = send(partner.service.keyed("CreateTemplate", "asking", &body)).await.expect(200);
    (partner, text(&created, "provisioningId"))
}

async fn an_attach_at_once_happens_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let (mut partner, template) = partner(&mortal.program.operator()).await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for events in KILLS_AT_ONCE {
        let name = format!("small-{events}");
        let organization = register(&mortal.program.operator(), &name, &json!({})).await;
        let request = (name.clone(), attach(&template, &organization, &name));
        let moment = Moment::Events(events);
        let (next, asked) = mortal.struck(moment, &partner.service, "AttachExistingOrg", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let ended = partner.service.ended(&text(&asked.reply.json()["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed after {events} events: {ended}");
        acknowledged.push(asked);
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    assert_attached(&operator, &partner, &acknowledged).await;
    assert_eq!(operator.list("/api/v1/outbox").await, [] as [Value; 0], "R78: not one mail");
}

async fn consent_is_asked_for_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let (mut partner, template) = partner(&mortal.program.operator()).await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for events in KILLS_ASKING {
        let name = format!("large-{events}");
        let organization = register(&mortal.program.operator(), &name, &json!({ "userCount": 100 })).await;
        let request = (name.clone(), attach(&template, &organization, &name));
        let moment = Moment::Events(events);
        let (next, asked) = mortal.struck(moment, &partner.service, "AttachExistingOrg", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        is_asked(&partner, &text(&asked.reply.json(), "id")).await;
        acknowledged.push(asked);
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let waiting = partner.service.list("/api/v1/operations?state=waiting").await;
    assert_eq!(waiting.len(), KILLS_ASKING.len());
    assert!(waiting.iter().all(|operation| operation["waitingFor"] == "consent"), "{waiting:?}");
    assert_mails(&operator, "consent", &organizations(&acknowledged), 1).await;
}

async fn consent_is_granted_once_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let operator = mortal.program.operator();
    let (mut partner, template) = partner(&operator).await;
    let mut asked_for = Vec::new();
    for n in 0..KILLS_GRANTED.len() {
        let name = format!("large-{n}");
        let organization = register(&operator, &name, &json!({ "userCount": 100 })).await;
        let body = attach(&template, &organization, &name);
        let asked = send(partner.service.keyed("AttachExistingOrg", &name, &body)).await;
        is_asked(&partner, &text(&asked.expect(202), "id")).await;
        let (client, command, key) = (partner.service.clone(), "AttachExistingOrg", name);
        asked_for.push(Acknowledged { client, command, key, body, reply: asked });
    }
    let mails = mails(&operator, "consent").await;
    let mut acknowledged = Vec::new();

    for (moment, attach) in KILLS_GRANTED.into_iter().zip(&asked_for) {
        let mail = mails.iter().find(|mail| mail["tenantId"] == attach.body["organizationId"]);
        let request = (attach.key.clone(), json!({ "token": token(mail.expect("it was sent")) }));
        let (next, granted) = mortal.struck(moment, &partner.admin, "GrantConsent", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let ended = partner.service.ended(&text(&attach.reply.json()["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed at {moment:?}: {ended}");
        acknowledged.push(granted.acknowledged());
    }

    let operator = mortal.program.operator();
    acknowledged.extend(asked_for.clone());
    assert_sound(store, Some(&operator), &acknowledged).await;
    assert_attached(&operator, &partner, &asked_for).await;
    assert_mails(&operator, "consent", &organizations(&asked_for), 1).await;
    let granted = partner.service.list("/api/v1/consents?status=granted").await;
    assert_eq!(granted.len(), KILLS_GRANTED.len());
}

/// Waits until the administrators of a customer's organization were asked for their consent.
async fn is_asked(partner: &Partner, customer: &str) {
    until("the mail that asks", async || {
        let consents = partner.service.list("/api/v1/consents").await;
        let of_customer = consents.into_iter().find(|consent| consent["customerId"] == customer)?;
        let row = partner.service.get(&format!("/api/v1/customers/{customer}")).await.unless_too_early()?;
        (of_customer["mails"] == 1 && row["status"] == "awaiting_consent").then_some(())
    })
    .await;
}

/// Asserts that the partner has one provisioned customer for each attach, and each organization one partner.
async fn assert_attached(operator: &Client, partner: &Partner, attaches: &[Acknowledged]) {
    let customers = partner.service.list("/api/v1/customers").await;
    assert!(customers.iter().all(|row| row["status"] == "provisioned"), "{customers:?}");
    assert_eq!(distinct(&customers, "organizationId"), organizations(attaches).into_iter().collect());
    let told = attaches.iter().map(|told| text(&told.reply.json(), "id")).collect();
    assert_eq!(distinct(&customers, "id"), told);
    for row in operator.list("/api/v1/organizations").await {
        let partners = row["partners"].as_array().expect("it is a list");
        assert_eq!((partners.len(), &partners[0]["partnerId"]), (1, &json!(partner.id)), "{row}");
    }
}

fn organizations(attaches: &[Acknowledged]) -> Vec<String> {
    attaches.iter().map(|told| text(&told.body, "organizationId")).collect()
}
