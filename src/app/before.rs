//! What a command needs to be durable before it is.

use tenantry_domain::domain_name::{DomainCommand, DomainHolder, DomainRefusal};
use tenantry_domain::ids::OrganizationId;
use tenantry_domain::organization::Created;
use tenantry_domain::stream::Decide;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::DomainName;

use super::rejection::Refused;
use super::{App, Origin, Rejection, Report, Request, domain_id};
use crate::limits::LOG;
use crate::ports::{CommandKey, Credential};

/// What a command needs to be durable before it is, because it lies outside its commit.
///
/// Each can be done twice. It is done only for a command that is not refused as things stand; what is reserved for one
/// that is not carried out after all lapses.
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// A password that the command's event names.
    KeepPassword(Credential),
    /// Domain names that must not belong to another organization.
    ReserveDomains {
        /// For whom.
        organization_id: OrganizationId,
        /// The names.
        domains: Vec<DomainName>,
    },
}

impl App {
    /// Tells why it cannot be done, if so; changes nothing.
    pub(super) async fn check_first(&self, before: &Before) -> Result<(), Rejection> {
        let Before::ReserveDomains { organization_id, domains } = before else { return Ok(()) };
        for domain in domains {
            self.check_domain(*organization_id, domain).await?;
        }
        Ok(())
    }

    /// Does what must be durable before a command is.
    pub(super) async fn first(
        &self,
        request: &Request,
        key: &CommandKey,
        before: &Before,
    ) -> Result<(), Rejection> {
        self.check_first(before).await?;
        match before {
            Before::Nothing => Ok(()),
            Before::KeepPassword(credential) => Ok(self.sign_ins.put_credential(LOG, credential).await?),
            Before::ReserveDomains { organization_id, domains } => {
                for domain in domains {
                    self.reserve_domain(request, key, *organization_id, domain).await?;
                }
                Ok(())
            }
        }
    }

    /// Refuses a domain that another organization has, or has verified though nobody has confirmed it yet.
    async fn check_domain(
        &self,
        organization_id: OrganizationId,
        domain: &DomainName,
    ) -> Result<(), Rejection> {
        let id = domain_id(domain).to_string();
        let holder = self.streams.state::<DomainHolder>(Some(TenantId::Platform), &id, true).await?;
        let command =
            DomainCommand::Reserve { domain: domain.clone(), organization_id, now_us: self.clock.now_us() };
        let refused = |refusal: DomainRefusal| Rejection::Refused(Refused::from(&refusal));
        holder.state.decide(command).map_err(refused)?;
        let Some(held) = &holder.state.held else { return Ok(()) };
        if held.organization_id == organization_id {
            return Ok(());
        }
        let other = self.organization_state(held.organization_id).await?;
        let verified = |other: Created| other.domains.get(domain).is_some_and(|known| known.verified);
        if other.is_some_and(verified) { Err(refused(DomainRefusal::Taken(domain.clone()))) } else { Ok(()) }
    }

    /// Reserves a domain name on its own stream; the organization's event confirms it (R75).
    async fn reserve_domain(
        &self,
        request: &Request,
        key: &CommandKey,
        organization_id: OrganizationId,
        domain: &DomainName,
    ) -> Result<(), Rejection> {
        let origin = Origin {
            process: format!("directory of {}", key.scope),
            causation: key.command_id.clone(),
            tracking: request.tracking_id.clone(),
            correlation: request.tracking_id.clone(),
            on_behalf_of: request.caller.on_behalf_of().map(|sub| sub.to_string()),
        };
        let now_us = self.clock.now_us();
        let report = Report::<DomainHolder> {
            // A fresh one each time: a reservation that has lapsed since is made anew, or refused.
            command_id: self.ids.uuid().to_string(),
            name: "ReserveDomain",
            tenant_id: TenantId::Platform,
            aggregate_id: domain_id(domain).to_string(),
            command: DomainCommand::Reserve { domain: domain.clone(), organization_id, now_us },
            body: format!("{organization_id} {}", domain.as_str()),
            tenant: None,
            claims: Vec::new(),
            releases: Vec::new(),
            persons: self.no_persons(),
        };
        self.report(&origin, report).await
    }
}
