//! Who takes part: a partner with its keys and a template, all made by commands.

use serde_json::{Value, json};

use super::bodies;
use super::client::{Client, send, text};
use super::program::Program;
use super::waiting::until;

/// A partner, and clients with its keys.
pub(crate) struct Partner {
    /// Its ID.
    pub(crate) id: String,
    /// A machine of the partner.
    pub(crate) service: Client,
    /// Its administrator.
    pub(crate) admin: Client,
    /// Somebody who reads its history.
    pub(crate) auditor: Client,
}

impl Partner {
    /// Registers a partner and issues its keys.
    pub(crate) async fn register(operator: &Client, name: &str) -> Self {
        let registered = send(operator.command("RegisterPartner", &bodies::partner(name))).await.expect(200);
        let id = text(&registered, "id");
        let issue = async |role: &str| {
            let body = json!({ "role": role, "partnerId": id, "name": format!("{role} of {name}") });
            let issued = send(operator.command("IssueKey", &body)).await.expect(200);
            operator.with_key(&text(&issued, "key"))
        };
        let (service, admin, auditor) =
            (issue("service").await, issue("partner_admin").await, issue("auditor").await);
        Self { id, service, admin, auditor }
    }

    /// Turns to a server that answers elsewhere.
    pub(crate) fn at(&self, program: &Program) -> Self {
        Self {
            id: self.id.clone(),
            service: self.service.at(&program.url),
            admin: self.admin.at(&program.url),
            auditor: self.auditor.at(&program.url),
        }
    }

    /// Creates a template; returns its provisioning ID.
    pub(crate) async fn template(&self) -> String {
        let created = send(self.service.keyed("CreateTemplate", "template", &bodies::template())).await;
        text(&created.expect(200), "provisioningId")
    }

    /// Creates a template that lets administrators be asked for consent; returns its provisioning ID.
    pub(crate) async fn template_that_asks(&self) -> String {
        let mut body = bodies::template();
        body["name"] = json!("Asking");
        body["allowAdminInviteOnAttach"] = json!(true);
        let created = send(self.service.keyed("CreateTemplate", "asking", &body)).await;
        text(&created.expect(200), "provisioningId")
    }

    /// Asks for a customer, under its external ID as the key; returns the answer.
    pub(crate) async fn customer(&self, provisioning_id: &str, external_id: &str) -> Value {
        self.ask(&bodies::customer(provisioning_id, external_id)).await
    }

    /// Asks for a customer and waits until it is provisioned; returns the answer to the command.
    pub(crate) async fn provisioned(&self, provisioning_id: &str, external_id: &str) -> Value {
        self.provisioned_with(&bodies::customer(provisioning_id, external_id)).await
    }

    /// Asks for a customer of one's own making and waits until it is provisioned.
    pub(crate) async fn provisioned_with(&self, body: &Value) -> Value {
        let asked = self.ask(body).await;
        let operation = self.service.ended(&text(&asked["operation"], "id")).await;
        assert_eq!(operation["state"], "succeeded", "{operation}");
        self.invited(&text(&asked, "id")).await;
        asked
    }

    /// Waits until the administrator of a new customer is invited: the last that happens by itself.
    async fn invited(&self, customer: &str) {
        until("the invitation", async || {
            let invitations = self.service.list("/api/v1/invitations?limit=500").await;
            let of_customer = invitations.iter().find(|invitation| invitation["customerId"] == customer)?;
            (of_customer["status"] == "sent").then_some(())
        })
        .await;
    }

    async fn ask(&self, body: &Value) -> Value {
        let key = text(body, "externalId");
        send(self.service.keyed("CreateCustomerOrg", &key, body)).await.expect(202)
    }
}
