//! Finding organizations by the address of an administrator: few fields, a few times a minute, and on record (R95, R96).

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tenantry_domain::directory_search::{DirectorySearch, RecordSearch};
use tenantry_domain::ids::{DirectorySearchId, OrganizationId};
use tenantry_domain::organization::Created;
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::{Country, EmailAddress, Name};
use tenantry_projections::RowKey;
use tenantry_projections::administrators::{self, AdministratorRow};
use utoipa::ToSchema;

use super::commands::UseCase;
use super::execute::Prepared;
use super::roles::{self, Roles};
use super::{App, MinPosition, Rejection, Request};
use crate::limits::FOUND_ORGANIZATIONS_MAX;
use crate::ports::{PageQuery, StoreFault};

/// An organization that was found by an administrator's address: few fields, for it may be anybody's (R96).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundOrganization {
    /// Its ID.
    pub id: OrganizationId,
    /// Its name.
    pub name: Name,
    /// Country of its head office.
    pub country: Country,
    /// Whether it is the one that is most likely meant.
    pub suggested: bool,
}

/// The command behind a search; it is not in the catalogue.
#[derive(Serialize, Deserialize, ToSchema)]
struct SearchDirectory {
    found: Vec<OrganizationId>,
}

#[async_trait]
impl UseCase for SearchDirectory {
    const NAME: &'static str = "SearchDirectory";
    const SUMMARY: &'static str = "Records a search by an administrator's address, and what it found.";
    const ROLES: Roles = roles::SEARCHING;
    const RULES: &'static [&'static str] = &["R95", "R96"];
    type Aggregate = DirectorySearch;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        _: bool,
    ) -> Result<Prepared<DirectorySearch>, Rejection> {
        let search_id = DirectorySearchId::from_uuid(app.ids.uuid());
        let command = RecordSearch { search_id, found: self.found.clone() };
        Ok(Prepared::new(app, search_id.to_string(), request.caller.tenant_id, true, command))
    }
}

impl App {
    /// Finds the organizations that somebody administers, the suggested one first; who asked is recorded before the
    /// answer.
    pub async fn find_by_administrator(
        &self,
        request: &Request,
        email: &EmailAddress,
        min_position: Option<MinPosition>,
    ) -> Result<Vec<FoundOrganization>, Rejection> {
        if !roles::SEARCHING.contains(&request.caller.role) {
            return Err(Rejection::forbidden(request.caller.role));
        }
        self.rates.searches.check(&request.caller.tenant_id)?;
        self.reach("administrators", min_position).await?;
        let organizations = self.administered_by(email).await?;
        let found = organizations.iter().map(|organization| organization.id).collect();
        let key = Some(self.ids.uuid().to_string());
        let once = Request { idempotency_key: key, expected_sequence: None, ..request.clone() };
        self.execute(&once, SearchDirectory { found }).await?;
        let shown = |(n, it): (usize, Created)| FoundOrganization {
            id: it.id,
            name: it.name,
            country: it.country,
            suggested: n == 0,
        };
        Ok(organizations.into_iter().enumerate().map(shown).collect())
    }

    async fn administered_by(&self, email: &EmailAddress) -> Result<Vec<Created>, Rejection> {
        let prefix = administrators::prefix(&self.persons.address_hash(email));
        let after = RowKey { tenant_id: TenantId::Platform, key: prefix.clone() };
        let query = PageQuery {
            tenant_id: Some(TenantId::Platform),
            after: Some(after),
            limit: FOUND_ORGANIZATIONS_MAX,
            ..PageQuery::default()
        };
        let (_, rows) = self.page("administrators", &query).await?;
        let mut found = Vec::new();
        for row in rows.into_iter().take_while(|row| row.key.key.starts_with(&prefix)) {
            let corrupt = |_| StoreFault::Corrupt(format!("row {} of administrators", row.key.key));
            let row: AdministratorRow = serde_json::from_str(&row.doc).map_err(corrupt)?;
            found.extend(self.organization_state(row.organization_id).await?);
        }
        let domain = email.domain();
        let likely = |it: &Created| (it.domains.keys().any(|name| name.as_str() == domain), it.user_count);
        found.sort_by(|one, other| likely(other).cmp(&likely(one)).then(one.id.cmp(&other.id)));
        Ok(found)
    }
}
