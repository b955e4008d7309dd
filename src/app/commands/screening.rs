//! `SetScreeningList`, `ClearScreening` and `RefuseScreening` (D9).

use async_trait::async_trait;
use tenantry_domain::customer::{ClearScreening, Customer, CustomerCommand, RefuseScreening};
use tenantry_domain::ids::CustomerId;
use tenantry_domain::screening_list::{STREAM, ScreeningList, SetScreeningList};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{Country, Name};

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};

impl App {
    /// Finds the denied party that a customer is like.
    pub(crate) async fn find_denied_party(
        &self,
        name: &Name,
        country: &Country,
    ) -> Result<Option<Name>, Rejection> {
        let list = self.streams.state::<ScreeningList>(Some(TenantId::Platform), STREAM, true).await?;
        Ok(list.state.find(name, country).map(|entry| entry.name.clone()))
    }

    async fn screened(
        &self,
        customer_id: CustomerId,
        fresh: bool,
        command: CustomerCommand,
    ) -> Preparation<Customer> {
        let id = customer_id.to_string();
        let customer = self.streams.state::<Customer>(None, &id, fresh).await?;
        let tenant_id = customer.tenant_id.ok_or(Rejection::NotFound)?;
        Ok(Prepared::new(self, id, tenant_id, false, command))
    }
}

#[async_trait]
impl UseCase for SetScreeningList {
    const NAME: &'static str = "SetScreeningList";
    const SUMMARY: &'static str = "Sets the list of denied parties that new customers are compared with.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["D9"];
    type Aggregate = ScreeningList;

    async fn prepare(&self, app: &App, _: &Request, _: bool) -> Preparation<ScreeningList> {
        Ok(Prepared::new(app, STREAM, TenantId::Platform, false, self.clone()))
    }
}

#[async_trait]
impl UseCase for ClearScreening {
    const NAME: &'static str = "ClearScreening";
    const SUMMARY: &'static str = "Lets a customer go on that is like an entry of the screening list.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["D9"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, _: &Request, fresh: bool) -> Preparation<Customer> {
        app.screened(self.customer_id, fresh, CustomerCommand::ClearScreening).await
    }
}

#[async_trait]
impl UseCase for RefuseScreening {
    const NAME: &'static str = "RefuseScreening";
    const SUMMARY: &'static str = "Refuses a customer that is on the screening list, for good.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["D9"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, _: &Request, fresh: bool) -> Preparation<Customer> {
        let command = CustomerCommand::RefuseScreening { reason: self.reason.clone() };
        app.screened(self.customer_id, fresh, command).await
    }
}
