//! Who gets which mail: exactly those of the list, on every journey that has one, and on the one that has none.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tenantry_domain::notification::Notification;

use super::attach::{attach, register};
use super::cases::case;
use super::cast::Partner;
use super::client::{Client, send, text};
use super::program::{Home, Program};
use super::subscribers::person;
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(each_journey_mails_whom_the_list_names_and_nobody_else, an_automatic_attach_mails_nobody,);

/// The mails that went out since the beginning, as (kind, to), those of the sample left out.
struct Post {
    operator: Client,
    before: BTreeSet<String>,
}

impl Post {
    async fn begin(operator: &Client) -> Self {
        let mails = operator.list("/api/v1/outbox?limit=500").await;
        let before = mails.iter().map(|mail| text(mail, "tenantId")).collect();
        Self { operator: operator.clone(), before }
    }

    async fn sent(&self) -> Vec<(String, String)> {
        let mut mails = self.operator.list("/api/v1/outbox?limit=500").await;
        mails.retain(|mail| !self.before.contains(&text(mail, "tenantId")));
        let mut sent: Vec<_> =
            mails.iter().map(|mail| (text(mail, "kind"), text(&mail["content"], "to"))).collect();
        sent.sort();
        sent
    }

    /// Waits until as many as these were sent; these are then all.
    async fn expect(&self, expected: &[(Notification, &str)]) {
        let mut expected: Vec<(String, String)> =
            expected.iter().map(|(it, to)| (it.kind().to_owned(), (*to).to_owned())).collect();
        expected.sort();
        let sent = until("the mails", async || {
            let sent = self.sent().await;
            (sent.len() >= expected.len()).then_some(sent)
        });
        assert_eq!(sent.await, expected);
    }
}

async fn advance(operator: &Client, by: &str) {
    send(operator.post("/api/v1/demo/clock", &json!({ "advance": by }))).await.expect(200);
}

async fn each_journey_mails_whom_the_list_names_and_nobody_else(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &["--demo"]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Trade").await;
    let (silent, asking) = (partner.template().await, partner.template_that_asks().await);
    let post = Post::begin(&operator).await;

    // R14, R16–R18: the primary contact; the indicative one is kim@harbour.example.
    let asked = send(partner.service.keyed("CreateCase", "case", &case(Some(&silent)))).await.expect(202);
    partner.service.ended(&text(&asked["operation"], "id")).await;
    let mut sent = vec![(Notification::CaseReady, "sam@resale.example")];
    post.expect(&sent).await;

    let created = partner.provisioned(&silent, "customer-17").await;
    sent.push((Notification::CustomerReady, "admin@customer-17.example"));
    post.expect(&sent).await;

    // R73: every administrator is asked, and reminded on days 7 and 21 (D5); the five users are not.
    let admins = json!({ "userCount": 100, "adminEmails": ["one@large.example", "two@large.example"] });
    let organization = register(&operator, "large", &admins).await;
    let body = attach(&asking, &organization, "large");
    let waiting = send(partner.service.keyed("AttachExistingOrg", "large", &body)).await.expect(202);
    let to_both = |it| [(it, "one@large.example"), (it, "two@large.example")];
    for by in [None, Some("P7D"), Some("P14D")] {
        if let Some(by) = by {
            advance(&operator, by).await;
        }
        sent.extend(to_both(Notification::ConsentNeeded));
        post.expect(&sent).await;
    }
    let issued = json!({ "role": "org_admin", "organizationId": organization, "name": "large" });
    let issued = send(operator.command("IssueKey", &issued)).await.expect(200);
    let admin = operator.with_key(&text(&issued, "key"));
    let consent = json!({ "customerId": waiting["id"] });
    send(admin.command("GrantConsent", &consent)).await.expect(200);
    partner.service.ended(&text(&waiting["operation"], "id")).await;

    // R82
    send(partner.service.keyed("RequestFullAccess", "full", &consent)).await.expect(200);
    sent.extend(to_both(Notification::FullAccessAsked));
    post.expect(&sent).await;

    // R24
    let invited = json!({ "email": "new@large.example", "role": "org_user" });
    send(admin.command("InviteUser", &invited)).await.expect(200);
    sent.push((Notification::UserInvited, "new@large.example"));
    post.expect(&sent).await;

    let moves = person(&text(&created, "id"), "one@large.example");
    let asked = send(partner.service.keyed("ProvisionSubscriber", "move", &moves)).await.expect(202);
    sent.push((Notification::MoveAsked, "one@large.example"));
    post.expect(&sent).await;
    let again = json!({ "subscriberId": asked["id"] });
    send(partner.service.keyed("SendConsentMove", "again", &again)).await.expect(200);
    sent.push((Notification::MoveAsked, "one@large.example"));
    post.expect(&sent).await;

    assert_sound(store, Some(&operator), &[]).await;
    post.expect(&sent).await;
}

async fn an_automatic_attach_mails_nobody(store: &Store) {
    let home = Home::new();
    let program = Program::start(store, &home, &[]).await;
    let operator = program.operator();
    let partner = Partner::register(&operator, "Example Trade").await;
    let post = Post::begin(&operator).await;
    let organization = register(&operator, "works", &json!({})).await;
    let body = attach(&partner.template_that_asks().await, &organization, "works");

    let attached = send(partner.service.keyed("AttachExistingOrg", "works", &body)).await.expect(202);

    assert_eq!(attached["assessment"]["way"], "automatic", "R77");
    let operation = partner.service.ended(&text(&attached["operation"], "id")).await;
    assert_eq!(operation["state"], "succeeded");
    assert_sound(store, Some(&operator), &[]).await;
    assert_eq!(post.sent().await, [], "R78: neither an administrator nor a user hears of it");
}

#[test]
fn every_kind_of_mail_is_on_the_page_of_the_interface() {
    let page = include_str!("../../../docs/api.md");
    for notification in Notification::ALL {
        let name = serde_json::to_value(notification).expect("a notification is JSON");
        let Value::String(name) = name else { panic!("{name} is no name") };
        let row = format!("| `{name}` | `{}` |", notification.kind());
        assert!(page.contains(&row), "docs/api.md has no row {row}");
    }
}
