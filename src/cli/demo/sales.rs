//! Quotes and subscriptions of the sample, cases that were put aside or lost, and a customer that is screened.

use anyhow::Context;
use serde_json::{Value, json};

use super::cases::case;
use super::customers::customer;
use super::hand::{Hand, text};
use super::organizations::register;
use super::partners::Resale;
use crate::app::open_quote_claim;
use crate::limits::LOG;

/// The name on the screening list.
const DENIED: &str = "Example Denied";

/// Sells under the case of the active organization and under two that are linked to attached ones.
pub(super) async fn make(
    operator: &Hand<'_>,
    resale: &Resale<'_>,
    active_case: &Value,
) -> anyhow::Result<()> {
    let hand = &resale.hand;
    let case_id = text(active_case, "id")?;
    for (key, price) in [("active", "12.50"), ("suspended", "0.75")] {
        let quote = approved(operator, hand, &case_id, key, price).await?;
        let body = json!({ "quoteId": quote, "calling": calling() });
        let accepted = hand.give("AcceptQuote", &format!("demo-quote-accept-{key}"), body).await?;
        hand.settled(&accepted).await?;
        free(resale, &case_id).await?;
        if key == "suspended" {
            let body = json!({ "subscriptionId": text(&accepted, "subscriptionId")?, "reason": "unpaid" });
            hand.give("SuspendSubscription", "demo-subscription-suspend", body).await?;
        }
    }
    let declined = draft(hand, &case_id, "declined", "99").await?;
    hand.give("DeclineQuote", "demo-quote-decline", json!({ "quoteId": declined, "reason": "too dear" }))
        .await?;
    draft(hand, &case_id, "draft", "11").await?;
    let submitted = draft(hand, &linked(operator, hand, "attached").await?, "submitted", "10").await?;
    hand.give("SubmitQuote", "demo-quote-submit", json!({ "quoteId": submitted })).await?;
    approved(operator, hand, &linked(operator, hand, "granted").await?, "approved", "10").await?;
    for (key, company, command) in
        [("aside", "Example Windmill", "DeactivateCase"), ("lost", "Example Tannery", "CloseCase")]
    {
        let opened = hand.give("CreateCase", &format!("demo-case-{key}"), case(company, false)).await?;
        let body = json!({ "caseId": text(&opened, "id")?, "reason": "bought elsewhere" });
        hand.give(command, &format!("demo-case-{key}-end"), body).await?;
    }
    screened(operator, resale).await
}

/// Opens a case that is linked to an attached organization; returns its ID.
async fn linked(operator: &Hand<'_>, hand: &Hand<'_>, name: &str) -> anyhow::Result<String> {
    let more = if name == "attached" { json!({}) } else { json!({ "userCount": 120 }) };
    let organization = register(operator, name, more).await?;
    let body = case(&format!("Example {name}"), false);
    let opened = hand.give("CreateCase", &format!("demo-case-of-{name}"), body).await?;
    let case_id = text(&opened, "id")?;
    let link = json!({ "caseId": case_id, "organizationId": organization });
    hand.give("LinkCaseToOrg", &format!("demo-case-link-{name}"), link).await?;
    Ok(case_id)
}

async fn draft(hand: &Hand<'_>, case_id: &str, key: &str, price: &str) -> anyhow::Result<String> {
    let line = json!({
        "package": "webex_calling", "quantity": 10, "unitPrice": price, "currency": "EUR", "termMonths": 12,
    });
    let body = json!({ "caseId": case_id, "lines": [line] });
    text(&hand.give("DraftQuote", &format!("demo-quote-{key}"), body).await?, "id")
}

async fn approved(
    operator: &Hand<'_>,
    hand: &Hand<'_>,
    case_id: &str,
    key: &str,
    price: &str,
) -> anyhow::Result<String> {
    let quote = draft(hand, case_id, key, price).await?;
    let body = json!({ "quoteId": quote });
    hand.give("SubmitQuote", &format!("demo-quote-submit-{key}"), body.clone()).await?;
    operator.give("ApproveQuote", &format!("demo-quote-approve-{key}"), body).await?;
    Ok(quote)
}

/// Waits until a case can have another quote.
async fn free(resale: &Resale<'_>, case_id: &str) -> anyhow::Result<()> {
    let partner_id = resale.partner_id.parse().context("the ID of a partner")?;
    let claim = open_quote_claim(partner_id, case_id.parse().context("the ID of a case")?);
    resale
        .hand
        .until("the end of a quote", async || {
            Ok(resale.hand.app.keys.find_claim(LOG, &claim).await?.is_none().then_some(()))
        })
        .await
}

fn calling() -> Value {
    let address = json!({ "addressLine1": "1 Example Street", "city": "Berlin", "country": "DE" });
    json!({ "location": {
        "name": "Head Office", "address": address, "timezone": "Europe/Berlin", "language": "de_de",
    } })
}

/// Lets a customer wait for an operator, because it is like a denied party.
async fn screened(operator: &Hand<'_>, resale: &Resale<'_>) -> anyhow::Result<()> {
    let list = json!({ "entries": [{ "country": "DE", "name": DENIED }] });
    operator.give("SetScreeningList", "demo-screening-list", list).await?;
    let mut body = customer(3, DENIED, &resale.standard);
    body["externalId"] = json!("screened");
    let asked = resale.hand.give("CreateCustomerOrg", "demo-customer-screened", body).await?;
    resale.hand.settled(&asked).await?;
    Ok(())
}
