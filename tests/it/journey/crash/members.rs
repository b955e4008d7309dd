//! The program is killed while an organization invites its people.

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW, assert_mails, distinct};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::attach::register;
use crate::journey::members::key_of;
use crate::journey::waiting::until;

on_both_databases!(whoever_is_invited_has_one_invitation_wherever_the_program_is_killed);

/// When the program is killed, once each: after each commit that an invitation has, and as soon as it is answered.
const KILLS: [Moment; 4] = [Moment::Events(1), Moment::Events(2), Moment::Events(3), Moment::Answered];

async fn whoever_is_invited_has_one_invitation_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let operator = mortal.program.operator();
    let organization = register(&operator, "works", &json!({})).await;
    let mut admin = key_of(&operator, &organization, "org_admin", &json!({})).await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for (n, moment) in KILLS.into_iter().enumerate() {
        let body = json!({ "email": format!("person{n}@works.example"), "role": "org_user" });
        let request = (format!("invite-{n}"), body);
        let (next, asked) = mortal.struck(moment, &admin, "InviteUser", request).await;
        admin = admin.of_server(&next.program.operator());
        mortal = next;
        until("the mail", async || {
            let rows = admin.get("/api/v1/invitations").await.unless_too_early()?;
            let sent = |row: &&Value| row["status"] == "sent";
            (rows["items"].as_array()?.iter().filter(sent).count() == n + 1).then_some(())
        })
        .await;
        acknowledged.push(asked.acknowledged());
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let invitations = admin.list("/api/v1/invitations").await;
    assert_eq!(distinct(&invitations, "email").len(), KILLS.len());
    for told in &acknowledged {
        let answer = told.reply.json();
        assert!(invitations.iter().any(|row| row["id"] == answer["invitationId"]), "{answer}");
    }
    assert_mails(&operator, "invitation", &[organization], KILLS.len()).await;
}
