//! `ProvisionSubscriber`, `ChangeSubscriberPackages`, `AssignNumber` and `RemoveSubscriber`.
//!
//! The person's side and the customer's seat are one commit.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{Customer, CustomerCommand, CustomerRefusal, Seat};
use tenantry_domain::ids::{CustomerId, PartnerId, SubscriberId};
use tenantry_domain::stream::Decide;
use tenantry_domain::subscriber::{
    Added, AssignNumber, Change, ChangeSubscriberPackages, CustomerFacts, Provision, ProvisionSubscriber,
    RemoveSubscriber, Subscriber, SubscriberCommand, SubscriberStatus, Whereabouts,
};

use super::UseCase;
use crate::app::beside::ToCustomer;
use crate::app::execute::{Preparation, Prepared};
use crate::app::rejection::Refused;
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Rejection, Request, license_claim, subscriber_claim};
use crate::ports::NewClaim;

impl App {
    /// Loads a subscriber of the caller's partner.
    pub(super) async fn own_subscriber(
        &self,
        request: &Request,
        id: SubscriberId,
        fresh: bool,
    ) -> Result<(PartnerId, Subscriber, Added), Rejection> {
        let partner_id = request.caller.partner()?;
        let loaded =
            self.streams.state::<Subscriber>(Some(partner_id.into()), &id.to_string(), fresh).await?;
        let added = loaded.state.added.clone().filter(Added::is_there).ok_or(Rejection::NotFound)?;
        Ok((partner_id, loaded.state.clone(), added))
    }

    /// Asks a customer what the side of a person must know.
    pub(in crate::app) async fn subscriber_facts(
        &self,
        caller: &Caller,
        (partner_id, customer_id): (PartnerId, CustomerId),
        fresh: bool,
    ) -> Result<(Result<CustomerFacts, CustomerRefusal>, Result<(), CustomerRefusal>), Rejection> {
        let asker = self.asker(caller, partner_id, fresh).await?;
        let (tenant_id, id) = (Some(partner_id.into()), customer_id.to_string());
        let customer = self.streams.state::<Customer>(tenant_id, &id, fresh).await?;
        Ok((customer.state.subscriber_facts(asker), customer.state.subscriber_removal(asker)))
    }
}

impl App {
    /// Asks a customer for a seat before it is looked up where the person is known, which is dear; the commit asks again.
    async fn check_seat(
        &self,
        (partner_id, customer_id): (PartnerId, CustomerId),
        seat: Seat,
        fresh: bool,
    ) -> Result<(), Rejection> {
        let (tenant_id, id) = (Some(partner_id.into()), customer_id.to_string());
        let customer = self.streams.state::<Customer>(tenant_id, &id, fresh).await?;
        let refused = |refusal| Rejection::Refused(Refused::from(&refusal));
        customer.state.decide(CustomerCommand::TakeSeat(Box::new(seat))).map(drop).map_err(refused)
    }
}

/// Refuses what the person's side refuses before the customer is asked for a seat.
fn checked(subscriber: &Subscriber, command: SubscriberCommand) -> Result<SubscriberCommand, Rejection> {
    let refused = |refusal| Rejection::Refused(Refused::from(&refusal));
    subscriber.decide(command.clone()).map(|_| command).map_err(refused)
}

fn beside(customer_id: CustomerId, command: CustomerCommand) -> ToCustomer {
    ToCustomer { customer_id, command, claims: Vec::new(), releases: Vec::new() }
}

#[async_trait]
impl UseCase for ProvisionSubscriber {
    const NAME: &'static str = "ProvisionSubscriber";
    const SUMMARY: &'static str =
        "Provisions a person in a customer; somebody of another organization is asked to move first.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R34", "R63", "R65", "R66", "R67", "R68", "R70", "R103", "R106"];
    const BESIDE: Option<&'static str> = Some("customerId");
    type Aggregate = Subscriber;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Subscriber> {
        let partner_id = request.caller.partner()?;
        let names = (partner_id, self.customer_id);
        let (customer, _) = app.subscriber_facts(&request.caller, names, fresh).await?;
        let id = SubscriberId::from_uuid(app.ids.uuid());
        let email_hash = app.persons.address_hash(&self.email);
        let whereabouts = match &customer {
            Ok(known) => {
                app.check_seat(names, self.seat(id), fresh).await?;
                app.whereabouts(partner_id, known.organization_id, &email_hash).await?
            }
            Err(_) => Whereabouts::default(),
        };
        let mut persons = app.no_persons();
        let person = app.persons.person(partner_id.into(), &self.email, &mut persons).await?;
        let mut claims = vec![subscriber_claim(partner_id, &email_hash)];
        if !whereabouts.must_move() {
            claims.push(license_claim(&email_hash));
        }
        let provision = Provision { id, data: self.clone(), person, email_hash, customer, whereabouts };
        let command = checked(&Subscriber::default(), SubscriberCommand::Provision(Box::new(provision)))?;
        let mut prepared = Prepared::new(app, id.to_string(), partner_id, true, command);
        prepared.persons = persons;
        prepared.claims = claims.into_iter().map(|key| NewClaim { key, holder: id.to_string() }).collect();
        prepared.beside = Some(beside(self.customer_id, CustomerCommand::TakeSeat(Box::new(self.seat(id)))));
        let status = if whereabouts.must_move() {
            SubscriberStatus::PendingUserMigration
        } else {
            SubscriberStatus::Provisioned
        };
        prepared.answer.insert("status".to_owned(), json!(status));
        Ok(prepared)
    }
}

/// Prepares a change of what a subscriber has, on both sides.
fn changed(
    app: &App,
    subscriber: &Subscriber,
    added: &Added,
    command: SubscriberCommand,
    seat: Seat,
) -> Preparation<Subscriber> {
    let command = checked(subscriber, command)?;
    let mut prepared = Prepared::new(app, added.id.to_string(), added.partner_id, false, command);
    prepared.beside = Some(beside(added.customer_id, CustomerCommand::ChangeSeat(Box::new(seat))));
    Ok(prepared)
}

#[async_trait]
impl UseCase for ChangeSubscriberPackages {
    const NAME: &'static str = "ChangeSubscriberPackages";
    const SUMMARY: &'static str =
        "Gives a subscriber other packages; place and numbers stay for as long as the person calls.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R67", "R68", "R70", "R71", "R103"];
    const TARGET: Option<&'static str> = Some("subscriberId");
    type Aggregate = Subscriber;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Subscriber> {
        let (partner_id, subscriber, added) = app.own_subscriber(request, self.subscriber_id, fresh).await?;
        let names = (partner_id, added.customer_id);
        let (customer, _) = app.subscriber_facts(&request.caller, names, fresh).await?;
        let mut change = Change::of_packages(self.clone(), added.equipment.clone(), customer);
        change.role = app.role_in(added.organization_id, &added.email_hash, fresh).await?;
        let seat = change.after().seat(added.id);
        changed(app, &subscriber, &added, SubscriberCommand::ChangePackages(Box::new(change)), seat)
    }
}

#[async_trait]
impl UseCase for AssignNumber {
    const NAME: &'static str = "AssignNumber";
    const SUMMARY: &'static str = "Gives a subscriber who calls another number, extension or location.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R68", "R103"];
    const TARGET: Option<&'static str> = Some("subscriberId");
    type Aggregate = Subscriber;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Subscriber> {
        if self.phone_number.is_none() && self.extension.is_none() && self.location_id.is_none() {
            let detail = "give phoneNumber, extension or locationId";
            return Err(Rejection::malformed("/phoneNumber", "missing", detail));
        }
        let (partner_id, subscriber, added) = app.own_subscriber(request, self.subscriber_id, fresh).await?;
        let names = (partner_id, added.customer_id);
        let (customer, _) = app.subscriber_facts(&request.caller, names, fresh).await?;
        let change = Change::of_number(self.clone(), added.equipment.clone(), customer);
        let seat = change.after().seat(added.id);
        changed(app, &subscriber, &added, SubscriberCommand::AssignNumber(Box::new(change)), seat)
    }
}

#[async_trait]
impl UseCase for RemoveSubscriber {
    const NAME: &'static str = "RemoveSubscriber";
    const SUMMARY: &'static str = "Removes a subscriber: seat, number and address are free again.";
    const ROLES: Roles = roles::REMOVAL;
    const RULES: &'static [&'static str] = &["R103"];
    const TARGET: Option<&'static str> = Some("subscriberId");
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Subscriber;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Subscriber> {
        let (partner_id, subscriber, added) = app.own_subscriber(request, self.subscriber_id, fresh).await?;
        let names = (partner_id, added.customer_id);
        let (_, customer) = app.subscriber_facts(&request.caller, names, fresh).await?;
        let command = checked(&subscriber, SubscriberCommand::Remove { customer })?;
        let mut prepared = Prepared::new(app, added.id.to_string(), partner_id, false, command);
        let subscriber_id = added.id;
        prepared.beside = Some(beside(added.customer_id, CustomerCommand::ReleaseSeat { subscriber_id }));
        prepared.releases =
            vec![subscriber_claim(partner_id, &added.email_hash), license_claim(&added.email_hash)];
        Ok(prepared)
    }
}
