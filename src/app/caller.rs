//! Who asks, and with what.

use tenantry_domain::ids::{OrganizationId, PartnerId};
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::tenant::TenantId;

use super::Rejection;

/// Who asks: an authenticated actor in its home tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The tenant in which the actor acts.
    pub tenant_id: TenantId,
    /// The key, person or process.
    pub actor: String,
    /// What it may be.
    pub role: Role,
    /// How it came in (D7).
    pub channel: Channel,
    /// The session that it came in by, if it did.
    pub session: Option<String>,
    /// The partner that it belongs to, where it acts for a direct sub-partner of it; the tenant is the sub-partner then.
    pub parent: Option<PartnerId>,
}

impl Caller {
    /// The operator at the machine itself, who has the store's files in hand anyway.
    pub fn local_operator() -> Self {
        Self {
            tenant_id: TenantId::Platform,
            actor: "local".to_owned(),
            role: Role::Operator,
            channel: Channel::System,
            session: None,
            parent: None,
        }
    }

    /// Somebody without a key, who may hold the token of a mail; the command says who that is.
    pub fn token_holder() -> Self {
        Self {
            tenant_id: TenantId::Platform,
            actor: "token".to_owned(),
            role: Role::OrgUser,
            channel: Channel::Hub,
            session: None,
            parent: None,
        }
    }

    /// Returns the partner that the caller acts for.
    pub fn partner(&self) -> Result<PartnerId, Rejection> {
        match self.tenant_id {
            TenantId::Partner(partner) => Ok(partner),
            TenantId::Platform | TenantId::Organization(_) => Err(Rejection::forbidden(self.role)),
        }
    }

    /// Returns the tenant that it belongs to, whomever it acts for: its commands are recorded there, and it is a user or
    /// key of that one.
    pub fn home(&self) -> TenantId {
        self.parent.map_or(self.tenant_id, TenantId::from)
    }

    /// Returns the sub-partner that it acts for, if it does.
    pub fn on_behalf_of(&self) -> Option<TenantId> {
        self.parent.map(|_| self.tenant_id)
    }

    /// Returns it as it was before it acted for anybody.
    pub(super) fn at_home(&self) -> Self {
        Self { tenant_id: self.home(), parent: None, ..self.clone() }
    }

    /// Returns the tenant whose things the caller sees: its own, or as an operator the one it asks for, or all.
    pub fn sees(&self, wanted: Option<TenantId>) -> Result<Option<TenantId>, Rejection> {
        match (self.role, wanted) {
            (Role::Operator, wanted) => Ok(wanted),
            (_, None) => Ok(Some(self.tenant_id)),
            (_, Some(tenant)) if tenant == self.tenant_id => Ok(Some(tenant)),
            (_, Some(tenant)) => Err(Rejection::NotFound.naming("tenant", &tenant.to_string())),
        }
    }

    /// Returns the caller as one who reads what belongs to an organization; whether it may is decided before.
    pub(super) fn within(&self, organization_id: OrganizationId) -> Self {
        Self { tenant_id: organization_id.into(), ..self.clone() }
    }

    /// Tells whether the caller may read people's data of its tenant.
    pub fn sees_people(&self) -> bool {
        matches!(self.role, Role::PartnerAdmin | Role::PartnerUser | Role::Service | Role::OrgAdmin)
    }
}

/// A request as it reaches a use case.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The correlation ID that is answered and kept on every event.
    pub tracking_id: String,
    /// The caller's own key of the command.
    pub idempotency_key: Option<String>,
    /// The sequence that the caller expects the stream to have.
    pub expected_sequence: Option<i64>,
}
