//! What belongs to somebody else, beside what nobody has: the answers are the same, byte for byte.

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::World;
use crate::journey::client::{Client, Reply, send, text};

/// IDs that nobody has, by their prefix.
const NOBODY: &str = "01m7yp5x7veej9eg2805wyf7ws";

pub(super) async fn assert_alike(world: &World) {
    let stranger = &world.stranger.admin;
    let template = text(&world.partner.admin.list("/api/v1/templates").await[0], "id");
    let key = text(&world.partner.admin.list("/api/v1/keys").await[0], "id");
    for (path, id) in [
        ("customers/ID", &world.customer),
        ("provisioning/ID", &world.customer),
        ("operations/ID", &world.operation),
        ("templates/ID", &template),
        ("keys/ID", &key),
        ("customers?tenant=ID", &world.partner.id),
        ("events?partner=ID", &world.partner.id),
        ("aggregates/customer/ID", &world.customer),
        ("aggregates/customer/ID?at=1", &world.customer),
        ("aggregates/onboarding_template/ID", &template),
        ("aggregates/access_key/ID", &key),
        ("aggregates/organization/ID", &world.organization),
        ("cases/ID", &world.deals.case),
        ("invitations/ID", &world.deals.invitation),
        ("consents/ID", &world.deals.operation),
        ("organizations/ID", &world.organization),
        ("users?organizationId=ID", &world.organization),
        ("aggregates/case/ID", &world.deals.case),
        ("aggregates/invitation/ID", &world.deals.invitation),
    ] {
        let get = |id: &str| stranger.request(Method::GET, &format!("/api/v1/{}", path.replace("ID", id)));
        alike(path, id, 404, get).await;
    }
    for (name, field, id) in [
        ("RevokeKey", "keyId", &key),
        ("IssueKey", "partnerId", &world.partner.id),
        ("LinkCaseToOrg", "caseId", &world.deals.case),
        ("ResendInvitation", "invitationId", &world.deals.invitation),
        ("RevokeInvitation", "invitationId", &world.deals.invitation),
        ("ResendConsent", "customerId", &world.deals.waiting),
        ("WithdrawAttach", "customerId", &world.deals.waiting),
        ("RequestFullAccess", "customerId", &world.deals.waiting),
        ("RetryProvisioning", "customerId", &world.deals.waiting),
    ] {
        let give = |id: &str| give(stranger, name, field, id);
        alike(name, id, 404, give).await;
    }
}

fn give(stranger: &Client, name: &str, field: &str, id: &str) -> RequestBuilder {
    let mut body = json!({ field: id });
    match name {
        "IssueKey" => {
            body["role"] = json!("service");
            body["name"] = json!("Foreign");
        }
        "LinkCaseToOrg" => body["organizationId"] = json!(format!("org_{NOBODY}")),
        _ => {}
    }
    stranger.command(name, &body)
}

/// Asks for a thing and for one that is not there, and compares.
async fn alike(what: &str, id: &str, status: u16, ask: impl Fn(&str) -> RequestBuilder) {
    let (prefix, _) = id.split_once('_').expect("an ID has a prefix");
    let nobody = format!("{prefix}_{NOBODY}");
    let (foreign, missing) = (send(ask(id)).await, send(ask(&nobody)).await);
    assert_eq!(foreign.status, status, "{what}: {}", foreign.text);
    assert_eq!(bytes(&foreign, id), bytes(&missing, &nobody), "{what}");
}

/// Returns an answer without its tracking ID, its date and the ID that was asked for.
fn bytes(reply: &Reply, id: &str) -> (u16, Vec<(String, String)>, String) {
    let tracking = reply.header("tracking-id").expect("every answer has one");
    let kept = reply.headers.iter().filter(|(name, _)| !["date", "tracking-id"].contains(&name.as_str()));
    let headers = kept.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    (reply.status, headers.collect(), reply.text.replace(tracking, "").replace(id, ""))
}
