//! `SetBranding` and `SetBrandingOverride`.

use async_trait::async_trait;
use tenantry_domain::customer::{Customer, CustomerCommand, SetBrandingOverride};
use tenantry_domain::partner::{Partner, PartnerCommand, SetBranding};

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Request};

#[async_trait]
impl UseCase for SetBranding {
    const NAME: &'static str = "SetBranding";
    const SUMMARY: &'static str =
        "Sets the advanced branding of the partner, which its customers' people see.";
    const ROLES: Roles = roles::PARTNER;
    const RULES: &'static [&'static str] = &["R110"];
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Partner> {
        let partner_id = request.caller.partner()?;
        let command = PartnerCommand::SetBranding(self.clone());
        Ok(Prepared::new(app, partner_id.to_string(), partner_id, false, command))
    }
}

#[async_trait]
impl UseCase for SetBrandingOverride {
    const NAME: &'static str = "SetBrandingOverride";
    const SUMMARY: &'static str =
        "Says whether a customer's organization keeps its basic branding under the partner's advanced one.";
    const ROLES: Roles = roles::PARTNER;
    const RULES: &'static [&'static str] = &["R110", "R111"];
    const TARGET: Option<&'static str> = Some("customerId");
    type Aggregate = Customer;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<Customer> {
        let partner_id = request.caller.partner()?;
        let command = CustomerCommand::SetBrandingOverride { overridden: self.overridden };
        Ok(Prepared::new(app, self.customer_id.to_string(), partner_id, false, command))
    }
}
