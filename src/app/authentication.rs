//! Access keys: their text, their ID and their verifier all come from one random secret.
//!
//! The ID is a hash of the key's text, so a key is found without a table of secrets; what the ledger keeps is another
//! hash, from which neither the text nor the ID follows. Keys have 256 random bits, so a plain hash is enough.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tenantry_domain::access_key::{AccessKey, Issued};
use tenantry_domain::ids::{AccessKeyId, OrganizationId, UserId};
use tenantry_domain::organization::{MemberRole, Organization};
use tenantry_domain::partner::{Partner, PartnerRole};
use tenantry_domain::personal::Slot;
use tenantry_domain::role::{Channel, Role};
use tenantry_domain::tenant::TenantId;
use uuid::Uuid;

use super::{App, Caller, Rejection, sessions};
use crate::ports::Ids;

/// The fewest characters of a key that an operator chose: shorter ones could be guessed from their ID.
pub const KEY_CHARS_MIN: usize = 32;

/// A key's text and what follows from it.
pub struct NewKey {
    /// Shown once.
    pub text: String,
    /// The key's ID.
    pub id: AccessKeyId,
    /// What the ledger keeps to check the text.
    pub verifier: String,
}

impl NewKey {
    /// Draws a key.
    pub fn draw(ids: &dyn Ids) -> Self {
        Self::from_text(format!("tnt_{}", URL_SAFE_NO_PAD.encode(ids.secret())))
    }

    /// Takes a key's text.
    pub fn from_text(text: String) -> Self {
        let (id, verifier) = (key_id(&text), verifier(&text));
        Self { text, id, verifier }
    }
}

fn hash(purpose: &str, text: &str) -> [u8; 32] {
    Sha256::new().chain_update(purpose).chain_update([0]).chain_update(text).finalize().into()
}

fn key_id(text: &str) -> AccessKeyId {
    let bytes = hash("tenantry key id", text);
    AccessKeyId::from_uuid(Uuid::new_v8(bytes[..16].try_into().expect("a hash is longer than a UUID")))
}

fn verifier(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(hash("tenantry key verifier", text))
}

impl App {
    /// Returns who holds a key or session, if it is valid now.
    pub async fn authenticate(&self, text: &str) -> Result<Caller, Rejection> {
        if text.starts_with(sessions::PREFIX) {
            self.authenticate_session(text).await
        } else {
            self.authenticate_key(text).await
        }
    }

    /// Returns who holds a key, if it is valid now.
    pub(super) async fn authenticate_key(&self, text: &str) -> Result<Caller, Rejection> {
        let id = key_id(text).to_string();
        let loaded = self.streams.state::<AccessKey>(None, &id, false).await?;
        let issued = loaded.state.valid_at(self.clock.now_us()).ok_or(Rejection::Unauthenticated)?;
        let matches: bool = issued.verifier.as_bytes().ct_eq(verifier(text).as_bytes()).into();
        if !matches {
            return Err(Rejection::Unauthenticated);
        }
        let role = self.role_of_key(issued).await?.ok_or(Rejection::Unauthenticated)?;
        Ok(Caller {
            tenant_id: issued.tenant,
            actor: id,
            role,
            channel: Channel::Api,
            session: None,
            parent: None,
        })
    }

    /// Returns what the holder of a key may do now: where that is a user of the partner or a member of the organization, no
    /// more than that person may, and nothing once the person was taken out.
    pub(super) async fn role_of_key(&self, issued: &Issued) -> Result<Option<Role>, Rejection> {
        let Some(email) = &issued.email else { return Ok(Some(issued.role)) };
        // Whoever was erased holds nothing any more.
        let Some(subject) = Slot::subject(email) else { return Ok(None) };
        let partner_id = match issued.tenant {
            TenantId::Partner(partner_id) => partner_id,
            TenantId::Organization(id) => {
                return self.role_of_members_key(issued, id, subject.into()).await;
            }
            TenantId::Platform => return Ok(Some(issued.role)),
        };
        let id = partner_id.to_string();
        let partner = self.streams.state::<Partner>(Some(issued.tenant), &id, false).await?;
        let user = UserId::from(subject);
        let Some(registered) = &partner.state.registered else { return Ok(Some(issued.role)) };
        if registered.is_former_user(user) || registered.stay_of(user) != issued.stay {
            return Ok(None);
        }
        let is_user = registered.users.get(&user).is_some_and(|user| user.role == PartnerRole::PartnerUser);
        let lesser = is_user && issued.role == Role::PartnerAdmin;
        Ok(Some(if lesser { Role::PartnerUser } else { issued.role }))
    }

    /// The same for a key of an organization that names a member of it.
    async fn role_of_members_key(
        &self,
        issued: &Issued,
        id: OrganizationId,
        user: UserId,
    ) -> Result<Option<Role>, Rejection> {
        let role = issued.role;
        let Some(created) = self.organization_state(id).await? else { return Ok(Some(role)) };
        if created.is_former_member(user) || created.stay_of(user) != issued.stay {
            return Ok(None);
        }
        let lesser = created.members.get(&user).is_some_and(|member| member.role == MemberRole::OrgUser);
        Ok(Some(if lesser && role == Role::OrgAdmin { Role::OrgUser } else { role }))
    }
}

impl App {
    /// Returns how often a person was taken out of the people of a tenant: a key is of one stay.
    pub(super) async fn stay_of(&self, tenant: TenantId, user: UserId) -> Result<u32, Rejection> {
        Ok(match tenant {
            TenantId::Partner(id) => {
                let partner = self.streams.state::<Partner>(Some(tenant), &id.to_string(), true).await?;
                partner.state.registered.as_ref().map_or(0, |registered| registered.stay_of(user))
            }
            TenantId::Organization(id) => {
                let found = self.streams.state::<Organization>(Some(tenant), &id.to_string(), true).await?;
                found.state.created.as_ref().map_or(0, |created| created.stay_of(user))
            }
            TenantId::Platform => 0,
        })
    }

    /// Tells whether a caller that came in by a key or session may still go on.
    pub async fn is_still_valid(&self, caller: &Caller) -> bool {
        if let Some(session) = &caller.session {
            return self.session_caller(session.clone()).await.is_ok_and(|now| now == caller.at_home());
        }
        if caller.channel != Channel::Api {
            return true;
        }
        let Ok(key) = self.streams.state::<AccessKey>(None, &caller.actor, false).await else { return false };
        let Some(issued) = key.state.valid_at(self.clock.now_us()) else { return false };
        self.role_of_key(issued).await.is_ok_and(|role| role == Some(caller.role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_itself_and_keeps_its_text_to_itself() {
        let key = NewKey::from_text("a text of more than thirty-two characters".to_owned());
        assert_eq!(key.id, key_id(&key.text));
        assert!(!key.verifier.contains(&key.text));
        assert_ne!(key.verifier, URL_SAFE_NO_PAD.encode(hash("tenantry key id", &key.text)));
    }
}
