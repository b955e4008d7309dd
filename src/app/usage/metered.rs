//! What is known of a record of usage when it is taken: its customer, its subscription, and whether what it names is
//! the organization's.

use tenantry_domain::catalogue::Package;
use tenantry_domain::customer::{Customer, Requested};
use tenantry_domain::ids::{AppId, CustomerId, OrganizationId, PartnerId, ProjectId, SubscriptionId};
use tenantry_domain::meter::{Meter, MeterKind};
use tenantry_domain::organization::Organization;
use tenantry_domain::partner::Partner;
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::usage::{CorrectUsage, MeteredCustomer, RecordUsage};
use tenantry_domain::values::{ExternalId, MeterName};

use crate::app::{App, Caller, Rejection, organization_claim};
use crate::limits::LOG;
use crate::ports::StoreFault;

/// Names the keyed hashes of what unique counts count.
const USAGE_KEY: &str = "usage-key";

/// How much of a keyed hash is kept, in characters of base64url: 132 bits, which no two keys have in common by chance.
const KEY_HASH_CHARS: usize = 22;

/// What a record or correction names.
pub(in crate::app) struct Named<'a> {
    pub(in crate::app) organization_id: OrganizationId,
    pub(in crate::app) package: Option<Package>,
    pub(in crate::app) project_id: Option<ProjectId>,
    pub(in crate::app) app_id: Option<AppId>,
    pub(in crate::app) key: Option<&'a ExternalId>,
    /// The meter, of a correction.
    pub(in crate::app) corrected: Option<&'a MeterName>,
}

impl<'a> From<&'a RecordUsage> for Named<'a> {
    fn from(data: &'a RecordUsage) -> Self {
        let RecordUsage { organization_id, package, project_id, app_id, key, .. } = data;
        Self {
            organization_id: *organization_id,
            package: *package,
            project_id: *project_id,
            app_id: *app_id,
            key: key.as_ref(),
            corrected: None,
        }
    }
}

impl<'a> From<&'a CorrectUsage> for Named<'a> {
    fn from(data: &'a CorrectUsage) -> Self {
        let CorrectUsage { organization_id, meter, package, project_id, app_id, .. } = data;
        Self {
            organization_id: *organization_id,
            package: *package,
            project_id: *project_id,
            app_id: *app_id,
            key: None,
            corrected: Some(meter),
        }
    }
}

impl App {
    /// Returns the partner that a caller acts for: an operator names it, everybody else has one.
    pub(in crate::app) async fn partner_named(
        &self,
        caller: &Caller,
        named: Option<PartnerId>,
    ) -> Result<PartnerId, Rejection> {
        match (caller.role, named) {
            (Role::Operator, Some(partner_id)) => {
                let id = partner_id.to_string();
                let partner = self.streams.state::<Partner>(Some(partner_id.into()), &id, false).await?;
                let missing = || Rejection::NotFound.naming("partner", &id);
                partner.state.registered.as_ref().map(|_| partner_id).ok_or_else(missing)
            }
            (Role::Operator, None) => {
                Err(Rejection::malformed("/partnerId", "missing", "an operator names the partner"))
            }
            (_, named) => {
                let own = caller.partner()?;
                let foreign = named.filter(|named| *named != own);
                let missing = |id: PartnerId| Rejection::NotFound.naming("partner", &id.to_string());
                foreign.map_or(Ok(own), |id| Err(missing(id)))
            }
        }
    }

    /// Finds the customer that a partner has in an organization.
    pub(in crate::app) async fn customer_of(
        &self,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        fresh: bool,
    ) -> Result<Option<CustomerId>, Rejection> {
        Ok(self.customer_in(partner_id, organization_id, None, fresh).await?.map(|(id, _)| id))
    }

    /// Finds the customer, and its one subscription that orders a package.
    async fn customer_in(
        &self,
        partner_id: PartnerId,
        organization_id: OrganizationId,
        package: Option<Package>,
        fresh: bool,
    ) -> Result<Option<(CustomerId, Option<SubscriptionId>)>, Rejection> {
        let tenant_id = TenantId::from(partner_id);
        let claim = organization_claim(partner_id, organization_id);
        let known = if fresh { None } else { self.customers.get(&claim) };
        let found = match known {
            Some(customer) => Some(customer),
            None => match self.keys.find_claim(LOG, &claim).await? {
                Some(holder) => {
                    let corrupt = |_| StoreFault::Corrupt(format!("organization claimed by {holder}"));
                    Some(holder.parse::<CustomerId>().map_err(corrupt)?)
                }
                None => None,
            },
        };
        let Some(customer_id) = found else { return Ok(None) };
        let customer =
            self.streams.state::<Customer>(Some(tenant_id), &customer_id.to_string(), fresh).await?;
        let Some(requested) = customer.state.requested.as_ref().filter(|it| it.has_organization()) else {
            return Ok(None);
        };
        self.customers.insert(claim, customer_id);
        Ok(Some((customer_id, package.and_then(|package| ordering(requested, package)))))
    }

    /// Gathers what is known of a record or correction.
    pub(in crate::app) async fn metered(
        &self,
        partner_id: PartnerId,
        named: &Named<'_>,
        fresh: bool,
    ) -> Result<MeteredCustomer, Rejection> {
        let found = self.customer_in(partner_id, named.organization_id, named.package, fresh).await?;
        let (customer_id, subscription_id) = found.unzip();
        // The same user or device of two partners is one to the organization.
        let organization = TenantId::from(named.organization_id);
        let hash = |key: &ExternalId| {
            let mut hash = self.persons.ring().keyed_hash(USAGE_KEY, &organization, key.as_str());
            hash.truncate(KEY_HASH_CHARS);
            hash
        };
        Ok(MeteredCustomer {
            subscription_id: subscription_id.flatten(),
            key_hash: named.key.map(hash),
            // What a stranger's organization has is nobody's business.
            unknown: if customer_id.is_some() { self.unknown(named, fresh).await? } else { None },
            customer_id,
            kind: self.kind_corrected(named, fresh).await?,
            now_us: self.clock.now_us(),
        })
    }

    /// Returns how the meter counts whose records are corrected, if it is defined.
    async fn kind_corrected(&self, named: &Named<'_>, fresh: bool) -> Result<Option<MeterKind>, Rejection> {
        let Some(meter) = named.corrected else { return Ok(None) };
        let loaded = self.streams.state::<Meter>(Some(TenantId::Platform), meter.as_str(), fresh).await?;
        Ok(loaded.state.defined.as_ref().map(|defined| defined.kind))
    }

    /// Returns a project or app ID that is named and is none of the organization.
    async fn unknown(&self, named: &Named<'_>, fresh: bool) -> Result<Option<String>, Rejection> {
        if named.project_id.is_none() && named.app_id.is_none() {
            return Ok(None);
        }
        let id = named.organization_id;
        let loaded = self.streams.state::<Organization>(Some(id.into()), &id.to_string(), fresh).await?;
        let created = loaded.state.created.as_ref();
        let project =
            named.project_id.filter(|id| !created.is_some_and(|created| created.projects.contains_key(id)));
        let app = named.app_id.filter(|id| !created.is_some_and(|created| created.app_ids.contains_key(id)));
        Ok(project.map(|id| id.to_string()).or(app.map(|id| id.to_string())))
    }
}

/// Returns the one subscription of a customer that orders a package.
fn ordering(customer: &Requested, package: Package) -> Option<SubscriptionId> {
    let mut found = customer.subscriptions.iter().filter(|(_, lines)| lines.contains_key(&package));
    let (id, _) = found.next()?;
    found.next().is_none().then_some(*id)
}
