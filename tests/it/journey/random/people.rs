//! What people answer: administrators of organizations, and whoever holds a token from a mail.

use serde_json::{Value, json};

use super::walk::{Side, Walk};
use crate::journey::cases::{acceptance, token};
use crate::journey::client::text;

impl Walk {
    /// Answers a request for consent, ends it otherwise, or has it mailed again.
    pub(super) async fn answer_consent(&mut self, side: &Side) {
        let service = side.partner.service.clone();
        let Some(consent) = self.any_row(&service, "consents?status=requested&limit=500").await else {
            return;
        };
        let customer = json!({ "customerId": consent["customerId"] });
        let organization = text(&consent, "organizationId");
        match self.chance.below(8) {
            0..3 => {
                let Some(token) = self.token_in_a_mail("consent", &organization).await else { return };
                let command = if self.chance.once_in(3) { "DeclineConsent" } else { "GrantConsent" };
                self.give(&side.partner.admin, command, json!({ "token": token })).await;
            }
            3 => {
                let administrator = self.administrator(&organization).await;
                self.give(&administrator, "GrantConsent", customer).await;
            }
            4 => {
                let administrator = self.administrator(&organization).await;
                self.give(&administrator, "DeclineConsent", customer).await;
            }
            5 => {
                let administrator = self.administrator(&organization).await;
                let partner = json!({ "partnerId": side.partner.id });
                self.give(&administrator, "AddExternalAdmin", partner).await;
            }
            6 => {
                self.give(&service, "WithdrawAttach", customer).await;
            }
            _ => {
                self.give(&service, "ResendConsent", customer).await;
            }
        }
    }

    /// Changes a partner's access to an organization that it has attached, or asks for more of it.
    pub(super) async fn change_access(&mut self, side: &Side) {
        let attached = |row: &Value| row["origin"] == "attached" && row["status"] == "provisioned";
        let service = side.partner.service.clone();
        let Some(customer) = self.any_row_that(&service, "customers?limit=500", attached).await else {
            return;
        };
        let command = self.chance.one_of(["AddExternalAdmin", "RevokeGrant", "RequestFullAccess"]);
        if command == "RequestFullAccess" {
            self.give(&service, command, json!({ "customerId": customer["id"] })).await;
            return;
        }
        let administrator = self.administrator(&text(&customer, "organizationId")).await;
        self.give(&administrator, command, json!({ "partnerId": side.partner.id })).await;
    }

    /// Resends, redirects, revokes or accepts an invitation.
    pub(super) async fn invitation(&mut self, side: &Side) {
        let service = side.partner.service.clone();
        let open = |row: &Value| row["status"] == "sent" || row["status"] == "expired";
        let Some(row) = self.any_row_that(&service, "invitations?limit=500", open).await else { return };
        let mut body = json!({ "invitationId": row["id"] });
        match self.chance.below(6) {
            0 => {
                self.give(&service, "RevokeInvitation", body).await;
            }
            1 if row.get("caseId").is_some() => {
                body["userId"] = json!(side.user);
                self.give(&side.partner.admin, "RedirectInvitation", body).await;
            }
            2..4 if row["status"] == "sent" => {
                let organization = text(&row, "organizationId");
                let Some(token) = self.token_in_a_mail("invitation", &organization).await else { return };
                self.give(&side.partner.admin, "AcceptInvitation", acceptance(&token)).await;
            }
            _ => {
                self.give(&service, "ResendInvitation", body).await;
            }
        }
    }

    /// Returns the token of the newest mail of a kind to an organization.
    async fn token_in_a_mail(&mut self, kind: &str, organization: &str) -> Option<String> {
        let mails = self.operator.list("/api/v1/outbox?limit=500").await;
        let found = mails.iter().find(|mail| mail["kind"] == kind && mail["tenantId"] == organization);
        found.map(token)
    }
}
