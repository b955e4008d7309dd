//! Sessions of people: signing in with organization, e-mail address and password, or with an access key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use tenantry_domain::access_key::AccessKey;
use tenantry_domain::ids::{CredentialId, OrganizationId, UserId};
use tenantry_domain::organization::{Member, MemberRole, Organization};
use tenantry_domain::personal::Personal;
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::tenant::TenantId;
use tenantry_domain::values::EmailAddress;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{App, Caller, Rejection, passwords};
use crate::limits::{LOG, READ_WAIT, SESSION_US};
use crate::ports::Session;

/// What every session's text begins with.
pub(super) const PREFIX: &str = "tns_";

/// Signs a person in: with the organization ID of the invitation's mail, e-mail address and password; or with a key.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum SignIn {
    /// As a member of an organization (R22).
    Member(MemberSignIn),
    /// As the holder of an access key.
    Key(KeySignIn),
}

/// Signs a member of an organization in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberSignIn {
    /// The organization.
    pub organization_id: OrganizationId,
    /// E-mail address.
    pub email: EmailAddress,
    /// Password.
    pub password: String,
}

/// Signs the holder of a key in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeySignIn {
    /// The access key.
    pub key: String,
}

impl std::fmt::Debug for MemberSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MemberSignIn({}, …)", self.organization_id)
    }
}

impl std::fmt::Debug for KeySignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeySignIn(…)")
    }
}

/// A session that has just begun.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// What the session's requests carry as `Authorization: Bearer`; shown once.
    pub token: String,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: jiff::Timestamp,
    /// Who is signed in: a member or an access key.
    pub holder: String,
    /// What the holder may do.
    pub role: Role,
    /// The tenant in which the holder acts.
    #[schema(value_type = String)]
    pub tenant_id: TenantId,
}

impl App {
    /// Begins a session.
    pub async fn sign_in(&self, data: SignIn) -> Result<SignedIn, Rejection> {
        let (tenant_id, holder, role) = match data {
            SignIn::Member(member) => self.member(member).await?,
            SignIn::Key(key) => {
                let caller = self.authenticate_key(&key.key).await.map_err(|rejection| match rejection {
                    Rejection::Unauthenticated => Rejection::unknown_key(),
                    other => other,
                })?;
                (caller.tenant_id, caller.actor, caller.role)
            }
        };
        let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(self.ids.secret()));
        let now_us = self.clock.now_us();
        let expires_at = now_us.saturating_add(SESSION_US);
        let of_stay = self.holder_of_stay(tenant_id, &holder).await?;
        let session = Session { id: session_id(&token), tenant_id, holder: of_stay, expires_at };
        self.sign_ins.put_session(LOG, &session, now_us).await?;
        let expires_at = jiff::Timestamp::from_microsecond(expires_at).unwrap_or(jiff::Timestamp::MAX);
        Ok(SignedIn { token, expires_at, holder, role, tenant_id })
    }

    /// Ends the session of a caller; one that came in otherwise has none to end.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), Rejection> {
        match &caller.session {
            Some(id) => Ok(self.sign_ins.end_session(LOG, id).await?),
            None => Err(Rejection::no_session()),
        }
    }

    /// Returns who holds a session, if it is valid now.
    pub(super) async fn authenticate_session(&self, text: &str) -> Result<Caller, Rejection> {
        self.session_caller(session_id(text)).await
    }

    /// Returns who holds a session of an ID.
    pub(super) async fn session_caller(&self, id: String) -> Result<Caller, Rejection> {
        let found = self.sign_ins.find_session(LOG, &id).await?;
        let session = found
            .filter(|session| session.expires_at > self.clock.now_us())
            .ok_or(Rejection::Unauthenticated)?;
        let role = self.role_of(&session).await?.ok_or(Rejection::Unauthenticated)?;
        let Session { tenant_id, holder, .. } = session;
        let actor = holder.split_once('.').map_or(holder.as_str(), |(user, _)| user).to_owned();
        Ok(Caller { tenant_id, actor, role, channel: Channel::Hub, session: Some(id), parent: None })
    }

    /// Returns what the holder of a session may do now: a member may have lost it, a key may be revoked.
    async fn role_of(&self, session: &Session) -> Result<Option<Role>, Rejection> {
        if let (TenantId::Organization(organization), Some((user, stay))) =
            (session.tenant_id, user_and_stay(&session.holder))
        {
            // Whoever was taken out and in again has to sign in again.
            let of_now = self.stay_of(session.tenant_id, user).await? == stay;
            let member = self.find_member(organization, user).await?.filter(|_| of_now);
            return Ok(member.map(|member| role_of_member(member.role)));
        }
        let key = self.streams.state::<AccessKey>(None, &session.holder, false).await?;
        match key.state.valid_at(self.clock.now_us()) {
            Some(issued) => self.role_of_key(issued).await,
            None => Ok(None),
        }
    }

    /// Returns the holder of a new session, with the stay where it is not the first.
    async fn holder_of_stay(&self, tenant_id: TenantId, holder: &str) -> Result<String, Rejection> {
        let Ok(user) = holder.parse::<UserId>() else { return Ok(holder.to_owned()) };
        Ok(match self.stay_of(tenant_id, user).await? {
            0 => holder.to_owned(),
            stay => format!("{holder}.{stay}"),
        })
    }

    async fn find_member(
        &self,
        organization_id: OrganizationId,
        user: UserId,
    ) -> Result<Option<Member>, Rejection> {
        let id = organization_id.to_string();
        let loaded = self.streams.state::<Organization>(Some(organization_id.into()), &id, false).await?;
        let member = loaded.state.created.as_ref().and_then(|created| created.members.get(&user).cloned());
        // Whoever was erased is taken out a moment later.
        Ok(member.filter(|member| member.email != Personal::Erased))
    }

    async fn member(&self, data: MemberSignIn) -> Result<(TenantId, String, Role), Rejection> {
        let tenant_id = TenantId::from(data.organization_id);
        self.rates.sign_ins.check(&(tenant_id, self.persons.address_hash(&data.email)))?;
        let user = self.persons.find_person(tenant_id, &data.email).await?.map(UserId::from);
        let member = match user {
            Some(user) => self.find_member(data.organization_id, user).await?,
            None => None,
        };
        // Looked up in any case, so that the time tells nobody who is a member.
        let credential = member.as_ref().and_then(|member| member.credential_id);
        let credential = credential.unwrap_or_else(|| CredentialId::from_uuid(self.ids.uuid()));
        let hash = self.sign_ins.find_credential(LOG, tenant_id, credential).await?;
        let right = passwords::verify(data.password, hash).await?;
        match (member, user) {
            (Some(member), Some(user)) if right => {
                Ok((tenant_id, user.to_string(), role_of_member(member.role)))
            }
            _ => Err(Rejection::wrong_credentials()),
        }
    }

    /// Waits, but not for ever, until somebody whose acceptance is recorded is a member: signing in works then.
    pub(super) async fn await_member(&self, organization_id: OrganizationId, user: UserId) {
        let deadline = Instant::now() + READ_WAIT;
        let mut head = self.feed.watch_head();
        loop {
            head.borrow_and_update();
            let found = self.find_member(organization_id, user).await;
            if found.is_ok_and(|member| member.is_some()) {
                return;
            }
            if tokio::time::timeout_at(deadline, head.changed()).await.is_err() {
                return;
            }
        }
    }
}

/// Reads the user and the stay behind a session: the first stay is not written.
fn user_and_stay(holder: &str) -> Option<(UserId, u32)> {
    match holder.split_once('.') {
        Some((user, stay)) => Some((user.parse().ok()?, stay.parse().ok()?)),
        None => Some((holder.parse().ok()?, 0)),
    }
}

fn role_of_member(role: MemberRole) -> Role {
    match role {
        MemberRole::OrgAdmin => Role::OrgAdmin,
        MemberRole::OrgUser => Role::OrgUser,
    }
}

/// Returns the name under which a session is kept: its text cannot be had from it.
fn session_id(text: &str) -> String {
    use sha2::{Digest, Sha256};
    URL_SAFE_NO_PAD.encode(Sha256::new().chain_update("tenantry session").chain_update(text).finalize())
}
