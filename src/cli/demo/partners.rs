//! The partners of the sample, with their templates and users.

use anyhow::Context;
use serde_json::{Value, json};
use tenantry_domain::ids::PartnerId;
use tenantry_domain::role::{Channel, Role};

use super::hand::{Hand, text};
use crate::app::Caller;

/// Name and address of the administrator of the first partner.
pub(super) const ADMIN: (&str, &str) = ("Pat Example", "pat@resale.example");

/// The key of the sample's first command.
pub(super) const FIRST: &str = "demo-partner";

/// The first partner, which nearly all of the sample is of.
pub(super) struct Resale<'a> {
    /// Its administrator.
    pub(super) hand: Hand<'a>,
    /// Its ID.
    pub(super) partner_id: String,
    /// The position of the log at which it was registered: the sample's time follows from it.
    pub(super) registered: i64,
    /// The provisioning ID of the template that is the default.
    pub(super) standard: String,
    /// The one of the template that lets administrators be asked.
    pub(super) asking: String,
}

/// The second partner.
pub(super) struct Trade<'a> {
    /// Its administrator.
    pub(super) hand: Hand<'a>,
    /// The provisioning ID of its template.
    pub(super) standard: String,
}

/// Registers the first partner.
pub(super) async fn resale<'a>(operator: &Hand<'a>) -> anyhow::Result<Resale<'a>> {
    let body = json!({ "name": "Example Resale", "country": "DE", "region": "eu" });
    let registered = operator.give("RegisterPartner", FIRST, body).await?;
    let partner_id = text(&registered, "id")?;
    let hand = administrator(operator, &partner_id)?;
    for (key, name, email, role) in [
        ("demo-user-admin", ADMIN.0, ADMIN.1, "partner_admin"),
        ("demo-user-seller", "Robin Seller", "robin@resale.example", "partner_user"),
    ] {
        let body = json!({ "name": name, "email": email, "role": role });
        hand.give("AddPartnerUser", key, body).await?;
    }
    let mut standard = template("Standard", "resale");
    standard["default"] = json!(true);
    let standard = created(&hand, "demo-template", standard).await?;
    let mut asking = template("With consent", "resale");
    asking["allowAdminInviteOnAttach"] = json!(true);
    let asking = created(&hand, "demo-template-asking", asking).await?;
    let mut sub_realm = template("Sub-realm", "resale");
    sub_realm["kind"] = json!("sub_realm");
    created(&hand, "demo-template-sub-realm", sub_realm).await?;
    let registered = text(&registered, "position")?.parse().context("a position is a number")?;
    Ok(Resale { hand, partner_id, registered, standard, asking })
}

/// Registers the second partner.
pub(super) async fn trade<'a>(operator: &Hand<'a>) -> anyhow::Result<Trade<'a>> {
    let body = json!({ "name": "Example Trade", "country": "SE", "region": "eu" });
    let registered = operator.give("RegisterPartner", "demo-partner-trade", body).await?;
    let partner_id = text(&registered, "id")?;
    let hand = administrator(operator, &partner_id)?;
    let body = json!({ "name": "Kim Trader", "email": "kim@trade.example", "role": "partner_admin" });
    hand.give("AddPartnerUser", "demo-user-trader", body).await?;
    let standard = created(&hand, "demo-template-trade", template("Standard", "trade")).await?;
    Ok(Trade { hand, standard })
}

/// Whoever makes the sample, as an administrator of a partner.
fn administrator<'a>(operator: &Hand<'a>, partner_id: &str) -> anyhow::Result<Hand<'a>> {
    let partner_id: PartnerId = partner_id.parse().context("the ID of a partner")?;
    let caller = Caller {
        tenant_id: partner_id.into(),
        actor: "demo".to_owned(),
        role: Role::PartnerAdmin,
        channel: Channel::Api,
        session: None,
        parent: None,
    };
    Ok(Hand { app: operator.app, caller })
}

async fn created(hand: &Hand<'_>, key: &str, body: Value) -> anyhow::Result<String> {
    text(&hand.give("CreateTemplate", key, body).await?, "provisioningId")
}

fn template(name: &str, partner: &str) -> Value {
    json!({
        "name": name, "kind": "wholesale", "serviceProviderAdmin": format!("admin@{partner}.example"),
        "country": "DE", "language": "de-DE", "subscription": "S-100", "authentication": { "method": "builtin" },
        "brandName": "Example Voice",
    })
}
