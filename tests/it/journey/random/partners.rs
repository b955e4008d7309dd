//! What partners ask for: templates, customers, cases, attaches, branding, usage, keys and users.

use serde_json::{Value, json};

use super::NOT_SOLD;
use super::walk::{Side, Walk};
use crate::journey::bodies;
use crate::journey::cases::case;
use crate::journey::client::text;

/// Meters of the records; one of them is never defined.
pub(super) const METERS: [&str; 3] = ["calls.minutes", "meetings.participants", "fax.pages"];

impl Walk {
    pub(super) async fn template(&mut self, side: &Side) {
        let mut body = bodies::template();
        body["name"] = json!(format!("Template {}", self.given()));
        body["kind"] = json!(self.chance.one_of(["wholesale", "broadworks", "sub_realm"]));
        body["default"] = json!(self.chance.once_in(2));
        if self.chance.once_in(3) {
            body["pstnProvider"] = json!("Example Telecom");
        }
        self.give(&side.partner.admin, "CreateTemplate", body).await;
    }

    pub(super) async fn create_customer(&mut self, side: &Side) {
        // One in some external IDs is taken already.
        let number = if self.chance.once_in(8) { 0 } else { self.given() };
        let mut body = bodies::customer(&side.silent, &format!("customer-{number}"));
        let packages = self.chance.one_of([
            json!(["attendant_console", "webex_calling", "webex_meetings"]),
            json!(["webex_meetings"]),
            json!(["webex_meetings", NOT_SOLD]),
            json!([NOT_SOLD]),
        ]);
        body["packages"] = packages;
        body["provisioningParameters"]["packages"] = json!({});
        self.give(&side.partner.service, "CreateCustomerOrg", body).await;
    }

    pub(super) async fn create_case(&mut self, side: &Side) {
        let template = (!self.chance.once_in(3)).then_some(side.silent.as_str());
        self.give(&side.partner.service, "CreateCase", case(template)).await;
    }

    /// Links a case without an organization to a customer.
    pub(super) async fn link_case(&mut self, side: &Side) {
        let service = &side.partner.service;
        let open = self.any_row_that(service, "cases?limit=500", |row| row["status"] == "open").await;
        let (Some(open), Some(customer)) = (open, self.any_customer(side).await) else { return };
        let body = json!({ "caseId": open["id"], "organizationId": customer["organizationId"] });
        self.give(service, "LinkCaseToOrg", body).await;
    }

    /// Picks any customer that has an organization and needs nobody's answer any more.
    pub(super) async fn any_customer(&mut self, side: &Side) -> Option<Value> {
        self.any_row_that(&side.partner.service, "customers?limit=500", |row| {
            ["provisioned", "provisioned_with_errors"].iter().any(|status| row["status"] == *status)
        })
        .await
    }

    /// Takes up work that failed.
    pub(super) async fn retry(&mut self, side: &Side) {
        let failed = |row: &Value| row["status"] == "error";
        let Some(customer) = self.any_row_that(&side.partner.service, "customers?limit=500", failed).await
        else {
            return;
        };
        self.give(&side.partner.service, "RetryProvisioning", json!({ "customerId": customer["id"] })).await;
    }

    pub(super) async fn brand(&mut self, side: &Side) {
        let admin = &side.partner.admin;
        if self.chance.once_in(2) {
            let color = self.chance.one_of(["#1a6b3c", "#204080", "#803020"]);
            let branding = json!({ "brandName": "Example Voice", "primaryColor": color });
            let body = if self.chance.once_in(4) { json!({}) } else { json!({ "branding": branding }) };
            self.give(admin, "SetBranding", body).await;
        } else if let Some(customer) = self.any_customer(side).await {
            let body = json!({ "customerId": customer["id"], "override": self.chance.once_in(2) });
            self.give(admin, "SetBrandingOverride", body).await;
        }
    }

    /// Hands in a usage record: a new one, one that was handed in before, or another under its ID.
    pub(super) async fn use_something(&mut self, side: &Side) {
        let (client, record) = match self.chance.below(5) {
            0 => {
                let Some(used) = self.chance.pick(&self.used) else { return };
                used
            }
            1 => {
                let Some((client, mut record)) = self.chance.pick(&self.used) else { return };
                record["value"] = json!("1000");
                (client, record)
            }
            _ => {
                let Some(customer) = self.any_customer(side).await else { return };
                let record = json!({
                    "source": "switch-1", "id": format!("record-{}", self.given()), "meter": self.chance.one_of(METERS),
                    "organizationId": customer["organizationId"], "value": format!("{}.5", self.chance.below(100)),
                    "time": format!("2026-01-{:02}T{:02}:00:00Z", self.chance.below(31) + 1, self.chance.below(24)),
                });
                (side.partner.service.clone(), record)
            }
        };
        // It goes by the ID that its source gave it, whatever the key of the request.
        let key = format!("8:switch-1:{}", text(&record, "id"));
        if self.give_under(key, &client, "RecordUsage", record.clone()).await.is_some() {
            self.used.push((client, record));
        }
    }

    /// Corrects a record that was handed in; nobody corrects somebody else's.
    pub(super) async fn correct_usage(&mut self, side: &Side) {
        let Some((client, record)) = self.chance.pick(&self.used) else { return };
        let client = if self.chance.once_in(4) { side.partner.admin.clone() } else { client };
        let mut body = json!({ "value": "-0.5", "reason": "Counted twice" });
        for field in ["organizationId", "meter", "time"] {
            body[field] = record[field].clone();
        }
        self.give(&client, "CorrectUsage", body).await;
    }

    /// Issues a key, or revokes one that nobody uses.
    pub(super) async fn keys(&mut self, side: &Side) {
        if self.chance.once_in(3)
            && let Some((admin, key)) = self.chance.pick(&self.spare_keys)
        {
            self.give(&admin, "RevokeKey", json!({ "keyId": key })).await;
            return;
        }
        let role = self.chance.one_of(["service", "auditor", "partner_admin"]);
        let mut body = json!({ "role": role, "name": format!("Key {}", self.given()) });
        if self.chance.once_in(2) {
            body["email"] = json!("sam@resale.example");
        }
        let admin = &side.partner.admin;
        if let Some(issued) = self.give(admin, "IssueKey", body).await {
            self.spare_keys.push((admin.clone(), text(&issued, "id")));
        }
    }

    pub(super) async fn partner_users(&mut self, side: &Side) {
        let known = self.chance.pick(&self.users);
        match (self.chance.below(3), known) {
            (0, Some((admin, user))) => {
                let role = self.chance.one_of(["partner_admin", "partner_user"]);
                let body = json!({ "userId": user, "role": role });
                self.give(&admin, "ChangePartnerUserRole", body).await;
            }
            (1, Some((admin, user))) => {
                self.users.retain(|(_, known)| *known != user);
                self.give(&admin, "RemovePartnerUser", json!({ "userId": user })).await;
            }
            _ => {
                let email = format!("user-{}@resale.example", self.given());
                let body = json!({ "name": "Kim Seller", "email": email, "role": "partner_user" });
                let admin = &side.partner.admin;
                if let Some(added) = self.give(admin, "AddPartnerUser", body).await {
                    self.users.push((admin.clone(), text(&added, "userId")));
                }
            }
        }
    }
}
