//! What is asked of cases, and what comes of them.

use serde_json::{Value, json};

use super::customers::ORGANIZATIONS_MAX;
use super::plain::{Customer, Organization};
use super::rules::{self, No};
use super::walk::Walk;
use crate::journey::cases::{acceptance, case, token};
use crate::journey::client::text;
use crate::journey::waiting::until;

/// One in so many invitations of cases is accepted: a password takes its time.
const ACCEPTED: usize = 2;

impl Walk {
    pub(super) async fn create_case(&mut self) {
        let with_box = self.organizations < ORGANIZATIONS_MAX && self.chance.once_in(2);
        let named = self.any_template();
        let mut body = case(with_box.then_some(named.0.as_str()));
        let (name, person) = (format!("Example Harbour {}", self.given), self.given);
        body["customer"]["companyName"] = json!(name);
        body["customer"]["contactEmail"] = json!(format!("kim-{person}@harbour.example"));
        if self.chance.once_in(8) {
            body["customer"]["companyName"] = json!(format!("A refused harbour {person}"));
        }
        let mut template = Ok((named.0, named.2));
        if let Err(no) = named.1 {
            template = Err(no);
        }
        if with_box && self.chance.once_in(3) {
            body.as_object_mut().expect("is an object").remove("provisioningId");
            template = self.default_template();
        }
        let mut foreseen = if with_box { template.as_ref().map(drop).map_err(|no| *no) } else { Ok(()) };
        if !with_box && self.chance.once_in(10) {
            body["provisioningId"] = json!(self.any_template().0);
            foreseen = Err((422, "template_without_organization"));
        }
        let Some(answer) = self.give("CreateCase", body.clone(), foreseen).await else { return };
        let (id, asked) = (text(&answer, "id"), &body["customer"]);
        let mut row = json!({
            "id": id, "partnerId": self.book.partner, "companyName": asked["companyName"],
            "country": asked["country"], "address": asked["address"], "phone": asked["phone"],
            "indicativeContact": { "name": asked["contactName"], "email": asked["contactEmail"] },
            "primaryContact": body["primaryContact"], "status": "open", "errors": [],
        });
        if !with_box {
            self.book.cases.insert(id, row);
            return;
        }
        self.organizations += 1;
        row["operationId"] = answer["operation"]["id"].clone();
        let state = if text(&row, "companyName").contains("refused") {
            row["status"] = json!("org_failed");
            row["errors"] = json!([rules::name_refused()]);
            self.book.cases.insert(id.clone(), row);
            (id.clone(), "failed")
        } else {
            (self.open_organization(&id, row, template.expect("it was accepted")).await, "succeeded")
        };
        self.begun(&answer, ("case", &id), &state.0, state.1).await;
    }

    /// What follows from a case with the box; returns the organization, whose ID is made up by the server.
    async fn open_organization(&mut self, id: &str, mut row: Value, template: (String, bool)) -> String {
        let shown = self.partner.service.read(&format!("/api/v1/cases/{id}")).await;
        for field in ["organizationId", "customerId", "invitationId"] {
            row[field] = json!(text(&shown, field));
        }
        row["status"] = json!("org_ready");
        let (customer_id, organization) = (text(&row, "customerId"), text(&row, "organizationId"));
        let name = text(&row, "companyName");
        self.book.organizations.insert(organization.clone(), Organization::made(&name, &customer_id));
        let customer = Customer {
            id: customer_id.clone(),
            origin: "case",
            external_id: None,
            name,
            label: None,
            organization: organization.clone(),
            status: "provisioning",
            packages: Vec::new(),
            limits: std::collections::BTreeMap::new(),
            address: row["address"].clone(),
            email: None,
            case: Some(id.to_owned()),
            overridden: false,
            assessment: None,
            errors: Vec::new(),
            template: template.0,
            may_ask: template.1,
            there: false,
            refused: false,
            places: std::collections::BTreeMap::new(),
            numbers: std::collections::BTreeMap::new(),
            operation: None,
            steps: Vec::new(),
            left: None,
        };
        self.book.customers.insert(customer_id, customer);
        self.book.cases.insert(id.to_owned(), row);
        organization
    }

    fn default_template(&self) -> Result<(String, bool), No> {
        let default = self.book.templates.iter().find(|(_, row)| row["default"] == true);
        let (id, row) = default.ok_or((422, "template_missing"))?;
        Ok((id.clone(), row["allowAdminInviteOnAttach"] == true))
    }

    /// Takes up some of the invitations that cases lead to, by the tokens of their mails.
    pub(super) async fn accept_invitation(&mut self, organization: &str) {
        if !self.chance.once_in(ACCEPTED) {
            return;
        }
        let operator = self.operator.clone();
        let token = until("the mail with the invitation", async || {
            let mails = operator.list("/api/v1/outbox?limit=100").await;
            let invites = |mail: &&Value| mail["kind"] == "invitation" && mail["tenantId"] == organization;
            mails.iter().find(invites).map(token)
        })
        .await;
        let client = self.partner.admin.clone();
        self.give_as(&client, "AcceptInvitation", acceptance(&token), Ok(())).await;
        let made = self.book.organizations.get_mut(organization).expect("it is there");
        (made.active, made.users, made.administered) = (true, 1, true);
        let mut customers = self.book.customers.values_mut();
        let Some(customer) = customers.find(|it| it.organization == organization) else { return };
        (customer.status, customer.there) = ("provisioned", true);
        let (reader, path) = (self.partner.service.clone(), format!("/api/v1/customers/{}", customer.id));
        until("the active customer", async || {
            (reader.read(&path).await["status"] == "provisioned").then_some(())
        })
        .await;
    }

    /// Links a case to the organization of a customer.
    pub(super) async fn link_case(&mut self) {
        let cases: Vec<String> = self.book.cases.keys().filter(|id| !self.is_busy(id)).cloned().collect();
        let (Some(case), Some(customer)) = (self.chance.pick(&cases), self.any_customer(|it| it.there))
        else {
            return;
        };
        let organization = self.customer(&customer).organization.clone();
        let row = &self.book.cases[&case];
        let same = row["organizationId"] == *organization;
        let foreseen = match row.get("organizationId") {
            Some(_) if !same => Err((409, "case_has_organization")),
            _ => Ok(()),
        };
        let body = json!({ "caseId": case, "organizationId": organization });
        if self.give("LinkCaseToOrg", body, foreseen).await.is_some() && !same {
            let row = self.book.cases.get_mut(&case).expect("it is known");
            row["status"] = json!("org_ready");
            (row["organizationId"], row["customerId"]) = (json!(organization), json!(customer));
        }
    }
}
