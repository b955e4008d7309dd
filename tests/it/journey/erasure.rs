//! A person is erased: nothing about the person can be read or found any more, and everybody else is as before.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::attach::register;
use super::bodies;
use super::cases::{PASSWORD, mails, sign_in};
use super::cast::Partner;
use super::client::{Client, send, text};
use super::members::{Joined, joined, key_of, mail_to};
use super::program::{Home, Program};
use super::replay::export;
use super::secrecy::{files_with, folders};
use super::verbs::{Where, answered};
use super::waiting::until;
use crate::harness::{Store, assert_sound};

on_both_databases!(
    whoever_is_erased_stands_in_no_file_view_mail_or_export_and_everybody_else_does,
    an_organizations_administrator_erases_its_own_people_and_nobody_else,
    whoever_is_erased_can_do_nothing_and_comes_back_as_somebody_new,
    an_erasure_is_given_once_and_repeated_without_effect,
    a_mail_is_not_sent_to_whoever_is_erased,
);

/// What stands in the place of a value about somebody who is erased.
pub(super) fn erased() -> Value {
    json!({ "personal": "erased" })
}

/// The address of somebody whom an organization and two partners know.
const ANN: &str = "ann@works.example";

/// The address of somebody whom they know too, and who stays.
const BOB: &str = "bob@works.example";

/// An organization and a partner that know two people.
struct Known {
    program: Program,
    operator: Client,
    partner: Partner,
    organization: String,
    admin: Client,
    ann: Joined,
    bob: Joined,
}

impl Known {
    async fn on(store: &Store, home: &Home) -> Self {
        let program = Program::start(store, home, &[]).await;
        let operator = program.operator();
        let partner = Partner::register(&operator, "Example Resale").await;
        let organization = register(&operator, "works", &json!({})).await;
        let admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
        let invite = |email: &str| json!({ "email": email, "givenName": "Given", "role": "org_user" });
        let ann = joined(&operator, &admin, &invite(ANN)).await;
        let bob = joined(&operator, &admin, &invite(BOB)).await;
        Self { program, operator, partner, organization, admin, ann, bob }
    }

    /// Lets the partner know both: as users, and as administrators of customers.
    async fn to_the_partner(&self) -> Vec<Value> {
        let template = self.partner.template().await;
        let mut customers = Vec::new();
        for (name, email) in [("ann", ANN), ("bob", BOB)] {
            let user = json!({ "name": "A Seller", "email": email, "role": "partner_user" });
            send(self.partner.admin.command("AddPartnerUser", &user)).await.expect(200);
            let mut body = bodies::customer(&template, &format!("of-{name}"));
            body["customerInfo"]["primaryEmail"] = json!(email);
            customers.push(self.partner.provisioned_with(&body).await);
        }
        customers
    }

    /// Returns what a person's ID is behind a user's.
    fn person(user: &str) -> String {
        user.replace("usr_", "per_")
    }

    /// Erases somebody by the address, in every tenant, on the command line.
    fn erase(&self, home: &Home, email: &str) -> Value {
        answered(home, &Where::Server(&self.operator), &["org", "erase", email])
    }

    async fn row(&self, reader: &Client, path: &str) -> Value {
        reader.read(&format!("{path}?minPosition={}", self.program.head().await)).await
    }
}

/// By persons the texts that go with them: the wrapped key, and the hash by which they are found.
pub(super) async fn secrets(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut raw = store.raw().await;
    let mut secrets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for query in [
        "select subject || ' ' || wrapped_key from person_keys",
        "select aggregate_id || ' ' || value from claims where kind = 'person'",
    ] {
        for row in raw.texts(query).await {
            let (person, secret) = row.split_once(' ').expect("the person comes first");
            secrets.entry(person.to_owned()).or_default().push(secret.to_owned());
        }
    }
    secrets
}

/// Returns the files of the database and the program that hold a text; of a write-ahead log on PostgreSQL, which keeps
/// what was written until its files are used again, none is looked at.
pub(super) async fn holding(store: &Store, home: &Home, text: &str) -> Vec<PathBuf> {
    let mut folders = folders(store, home).await;
    folders.retain(|folder| !folder.ends_with("pg_wal"));
    files_with(text, &folders)
}

async fn whoever_is_erased_stands_in_no_file_view_mail_or_export_and_everybody_else_does(store: &Store) {
    let home = Home::new();
    let known = Known::on(store, &home).await;
    let customers = known.to_the_partner().await;
    let Known { operator, partner, admin, .. } = &known;
    let mut everybody = secrets(store).await;
    for secret in everybody.values().flatten() {
        assert_ne!(
            holding(store, &home, secret).await,
            Vec::<PathBuf>::new(),
            "it is found while it is there"
        );
    }

    let answer = known.erase(&home, ANN);

    // The organization, the partner, and the organization that was made for the customer know her.
    let persons = answer["persons"].as_array().expect("they are named").clone();
    let gone: Vec<String> = persons.iter().map(|person| text(person, "personId")).collect();
    assert_eq!(gone.len(), 3, "{answer}");
    assert_sound(store, Some(operator), &[]).await;

    let row = known.row(&partner.admin, &format!("/api/v1/customers/{}", text(&customers[0], "id"))).await;
    assert_eq!(row["primaryEmail"], erased());
    let row = known.row(&partner.admin, &format!("/api/v1/customers/{}", text(&customers[1], "id"))).await;
    assert_eq!(row["primaryEmail"], BOB);
    let users = partner.admin.list("/api/v1/users").await;
    assert_eq!(users.iter().map(|row| &row["email"]).collect::<Vec<_>>(), [BOB]);
    let members = admin.list("/api/v1/users").await;
    assert!(members.iter().all(|row| row["id"] != known.ann.user.as_str()), "{members:?}");
    assert!(members.iter().any(|row| row["email"] == BOB), "{members:?}");
    let invitations = admin.list("/api/v1/invitations").await;
    let of = |email: &Value| invitations.iter().filter(|row| row["email"] == *email).count();
    assert_eq!((of(&erased()), of(&json!(BOB))), (1, 1));

    // The history keeps its bytes, and tells nothing of her.
    let events = partner.admin.lines("/api/v1/events?type=partner.user_added").await;
    let emails: Vec<&Value> = events.iter().map(|event| &event["data"]["email"]).collect();
    assert_eq!(emails, [&erased(), &json!(BOB)]);
    let before = format!("/api/v1/aggregates/partner/{}?at={}", partner.id, text(&events[1], "position"));
    let state = partner.admin.read(&before).await["state"].to_string();
    assert!(state.contains(BOB) && !state.contains(ANN), "{state}");
    let export = export(&home, &Where::Server(&partner.admin), "erased", &[]);
    let exported = std::fs::read_to_string(&export).expect("it was written");
    assert!(exported.contains(BOB) && !exported.contains(ANN), "{exported}");
    for mail in operator.list("/api/v1/outbox?limit=500").await {
        assert_ne!(mail["content"]["to"], ANN);
        assert!(mail["content"].is_object(), "no mail is left whose reader is erased: {mail}");
    }

    // No file holds her key or hash, nor her address; what goes with the others is there.
    std::fs::remove_file(export).expect("it is there");
    for person in &gone {
        for secret in everybody.remove(person).expect("it was there") {
            assert_eq!(holding(store, &home, &secret).await, Vec::<PathBuf>::new(), "of {person}");
        }
    }
    assert_eq!(secrets(store).await, everybody);
    for secret in everybody.values().flatten() {
        assert_ne!(holding(store, &home, secret).await, Vec::<PathBuf>::new());
    }
    assert_eq!(holding(store, &home, ANN).await, Vec::<PathBuf>::new());
}

/// Returns those who administer the reader's organization.
async fn admins(reader: &Client) -> Vec<Value> {
    let mut members = reader.list("/api/v1/users").await;
    members.retain(|row| row["role"] == "org_admin");
    members
}

async fn an_organizations_administrator_erases_its_own_people_and_nobody_else(store: &Store) {
    let home = Home::new();
    let known = Known::on(store, &home).await;
    let customers = known.to_the_partner().await;
    let Known { operator, partner, admin, ann, .. } = &known;
    let other = register(operator, "other", &json!({})).await;
    let stranger = key_of(operator, &other, "org_admin", &json!({})).await;
    let by_id = json!({ "personId": Known::person(&ann.user) });
    let missing = json!({ "personId": "per_01kpm6f1aqfd7v61bznxez3w6q" });
    let elsewhere = json!({ "email": ANN, "tenantId": known.organization });
    for body in [&by_id, &missing, &elsewhere, &json!({ "email": ANN })] {
        assert_eq!(send(stranger.command("ErasePerson", body)).await.code(404), "person_not_found");
    }
    assert_eq!(send(partner.admin.command("ErasePerson", &by_id)).await.code(403), "role_forbidden");
    assert_eq!(send(operator.command("ErasePerson", &by_id)).await.code(400), "malformed");
    assert_eq!(send(operator.command("ErasePerson", &json!({}))).await.code(400), "malformed");
    let unknown = json!({ "email": "nobody@works.example" });
    assert_eq!(send(operator.command("ErasePerson", &unknown)).await.code(404), "person_not_found");

    send(admin.command("ErasePerson", &by_id)).await.expect(200);

    assert_sound(store, Some(operator), &[]).await;
    let members = admin.list("/api/v1/users").await;
    assert!(members.iter().all(|row| row["id"] != ann.user.as_str()), "{members:?}");
    // To the partner she is known as before.
    let row = known.row(&partner.admin, &format!("/api/v1/customers/{}", text(&customers[0], "id"))).await;
    assert_eq!(row["primaryEmail"], ANN);

    // The law stands above the rule that somebody administers an organization.
    let last = admins(admin).await;
    assert_eq!(last.len(), 1);
    send(admin.command("ErasePerson", &json!({ "email": last[0]["email"] }))).await.expect(200);
    assert_sound(store, Some(operator), &[]).await;
    assert_eq!(admins(admin).await, Vec::<Value>::new());
    let path = format!("/api/v1/organizations?adminEmail={}", text(&last[0], "email"));
    assert_eq!(operator.list(&path).await, Vec::<Value>::new());
}

async fn whoever_is_erased_can_do_nothing_and_comes_back_as_somebody_new(store: &Store) {
    let home = Home::new();
    let known = Known::on(store, &home).await;
    let Known { operator, admin, ann, bob, organization, .. } = &known;
    let key = key_of(operator, organization, "org_user", &json!({ "email": ANN })).await;
    key.read("/api/v1/projects").await;
    let open = json!({ "email": "cat@works.example", "role": "org_user" });
    let open = send(admin.command("InviteUser", &open)).await.expect(200);
    mail_to(operator, "cat@works.example").await;

    send(admin.command("ErasePerson", &json!({ "email": ANN }))).await.expect(200);
    send(admin.command("ErasePerson", &json!({ "email": "cat@works.example" }))).await.expect(200);

    for client in [&key, &ann.session] {
        assert_eq!(client.get("/api/v1/projects").await.code(401), "unauthenticated", "at once");
    }
    let credentials = json!({ "organizationId": organization, "email": ANN, "password": PASSWORD });
    assert_eq!(sign_in(operator, &credentials).await.code(401), "wrong_credentials");
    bob.session.read("/api/v1/projects").await;
    until("the end of the invitation", async || {
        let row = admin.read(&format!("/api/v1/invitations/{}", text(&open, "invitationId"))).await;
        (row["status"] == "revoked").then_some(())
    })
    .await;
    until("the end of the key", async || {
        let keys = operator.list("/api/v1/keys?limit=500").await;
        let of_organization =
            |row: &&Value| row["tenant"] == organization.as_str() && row["role"] == "org_user";
        keys.iter().find(of_organization)?["revokedAt"].is_string().then_some(())
    })
    .await;
    assert_sound(store, Some(operator), &[]).await;
    let mut raw = store.raw().await;
    let person = Known::person(&ann.user);
    assert_eq!(raw.number(&format!("select count(*) from credentials where subject = '{person}'")).await, 0);
    let sessions = format!("select count(*) from sessions where holder = '{}'", ann.user);
    assert_eq!(raw.number(&sessions).await, 0);

    let again = joined(operator, admin, &json!({ "email": ANN, "role": "org_user" })).await;
    assert_ne!(again.user, ann.user);
    assert_eq!(ann.session.get("/api/v1/projects").await.code(401), "unauthenticated");
    again.session.read("/api/v1/projects").await;
}

async fn an_erasure_is_given_once_and_repeated_without_effect(store: &Store) {
    let home = Home::new();
    let known = Known::on(store, &home).await;
    let Known { operator, ann, organization, .. } = &known;
    let body = json!({ "personId": Known::person(&ann.user), "tenantId": organization });
    let dry = send(operator.post("/api/v1/commands/ErasePerson?dryRun=true", &body)).await.expect(200);
    assert_eq!(dry["events"][0]["type"], "person.erased");
    ann.session.read("/api/v1/projects").await;

    let first = send(operator.keyed("ErasePerson", "once", &body)).await.expect(200);
    let again = send(operator.keyed("ErasePerson", "once", &body)).await.expect(200);

    assert_eq!(first, again);
    assert_sound(store, Some(operator), &[]).await;
    let head = known.program.head().await;
    let anew = send(operator.command("ErasePerson", &body)).await.expect(200);
    assert_eq!((&anew["sequence"], &anew["id"]), (&first["sequence"], &first["id"]));
    assert_eq!(known.program.head().await, head, "it is so already");
    let by_address = json!({ "email": ANN, "tenantId": organization });
    assert_eq!(send(operator.keyed("ErasePerson", "by", &by_address)).await.code(404), "person_not_found");
}

async fn a_mail_is_not_sent_to_whoever_is_erased(store: &Store) {
    let home = Home::new();
    let known = Known::on(store, &home).await;
    let Known { operator, admin, .. } = &known;
    for n in 0..8 {
        let invite = json!({ "email": format!("p{n}@works.example"), "role": "org_user" });
        let erase = json!({ "email": format!("p{n}@works.example") });
        let invited = send(admin.command("InviteUser", &invite)).await.expect(200);

        send(admin.command("ErasePerson", &erase)).await.expect(200);

        until("the end of the invitation", async || {
            let path = format!("/api/v1/invitations/{}", text(&invited, "invitationId"));
            let row = admin.get(&path).await;
            // One that was not issued yet never is.
            (row.status == 404 || row.json()["status"] == "revoked").then_some(())
        })
        .await;
    }
    assert_sound(store, Some(operator), &[]).await;
    let to = |mail: &Value| mail["content"]["to"].as_str().map(str::to_owned);
    let sent: Vec<Option<String>> = mails(operator, "invitation").await.iter().map(to).collect();
    assert_eq!(sent, [BOB, ANN].map(|to| Some(to.to_owned())));
}
