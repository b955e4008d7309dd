//! `UpdateCustomerOrg`, `RemoveCustomerOrg`, `RetryProvisioning`, and the steps into running work.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::customer::{
    Asker, CancelOperation, Customer, CustomerCommand, Remove, RemoveCustomerOrg, Requested, Retry,
    RetryProvisioning, RetryStep, SkipStep, Update, UpdateCustomerOrg,
};
use tenantry_domain::ids::{CustomerId, OperationId, PartnerId};
use tenantry_domain::partner::Partner;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Rejection, Request, external_id_claim};
use crate::ports::NewClaim;

impl App {
    /// Says what counts about a partner that asks for a change.
    pub(in crate::app) async fn asker(
        &self,
        caller: &Caller,
        partner_id: PartnerId,
        fresh: bool,
    ) -> Result<Asker, Rejection> {
        let (tenant_id, id) = (Some(partner_id.into()), partner_id.to_string());
        let partner = self.streams.state::<Partner>(tenant_id, &id, fresh).await?;
        let home = partner.state.registered.as_ref().and_then(|partner| partner.home_organization_id);
        let partner_active = partner.state.is_active();
        Ok(Asker { partner_active, home_organization: home, channel: caller.channel })
    }

    /// Gathers what a retry of a customer needs.
    pub(in crate::app) async fn retry_facts(
        &self,
        caller: &Caller,
        (partner_id, customer_id): (PartnerId, CustomerId),
        fresh: bool,
    ) -> Result<Retry, Rejection> {
        let customer = self.find_customer(partner_id, customer_id, fresh).await?;
        let organization = match customer {
            Some(customer) => self.organization_state(customer.organization_id).await?,
            None => None,
        };
        Ok(Retry {
            operation_id: OperationId::from_uuid(self.ids.uuid()),
            asker: self.asker(caller, partner_id, fresh).await?,
            organization,
            now_us: self.clock.now_us(),
        })
    }

    /// Finds a customer of a partner.
    pub(super) async fn find_customer(
        &self,
        partner_id: PartnerId,
        customer_id: CustomerId,
        fresh: bool,
    ) -> Result<Option<Requested>, Rejection> {
        let (tenant_id, id) = (Some(partner_id.into()), customer_id.to_string());
        Ok(self.streams.state::<Customer>(tenant_id, &id, fresh).await?.state.requested.clone())
    }
}

/// A command to a customer that begins work.
fn begins(
    app: &App,
    (partner_id, customer_id): (PartnerId, CustomerId),
    operation_id: OperationId,
    command: CustomerCommand,
) -> Prepared<Customer> {
    let mut prepared = Prepared::new(app, customer_id.to_string(), partner_id, false, command);
    prepared.answer.insert("operation".to_owned(), json!({ "id": operation_id, "state": "running" }));
    prepared
}

#[async_trait]
impl UseCase for UpdateCustomerOrg {
    const NAME: &'static str = "UpdateCustomerOrg";
    const SUMMARY: &'static str =
        "Changes a customer: its packages as a complete list, limits, address, external ID or label.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R60", "R64", "R89", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let known = app.find_customer(partner_id, self.customer_id, fresh).await?;
        let held = known.and_then(|known| known.external_id);
        let update = Update {
            operation_id,
            data: self.clone(),
            known_external_id: held.clone(),
            asker,
            offered: app.offered.clone(),
        };
        let command = CustomerCommand::Update(Box::new(update));
        let mut prepared = begins(app, (partner_id, self.customer_id), operation_id, command);
        if let Some(wanted) = self.external_id.as_ref().filter(|wanted| held.as_ref() != Some(*wanted)) {
            let (key, holder) = (external_id_claim(partner_id, wanted), self.customer_id.to_string());
            prepared.claims.push(NewClaim { key, holder });
            prepared.releases.extend(held.map(|held| external_id_claim(partner_id, &held)));
        }
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for RemoveCustomerOrg {
    const NAME: &'static str = "RemoveCustomerOrg";
    const SUMMARY: &'static str =
        "Removes a customer: its packages and the partner's access go, the organization stays.";
    const ROLES: Roles = roles::REMOVAL;
    const RULES: &'static [&'static str] = &["R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let operation_id = OperationId::from_uuid(app.ids.uuid());
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let command = CustomerCommand::Remove(Remove { operation_id, cascade: self.cascade, asker });
        Ok(begins(app, (partner_id, self.customer_id), operation_id, command))
    }
}

#[async_trait]
impl UseCase for RetryProvisioning {
    const NAME: &'static str = "RetryProvisioning";
    const SUMMARY: &'static str = "Takes up the work on a customer that failed, from where it failed.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R93", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let retry = app.retry_facts(&request.caller, (partner_id, self.customer_id), fresh).await?;
        let operation_id = retry.operation_id;
        let command = CustomerCommand::Retry(Box::new(retry));
        Ok(begins(app, (partner_id, self.customer_id), operation_id, command))
    }
}

#[async_trait]
impl UseCase for RetryStep {
    const NAME: &'static str = "RetryStep";
    const SUMMARY: &'static str = "Does one failed step of the work on a customer again.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R93", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let retry = app.retry_facts(&request.caller, (partner_id, self.customer_id), fresh).await?;
        let operation_id = retry.operation_id;
        let command = CustomerCommand::RetryStep { step: self.step, retry: Box::new(retry) };
        Ok(begins(app, (partner_id, self.customer_id), operation_id, command))
    }
}

#[async_trait]
impl UseCase for SkipStep {
    const NAME: &'static str = "SkipStep";
    const SUMMARY: &'static str = "Leaves out a step that failed or is still tried, with a reason.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R93", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let command = CustomerCommand::SkipStep { step: self.step, reason: self.reason.clone(), asker };
        Ok(Prepared::new(app, self.customer_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for CancelOperation {
    const NAME: &'static str = "CancelOperation";
    const SUMMARY: &'static str = "Ends the work on a customer before it is done; what is done stays.";
    const ROLES: Roles = roles::SALES;
    const RULES: &'static [&'static str] = &["R92", "R103"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let asker = app.asker(&request.caller, partner_id, fresh).await?;
        let (operation_id, reason) = (self.operation_id, self.reason.clone());
        let command = CustomerCommand::Cancel { operation_id, reason, asker };
        Ok(Prepared::new(app, self.customer_id.to_string(), partner_id, false, command))
    }
}
