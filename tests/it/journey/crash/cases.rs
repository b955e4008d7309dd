//! The program is killed while it opens cases with their organizations.

use super::{Moment, Mortal, SLOW, assert_mails, distinct};
use crate::harness::{Acknowledged, Store, assert_sound};
use crate::journey::cases::case;
use crate::journey::cast::Partner;
use crate::journey::client::text;

on_both_databases!(a_case_has_one_organization_customer_and_invitation_wherever_the_program_is_killed);

/// Events after which the program is killed, once each: after each commit of a case.
const KILLS: [usize; 6] = [1, 3, 4, 5, 6, 7];

async fn a_case_has_one_organization_customer_and_invitation_wherever_the_program_is_killed(store: &Store) {
    let mut mortal = Mortal::start(store, &SLOW).await;
    let mut partner = Partner::register(&mortal.program.operator(), "Example Resale").await;
    let template = partner.template().await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();

    for events in KILLS {
        let request = (format!("case-{events}"), case(Some(&template)));
        let (next, asked) =
            mortal.struck(Moment::Events(events), &partner.service, "CreateCase", request).await;
        partner = partner.at(&next.program);
        mortal = next;
        let asked = asked.acknowledged();
        let ended = partner.service.ended(&text(&asked.reply.json()["operation"], "id")).await;
        assert_eq!(ended["state"], "succeeded", "killed after {events} events: {ended}");
        acknowledged.push(asked);
    }

    let operator = mortal.program.operator();
    assert_sound(store, Some(&operator), &acknowledged).await;
    let cases = partner.service.list("/api/v1/cases").await;
    let told = acknowledged.iter().map(|told| text(&told.reply.json(), "id")).collect();
    assert_eq!(distinct(&cases, "id"), told, "no other case was opened");
    assert!(cases.iter().all(|case| case["status"] == "org_ready"), "{cases:?}");
    let organizations = distinct(&cases, "organizationId");
    for (list, field) in [("organizations", "id"), ("customers", "organizationId")] {
        let rows = operator.list(&format!("/api/v1/{list}")).await;
        assert_eq!(distinct(&rows, field), organizations, "{list}");
    }
    let invitations = partner.service.list("/api/v1/invitations").await;
    assert_eq!(distinct(&invitations, "id"), distinct(&cases, "invitationId"));
    assert!(invitations.iter().all(|invitation| invitation["status"] == "sent"), "{invitations:?}");
    assert_mails(&operator, "invitation", &organizations.into_iter().collect::<Vec<_>>(), 1).await;
}
