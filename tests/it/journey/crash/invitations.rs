//! The program is killed while people accept their invitations.

use serde_json::{Value, json};

use super::{Moment, Mortal, SLOW, assert_mails};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::cases::{acceptance, case, mails, token};
use crate::journey::cast::Partner;
use crate::journey::client::{send, text};
use crate::journey::waiting::until;

on_both_databases!(whoever_accepts_becomes_one_member_wherever_the_program_is_killed);

/// When the program is killed, once each: after each commit that an acceptance has, and as soon as it is answered.
const KILLS: [Moment; 4] = [Moment::Events(1), Moment::Events(3), Moment::Events(6), Moment::Answered];

async fn whoever_accepts_becomes_one_member_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let operator = mortal.program.operator();
    let mut partner = Partner::register(&operator, "Example Resale").await;
    let template = partner.template().await;
    for n in 0..KILLS.len() {
        let asked = partner.service.keyed("CreateCase", &format!("case-{n}"), &case(Some(&template)));
        let operation = text(&send(asked).await.expect(202)["operation"], "id");
        assert_eq!(partner.service.ended(&operation).await["state"], "succeeded");
    }
    let invited = mails(&operator, "invitation").await;
    assert_eq!(invited.len(), KILLS.len());
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for (moment, mail) in KILLS.into_iter().zip(&invited) {
        let request = (text(mail, "tenantId"), acceptance(&token(mail)));
        let (next, asked) = mortal.struck(moment, &partner.admin, "AcceptInvitation", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let organization = text(mail, "tenantId");
        until("the active customer", async || {
            let rows = partner.service.list("/api/v1/customers").await;
            let of_mail = |row: &&Value| row["organizationId"] == organization.as_str();
            (rows.iter().find(of_mail)?["status"] == "provisioned").then_some(())
        })
        .await;
        acknowledged.push(asked.acknowledged());
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let organizations = operator.list("/api/v1/organizations").await;
    assert!(organizations.iter().all(|row| row["active"] == true), "{organizations:?}");
    for told in &acknowledged {
        let (organization, answer) = (&told.key, told.reply.json());
        let members = operator.list(&format!("/api/v1/users?organizationId={organization}")).await;
        assert_eq!((members.len(), &members[0]["id"]), (1, &answer["userId"]));
        assert_eq!(members[0]["role"], "org_admin");
    }
    let invitations = partner.service.list("/api/v1/invitations?status=accepted").await;
    assert_eq!(invitations.len(), KILLS.len());
    let customers = partner.service.list("/api/v1/customers").await;
    assert_eq!(customers.len(), KILLS.len());
    assert!(customers.iter().all(|row| row["packages"] == json!([])), "{customers:?}");
    let tenants: Vec<String> = organizations.iter().map(|row| text(row, "id")).collect();
    assert_mails(&operator, "invitation", &tenants, 1).await;
}
