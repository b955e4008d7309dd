//! What faulty requests about cases, people and attaches need: a case, an open invitation, an open request for consent.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::journey::attach::{attach, register};
use crate::journey::bodies;
use crate::journey::cases::{case, mails, token};
use crate::journey::cast::Partner;
use crate::journey::client::{Client, send, text};
use crate::journey::waiting::until;

/// What is under way between the partner, its people and organizations.
pub(super) struct Deals {
    /// A case without an organization.
    pub(super) case: String,
    /// A case with one.
    pub(super) ready: String,
    /// The organization of that case, which nobody administers yet.
    pub(super) invited_to: String,
    /// The invitation to it, which nobody has accepted.
    pub(super) invitation: String,
    /// The token of that invitation's mail.
    pub(super) invitation_token: String,
    /// An organization that the partner has nothing to do with.
    pub(super) lonely: String,
    /// An organization that is asked for its consent.
    pub(super) asked: String,
    /// The customer that it would be.
    pub(super) waiting: String,
    /// The work on that.
    pub(super) operation: String,
    /// The token of the mail that asks.
    pub(super) consent_token: String,
    /// An administrator of the organization that is asked.
    pub(super) administrator: Client,
    /// The provisioning ID of the template that lets administrators be asked.
    pub(super) asking: String,
}

impl Deals {
    pub(super) async fn set_up(operator: &Client, partner: &Partner, provisioning_id: &str) -> Self {
        let open = async |key: &str, box_checked: Option<&str>| {
            send(partner.service.keyed("CreateCase", key, &case(box_checked))).await.json()
        };
        let (case, ready) = (open("case", None).await, open("ready", Some(provisioning_id)).await);
        partner.service.ended(&text(&ready["operation"], "id")).await;
        let ready = partner.service.read(&format!("/api/v1/cases/{}", text(&ready, "id"))).await;
        let mut template = bodies::template();
        template["name"] = json!("Asking");
        template["allowAdminInviteOnAttach"] = json!(true);
        let asking = send(partner.service.keyed("CreateTemplate", "asking", &template)).await.expect(200);
        let asking = text(&asking, "provisioningId");
        let lonely = register(operator, "lonely", &json!({})).await;
        let asked = register(operator, "asked", &json!({ "userCount": 100 })).await;
        let body = attach(&asking, &asked, "asked");
        let waiting = send(partner.service.keyed("AttachExistingOrg", "asked", &body)).await.expect(202);
        let consent = until("the request", async || {
            let requested = partner.service.list("/api/v1/consents").await.pop()?;
            (requested["mails"] == 1).then_some(())?;
            mails(operator, "consent").await.pop()
        })
        .await;
        let issued = json!({ "role": "org_admin", "organizationId": asked, "name": "Its administrator" });
        let issued = send(operator.command("IssueKey", &issued)).await.expect(200);
        let invited_to = text(&ready, "organizationId");
        let welcome = mails(operator, "invitation").await;
        let welcome = welcome.iter().find(|mail| mail["tenantId"] == invited_to.as_str());
        Self {
            case: text(&case, "id"),
            ready: text(&ready, "id"),
            invitation: text(&ready, "invitationId"),
            invitation_token: token(welcome.expect("it was sent")),
            invited_to,
            lonely,
            waiting: text(&waiting, "id"),
            operation: text(&waiting["operation"], "id"),
            consent_token: token(&consent),
            administrator: operator.with_key(&text(&issued, "key")),
            asked,
            asking,
        }
    }
}

/// A command of somebody who has no key.
pub(super) fn without_key(client: &Client, name: &str, body: &Value) -> RequestBuilder {
    post_without_key(client, &format!("/api/v1/commands/{name}"), body)
}

/// A request of somebody who has no key.
pub(super) fn post_without_key(client: &Client, path: &str, body: &Value) -> RequestBuilder {
    let request = client.stranger(Method::POST, path);
    request.header("content-type", "application/json").body(body.to_string())
}

/// A token with one letter changed: in its signature at the end, or in what it names.
pub(super) fn altered(token: &str, at_the_end: bool) -> String {
    let place = if at_the_end { token.len() - 5 } else { 5 };
    let letter = if &token[place..=place] == "a" { "b" } else { "a" };
    format!("{}{letter}{}", &token[..place], &token[place + 1..])
}
