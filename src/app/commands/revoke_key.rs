//! `RevokeKey`.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tenantry_domain::access_key::{AccessKey, AccessKeyCommand};
use tenantry_domain::ids::AccessKeyId;
use tenantry_domain::role::Role;
use utoipa::ToSchema;

use super::UseCase;
use crate::app::execute::{Preparation, Prepared};
use crate::app::roles::{self, Roles};
use crate::app::{App, Rejection, Request};

/// Revokes an access key: it is refused from then on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RevokeKey {
    /// The key.
    pub key_id: AccessKeyId,
}

#[async_trait]
impl UseCase for RevokeKey {
    const NAME: &'static str = "RevokeKey";
    const SUMMARY: &'static str = "Revokes an access key: it is refused from then on.";
    const ROLES: Roles = roles::KEYS;
    const RULES: &'static [&'static str] = &[];
    const TARGET: Option<&'static str> = Some("keyId");
    /// A key that has leaked is ended whoever is suspended.
    const WHEN_SUSPENDED: bool = true;
    type Aggregate = AccessKey;

    async fn prepare(&self, app: &App, request: &Request, fresh: bool) -> Preparation<AccessKey> {
        let key = self.key_id.to_string();
        let loaded = app.streams.state::<AccessKey>(None, &key, fresh).await?;
        let tenant = loaded.tenant_id.ok_or(Rejection::NotFound)?;
        if request.caller.role != Role::Operator && tenant != request.caller.tenant_id {
            return Err(Rejection::NotFound);
        }
        Ok(Prepared::new(app, key, tenant, false, AccessKeyCommand::Revoke))
    }
}
