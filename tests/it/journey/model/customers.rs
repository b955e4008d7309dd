//! What is asked of customers: new ones, changes, retries, removals.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::places;
use super::plain::{ADD_ON, BASES, Customer, Organization, PACKAGES, Package};
use super::rules::{self, Change, No};
use super::walk::Walk;
use crate::journey::bodies;
use crate::journey::client::text;

/// Organizations that each partner asks for, registered ones among them.
pub(super) const ORGANIZATIONS_MAX: usize = 26;

/// A name that is on the screening list.
pub(super) const DENIED_NAME: &str = "Denied Works";

/// What is asked for with a new customer.
pub(super) struct Order {
    pub(super) packages: Vec<&'static str>,
    pub(super) limits: BTreeMap<&'static str, u32>,
}

impl Walk {
    /// Picks some packages that mostly go together, and limits that are mostly given.
    pub(super) fn order(&mut self) -> Order {
        let mut packages: Vec<&'static str> = Vec::new();
        for name in PACKAGES {
            if self.chance.once_in(2) {
                packages.insert(self.chance.below(packages.len() + 1), name);
            }
        }
        if packages.is_empty() || packages == [ADD_ON] && !self.chance.once_in(6) {
            packages = vec!["webex_meetings"];
        }
        let mut limits = BTreeMap::new();
        for name in &packages {
            match self.chance.below(8) {
                0 => _ = limits.insert(*name, rules::UNITS_MAX + 1),
                1..4 => _ = limits.insert(*name, 25),
                _ => {}
            }
        }
        Order { packages, limits }
    }

    /// The parameters of an order in a body.
    pub(super) fn put_order(body: &mut Value, order: &Order) {
        body["packages"] = json!(order.packages);
        body["provisioningParameters"]["packages"]["limits"] = json!(order.limits);
    }

    /// Picks a template, and tells whether customers can be created with it.
    pub(super) fn any_template(&mut self) -> (String, Result<(), No>, bool) {
        let known: Vec<String> = self.book.templates.keys().cloned().collect();
        let id = self.chance.pick(&known).expect("there are two from the start");
        let row = &self.book.templates[&id];
        let retired = if row["retired"] == true { Err((422, "template_retired")) } else { Ok(()) };
        let may_ask = row["allowAdminInviteOnAttach"] == true;
        (id, retired, may_ask)
    }

    pub(super) async fn create_customer(&mut self) {
        if self.organizations >= ORGANIZATIONS_MAX {
            return self.update_packages().await;
        }
        let (template, usable, may_ask) = self.any_template();
        let (order, external_id) = (self.order(), self.external_id());
        let mut body = bodies::customer(&template, &external_id);
        Self::put_order(&mut body, &order);
        let name = match self.chance.below(14) {
            0 => format!("A refused name {}", self.given),
            1 | 2 => DENIED_NAME.to_owned(),
            _ => format!("Example Retail {}", self.given),
        };
        body["customerInfo"]["name"] = json!(name);
        let fits = usable.and_then(|()| rules::check(&order.packages, &order.limits, true));
        let free = if self.is_taken(&external_id, None) { Err((409, "external_id_taken")) } else { Ok(()) };
        let Some(answer) = self.give("CreateCustomerOrg", body.clone(), fits.and(free)).await else { return };
        self.organizations += 1;
        let id = text(&answer, "id");
        let organization = self.organization_of(&answer).await;
        let mut customer = Customer {
            id: id.clone(),
            origin: "created",
            external_id: Some(external_id),
            name,
            label: None,
            organization: organization.clone(),
            status: "provisioning",
            packages: rules::in_order(&order.packages).into_iter().map(Package::new).collect(),
            limits: order.limits,
            address: body["address"].clone(),
            email: Some(text(&body["customerInfo"], "primaryEmail")),
            case: None,
            overridden: false,
            assessment: None,
            errors: Vec::new(),
            template,
            may_ask,
            there: false,
            refused: false,
            places: places::first(&id, true),
            numbers: BTreeMap::new(),
            operation: Some(text(&answer["operation"], "id")),
            steps: Vec::new(),
            left: None,
        };
        let state = self.make(&mut customer);
        self.book.customers.insert(id.clone(), customer);
        self.begun(&answer, ("customer", &id), &organization, state).await;
    }

    /// Returns the organization of a customer that was just asked for: its ID is made up by the server.
    async fn organization_of(&self, answer: &Value) -> String {
        let path = format!("/api/v1/customers/{}", text(answer, "id"));
        text(&self.partner.service.read(&path).await, "organizationId")
    }

    /// What follows from the request for a new organization, or from the next try of it.
    pub(super) fn make(&mut self, customer: &mut Customer) -> &'static str {
        customer.errors.clear();
        if customer.name == DENIED_NAME {
            customer.status = "screening";
            begin_steps(customer, "create_organization");
            return "waiting";
        }
        if customer.name.contains("refused") {
            fail(customer, "create_organization", rules::name_refused());
            return "failed";
        }
        self.made(customer)
    }

    /// What follows once nothing stands against a new organization.
    pub(super) fn made(&mut self, customer: &mut Customer) -> &'static str {
        let mut organization = Organization::made(&customer.name, &customer.id);
        let state = there(customer, &mut organization, "create_organization");
        self.book.organizations.insert(customer.organization.clone(), organization);
        state
    }

    /// Changes packages, as a complete list, and limits.
    pub(super) async fn update_packages(&mut self) {
        let any = self.chance.once_in(8);
        let Some(id) = self.any_customer(|it| any || it.is_ready()) else { return };
        let order = self.order();
        let (with_packages, with_place) = (!self.chance.once_in(3), !self.chance.once_in(3));
        let mut limits = order.limits;
        let customer = self.customer(&id);
        let packages: Vec<&'static str> = if with_packages {
            order.packages
        } else {
            customer.packages.iter().filter(|it| it.wanted).map(|it| it.name).collect()
        };
        if !with_packages && limits.keys().any(|name| !packages.contains(name)) && !any {
            limits.retain(|name, _| packages.contains(name));
        }
        let mut body = json!({ "customerId": id });
        if with_packages {
            body["packages"] = json!(packages);
        }
        if !with_packages || !limits.is_empty() {
            body["limits"] = json!(limits);
        }
        if with_place {
            body["calling"] = bodies::customer("", "")["provisioningParameters"]["calling"].clone();
        }
        let mut all = customer.limits.clone();
        all.retain(|name, _| packages.contains(name));
        all.extend(limits);
        let has_place = customer.has_place() || with_place;
        let in_use = packages.contains(&ADD_ON)
            && !packages.iter().any(|name| BASES.contains(name))
            && customer.packages.iter().any(|it| it.name == ADD_ON)
            && customer.packages.iter().any(|it| BASES.contains(&it.name));
        let foreseen = may_change(customer)
            .and(if in_use { Err((409, "package_in_use")) } else { Ok(()) })
            .and(if packages.is_empty() { Err((422, "packages_missing")) } else { Ok(()) })
            .and(rules::check(&packages, &all, has_place));
        let Some(answer) = self.give("UpdateCustomerOrg", body, foreseen).await else { return };
        let customer = self.customer(&id);
        customer.limits = all;
        if with_place {
            customer.move_head_office();
        }
        let change = Change::to(customer, &packages);
        self.change(&id, &answer, change).await;
    }

    /// Carries out a change whose answer has come.
    async fn change(&mut self, id: &str, answer: &Value, change: Change) {
        let (customer, organization) = self.with_organization(id);
        customer.operation = Some(text(&answer["operation"], "id"));
        let state = change.carry_out(customer, organization);
        let organization = customer.organization.clone();
        self.begun(answer, ("customer", id), &organization, state).await;
    }

    pub(super) fn with_organization(&mut self, id: &str) -> (&mut Customer, &mut Organization) {
        let customer = self.book.customers.get_mut(id).expect("the customer is in the book");
        let organization = self.book.organizations.get_mut(&customer.organization);
        (customer, organization.expect("its organization is in the book"))
    }

    /// Changes the label, the external ID or the address.
    pub(super) async fn update_names(&mut self) {
        if let (true, Some(gone)) = (self.chance.once_in(20), self.any_gone()) {
            let body = json!({ "customerId": gone, "label": "Too late" });
            self.give("UpdateCustomerOrg", body, Err((404, "customer_not_found"))).await;
            return;
        }
        let any = self.chance.once_in(10);
        let Some(id) = self.any_customer(|it| any || it.is_ready()) else { return };
        let mut body = json!({ "customerId": id, "label": format!("Label {}", self.given) });
        let external_id = self.chance.once_in(3).then(|| self.external_id());
        if let Some(external_id) = &external_id {
            body["externalId"] = json!(external_id);
        }
        if self.chance.once_in(3) {
            let street = format!("{} Other Street", self.given);
            body["address"] = json!({ "addressLine1": street, "city": "Lund", "country": "SE" });
        }
        let taken = external_id.as_deref().is_some_and(|wanted| self.is_taken(wanted, Some(&id)));
        let free = if taken { Err((409, "external_id_taken")) } else { Ok(()) };
        let foreseen = may_change(self.customer(&id)).and(free);
        let Some(answer) = self.give("UpdateCustomerOrg", body.clone(), foreseen).await else { return };
        let customer = self.customer(&id);
        customer.label = Some(text(&body, "label"));
        customer.external_id = external_id.or(customer.external_id.take());
        if body.get("address").is_some() {
            customer.address = body["address"].clone();
        }
        let packages = customer.packages.iter().filter(|it| it.wanted).map(|it| it.name).collect();
        self.change(&id, &answer, Change { packages, provision: vec![], remove: vec![] }).await;
    }

    /// Takes up work that failed, or leaves a step of it out.
    pub(super) async fn retry(&mut self) {
        let any = self.chance.once_in(8);
        let failed = |it: &Customer| any || it.status == "error" || it.has_failed_package();
        let Some(id) = self.any_customer(failed) else { return };
        let command = self.chance.one_of(["RetryProvisioning", "RetryStep", "SkipStep"]);
        let customer = self.customer(&id);
        let mut steps: Vec<String> =
            customer.packages.iter().filter(|it| it.failed).map(Package::step).collect();
        steps.extend(["create_organization", "attach_organization"].map(str::to_owned));
        steps.push("provision_package:webex_meetings".to_owned());
        let place = if self.chance.once_in(4) { self.chance.below(steps.len()) } else { 0 };
        let mut step = steps.swap_remove(place);
        if !self.customer(&id).there && self.chance.once_in(2) {
            let attached = self.customer(&id).origin == "attached";
            (if attached { "attach_organization" } else { "create_organization" }).clone_into(&mut step);
        }
        match command {
            "SkipStep" => self.skip_step(&id, &step).await,
            "RetryStep" => self.take_up(&id, command, Some(&step)).await,
            _ => self.take_up(&id, command, None).await,
        }
    }

    async fn skip_step(&mut self, id: &str, step: &str) {
        let body = json!({ "customerId": id, "step": step, "reason": "not sold any more" });
        let foreseen = rules::skippable(self.customer(id), step);
        if self.give("SkipStep", body, foreseen).await.is_none() {
            return;
        }
        let (customer, organization) = self.with_organization(id);
        let whole = rules::skip(customer, organization, step);
        let operation = customer.operation.clone().expect("there was work");
        if whole {
            self.book.operations.get_mut(&operation).expect("it is known").state = "succeeded";
        }
    }

    async fn take_up(&mut self, id: &str, command: &'static str, only: Option<&str>) {
        let mut body = json!({ "customerId": id });
        if let Some(step) = only {
            body["step"] = json!(step);
        }
        let foreseen = self.may_be_taken_up(id, only);
        let Some(answer) = self.give(command, body, foreseen).await else { return };
        if self.customer(id).status != "error" {
            let change = Change::again(self.customer(id), only);
            return self.change(id, &answer, change).await;
        }
        let mut customer = self.book.customers.remove(id).expect("the customer is in the book");
        customer.operation = Some(text(&answer["operation"], "id"));
        let organization_id = customer.organization.clone();
        let state = if customer.there {
            let again: Vec<_> = customer
                .packages
                .iter()
                .filter(|it| it.failed && only.is_none_or(|step| step == it.step()))
                .map(|it| it.name)
                .collect();
            let organization = self.book.organizations.get_mut(&organization_id).expect("it is there");
            rules::equip(&mut customer, organization, &again)
        } else if customer.origin == "attached" {
            self.reserve(&mut customer)
        } else {
            self.make(&mut customer)
        };
        self.book.customers.insert(id.to_owned(), customer);
        self.begun(&answer, ("customer", id), &organization_id, state).await;
    }

    fn may_be_taken_up(&mut self, id: &str, only: Option<&str>) -> Result<(), No> {
        let customer = &self.book.customers[id];
        if customer.refused {
            return Err((409, "screening_refused"));
        }
        if customer.waits() {
            return Err((409, "operation_in_progress"));
        }
        if customer.status != "error" && !customer.has_failed_package() {
            return Err((409, "not_failed"));
        }
        let first = if customer.origin == "attached" { "attach_organization" } else { "create_organization" };
        let open = only.is_none_or(|step| match (customer.status, customer.there) {
            ("error", false) => step == first,
            _ => customer.packages.iter().any(|it| it.failed && it.step() == step),
        });
        if !open {
            return Err((409, "step_not_open"));
        }
        if customer.status == "error" && !customer.there && customer.origin == "attached" {
            self.assess(&customer.organization, customer.may_ask)?;
        }
        Ok(())
    }

    pub(super) async fn remove(&mut self) {
        let Some(id) = self.any_customer(|_| true) else { return };
        let screened = self.customer(&id).status == "screening";
        let foreseen = if screened { Err((409, "operation_in_progress")) } else { Ok(()) };
        let Some(answer) = self.give("RemoveCustomerOrg", json!({ "customerId": id }), foreseen).await else {
            return;
        };
        let customer = self.book.customers.remove(&id).expect("the customer is in the book");
        if customer.status == "awaiting_consent" {
            self.end_consent(&customer, "withdrawn", "cancelled");
        }
        if let Some(organization) = self.book.organizations.get_mut(&customer.organization) {
            rules::cancel_licenses(organization, &id, None);
            if let Some(relation) = &mut organization.relation {
                let mine = |of: &Option<String>| of.as_deref() == Some(id.as_str());
                if mine(&relation.grant_of) {
                    relation.grant = 0;
                }
                if mine(&relation.customer) {
                    relation.customer = None;
                }
            }
        }
        self.gone.push(id.clone());
        self.begun(&answer, ("customer", &id), &customer.organization, "succeeded").await;
    }

    /// Cancels work that waits for an operator, or tries to cancel some that cannot be.
    pub(super) async fn cancel(&mut self) {
        let Some(id) = self.any_customer(|it| it.operation.is_some()) else { return };
        let customer = self.customer(&id);
        let foreseen = match customer.status {
            "screening" => Ok(()),
            "awaiting_consent" => Err((409, "not_cancellable")),
            _ => Err((409, "operation_over")),
        };
        let operation = customer.operation.clone().expect("it has some");
        let body = json!({ "customerId": id, "operationId": operation });
        if self.give("CancelOperation", body, foreseen).await.is_some() {
            fail(self.customer(&id), "create_organization", rules::own("the operation was cancelled"));
            self.book.operations.get_mut(&operation).expect("it is known").state = "cancelled";
        }
    }

    /// Picks a customer whose removal is over.
    fn any_gone(&mut self) -> Option<String> {
        let over: Vec<String> = self.gone.iter().filter(|id| !self.is_busy(id)).cloned().collect();
        self.chance.pick(&over)
    }

    pub(super) async fn override_branding(&mut self) {
        let wanted = self.chance.once_in(2);
        if let (true, Some(gone)) = (self.chance.once_in(30), self.any_gone()) {
            let body = json!({ "customerId": gone, "override": wanted });
            self.give("SetBrandingOverride", body, Err((404, "customer_not_found"))).await;
            return;
        }
        let Some(id) = self.any_customer(|_| true) else { return };
        let body = json!({ "customerId": id, "override": wanted });
        if self.give("SetBrandingOverride", body, Ok(())).await.is_some() {
            self.customer(&id).overridden = wanted;
        }
    }
}

/// Only a customer that is provisioned is changed.
pub(super) fn may_change(customer: &Customer) -> Result<(), No> {
    match customer.is_ready() {
        true => Ok(()),
        false if customer.waits() => Err((409, "operation_in_progress")),
        false => Err((409, "customer_not_provisioned")),
    }
}

/// Lists the steps of work that waits for somebody at the first of them.
pub(super) fn begin_steps(customer: &mut Customer, first: &str) {
    rules::note(customer, first.to_owned(), "running");
    for name in customer.packages.iter().map(|it| it.name).collect::<Vec<_>>() {
        rules::note(customer, format!("provision_package:{name}"), "pending");
    }
}

/// Ends work at its first step.
pub(super) fn fail(customer: &mut Customer, first: &str, error: Value) {
    customer.status = "error";
    customer.errors = vec![error];
    rules::note(customer, first.to_owned(), "failed");
    for name in customer.packages.iter().map(|it| it.name).collect::<Vec<_>>() {
        rules::note(customer, format!("provision_package:{name}"), "failed");
    }
}

/// Goes on once the organization is the customer's.
pub(super) fn there(customer: &mut Customer, organization: &mut Organization, first: &str) -> &'static str {
    customer.there = true;
    rules::note(customer, first.to_owned(), "done");
    let packages: Vec<_> = customer.packages.iter().map(|it| it.name).collect();
    rules::equip(customer, organization, &packages)
}
