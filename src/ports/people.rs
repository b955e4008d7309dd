//! What people need besides the ledger: passwords, sessions, and mails.

use async_trait::async_trait;
use tenantry_domain::ids::{CredentialId, PersonId};
use tenantry_domain::notification::{Notice, Notification};
use tenantry_domain::personal::Personal;
use tenantry_domain::tenant::TenantId;

use crate::ports::StoreFault;

/// A password as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its name.
    pub id: CredentialId,
    /// The tenant that knows the person.
    pub tenant_id: TenantId,
    /// The person.
    pub subject: PersonId,
    /// The argon2id hash in the PHC string format.
    pub password_hash: String,
}

/// A session of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// A hash of its text.
    pub id: String,
    /// The tenant in which the person acts.
    pub tenant_id: TenantId,
    /// A member of the organization, or an access key.
    pub holder: String,
    /// When it ends, in microseconds.
    pub expires_at: i64,
}

/// Keeps passwords and sessions.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// Keeps a password; it is durable when this returns.
    async fn put_credential(&self, log: i32, credential: &Credential) -> Result<(), StoreFault>;

    /// Returns the hash of a person's password.
    async fn find_credential(
        &self,
        log: i32,
        tenant_id: TenantId,
        id: CredentialId,
    ) -> Result<Option<String>, StoreFault>;

    /// Keeps a session, and forgets those that have expired.
    async fn put_session(&self, log: i32, session: &Session, now_us: i64) -> Result<(), StoreFault>;

    /// Finds a session by its ID, expired or not.
    async fn find_session(&self, log: i32, id: &str) -> Result<Option<Session>, StoreFault>;

    /// Ends a session.
    async fn end_session(&self, log: i32, id: &str) -> Result<(), StoreFault>;
}

/// A mail before it is sent: one of the list, to the one person whom it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Stable over retries, so that a mail server can tell a repetition.
    pub message_id: String,
    /// The tenant that knows the recipient.
    pub tenant_id: TenantId,
    person: PersonId,
    notification: Notification,
    content: MailContent,
}

/// What a mail says; whom it goes to is not for its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The name that it is sent under.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl Mail {
    /// Makes the mail of a notice; `None` where its recipient's address is sealed, or erased.
    pub fn of(notice: &Notice<'_>, message_id: String, tenant_id: TenantId, letter: Letter) -> Option<Self> {
        let Personal::Open { subject: person, value } = notice.recipient() else { return None };
        let Letter { from, subject, text } = letter;
        let content = MailContent { to: value.as_str().to_owned(), from, subject, text };
        Some(Self { message_id, tenant_id, person: *person, notification: notice.notification(), content })
    }

    /// Returns the recipient.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Returns its place in the list of mails.
    pub fn notification(&self) -> Notification {
        self.notification
    }

    /// Returns what it says, and to whom.
    pub fn content(&self) -> &MailContent {
        &self.content
    }
}

/// What a mail says, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct MailContent {
    /// E-mail address of the recipient.
    pub to: String,
    /// The name that it is sent under.
    pub from: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It may work later.
    #[error("the mail cannot be handed over now: {0}")]
    Transient(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Hands mails over: at least once, each time under the same message ID (INV-EFFECT).
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// A mail in the outbox, its content sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// Its message ID.
    pub message_id: String,
    /// The tenant that knows the recipient.
    pub tenant_id: TenantId,
    /// What it is about.
    pub kind: String,
    /// Its content, sealed under the recipient's key.
    pub sealed: String,
    /// When it was handed over, in microseconds.
    pub created_at: i64,
}

/// Keeps the mails of a server without a mail server.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Keeps a mail; a second one with its message ID changes nothing.
    async fn put_mail(&self, log: i32, mail: &StoredMail) -> Result<(), StoreFault>;

    /// Reads a page, the newest first: those before a moment and message ID.
    async fn mails_before(
        &self,
        log: i32,
        before: Option<(i64, String)>,
        limit: i64,
    ) -> Result<Vec<StoredMail>, StoreFault>;
}
