//! `AddLocation`, `RemoveLocation`, `AddNumbers`, `RemoveNumbers` and `RequestSetupAssist`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{
    AddLocation, AddNumbers, AddPlace, AddToPool, Assist, Customer, CustomerCommand, RemoveLocation,
    RemoveNumbers, RequestSetupAssist,
};
use tenantry_domain::ids::{CustomerId, LocationId};
use tenantry_domain::personal::Personal;
use tenantry_domain::values::PhoneNumber;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request, number_claim};
use crate::limits::LOG;
use crate::ports::NewClaim;

impl App {
    /// Finds those of some numbers that somebody else holds.
    async fn numbers_taken(
        &self,
        customer_id: CustomerId,
        numbers: &[PhoneNumber],
    ) -> Result<Vec<PhoneNumber>, Rejection> {
        let mut taken = Vec::new();
        for number in numbers {
            let holder = self.keys.find_claim(LOG, &number_claim(number)).await?;
            if holder.is_some_and(|holder| holder != customer_id.to_string()) {
                taken.push(number.clone());
            }
        }
        Ok(taken)
    }
}

#[async_trait]
impl UseCase for AddLocation {
    const NAME: &'static str = "AddLocation";
    const SUMMARY: &'static str = "Adds a place to call from; the first of a customer is its head office.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R33", "R61", "R64", "R68", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let customer = app.find_customer(partner_id, self.customer_id, fresh).await?;
        let new = LocationId::from_uuid(app.ids.uuid());
        let location_id = customer.map_or(new, |customer| customer.next_location_id(new));
        let place = AddPlace {
            location_id,
            location: self.into(),
            asker: app.asker(&request.caller, partner_id, fresh).await?,
            offered: app.offered.clone(),
        };
        let command = CustomerCommand::AddLocation(Box::new(place));
        let mut prepared = Prepared::new(app, self.customer_id.to_string(), partner_id, false, command);
        prepared.answer.insert("locationId".to_owned(), json!(location_id));
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RemoveLocation {
    const NAME: &'static str = "RemoveLocation";
    const SUMMARY: &'static str = "Removes a place at which nobody calls and no number lies.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R61", "R68", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let command = CustomerCommand::RemoveLocation { location_id: self.location_id, asker };
        Ok(Prepared::new(app, self.customer_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for AddNumbers {
    const NAME: &'static str = "AddNumbers";
    const SUMMARY: &'static str =
        "Gives a customer telephone numbers; each is one customer's on the whole platform.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R68", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let customer = app.find_customer(partner_id, self.customer_id, fresh).await?;
        // To whom the customer does not exist, its numbers tell nothing either.
        let claimed = customer.map_or_else(Vec::new, |customer| customer.new_numbers(&self.numbers));
        let asked = AddToPool {
            numbers: self.numbers.clone(),
            location_id: self.location_id,
            taken: app.numbers_taken(self.customer_id, &claimed).await?,
            claimed: claimed.clone(),
            asker: app.asker(&request.caller, partner_id, fresh).await?,
        };
        let command = CustomerCommand::AddNumbers(Box::new(asked));
        let mut prepared = Prepared::new(app, self.customer_id.to_string(), partner_id, false, command);
        let holder = self.customer_id.to_string();
        let claim = |number| NewClaim { key: number_claim(number), holder: holder.clone() };
        prepared.claims = claimed.iter().map(claim).collect();
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RemoveNumbers {
    const NAME: &'static str = "RemoveNumbers";
    const SUMMARY: &'static str =
        "Takes telephone numbers from a customer; whoever wants them may have them then.";
    const ROLES: Roles = roles::REMOVAL;
    const RULES: &'static [&'static str] = &["R68", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let command = CustomerCommand::RemoveNumbers { numbers: self.numbers.clone(), asker };
        let mut prepared = Prepared::new(app, self.customer_id.to_string(), partner_id, false, command);
        prepared.releases = self.numbers.iter().map(number_claim).collect();
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RequestSetupAssist {
    const NAME: &'static str = "RequestSetupAssist";
    const SUMMARY: &'static str = "Asks for help with setting a customer up, once.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R72", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let mut persons = app.no_persons();
        let person = app.persons.person(partner_id.into(), &self.contact_email, &mut persons).await?;
        let assist = Assist {
            contact_name: self.contact_name.clone().map(|name| Personal::open(person, name)),
            contact_email: Personal::open(person, self.contact_email.clone()),
            notes: self.notes.clone().map(|notes| Personal::open(person, notes)),
            asker: app.asker(&request.caller, partner_id, fresh).await?,
        };
        let command = CustomerCommand::RequestSetupAssist(Box::new(assist));
        let mut prepared = Prepared::new(app, self.customer_id.to_string(), partner_id, false, command);
        prepared.persons = persons;
        Ok(prepared)
    }
}
