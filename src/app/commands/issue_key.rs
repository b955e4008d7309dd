//! `IssueKey`.

use async_trait::async_trait;
use serde_json::json;
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand, IssueKey};
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;

use super::UseCase;
use crate::app::authentication::NewKey;
use crate::app::execute::Prepared;
use crate::app::{App, Rejection, Request};
use crate::ports::Ids;

#[async_trait]
impl UseCase for IssueKey {
    const NAME: &'static str = "IssueKey";
    const SUMMARY: &'static str = "Issues an access key; the key itself is in the answer, once.";
    const ROLES: &'static [Role] = &[Role::Operator, Role::PartnerAdmin];
    const RULES: &'static [&'static str] = &[];
    type Aggregate = AccessKey;

    async fn prepare(
        &self,
        app: &App,
        request: &Request,
        fresh: bool,
    ) -> Result<Prepared<AccessKey>, Rejection> {
        let tenant = self.tenant(request)?;
        match tenant {
            TenantId::Partner(partner) if !app.partner_active(partner, fresh).await? => {
                return Err(Rejection::NotFound);
            }
            TenantId::Partner(_) | TenantId::Platform | TenantId::Organization(_) => {}
        }
        app.issue(tenant, self, NewKey::draw(app.ids.as_ref() as &dyn Ids)).await
    }
}

/// The operator may issue any key; a partner's administrator may issue keys of its own partner.
trait ForTenant {
    fn tenant(&self, request: &Request) -> Result<TenantId, Rejection>;
}

impl ForTenant for IssueKey {
    fn tenant(&self, request: &Request) -> Result<TenantId, Rejection> {
        let named = self.partner_id.map(TenantId::from).or(self.organization_id.map(TenantId::from));
        let tenant = named.unwrap_or(request.caller.tenant_id);
        if request.caller.role != Role::Operator && tenant != request.caller.tenant_id {
            return Err(Rejection::NotFound);
        }
        Ok(tenant)
    }
}

impl App {
    /// Prepares the issue of a key whose text is known.
    pub(in crate::app) async fn issue(
        &self,
        tenant: TenantId,
        data: &IssueKey,
        key: NewKey,
    ) -> Result<Prepared<AccessKey>, Rejection> {
        let mut persons = (Default::default(), self.persons.no_keys());
        let person = match &data.email {
            Some(email) => Some(self.persons.person(tenant, email, &mut persons).await?),
            None => None,
        };
        let command = AccessKeyCommand::Issue {
            id: key.id,
            tenant,
            data: Box::new(data.clone()),
            verifier: key.verifier,
            person,
            now_us: self.clock.now_us(),
        };
        let mut prepared = Prepared::new(self, key.id, tenant, true, command);
        prepared.persons = persons;
        prepared.once.insert("key".to_owned(), json!(key.text));
        Ok(prepared)
    }
}
