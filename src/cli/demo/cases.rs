//! Cases of the sample: without an organization, linked to one, with one that failed, and with a new one whose invitation
//! is accepted, sent or revoked.

use anyhow::Context;
use serde_json::{Value, json};
use tenantry_domain::terms;

use super::customers::Customer;
use super::hand::{Hand, text};
use super::partners::{ADMIN, Resale};
use crate::app::{Caller, InvitationToken};
use crate::connectors::REFUSED_NAME;

/// The password of the person who has accepted an invitation; the sample keeps no secrets.
const PASSWORD: &str = "correct horse battery staple";

/// Accepts the invitation of a case that is ready, and makes the other cases.
pub(super) async fn make(
    resale: &Resale<'_>,
    ready_case: &Value,
    customers: &[Customer],
) -> anyhow::Result<()> {
    let hand = &resale.hand;
    accept(hand, ready_case).await?;
    hand.give("CreateCase", "demo-case-open", case("Example Orchard", false)).await?;
    let linked = hand.give("CreateCase", "demo-case-linked", case("Harbour Bakery", false)).await?;
    if let Some(customer) = customers.first() {
        let link = json!({ "caseId": text(&linked, "id")?, "organizationId": customer.organization });
        hand.give("LinkCaseToOrg", "demo-case-link", link).await?;
    }
    let failed = format!("Example Quarry ({REFUSED_NAME})");
    let (_, revoked, ready) = tokio::try_join!(
        ready(hand, "demo-case-failed", &failed),
        ready(hand, "demo-case-revoked", "Example Lantern"),
        ready(hand, "demo-case-ready", "Example Lighthouse"),
    )?;
    let invitation = invited(hand, &revoked).await?;
    let body = json!({ "invitationId": invitation["id"] });
    hand.give("RevokeInvitation", "demo-revoke", body).await?;
    invited(hand, &ready).await?;
    Ok(())
}

/// Opens a case with a new organization and waits for it; returns its row.
pub(super) async fn ready(hand: &Hand<'_>, key: &str, company: &str) -> anyhow::Result<Value> {
    let asked = hand.give("CreateCase", key, case(company, true)).await?;
    hand.settled(&asked).await?;
    hand.get("cases", &text(&asked, "id")?).await
}

/// Waits until the primary contact of a case is invited; returns the invitation.
pub(super) async fn invited(hand: &Hand<'_>, case: &Value) -> anyhow::Result<Value> {
    let invitations = hand.invited(&[text(case, "customerId")?]).await?;
    let of_case = |row: &Value| row["customerId"] == case["customerId"];
    invitations.into_iter().find(of_case).context("the invitation of the case")
}

/// Accepts the invitation of a case, and waits until its organization is active.
async fn accept(hand: &Hand<'_>, case: &Value) -> anyhow::Result<()> {
    let app = hand.app;
    let invitation_id =
        text(&invited(hand, case).await?, "id")?.parse().context("the ID of an invitation")?;
    let token = InvitationToken { invitation_id, generation: 1 }.to_text(app.persons.ring());
    let accepted_terms: Vec<&str> = terms::CURRENT.iter().map(|terms| terms.id).collect();
    let body = json!({
        "token": token, "givenName": "Pat", "familyName": "Example", "password": PASSWORD,
        "acceptedTerms": accepted_terms,
    });
    let holder = Hand { app, caller: Caller::token_holder() };
    holder.give("AcceptInvitation", "demo-case-acceptance", body).await?;
    let customer = text(case, "customerId")?;
    hand.until("the active organization", async || {
        let row = hand.get("customers", &customer).await?;
        Ok((row["status"] == "provisioned").then_some(()))
    })
    .await
}

pub(super) fn case(company: &str, create_customer_org: bool) -> Value {
    json!({
        "customer": {
            "companyName": company, "contactName": "Kim Example", "contactEmail": "kim@prospect.example",
            "phone": "+4930123456", "country": "DE",
            "address": { "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" },
        },
        "createCustomerOrg": create_customer_org,
        "primaryContact": { "name": ADMIN.0, "email": ADMIN.1 },
    })
}
