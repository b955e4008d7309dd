//! `IssueKey`.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand, IssueKey};
use tenantry_domain::organization::Organization;
use tenantry_domain::role::Role;
use tenantry_domain::tenant::TenantId;
use utoipa::ToSchema;

use super::UseCase;
use crate::app::authentication::NewKey;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Caller, Rejection, Request};
use crate::ports::Ids;

#[async_trait]
impl UseCase for IssueKey {
    const NAME: &'static str = "IssueKey";
    const SUMMARY: &'static str = "Issues an access key; the key itself is in the answer, once.";
    const ROLES: Roles = roles::KEYS;
    const RULES: &'static [&'static str] = &[];
    type Aggregate = AccessKey;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<AccessKey> {
        let tenant = self.tenant(request)?;
        match tenant {
            TenantId::Partner(partner) if !app.partner_active(partner, fresh).await? => {
                return Err(Rejection::NotFound);
            }
            TenantId::Organization(id) => {
                let organization =
                    app.streams.state::<Organization>(Some(tenant), &id.to_string(), fresh).await?;
                if organization.sequence == 0 {
                    return Err(Rejection::NotFound);
                }
            }
            TenantId::Partner(_) | TenantId::Platform => {}
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
        if request.caller.role == Role::Operator {
            return Ok(tenant);
        }
        if roles::NO_PARTNERS.contains(&self.role) {
            return Err(Rejection::forbidden_but_to(request.caller.role, roles::PLATFORM));
        }
        if tenant != request.caller.tenant_id {
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
    ) -> Preparation<AccessKey> {
        let mut persons = self.no_persons();
        let person = match &data.email {
            Some(email) => Some(self.persons.person(tenant, email, &mut persons).await?),
            None => None,
        };
        let stay = match person {
            Some(person) => self.stay_of(tenant, person.into()).await?,
            None => 0,
        };
        let command = AccessKeyCommand::Issue {
            id: key.id,
            tenant,
            data: Box::new(data.clone()),
            verifier: key.verifier,
            person,
            stay,
            now_us: self.clock.now_us(),
        };
        let mut prepared = Prepared::new(self, key.id.to_string(), tenant, true, command);
        prepared.persons = persons;
        prepared.once.insert("key".to_owned(), json!(key.text));
        Ok(prepared)
    }
}

/// The issue of a key whose text the operator of the machine chose.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(in crate::app) struct InstallKey {
    data: IssueKey,
    /// Never in a fingerprint, a record or a log.
    #[serde(skip)]
    text: String,
}

#[async_trait]
impl UseCase for InstallKey {
    const NAME: &'static str = "IssueKey";
    const SUMMARY: &'static str = IssueKey::SUMMARY;
    const ROLES: Roles = roles::PLATFORM;
    const RULES: &'static [&'static str] = &[];
    type Aggregate = AccessKey;

    async fn prepare(&self, app: &App, request: &Request, _: bool) -> Preparation<AccessKey> {
        app.issue(request.caller.tenant_id, &self.data, NewKey::from_text(self.text.clone())).await
    }
}

/// The key of the command that gives a new store its first operator key: two servers that start at once make one.
const FIRST_OPERATOR_KEY: &str = "first-operator-key";

impl App {
    /// Makes a text that the operator chose a valid operator key, unless it is one.
    pub async fn install_operator_key(&self, text: &str) -> Result<(), Rejection> {
        match self.authenticate(text).await {
            Ok(_) => return Ok(()),
            Err(Rejection::Unauthenticated) => {}
            Err(rejection) => return Err(rejection),
        }
        let key = NewKey::from_text(text.to_owned());
        let install = InstallKey { data: operator_key("configured operator key"), text: key.text };
        let request = local_request(format!("install-operator-key-{}", key.id));
        self.execute(&request, install).await.map(drop)
    }

    /// Issues the first operator key of a new store; `None` if that was done before.
    pub async fn first_operator_key(&self) -> Result<Option<String>, Rejection> {
        let request = local_request(FIRST_OPERATOR_KEY.to_owned());
        let answer = self.execute(&request, operator_key("first operator key")).await?;
        Ok(answer.once.get("key").and_then(|key| key.as_str()).map(str::to_owned))
    }
}

fn operator_key(name: &str) -> IssueKey {
    let name = name.parse().expect("the name is a constant");
    IssueKey {
        role: Role::Operator,
        partner_id: None,
        organization_id: None,
        name,
        email: None,
        expires_at: None,
    }
}

fn local_request(idempotency_key: String) -> Request {
    Request {
        caller: Caller::local_operator(),
        tracking_id: "start".to_owned(),
        idempotency_key: Some(idempotency_key),
        expected_sequence: None,
    }
}
