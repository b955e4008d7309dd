//! What has expired: made first, before the clock of the demonstration moves to its end.
//!
//! All else is made after that, so that the rest of the sample is fresh.

use anyhow::Context;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::cases;
use super::hand::{Hand, refused, text};
use super::organizations::{attach, ended, register};
use super::partners::Resale;
use crate::ports::MovableClock;

/// Asks for a consent that nobody gives and sends an invitation that nobody accepts, and waits for their ends.
pub(super) async fn make(
    operator: &Hand<'_>,
    resale: &Resale<'_>,
    clock: &dyn MovableClock,
) -> anyhow::Result<()> {
    let hand = &resale.hand;
    let asking = async {
        let organization = register(operator, "expired", json!({ "userCount": 120 })).await?;
        attach(hand, &resale.asking, "expired", &organization).await
    };
    let inviting = async {
        let case = cases::ready(hand, "demo-case-expired", "Example Windmill").await?;
        cases::invited(hand, &case).await
    };
    let (attached, invitation) = tokio::try_join!(asking, inviting)?;
    let (operation, invitation) = (text(&attached["operation"], "id")?, text(&invitation, "id")?);
    let end =
        expiry(hand, "consents", &operation).await?.max(expiry(hand, "invitations", &invitation).await?);
    clock.advance(end - clock.now_us());
    ended(hand, &attached).await?;
    hand.until("the end of an invitation", async || {
        Ok((row(hand, "invitations", &invitation).await?["status"] != "sent").then_some(()))
    })
    .await
}

async fn row(hand: &Hand<'_>, view: &'static str, id: &str) -> anyhow::Result<Value> {
    let head = Some(hand.app.feed.head());
    Ok(hand.app.get(view, &hand.caller, id, head).await.map_err(refused)?.0)
}

/// Returns the microseconds since 1970 at which something expires.
async fn expiry(hand: &Hand<'_>, view: &'static str, id: &str) -> anyhow::Result<i64> {
    let at: Timestamp = text(&row(hand, view, id).await?, "expiresAt")?.parse().context("a time")?;
    Ok(at.as_microsecond())
}
