//! The program is killed while somebody is erased whom two tenants know.

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::attach::register;
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::members::key_of;
use crate::journey::waiting::until;

on_both_databases!(whoever_is_erased_is_so_everywhere_wherever_the_program_is_killed);

/// When the program is killed, once each: after each commit that an erasure has, and as soon as it is answered.
const KILLS: [Moment; 5] =
    [Moment::Events(1), Moment::Events(2), Moment::Events(3), Moment::Events(4), Moment::Answered];

async fn whoever_is_erased_is_so_everywhere_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let operator = mortal.program.operator();
    let mut partner = Partner::register(&operator, "Example Resale").await;
    let organization = register(&operator, "works", &json!({})).await;
    let mut admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let address = |n: usize| format!("person{n}@works.example");
    // The last one stays.
    for n in 0..=KILLS.len() {
        let user = json!({ "name": "A Seller", "email": address(n), "role": "partner_user" });
        send(partner.admin.command("AddPartnerUser", &user)).await.expect(200);
        let member = json!({ "members": [{ "email": address(n), "role": "org_user" }] });
        send(admin.command("ImportMembers", &member)).await.expect(200);
    }
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for (n, moment) in KILLS.into_iter().enumerate() {
        let request = (format!("erase-{n}"), json!({ "email": address(n) }));
        let operator = mortal.program.operator();
        let (next, asked) = mortal.struck(moment, &operator, "ErasePerson", request).await;
        partner = partner.at(&next.program);
        admin = admin.of_server(&next.program.operator());
        mortal = next;
        until("the end of the erasure", async || {
            let users = partner.admin.get("/api/v1/users").await.unless_too_early()?;
            let members = admin.get("/api/v1/users").await.unless_too_early()?;
            let left = KILLS.len() - n;
            // Of the organization the administrator stays too.
            (users["items"].as_array()?.len() == left && members["items"].as_array()?.len() == left + 1)
                .then_some(())
        })
        .await;
        acknowledged.push(asked.acknowledged());
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let mut raw = store.raw().await;
    for told in &acknowledged {
        let answer = told.reply.json();
        let persons = answer["persons"].as_array().expect("they are named");
        assert_eq!(persons.len(), 2, "{answer}");
        for person in persons {
            let person = text(person, "personId");
            let keys = format!("select count(*) from person_keys where subject = '{person}'");
            assert_eq!(raw.number(&keys).await, 0, "{person} has a key");
        }
    }
    let last = partner.admin.list("/api/v1/users").await;
    assert_eq!(last.iter().map(|row| &row["email"]).collect::<Vec<&Value>>(), [&json!(address(KILLS.len()))]);
}
