//! `RegisterPartner`, `SuspendPartner` and `ReactivatePartner`.

use async_trait::async_trait;
use tenantry_domain::ids::PartnerId;
use tenantry_domain::partner::{
    Partner, PartnerCommand, ReactivatePartner, RegisterPartner, Registered, SuspendPartner,
};
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};
use crate::ports::NewTenant;

#[async_trait]
impl UseCase for RegisterPartner {
    const NAME: &'static str = "RegisterPartner";
    const SUMMARY: &'static str = "Registers a partner, which may then create customer organizations.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R1", "R2", "R7"];
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, _: &Request, fresh: bool) -> Preparation<Partner> {
        let parent_active = match self.parent_id {
            Some(parent) => Some(app.partner_active(parent, fresh).await?),
            None => None,
        };
        let id = PartnerId::from_uuid(app.ids.uuid());
        let command = PartnerCommand::Register { id, data: self.clone(), parent_active };
        let mut prepared = Prepared::new(app, id.to_string(), id, true, command);
        prepared.tenant = Some(NewTenant { tenant_id: id.into() });
        Ok(prepared)
    }
}

#[async_trait]
impl UseCase for SuspendPartner {
    const NAME: &'static str = "SuspendPartner";
    const SUMMARY: &'static str = "Suspends a partner: it may withdraw, remove, hand in usage and revoke keys, and give no other command.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R1", "R2"];
    const TARGET: Option<&'static str> = Some("partnerId");
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, _: &Request, _: bool) -> Preparation<Partner> {
        let id = self.partner_id;
        Ok(Prepared::new(app, id.to_string(), id, false, PartnerCommand::Suspend))
    }
}

#[async_trait]
impl UseCase for ReactivatePartner {
    const NAME: &'static str = "ReactivatePartner";
    const SUMMARY: &'static str = "Lets a suspended partner act again.";
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &["R1", "R2"];
    const TARGET: Option<&'static str> = Some("partnerId");
    type Aggregate = Partner;

    async fn prepare(&self, app: &App, _: &Request, _: bool) -> Preparation<Partner> {
        let id = self.partner_id;
        Ok(Prepared::new(app, id.to_string(), id, false, PartnerCommand::Reactivate))
    }
}

impl App {
    /// Refuses what a suspended partner may not do.
    pub async fn check_not_suspended(&self, tenant_id: TenantId) -> Result<(), Rejection> {
        let TenantId::Partner(id) = tenant_id else { return Ok(()) };
        let partner = self.streams.state::<Partner>(Some(tenant_id), &id.to_string(), false).await?;
        match &partner.state.registered {
            Some(registered) if registered.suspended => Err(Rejection::partner_suspended(id)),
            _ => Ok(()),
        }
    }

    /// Tells whether a partner exists and may act.
    pub(in crate::app) async fn partner_active(&self, id: PartnerId, fresh: bool) -> Result<bool, Rejection> {
        Ok(self.partner(id, fresh).await?.is_some())
    }

    /// Returns a partner that exists and may act.
    pub(in crate::app) async fn partner(
        &self,
        id: PartnerId,
        fresh: bool,
    ) -> Result<Option<Registered>, Rejection> {
        let partner = self.streams.state::<Partner>(Some(id.into()), &id.to_string(), fresh).await?;
        Ok(if partner.state.is_active() { partner.state.registered.clone() } else { None })
    }
}
