//! Who manages an organization: its own people, and a partner with full access; the organization's stream decides.

use tenantry_domain::customer::{Customer, Requested};
use tenantry_domain::ids::{CustomerId, OrganizationId, PartnerId};
use tenantry_domain::organization::{Change, Created, Manage, Manager, Organization, OrganizationCommand};
use tenantry_domain::tenant::TenantId;

use super::execute::Prepared;
use super::rejection::Refused;
use super::{App, Caller, Rejection, Request};

/// An organization and who manages it.
pub(super) struct Managed {
    /// The organization.
    pub id: OrganizationId,
    /// Who gives the command.
    pub by: Manager,
    /// What it is now.
    pub created: Created,
}

impl Managed {
    /// Prepares a change.
    pub(super) fn prepared(&self, app: &App, change: Change) -> Prepared<Organization> {
        let command = OrganizationCommand::from(Manage { by: self.by, change });
        Prepared::new(app, self.id.to_string(), self.id, false, command)
    }
}

impl App {
    /// Finds the organization that a caller means, which is the caller's own where none is named, and refuses early who
    /// does not manage it: nobody learns by the way who its people are.
    pub(super) async fn managed(
        &self,
        request: &Request,
        named: Option<OrganizationId>,
        fresh: bool,
    ) -> Result<Managed, Rejection> {
        let id = organization_meant(&request.caller, named)?;
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), fresh).await?;
        let missing = || Rejection::NotFound.naming("organization", &id.to_string());
        let created = loaded.state.created.clone().ok_or_else(missing)?;
        let by = match request.caller.tenant_id {
            TenantId::Partner(partner_id) => {
                let customer_id = created.customer_of(partner_id);
                let console_access = self.console_access(partner_id, customer_id, fresh).await?;
                Manager::Partner { partner_id, console_access }
            }
            TenantId::Organization(_) | TenantId::Platform => Manager::Own,
        };
        match created.check_manager(by) {
            Ok(()) => Ok(Managed { id, by, created }),
            Err(tenantry_domain::organization::OrganizationRefusal::NotFound) => Err(missing()),
            Err(refusal) => Err(Rejection::Refused(Refused::from(&refusal))),
        }
    }

    /// Tells whether a partner gives a customer access to its console (D16).
    pub(super) async fn console_access(
        &self,
        partner_id: PartnerId,
        customer_id: Option<CustomerId>,
        fresh: bool,
    ) -> Result<bool, Rejection> {
        let Some(customer_id) = customer_id else { return Ok(false) };
        let customer = self.customer_state(partner_id, customer_id, fresh).await?;
        Ok(customer.is_some_and(|customer| customer.console_access))
    }

    /// Returns a customer that is there.
    pub(super) async fn customer_state(
        &self,
        partner_id: PartnerId,
        customer_id: CustomerId,
        fresh: bool,
    ) -> Result<Option<Requested>, Rejection> {
        let tenant_id = Some(TenantId::from(partner_id));
        let loaded = self.streams.state::<Customer>(tenant_id, &customer_id.to_string(), fresh).await?;
        Ok(loaded.state.requested.clone().filter(Requested::is_there))
    }
}

fn organization_meant(caller: &Caller, named: Option<OrganizationId>) -> Result<OrganizationId, Rejection> {
    match (caller.tenant_id, named) {
        (TenantId::Organization(own), None) => Ok(own),
        (TenantId::Organization(own), Some(named)) if named == own => Ok(own),
        (TenantId::Organization(_), Some(named)) => {
            Err(Rejection::NotFound.naming("organization", &named.to_string()))
        }
        (TenantId::Partner(_), Some(named)) => Ok(named),
        (TenantId::Partner(_), None) => {
            Err(Rejection::malformed("/organizationId", "missing", "organizationId is required"))
        }
        (TenantId::Platform, _) => Err(Rejection::forbidden(caller.role)),
    }
}
