//! What is asked of organizations that are there, and how their administrators and operators answer.

use serde_json::{Value, json};

use super::customers::{self, ORGANIZATIONS_MAX};
use super::places;
use super::plain::{Customer, GRANTS, Organization, PACKAGES, Package};
use super::rules::{self, No};
use super::walk::Walk;
use crate::journey::attach::attach;
use crate::journey::bodies;
use crate::journey::client::{Client, text};
use crate::journey::load::consent_token;
use crate::journey::waiting::until;

/// How an organization can be attached.
pub(super) struct Assessed {
    /// `managed`, `automatic` or `consent`.
    way: &'static str,
    criteria: Vec<&'static str>,
    grant: usize,
}

impl Assessed {
    fn row(&self) -> Value {
        json!({ "way": self.way, "criteria": self.criteria, "grant": GRANTS[self.grant] })
    }
}

impl Walk {
    /// Asks for an organization: mostly one that was just entered, else one that is known.
    pub(super) async fn attach(&mut self) {
        let idle = |id: &&String| !self.is_busy(id);
        let known: Vec<String> = self.book.organizations.keys().filter(idle).cloned().collect();
        let enter = self.organizations < ORGANIZATIONS_MAX && !self.chance.once_in(4);
        let known = if enter { None } else { self.chance.pick(&known) };
        let organization = match known {
            Some(known) => known,
            None if self.organizations < ORGANIZATIONS_MAX => self.register().await,
            None => return,
        };
        let ((template, usable, may_ask), external_id) = (self.any_template(), self.external_id());
        let order = self.order();
        let mut body = attach(&template, &organization, &external_id);
        let has_place = !self.chance.once_in(6);
        body["provisioningParameters"] = json!({});
        if has_place {
            let place = &bodies::customer("", "")["provisioningParameters"]["calling"];
            body["provisioningParameters"]["calling"] = place.clone();
        }
        Self::put_order(&mut body, &order);
        let fits = usable.and_then(|()| rules::check(&order.packages, &order.limits, has_place));
        let assessed = self.assess(&organization, may_ask);
        let customers = self.book.customers.values();
        let holder = customers.map(|it| &it.organization).any(|it| *it == organization);
        let free = match (self.is_taken(&external_id, None), holder) {
            (true, _) => Err((409, "external_id_taken")),
            (false, true) => Err((409, "already_customer")),
            (false, false) => Ok(()),
        };
        let foreseen = fits.and(assessed.as_ref().map(drop).map_err(|no| *no)).and(free);
        let Some(answer) = self.give("AttachExistingOrg", body.clone(), foreseen).await else { return };
        let assessed = assessed.expect("it was accepted").row();
        assert_eq!(answer["assessment"], assessed, "{answer}");
        let id = text(&answer, "id");
        let mut customer = Customer {
            id: id.clone(),
            origin: "attached",
            external_id: Some(external_id),
            name: self.book.organizations[&organization].name.clone(),
            label: Some(text(&body, "label")),
            organization: organization.clone(),
            status: "provisioning",
            packages: rules::in_order(&order.packages).into_iter().map(Package::new).collect(),
            limits: order.limits,
            address: body["address"].clone(),
            email: None,
            case: None,
            overridden: false,
            assessment: Some(assessed),
            errors: Vec::new(),
            template,
            may_ask,
            there: false,
            refused: false,
            places: places::first(&id, has_place),
            numbers: std::collections::BTreeMap::new(),
            operation: Some(text(&answer["operation"], "id")),
            steps: Vec::new(),
            left: None,
        };
        let state = self.reserve(&mut customer);
        self.book.customers.insert(id.clone(), customer);
        self.begun(&answer, ("customer", &id), &organization, state).await;
    }

    /// What follows from an attach that is accepted, or from the next try of it.
    pub(super) fn reserve(&mut self, customer: &mut Customer) -> &'static str {
        let assessed = self.assess(&customer.organization, customer.may_ask).expect("it was accepted");
        customer.errors.clear();
        customer.assessment = Some(assessed.row());
        if assessed.way != "consent" {
            return self.attached(customer, assessed.grant, true);
        }
        customer.status = "awaiting_consent";
        customers::begin_steps(customer, "attach_organization");
        let operation = customer.operation.clone().expect("there is work");
        let request = json!({
            "id": operation, "organizationId": customer.organization, "partnerId": self.book.partner,
            "customerId": customer.id, "status": "requested", "criteria": assessed.criteria, "side": "partner",
            "administrators": 1, "mailings": 1,
        });
        self.book.consents.insert(operation, request);
        "waiting"
    }

    /// What follows once an organization is the customer's; access that an administrator gave stays with the partner.
    fn attached(&mut self, customer: &mut Customer, grant: usize, goes_with_it: bool) -> &'static str {
        let organization = self.book.organizations.get_mut(&customer.organization).expect("it is there");
        organization.declined = false;
        organization.restricted = false;
        let relation = organization.relation();
        relation.customer = Some(customer.id.clone());
        // D18
        if grant > relation.grant {
            relation.grant = grant;
            relation.grant_of = goes_with_it.then(|| customer.id.clone());
        }
        customers::there(customer, organization, "attach_organization")
    }

    /// Enters an organization in the directory: each row of the table of assessments, with the edges of its criteria.
    async fn register(&mut self) -> String {
        let number = self.given;
        let domain = format!("works-{number}-{}.example", self.book.name.to_lowercase().replace(' ', "-"));
        let mut body = json!({
            "name": format!("Works {number}"), "country": "SE", "userCount": 5, "restrictedMode": self.chance.once_in(2),
            "adminEmails": [format!("admin@{domain}")],
        });
        let mut organization = Organization::entered(text(&body, "name"));
        match self.chance.below(16) {
            0 => organization.trial = true,
            1 => {
                (organization.users, organization.administered) = (100, false);
                body["adminEmails"] = json!([]);
            }
            2..5 => organization.manager = Some(self.rival.0.clone()),
            5 => organization.users = 99,
            6..9 => organization.users = 100,
            9..11 => organization.domain = Some(domain),
            _ => {}
        }
        let state = self.chance.one_of(["active", "suspended", "cancelled", "none"]);
        if state != "none" {
            organization.licenses.insert(("webex_meetings", None), (state, None));
            body["licenses"] = json!([{ "package": "webex_meetings", "state": state }]);
        }
        organization.restricted = body["restrictedMode"] == true;
        body["trial"] = json!(organization.trial);
        body["userCount"] = json!(organization.users);
        body["managedBy"] = json!(organization.manager.iter().collect::<Vec<_>>());
        body["verifiedDomains"] = json!(organization.domain.iter().collect::<Vec<_>>());
        let operator = self.operator.clone();
        let entered = self.give_as(&operator, "RegisterOrganization", body, Ok(())).await;
        let id = text(&entered.expect("an operator may enter it"), "id");
        self.organizations += 1;
        self.book.organizations.insert(id.clone(), organization);
        id
    }

    /// The table of assessments; the first row that fits decides.
    pub(super) fn assess(&self, id: &str, may_ask: bool) -> Result<Assessed, No> {
        let organization = &self.book.organizations[id];
        let (customer, held) = match &organization.relation {
            Some(relation) => (relation.customer.as_ref(), relation.grant),
            None => (None, 0),
        };
        if !organization.active {
            return Err((422, "organization_not_active"));
        }
        if organization.trial {
            return Err((422, "trial_organization"));
        }
        if customer.is_some() {
            return Err((409, "already_customer"));
        }
        let criteria: Vec<&'static str> = [
            ("managed_by_another_partner", organization.manager.is_some()),
            ("many_users", organization.users >= 100),
            ("verified_domain", organization.domain.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, holds)| holds.then_some(name))
        .collect();
        let grant = organization.brings().max(held);
        let way = match (held, criteria.is_empty()) {
            (2, _) => "managed",
            (_, true) => "automatic",
            (_, false) if !organization.administered => return Err((422, "no_administrator")),
            (_, false) if !may_ask => return Err((422, "consent_not_allowed")),
            (_, false) => "consent",
        };
        let waits = |it: &Customer| it.organization == id && it.status == "awaiting_consent";
        if self.book.customers.values().any(waits) {
            return Err((409, "attach_under_way"));
        }
        if way == "consent" && organization.declined {
            return Err((409, "consent_declined_recently"));
        }
        Ok(Assessed { way, criteria, grant })
    }

    /// Answers for an administrator or an operator on whom a customer waits.
    pub(super) async fn answer(&mut self) {
        let Some(id) = self.any_customer(Customer::waits) else { return };
        if self.customer(&id).status == "screening" {
            self.answer_screening(&id).await;
        } else {
            self.answer_consent(&id).await;
        }
    }

    async fn answer_screening(&mut self, id: &str) {
        let (operator, refuse) = (self.operator.clone(), self.chance.once_in(3));
        let mut body = json!({ "customerId": id });
        if refuse {
            let reason = "on a list of the authorities";
            body["reason"] = json!(reason);
            self.give_as(&operator, "RefuseScreening", body, Ok(())).await;
            let customer = self.customer(id);
            customer.refused = true;
            customers::fail(customer, "create_organization", rules::own(reason));
            self.waited(id, "failed").await;
            return;
        }
        self.give_as(&operator, "ClearScreening", body, Ok(())).await;
        let mut customer = self.book.customers.remove(id).expect("the customer is in the book");
        let state = self.made(&mut customer);
        self.book.customers.insert(id.to_owned(), customer);
        self.waited(id, state).await;
    }

    async fn answer_consent(&mut self, id: &str) {
        let organization = self.customer(id).organization.clone();
        let body = json!({ "customerId": id });
        match self.chance.below(12) {
            0..2 => {
                if self.give("WithdrawAttach", body, Ok(())).await.is_some() {
                    let customer = self.book.customers.remove(id).expect("the customer is in the book");
                    let operation = self.end_consent(&customer, "withdrawn", "cancelled");
                    self.gone.push(id.to_owned());
                    self.go_on(&operation, id, &organization, "cancelled").await;
                }
            }
            2..4 => {
                let administrator = self.administrator(&organization).await;
                self.give_as(&administrator, "DeclineConsent", body, Ok(())).await;
                let mut customer = self.book.customers.remove(id).expect("the customer is in the book");
                self.end_consent(&customer, "declined", "failed");
                self.book.organizations.get_mut(&organization).expect("it is there").declined = true;
                customers::fail(&mut customer, "attach_organization", rules::declined());
                self.book.customers.insert(id.to_owned(), customer);
                self.waited(id, "failed").await;
            }
            4..6 => {
                let administrator = self.administrator(&organization).await;
                let partner = json!({ "partnerId": self.book.partner });
                self.give_as(&administrator, "AddExternalAdmin", partner, Ok(())).await;
                self.consented(id, "superseded", 2).await;
            }
            6 => {
                let token = self.consent_token(&organization).await;
                let client = self.partner.admin.clone();
                self.give_as(&client, "GrantConsent", json!({ "token": token }), Ok(())).await;
                self.consented(id, "granted", 0).await;
            }
            _ => {
                let administrator = self.administrator(&organization).await;
                self.give_as(&administrator, "GrantConsent", body, Ok(())).await;
                self.consented(id, "granted", 0).await;
            }
        }
    }

    /// What follows from consent; `given` is what an administrator gave beyond it.
    async fn consented(&mut self, id: &str, how: &'static str, given: usize) {
        let mut customer = self.book.customers.remove(id).expect("the customer is in the book");
        self.end_consent(&customer, how, "running");
        let brought = self.book.organizations[&customer.organization].brings();
        let state = self.attached(&mut customer, brought.max(given), given == 0);
        self.book.customers.insert(id.to_owned(), customer);
        self.waited(id, state).await;
    }

    /// Ends the request that a customer waited for, and its work; returns the work.
    pub(super) fn end_consent(
        &mut self,
        customer: &Customer,
        how: &'static str,
        state: &'static str,
    ) -> String {
        let operation = customer.operation.clone().expect("there is work");
        self.book.consents.get_mut(&operation).expect("it was asked for")["status"] = json!(how);
        self.book.operations.get_mut(&operation).expect("it is known").state = state;
        operation
    }

    /// Notes that work goes on which has waited.
    async fn waited(&mut self, id: &str, state: &'static str) {
        let customer = self.customer(id);
        let operation = customer.operation.clone().expect("there is work");
        let organization = customer.organization.clone();
        self.go_on(&operation, id, &organization, state).await;
    }

    /// Gives or takes the partner's access to an organization.
    pub(super) async fn change_access(&mut self) {
        let waits = |id: &String| self.book.customers.values().any(|it| it.organization == *id && it.waits());
        let idle = |id: &&String| !self.is_busy(id) && !waits(id);
        let idle: Vec<String> = self.book.organizations.keys().filter(idle).cloned().collect();
        let Some(id) = self.chance.pick(&idle) else { return };
        let administrator = self.administrator(&id).await;
        let body = json!({ "partnerId": self.book.partner });
        let command = self.chance.one_of(["AddExternalAdmin", "RevokeGrant"]);
        self.give_as(&administrator, command, body, Ok(())).await;
        let organization = self.book.organizations.get_mut(&id).expect("it is there");
        let held = organization.relation.as_ref().map_or(0, |relation| relation.grant);
        match (command, held) {
            ("AddExternalAdmin", 0 | 1) => {
                let relation = organization.relation();
                (relation.grant, relation.grant_of) = (2, None);
            }
            ("RevokeGrant", 1 | 2) => organization.relation().grant = 0,
            _ => {}
        }
    }

    pub(super) async fn set_license(&mut self) {
        let idle = |id: &&String| !self.is_busy(id);
        let idle: Vec<String> = self.book.organizations.keys().filter(idle).cloned().collect();
        let Some(id) = self.chance.pick(&idle) else { return };
        let (package, state) =
            (self.chance.one_of(PACKAGES), self.chance.one_of(["active", "suspended", "cancelled"]));
        let body = json!({ "organizationId": id, "package": package, "state": state });
        let operator = self.operator.clone();
        self.give_as(&operator, "SetLicense", body, Ok(())).await;
        let organization = self.book.organizations.get_mut(&id).expect("it is there");
        organization.licenses.insert((package, None), (state, None));
    }

    /// Returns an administrator of an organization, under a key of its own.
    async fn administrator(&mut self, organization: &str) -> Client {
        if let Some(known) = self.administrators.get(organization) {
            return known.clone();
        }
        let body = json!({ "role": "org_admin", "organizationId": organization, "name": "Administrator" });
        let operator = self.operator.clone();
        let issued = self.give_as(&operator, "IssueKey", body, Ok(())).await.expect("it is accepted");
        let administrator = operator.with_key(&text(&issued, "key"));
        self.administrators.insert(organization.to_owned(), administrator.clone());
        administrator
    }

    /// Waits for the mail that asks for consent, and takes the token out of its link.
    async fn consent_token(&self, organization: &str) -> String {
        let operator = self.operator.clone();
        until("the mail that asks for consent", async || {
            let mails = operator.list("/api/v1/outbox?limit=500").await;
            consent_token(&mails, organization)
        })
        .await
    }
}

impl Organization {
    /// One that the platform makes for a customer.
    pub(super) fn made(name: &str, customer: &str) -> Self {
        let mut made = Self::entered(name.to_owned());
        (made.country, made.active, made.users, made.made) = ("DE", false, 0, true);
        made.administered = false;
        made.relation().customer = Some(customer.to_owned());
        made
    }

    /// One that an operator enters.
    fn entered(name: String) -> Self {
        Self {
            name,
            country: "SE",
            active: true,
            trial: false,
            users: 5,
            domain: None,
            administered: true,
            licenses: std::collections::BTreeMap::new(),
            manager: None,
            relation: None,
            restricted: false,
            made: false,
            declined: false,
        }
    }

    /// The access that an attach brings (R79, R80).
    fn brings(&self) -> usize {
        if self.licenses.values().any(|(state, _)| *state == "active") { 1 } else { 2 }
    }
}
