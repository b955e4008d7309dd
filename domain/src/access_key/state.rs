//! What an access key is.

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccessKeyCommand, AccessKeyEvent, AccessKeyRefusal, IssueKey, KeyIssued, KeyRevoked};
use crate::ids::AccessKeyId;
use crate::personal::Personal;
use crate::role::Role;
use crate::stream::{self, Decide};
use crate::tenant::TenantId;
use crate::values::{EmailAddress, Name};

/// An access key; the default is one that does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessKey {
    /// `None` until it is issued.
    pub issued: Option<Issued>,
}

/// A key that exists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// Its ID.
    pub id: AccessKeyId,
    /// The tenant in which its holder acts.
    pub tenant: TenantId,
    /// What the holder may be.
    pub role: Role,
    /// A name by which people recognize it.
    pub name: Name,
    /// E-mail address of the person who holds it.
    pub email: Option<Personal<EmailAddress>>,
    /// How often its holder had been taken out of the tenant's people before it was issued.
    pub stay: u32,
    /// The moment from which it is refused.
    pub expires_at: Option<Timestamp>,
    /// The SHA-256 of its random secret, in base64.
    pub verifier: String,
    /// Whether it was revoked.
    pub revoked: bool,
}

impl AccessKey {
    /// Returns the key if it exists, is not revoked and has not expired by then; its secret is still to be checked.
    pub fn valid_at(&self, now_us: i64) -> Option<&Issued> {
        self.issued.as_ref().filter(|issued| {
            !issued.revoked && issued.expires_at.is_none_or(|at| now_us < at.as_microsecond())
        })
    }

    /// Tells whether it exists, is not revoked and has not expired by then.
    pub fn is_valid_at(&self, now_us: i64) -> bool {
        self.valid_at(now_us).is_some()
    }

    /// Returns what its secret is compared with, in constant time, by the caller.
    pub fn verifier(&self) -> Option<&str> {
        self.issued.as_ref().map(|issued| issued.verifier.as_str())
    }

    fn revoke(&self) -> Result<Vec<AccessKeyEvent>, AccessKeyRefusal> {
        let issued = self.existing()?;
        Ok(if issued.revoked { vec![] } else { vec![KeyRevoked { key_id: issued.id }.into()] })
    }
}

/// The roles exist each in one kind of tenant.
fn fits(role: Role, tenant: TenantId) -> bool {
    match role {
        Role::Operator => matches!(tenant, TenantId::Platform),
        Role::PartnerAdmin | Role::PartnerUser | Role::Service | Role::Auditor => {
            matches!(tenant, TenantId::Partner(_))
        }
        Role::OrgAdmin | Role::OrgUser => matches!(tenant, TenantId::Organization(_)),
    }
}

fn check(data: &IssueKey, tenant: TenantId, now_us: i64) -> Result<(), AccessKeyRefusal> {
    if !data.is_for(tenant) {
        return Err(AccessKeyRefusal::OtherTenant(tenant));
    }
    if !fits(data.role, tenant) {
        return Err(AccessKeyRefusal::RoleTenantMismatch { role: data.role, tenant });
    }
    if data.expires_at.is_some_and(|at| at.as_microsecond() <= now_us) {
        return Err(AccessKeyRefusal::ExpiryPast);
    }
    Ok(())
}

impl Decide for AccessKey {
    fn decide(&self, command: AccessKeyCommand) -> Result<Vec<AccessKeyEvent>, AccessKeyRefusal> {
        let AccessKeyCommand::Issue { id, tenant, data, verifier, person, stay, now_us } = command else {
            return self.revoke();
        };
        if self.issued.is_some() {
            return Err(AccessKeyRefusal::AlreadyIssued(id));
        }
        check(&data, tenant, now_us)?;
        let IssueKey { role, name, email, expires_at, .. } = *data;
        let email = email.map(|email| {
            Personal::open(person.expect("a person was found or made for the e-mail address"), email)
        });
        Ok(vec![
            Box::new(KeyIssued { key_id: id, tenant, role, name, email, stay, expires_at, verifier }).into(),
        ])
    }
}

impl Aggregate for AccessKey {
    const TYPE: &'static str = "access_key";
    type Command = AccessKeyCommand;
    type Event = AccessKeyEvent;
    type Error = AccessKeyRefusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: AccessKeyCommand,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), AccessKeyRefusal> {
        stream::handle(self, command, sink).await
    }

    fn apply(&mut self, event: AccessKeyEvent) {
        match event {
            AccessKeyEvent::Issued(issued) => {
                let KeyIssued { key_id: id, tenant, role, name, email, stay, expires_at, verifier } = *issued;
                let revoked = false;
                self.issued =
                    Some(Issued { id, tenant, role, name, email, stay, expires_at, verifier, revoked });
            }
            AccessKeyEvent::Revoked(KeyRevoked { .. }) => {
                if let Some(issued) = &mut self.issued {
                    issued.revoked = true;
                }
            }
        }
    }
}
