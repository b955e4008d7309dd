//! People whom a partner names are erased: subscribers, contacts, and whoever is asked to move.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::attach::register;
use super::cases::{by_token, case, mails, token};
use super::cast::Partner;
use super::client::{Client, send, text};
use super::erasure::{erased, holding, secrets};
use super::program::{Home, Program};
use super::replay::export;
use super::subscribers::person;
use super::verbs::Where;
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    subscribers_and_contacts_who_are_erased_stand_in_no_file_view_mail_or_export,
    whoever_is_erased_a_moment_after_being_provisioned_is_known_nowhere,
    an_erased_subscriber_is_not_found_and_the_address_can_be_provisioned_again,
    whoever_is_erased_while_being_asked_to_move_is_asked_no_more_and_does_not_move,
);

/// What the addresses of those who are erased hold, and nothing else does.
const GONE: &str = "gone7q9x.example";

/// The address of a subscriber who stays.
const STAYS: &str = "stays@retail.example";

/// A program, and a partner with a customer.
struct Cast {
    program: Program,
    operator: Client,
    partner: Partner,
    /// The provisioning ID of the partner's template.
    template: String,
    customer: String,
}

impl Cast {
    async fn on(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let template = partner.template().await;
        let customer = text(&partner.provisioned(&template, "customer-17").await, "id");
        Self { program, operator, partner, template, customer }
    }

    /// Provisions a person in the customer; returns the answer.
    async fn provision(&self, email: &str, status: u16) -> Value {
        let body = person(&self.customer, email);
        send(self.partner.admin.command("ProvisionSubscriber", &body)).await.expect(status)
    }

    /// Asks a member of another organization to move to the customer's; returns the subscriber and the mail's token.
    async fn asked_to_move(&self, email: &str) -> (String, String) {
        let works = register(&self.operator, "works", &json!({})).await;
        let members = json!({ "organizationId": works, "members": [{ "email": email, "role": "org_user" }] });
        send(self.operator.command("ImportMembers", &members)).await.expect(200);
        let asked = self.provision(email, 202).await;
        let mail = until("the mail that asks to move", async || {
            mails(&self.operator, "consent_move").await.into_iter().next()
        })
        .await;
        (text(&asked, "id"), token(&mail))
    }

    /// Asks for help with setting up the customer, and opens a case; each names people.
    async fn name_contacts(&self) -> String {
        let form = json!({
            "customerId": self.customer, "contactName": "Kim Lund", "contactEmail": address("assist"),
            "notes": "call first",
        });
        send(self.partner.admin.command("RequestSetupAssist", &form)).await.expect(200);
        let mut body = case(Some(&self.template));
        body["customer"]["contactEmail"] = json!(address("indicative"));
        body["primaryContact"]["email"] = json!(address("primary"));
        let asked = send(self.partner.service.keyed("CreateCase", "case", &body)).await.expect(202);
        let operation = self.partner.service.ended(&text(&asked["operation"], "id")).await;
        assert_eq!(operation["state"], "succeeded", "{operation}");
        text(&asked, "id")
    }

    /// Erases somebody by the address in every tenant; returns who was known there.
    async fn erase(&self, email: &str) -> Vec<String> {
        let answer = send(self.operator.command("ErasePerson", &json!({ "email": email }))).await.expect(200);
        let persons = answer["persons"].as_array().expect("they are named");
        persons.iter().map(|person| text(person, "personId")).collect()
    }

    async fn row(&self, path: &str) -> Value {
        self.partner.admin.read(&format!("{path}?minPosition={}", self.program.head().await)).await
    }

    /// Returns the partner's subscribers with an address.
    async fn found(&self, email: &str) -> Vec<Value> {
        let head = self.program.head().await;
        self.partner.admin.list(&format!("/api/v1/subscribers?email={email}&minPosition={head}")).await
    }
}

fn address(name: &str) -> String {
    format!("{name}@{GONE}")
}

async fn subscribers_and_contacts_who_are_erased_stand_in_no_file_view_mail_or_export(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let gone = text(&cast.provision(&address("subscriber"), 200).await, "id");
    let stays = text(&cast.provision(STAYS, 200).await, "id");
    let (mover, _) = cast.asked_to_move(&address("mover")).await;
    let of_case = cast.name_contacts().await;
    assert_sound(store, Some(&cast.operator), &[]).await;
    let mut everybody = secrets(store).await;
    for secret in everybody.values().flatten() {
        assert_ne!(holding(store, &home, secret).await, Vec::<PathBuf>::new(), "it is there yet");
    }

    let mut persons = Vec::new();
    for (name, tenants) in [("subscriber", 2), ("mover", 2), ("assist", 1), ("indicative", 1), ("primary", 2)]
    {
        let known = cast.erase(&address(name)).await;
        assert_eq!(known.len(), tenants, "the tenants that know the {name}");
        persons.extend(known);
    }

    assert_sound(store, Some(&cast.operator), &[]).await;
    for id in [&gone, &mover] {
        let row = cast.row(&format!("/api/v1/subscribers/{id}")).await;
        assert_eq!((&row["email"], &row["firstName"], &row["lastName"]), (&erased(), &erased(), &erased()));
    }
    assert_eq!(cast.row(&format!("/api/v1/subscribers/{stays}")).await["email"], STAYS);
    let row = cast.row(&format!("/api/v1/cases/{of_case}")).await.to_string();
    assert!(row.contains(&erased().to_string()) && !row.contains(GONE), "{row}");
    let asked = cast.partner.admin.lines("/api/v1/events?type=customer.setup_assist_requested").await;
    assert_eq!(asked[0]["data"]["contactEmail"], erased());
    for mail in cast.operator.list("/api/v1/outbox?limit=500").await {
        assert!(mail["content"].is_object(), "no mail is left whose reader is erased: {mail}");
        assert!(!mail.to_string().contains(GONE), "{mail}");
    }
    let export = export(&home, &Where::Server(&cast.partner.admin), "erased", &[]);
    let exported = std::fs::read_to_string(&export).expect("it was written");
    assert!(exported.contains(STAYS) && !exported.contains(GONE), "{exported}");
    std::fs::remove_file(export).expect("it is there");

    // No file holds their keys or hashes, nor their addresses; what goes with the others is there.
    for person in &persons {
        for secret in everybody.remove(person).expect("it was there") {
            assert_eq!(holding(store, &home, &secret).await, Vec::<PathBuf>::new(), "of {person}");
        }
    }
    assert_eq!(secrets(store).await, everybody);
    for secret in everybody.values().flatten() {
        assert_ne!(holding(store, &home, secret).await, Vec::<PathBuf>::new());
    }
    assert_eq!(holding(store, &home, GONE).await, Vec::<PathBuf>::new());
}

async fn whoever_is_erased_a_moment_after_being_provisioned_is_known_nowhere(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let mut raw = store.raw().await;
    let everybody = secrets(store).await;
    for n in 0..8 {
        let email = address(&format!("p{n}"));
        cast.provision(&email, 200).await;

        assert!(!cast.erase(&email).await.is_empty());
    }

    assert_sound(store, Some(&cast.operator), &[]).await;
    for n in 0..8 {
        let body = json!({ "email": address(&format!("p{n}")) });
        let again = send(cast.operator.command("ErasePerson", &body)).await;
        assert_eq!(again.code(404), "person_not_found", "in no tenant");
    }
    assert_eq!(secrets(store).await, everybody);
    let claims = "select count(*) from claims where kind in ('subscriber', 'licensed_address')";
    assert_eq!(raw.number(claims).await, 0, "their addresses are free");
}

async fn an_erased_subscriber_is_not_found_and_the_address_can_be_provisioned_again(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let email = address("subscriber");
    let gone = text(&cast.provision(&email, 200).await, "id");
    assert_eq!(cast.found(&email).await.len(), 1);
    let key = "once";
    let order = json!({ "email": email });
    send(cast.operator.keyed("ErasePerson", key, &order)).await.expect(200);
    assert_sound(store, Some(&cast.operator), &[]).await;
    assert_eq!(cast.found(&email).await, Vec::<Value>::new());
    let events = "/api/v1/events?type=subscriber.address_freed";
    assert_eq!(cast.partner.admin.lines(events).await.len(), 1);

    let back = text(&cast.provision(&email, 200).await, "id");

    assert_ne!(back, gone, "somebody new");
    assert_sound(store, Some(&cast.operator), &[]).await;
    // The order is carried out: sent again, it leaves whoever has come back in peace.
    send(cast.operator.keyed("ErasePerson", key, &order)).await.expect(200);
    let ids = |rows: Vec<Value>| rows.iter().map(|row| text(row, "id")).collect::<Vec<_>>();
    assert_eq!(ids(cast.found(&email).await), [back.as_str()]);
    assert_eq!(cast.row(&format!("/api/v1/subscribers/{back}")).await["email"], json!(email));
    assert_eq!(cast.row(&format!("/api/v1/subscribers/{gone}")).await["status"], "provisioned");

    // Whoever removes the erased one frees nothing that is another's.
    let removal = json!({ "subscriberId": gone });
    send(cast.partner.admin.command("RemoveSubscriber", &removal)).await.expect(200);
    let body = person(&cast.customer, &email);
    let twice = send(cast.partner.admin.command("ProvisionSubscriber", &body)).await;
    assert_eq!(twice.code(409), "email_in_use");
    assert_sound(store, Some(&cast.operator), &[]).await;
}

async fn whoever_is_erased_while_being_asked_to_move_is_asked_no_more_and_does_not_move(store: &Store) {
    let home = Home::new();
    let cast = Cast::on(store, &home).await;
    let email = address("mover");
    let (id, token) = cast.asked_to_move(&email).await;

    cast.erase(&email).await;

    let accepted = by_token(&cast.operator, "AcceptMigration", &json!({ "token": token })).await;
    assert_eq!(accepted.code(401), "invalid_token");
    let again = send(cast.partner.admin.command("SendConsentMove", &json!({ "subscriberId": id }))).await;
    assert_eq!(again.code(409), "migration_not_pending");
    assert_sound(store, Some(&cast.operator), &[]).await;
    assert_eq!(mails(&cast.operator, "consent_move").await, Vec::<Value>::new());
    let back = cast.provision(&email, 200).await;
    assert_eq!(back["status"], "provisioned", "no organization knows the person any more");
}
