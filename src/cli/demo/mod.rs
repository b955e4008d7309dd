//! The sample of `serve --demo`: made by commands, like everything else.
//!
//! Every command has a fixed key and a fixed body, so a start that was broken off is completed by the next one, and
//! nothing is made twice. The last command is a mark: once it is recorded, a start only issues new access keys.
//!
//! There is something in every state that can rest. A case in `org_requested` cannot: its organization is being
//! created, which ends by itself in `org_ready` or `org_failed`; nor can an invitation that is `issued` and not yet sent.
//! What expires takes days, which the demonstration's clock can be moved.

mod cases;
mod customers;
mod hand;
mod organizations;
mod partners;
mod sales;
mod usage;

use anyhow::Context;
use cqrs_es::Aggregate;
use serde_json::{Value, json};
use tenantry_domain::access_key::AccessKey;
use tenantry_domain::tenant::TenantId;

use self::hand::{Hand, text};
use crate::app::{App, Caller};
use crate::limits::{FEED_PAGE_EVENTS_MAX, LOG, SAMPLE_PATIENCE};
use crate::ports::CommandKey;
use crate::projector::registered_views;

/// What each start prints: names, and keys or IDs.
type Sample = Vec<(&'static str, String)>;

/// The key of the last command.
const LAST: &str = "demo-meter-participants";

/// Makes the sample unless it is there, and issues keys to work with it.
///
/// Its refusals are those of the demonstration's platform.
pub async fn make_sample(app: &App) -> anyhow::Result<Sample> {
    let operator = Hand { app, caller: Caller::local_operator() };
    if !is_given(app, partners::FIRST).await? && has_data(app).await? {
        anyhow::bail!(
            "this store has data of its own, and the sample would stay beside it for good; name an empty --data-dir"
        );
    }
    let resale = partners::resale(&operator).await?;
    let case = cases::ready(&resale.hand, "demo-case-accepted", "Example Harbour").await?;
    let organization = text(&case, "organizationId")?;
    if !is_given(app, LAST).await? {
        fill(&operator, &resale, &case).await?;
        catch_up(app).await?;
    }
    let mut sample =
        vec![("partner", resale.partner_id.clone()), ("provisioning_id", resale.standard.clone())];
    for role in ["partner_admin", "service", "auditor"] {
        let mut body =
            json!({ "role": role, "partnerId": resale.partner_id, "name": format!("sample {role}") });
        if role == "partner_admin" {
            // So that a case opened with it has a primary contact (R16).
            body["name"] = json!(partners::ADMIN.0);
            body["email"] = json!(partners::ADMIN.1);
        }
        sample.push((role, issue(&operator, body).await?));
    }
    sample.push((
        "operator",
        issue(&operator, json!({ "role": "operator", "name": "sample operator" })).await?,
    ));
    let body = json!({ "role": "org_admin", "organizationId": organization, "name": "sample org_admin" });
    sample.push(("org_admin", issue(&operator, body).await?));
    sample.push(("organization", organization));
    Ok(sample)
}

async fn fill(operator: &Hand<'_>, resale: &partners::Resale<'_>, case: &Value) -> anyhow::Result<()> {
    let trade = partners::trade(operator).await?;
    let customers = customers::make(resale).await?;
    cases::make(resale, case, &customers).await?;
    organizations::make(operator, resale, &trade).await?;
    sales::make(operator, resale, case).await?;
    usage::make(resale, &customers).await?;
    let minutes = json!({ "name": usage::MINUTES, "kind": "sum", "unit": "minutes" });
    operator.give("DefineMeter", "demo-meter-minutes", minutes).await?;
    let participants = json!({ "name": usage::PARTICIPANTS, "kind": "maximum", "unit": "participants" });
    operator.give("DefineMeter", LAST, participants).await?;
    Ok(())
}

/// Tells whether the store holds more than the keys that a first start makes.
async fn has_data(app: &App) -> anyhow::Result<bool> {
    let first = app.ledger.read_after(LOG, 0, FEED_PAGE_EVENTS_MAX).await?;
    Ok(first.iter().any(|event| event.aggregate_type != AccessKey::TYPE))
}

/// Tells whether a command of the sample is recorded.
async fn is_given(app: &App, key: &str) -> anyhow::Result<bool> {
    let scope = Caller::local_operator().actor;
    let key = CommandKey { tenant_id: TenantId::Platform, scope, command_id: key.to_owned() };
    Ok(app.keys.find_record(LOG, &key).await?.is_some())
}

/// Waits until every view shows the sample.
async fn catch_up(app: &App) -> anyhow::Result<()> {
    let head = app.feed.head();
    for view in registered_views() {
        app.wait_for(view.name(), head, SAMPLE_PATIENCE)
            .await
            .map_err(|rejection| anyhow::anyhow!("{rejection}"))
            .with_context(|| format!("wait for the view {}", view.name()))?;
    }
    Ok(())
}

/// Issues an access key; unlike the rest each start's own, for a key's text is shown once.
async fn issue(operator: &Hand<'_>, body: Value) -> anyhow::Result<String> {
    text(&operator.ask("IssueKey", None, body).await?, "key")
}
